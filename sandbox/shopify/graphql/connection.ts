import { GraphQLError } from "graphql";

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

/** Shopify fact: pages hold at most 250 items, and a page size must be given. */
const MAX_PAGE = 250;

/**
 * One page of a list. `keyOf` gives text that sorts and is unique; cursors carry it, so that a page goes on where it
 * stopped even when items before it have moved or gone.
 */
export function connect<T>(items: Iterable<T>, args: PageArgs, keyOf: (item: T) => string) {
  const size = args.first ?? args.last;
  if (size === null || size === undefined) throw bad("you must provide one of first or last");
  if (size < 0 || size > MAX_PAGE) throw bad(`Invalid page size: it must be between 0 and ${MAX_PAGE}`);
  const keyed = Array.from(items, (item) => ({ item, key: keyOf(item) })).sort((a, b) =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : 0,
  );
  if (args.reverse) keyed.reverse();
  const isPast = (key: string, mark: string) => (args.reverse ? key < mark : key > mark);
  const after = readCursor(args.after);
  const before = readCursor(args.before);
  const inside = keyed.filter(
    ({ key }) => (after === null || isPast(key, after)) && (before === null || isPast(before, key)),
  );
  const page =
    args.first !== null && args.first !== undefined
      ? inside.slice(0, size)
      : inside.slice(Math.max(0, inside.length - size));
  const edges = page.map(({ item, key }) => ({ node: item, cursor: writeCursor(key) }));
  return {
    edges,
    nodes: page.map(({ item }) => item),
    pageInfo: {
      hasNextPage: page.at(-1) !== inside.at(-1) || (before !== null && keyed.at(-1) !== inside.at(-1)),
      hasPreviousPage: page[0] !== inside[0] || (after !== null && keyed[0] !== inside[0]),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Items in their given order (line items, media). */
export function connectInOrder<T>(items: T[], args: PageArgs) {
  const position = new Map(items.map((item, index) => [item, String(index).padStart(8, "0")]));
  return connect(items, args, (item) => position.get(item) ?? "");
}

const writeCursor = (key: string) => Buffer.from(JSON.stringify({ key })).toString("base64url");

function readCursor(cursor: string | null | undefined): string | null {
  if (!cursor) return null;
  try {
    return String((JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as { key: unknown }).key);
  } catch {
    throw bad("Invalid cursor for current pagination sort.");
  }
}

const bad = (message: string) => new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
