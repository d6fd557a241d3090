import type { Tx } from "../../platform/db.server.ts";
import type { InventoryDeps } from "./deps.ts";
import { wantStock } from "./wants.server.ts";

/** An event this much older than our reading is an old story told late. */
const STALE_MS = 60_000;

/** Shopify says that an item's stock at a location changed. */
export interface StockEvent {
  shopId: string;
  inventoryItemGid: string;
  locationGid: string;
  /** Null: Shopify does not say. */
  available: number | null;
  /** Null: not told; its number then says nothing, only a reading helps. */
  updatedAt: Date | null;
}

/**
 * Stock changed in Shopify. The number of a newer event may lower offers at once; raising needs a reading, which is wanted here. Items
 * nobody sells are no business of ours. A few statements, however many events.
 */
export async function stockChanged(deps: InventoryDeps, tx: Tx, events: readonly StockEvent[]): Promise<void> {
  for (const [shopId, own] of Map.groupBy(events, (event) => event.shopId)) {
    const news = await noteEvents(deps, tx, shopId, own);
    if (news.length === 0) continue;
    const skus = await deps.catalog.stockSkusOfItems(tx, shopId, [
      ...new Set(news.map((event) => event.inventoryItemGid)),
    ]);
    for (const { inventoryItemGid, available, updatedAt } of news) {
      await wantStock(
        deps,
        tx,
        skus.filter((sku) => sku.inventoryItemId === inventoryItemGid),
        { urgency: available === 0 ? 2 : 1, ...(updatedAt ? { seenAt: updatedAt } : {}) },
      );
    }
  }
}

/** Keeps what the events say; returns those that tell something new. */
async function noteEvents(
  { clock }: InventoryDeps,
  tx: Tx,
  shopId: string,
  events: readonly StockEvent[],
): Promise<StockEvent[]> {
  const told = events.map((event, n) => ({
    n,
    item: event.inventoryItemGid,
    location: event.locationGid,
    available: event.available,
    at: event.updatedAt,
  }));
  // Of several events of one level the newest counts. Shopify tells whole seconds: of two in one second nobody knows which came last, so
  // the other one is an old story only if the chosen one makes us look anyway.
  // A reading that is being stored holds its rows: nobody waits for it here, what is wanted now looks again after it. "wellKnown" are
  // an old story, or the number we have (an older story told later can at worst ask for a reading too many).
  const wellKnown = await tx.$queryRaw<{ n: number }[]>`
    with told as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
        as t(n int, item text, location text, available int, at timestamptz(3))
    ), newest as materialized (
      select distinct on (item, location) * from told order by item, location, at desc nulls first, n desc
    ), known as materialized (
      select l.*, t.n, t.available as "toldAvailable", t.at as "toldAt",
        t.at < l."beganAt" - ${STALE_MS} * interval '1 millisecond' or t.at < l."shopifyUpdatedAt"
          or (l."eventReceivedAt" is null and t.at is not null and t.available = l.available) as "isKnown"
      from newest t join "StockLevel" l on l."shopId" = ${shopId} and l."inventoryItemId" = t.item and l."locationId" = t.location
      order by t.item, t.location for update of l skip locked
    ), noted as (
      update "StockLevel" l set "eventReceivedAt" = ${clock.now()},
        "eventAvailable" = case when k."toldAt" is null then l."eventAvailable" else k."toldAvailable" end,
        "shopifyUpdatedAt" = coalesce(k."toldAt", l."shopifyUpdatedAt")
      from known k where k."isKnown" is not true
        and l."shopId" = k."shopId" and l."inventoryItemId" = k."inventoryItemId" and l."locationId" = k."locationId"
    )
    select t.n from told t join newest m using (item, location)
      where t.n <> m.n and (t.at < m.at or m.n not in (select n from known where "isKnown"))
    union all select n from known where "isKnown"`;
  const old = new Set(wellKnown.map(({ n }) => n));
  return events.filter((_, n) => !old.has(n));
}
