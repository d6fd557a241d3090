import type { Services } from "../../app/composition.server.ts";

/** A list as a merchant may ask for it: its first page, or the one after a cursor. Returns how many rows came, and the next cursor. */
export interface ListQuery {
  name: string;
  run(cursor?: string): Promise<{ rows: number; next: string | null }>;
  /** The cursor so many pages further on, found in fewer steps; null: there are not so many. */
  skip?(pages: number): Promise<string | null>;
  /** How far into it is worth going: a page deep in a long list, or in what a search leaves of it. */
  far?: readonly number[];
  /** It must find something: a query that finds nothing is fast for no good reason. */
  finds?: boolean;
}

const PAGE = 50;
/** So many pages in one step. */
const STRIDE = 37;

const LISTING_VIEWS = ["all", "ready", "needs-choice", "live", "in-review", "refused", "stopped"] as const;
const LISTING_SORTS = ["oldest", "newest", "title", "title-down"] as const;
const ACTIVITY = [
  ["listing.", "listings.", "products."],
  ["order.", "shipment.", "cancellation.", "decision.", "return.", "refund."],
  ["connection.", "shop."],
];

/** Every list the app's pages show, with each view and filter, alone and with a search. */
export async function listQueries(services: Services, domain: string): Promise<ListQuery[]> {
  const shop = await services.shops.getShopByDomain(domain);
  const [connection] = shop ? await services.shops.listConnections(shop.id) : [];
  if (!shop || !connection) throw new Error(`${domain} is not connected`);
  const where = { shopId: shop.id, connectionId: connection.id };
  const searches = [undefined, "harbor", "BB-TEE-0002-1", NOTHING];
  return [
    ...LISTING_VIEWS.flatMap((view) =>
      LISTING_SORTS.flatMap((sort) =>
        searches.map((search) => ({
          name: `listings ${view} ${sort}${search ? ` "${search}"` : ""}`,
          run: async (cursor?: string) => {
            const page = await services.catalog.listListings({ ...where, view, sort, ...optional({ search, cursor }) });
            return { rows: page.rows.length, next: page.cursor };
          },
        })),
      ),
    ),
    ...orderQueries(services, where),
    ...[undefined, ...ACTIVITY].flatMap((about) =>
      ([undefined, "job", "staff"] as const).map((actorKind) => ({
        name: `activity ${about?.[0] ?? "all"} by ${actorKind ?? "anybody"}`,
        run: async (cursor?: string) => {
          const asked = { shopId: shop.id, limit: 31, ...optional({ about, actorKind, cursor }) };
          const { entries } = await services.activity.listActivity(asked);
          return { rows: entries.length, next: entries.length === 31 ? String(entries.at(-1)?.id) : null };
        },
      })),
    ),
  ];
}

const DAY_MS = 24 * 3_600_000;
const NOTHING = "no such thing";
/** Orders with a problem, as `addManyOrders` makes them. */
const PRESSING = ["00000011", "00000071", "00000131", "00000191", "00000251"];
const ORDER_VIEWS = [
  ...(["since", "needs-me", "to-ship", "on-hold", "parked", "cancelled", "all"] as const),
  ...(["late", "cancelled-by-us"] as const),
];
const ORDER_SORTS = ["newest", "deadline"] as const;

/** The order list with each view, order, search and time, and the figures that stand above it. */
export function orderQueries(services: Services, where: { shopId: string; connectionId: string }): ListQuery[] {
  const { shopId, connectionId } = where;
  const now = Date.now();
  const lastLookedAt = new Date(now - 14 * 3_600_000);
  // somebody who was away for all of it
  const longAgo = new Date(now - 91 * DAY_MS);
  const searches = [
    ...[undefined, "harbor", "harbor mug", "BB-", "#2500", "5761", NOTHING],
    // in every title; in all of a time long gone; while somebody is still typing
    ...["bluebell", "pumpkin", "bluebell pumpkin", "c"],
  ];
  const times = [undefined, { from: new Date(now - 40 * DAY_MS), before: new Date(now - 35 * DAY_MS) }];
  const views = [
    ...ORDER_VIEWS.map((view) => ({ title: view, view, lastLookedAt, isLong: view === "all" })),
    { title: "since long ago", view: "since" as const, lastLookedAt: longAgo, isLong: true },
  ];
  const lists = views.flatMap(({ title, view, lastLookedAt, isLong }) =>
    ORDER_SORTS.flatMap((sort) =>
      searches.flatMap((search) =>
        (search ? [undefined] : times).map((time): ListQuery => {
          const ask = (cursor: string | null | undefined, limit = PAGE) => {
            const asked = { shopId, view, sort, lastLookedAt, limit, ...time, ...optional({ search, cursor }) };
            return services.orders.listOrders(asked);
          };
          return {
            far: isLong ? [search || time ? 99 : 999, 9] : [9],
            finds: time === undefined && (search === undefined || (view === "all" && search !== NOTHING)),
            name: `orders ${title} ${sort}${search ? ` "${search}"` : ""}${time ? " of five days" : ""}`,
            run: async (cursor) => {
              const { orders, nextCursor } = await ask(cursor);
              return { rows: orders.length, next: nextCursor };
            },
            skip: async (pages) => {
              let next: string | null | undefined;
              for (let left = pages; left > 0; left -= STRIDE) {
                next = (await ask(next, Math.min(left, STRIDE) * PAGE)).nextCursor;
                if (!next) return null;
              }
              return next ?? null;
            },
          };
        }),
      ),
    ),
  );
  const figure = (name: string, read: () => Promise<unknown>): ListQuery => ({
    name,
    run: async () => {
      await read();
      return { rows: 1, next: null };
    },
  });
  return [
    ...lists,
    figure("the most pressing", () =>
      services.orders.listOrders({ shopId, view: "needs-me", sort: "deadline", limit: 5 }),
    ),
    figure("problems of the most pressing", () =>
      services.activity.listOpenProblems({ shopId, subjects: PRESSING.map((id) => `order:${shopId}-${id}`) }),
    ),
    figure("the last visit", () => services.orders.lookAt({ shopId, staffId: "1" })),
    figure("the line for Shopify", () => services.orders.line({ shopId })),
    figure("connections", () => services.shops.listConnections(shopId)),
    figure("former connections", () => services.shops.listFormerConnections(shopId)),
    figure("proof line", () => services.orders.proofLine({ shopId, connectionIds: [connectionId] })),
    figure("counts of the views", () => services.orders.countViews({ shopId })),
    figure("what is new", () => services.orders.countNew({ shopId, since: lastLookedAt })),
    figure("what is new since long ago", () => services.orders.countNew({ shopId, since: longAgo })),
    figure("earnings", () => services.orders.earnings({ shopId, since: lastLookedAt })),
    figure("earnings of three days", () => services.orders.earnings({ shopId, since: new Date(now - 3 * DAY_MS) })),
    figure("earnings since long ago", () => services.orders.earnings({ shopId, since: longAgo })),
    figure("standing", () => services.orders.standing(where)),
    figure("hold window", () => services.orders.holdWindow(where)),
  ];
}

/** Without what is not set. */
function optional<T extends object>(given: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
