import {
  type ActivityKind,
  type ActivityShown,
  activityKinds,
  actorKinds,
} from "../../domains/shops/ui/activity-data.ts";
import { showActivity, showStock } from "./show-activity.server.ts";
import type { Visit } from "./visit.server.ts";

const PAGE = 30;
/** What the events of a kind begin with. Stock is not told by events but by the ledger. */
const ABOUT: Record<Exclude<ActivityKind, "all" | "stock">, string[]> = {
  listings: ["listing.", "listings.", "products.", "defaults.", "choice."],
  orders: ["order.", "orders.", "shipment.", "cancellation.", "decision.", "return.", "refund."],
  settings: ["connection.", "shop.", "guide.", "buyer-data."],
};

/** One page of what happened. Two stories, the events and the stock ledger, are told as one; the cursor remembers how far each was told. */
export async function loadActivity({ services, shop }: Visit, query: URLSearchParams) {
  const kind = activityKinds.find((one) => one === query.get("view")) ?? "all";
  const actor = actorKinds.find((one) => one === query.get("by")) ?? "any";
  const [eventsBefore, stockBefore] = readCursor(query.get("cursor"));
  // only Reelshelf itself sends stock
  const hasStock = (kind === "all" || kind === "stock") && (actor === "any" || actor === "job");
  const [told, sent, current, former] = await Promise.all([
    kind === "stock"
      ? { entries: [] }
      : services.activity.listActivity({
          shopId: shop.id,
          limit: PAGE + 1,
          ...(kind === "all" ? {} : { about: ABOUT[kind] }),
          ...(actor === "any" ? {} : { actorKind: actor }),
          ...(eventsBefore ? { cursor: eventsBefore } : {}),
        }),
    hasStock
      ? services.inventory.listSent({
          shopId: shop.id,
          limit: PAGE + 1,
          ...(stockBefore ? { before: stockBefore } : {}),
        })
      : [],
    services.shops.listConnections(shop.id),
    services.shops.listFormerConnections(shop.id),
  ]);
  const names = new Map([...former, ...current].map((one) => [one.id, one.name]));
  const skus = await services.catalog.nameSkus({ shopId: shop.id, listingSkuIds: sent.map((one) => one.listingSkuId) });
  const events = told.entries.map((one) => ({
    at: one.at,
    id: one.id.toString(),
    row: showActivity(one, shop, names),
  }));
  const stock = sent.map((one) => ({ at: one.at, id: one.id, row: showStock(one, shop, skus.get(one.listingSkuId)) }));
  const page = mergeNewest(events, stock, PAGE);
  const before = [page.events.at(-1)?.id ?? eventsBefore, page.stock.at(-1)?.id ?? stockBefore];
  return {
    kind,
    actor,
    zone: shop.timezone,
    isFiltered: kind !== "all" || actor !== "any",
    rows: page.rows,
    nextCursor: events.length + stock.length > PAGE ? before.map((id) => id ?? "").join("_") : null,
  };
}

interface Told {
  at: Date;
  id: string;
  row: ActivityShown;
}

/** The newest of two stories as one. Each keeps its own order, which is what its part of the cursor counts by. */
function mergeNewest(events: Told[], stock: Told[], most: number) {
  const taken = { events: [] as Told[], stock: [] as Told[], rows: [] as ActivityShown[] };
  while (taken.rows.length < most) {
    const [event, number] = [events[taken.events.length], stock[taken.stock.length]];
    if (!event && !number) break;
    const isEvent = event !== undefined && (!number || event.at >= number.at);
    const next = (isEvent ? event : number) as Told;
    taken[isEvent ? "events" : "stock"].push(next);
    taken.rows.push(next.row);
  }
  return taken;
}

/** "12_7": events before 12, stock before 7; an empty part begins at the newest. Anything else is the first page. */
function readCursor(text: string | null): [events: string | null, stock: string | null] {
  const found = /^(\d*)_(\d*)$/.exec(text ?? "");
  return [found?.[1] || null, found?.[2] || null];
}
