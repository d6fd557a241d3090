import type { Services } from "../../app/composition.server.ts";

/** A list as a merchant may ask for it: its first page, or the one after a cursor. Returns how many rows came, and the next cursor. */
export interface ListQuery {
  name: string;
  run(cursor?: string): Promise<{ rows: number; next: string | null }>;
}

const LISTING_VIEWS = ["all", "ready", "needs-choice", "live", "in-review", "refused", "stopped"] as const;
const LISTING_SORTS = ["oldest", "newest", "title", "title-down"] as const;
const ORDER_VIEWS = ["since", "needs-me", "parked", "to-ship", "all"] as const;
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
  const searches = [undefined, "harbor", "BB-TEE-0002-1", "no such thing"];
  const orderSearches = [undefined, "harbor", "#1001", "5761", "no such thing"];
  const lastLookedAt = new Date(Date.now() - 6 * 3_600_000);
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
    ...ORDER_VIEWS.flatMap((view) =>
      orderSearches.map((search) => ({
        name: `orders ${view}${search ? ` "${search}"` : ""}`,
        run: async (cursor?: string) => {
          const input = { shopId: shop.id, view, lastLookedAt, ...optional({ search, cursor }) };
          const { orders, nextCursor } = await services.orders.listOrders(input);
          return { rows: orders.length, next: nextCursor };
        },
      })),
    ),
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
    {
      name: "proof line",
      run: async () => {
        await services.orders.proofLine({ shopId: shop.id, connectionIds: [connection.id] });
        return { rows: 1, next: null };
      },
    },
  ];
}

/** Without what is not set. */
function optional<T extends object>(given: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
