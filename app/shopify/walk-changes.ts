const PAGE = 250;
/** Shopify fact: paging stops at 25,000 objects. The walk starts again from the last time it saw, well before. */
const WALK_LIMIT = 20_000;

/** One version of a thing: only where to look. */
export interface Changed {
  id: string;
  updatedAt: Date;
}

interface Page {
  nodes: { id: string; updatedAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** What changed since a time (null: all), ascending by update time, each version once. `readPage`: a page of them, sorted so. */
export async function* walkChanges(
  readPage: (page: { query: string | null; first: number; after: string | null }) => Promise<Page>,
  since: Date | null,
): AsyncGenerator<Changed> {
  let from = since?.toISOString() ?? null;
  let atBorder = new Set<string>();
  for (;;) {
    const walked = { count: 0, last: from, ids: new Set<string>() };
    let after: string | null = null;
    while (walked.count < WALK_LIMIT) {
      const page = await readPage({ query: from ? `updated_at:>='${from}'` : null, first: PAGE, after });
      for (const { id, updatedAt } of page.nodes) {
        if (updatedAt !== walked.last) walked.ids.clear();
        walked.last = updatedAt;
        walked.ids.add(id);
        walked.count += 1;
        if (!(updatedAt === from && atBorder.has(id))) yield { id, updatedAt: new Date(updatedAt) };
      }
      if (!page.pageInfo.hasNextPage) return;
      after = page.pageInfo.endCursor ?? null;
    }
    if (walked.last === from) throw new Error(`more than ${WALK_LIMIT} of them share one update time`);
    from = walked.last;
    atBorder = walked.ids;
  }
}
