const PAGE = 250;
/** Shopify fact: paging stops at 25,000 objects. The walk starts again from the last time it saw, well before. */
const WALK_LIMIT = 20_000;

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** What changed since a time (null: all), ascending by update time, each version once. `readPage`: a page of it, sorted so. */
export async function* walkChanges<Node extends { id: string; updatedAt: string }>(
  readPage: (page: { query: string | null; first: number; after: string | null }) => Promise<Page<Node>>,
  since: Date | null,
): AsyncGenerator<Node> {
  let from = since?.toISOString() ?? null;
  let atBorder = new Set<string>();
  for (;;) {
    const walked = { count: 0, last: from, ids: new Set<string>() };
    let after: string | null = null;
    while (walked.count < WALK_LIMIT) {
      const page: Page<Node> = await readPage({ query: from ? `updated_at:>='${from}'` : null, first: PAGE, after });
      for (const node of page.nodes) {
        const { id, updatedAt } = node;
        if (updatedAt !== walked.last) walked.ids.clear();
        walked.last = updatedAt;
        walked.ids.add(id);
        walked.count += 1;
        if (!(updatedAt === from && atBorder.has(id))) yield node;
      }
      if (!page.pageInfo.hasNextPage) return;
      after = page.pageInfo.endCursor ?? null;
    }
    if (walked.last === from) throw new Error(`more than ${WALK_LIMIT} of them share one update time`);
    from = walked.last;
    atBorder = walked.ids;
  }
}
