interface Page<T> {
  items: T[];
  /** Blank or absent at the end of the list. */
  next: string | undefined;
}

/**
 * Walks all pages; nobody outside sees a page token. TikTok Shop facts: the end of a list is a missing or empty token, and
 * filters must not change while walking. A token that comes back unchanged ends the walk instead of going round for ever.
 */
export async function* walkPages<T>(read: (pageToken: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    yield* items;
    if (next === token) return;
    token = next;
  } while (token !== undefined);
}

/** Cuts a list into parts of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_none, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
