import type { Db, Tx } from "../../platform/db.server.ts";
import type { StockSku } from "../catalog/index.server.ts";
import type { Known } from "./decide-stock.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { writeLedger } from "./ledger.server.ts";
import { READING_LAG_MS } from "./model.ts";
import { effectiveAvailable, offer } from "./offer.ts";

/** Shopify does not count such variants and sells them without end; the channel wants a number. */
const UNTRACKED_QUANTITY = 100;

/** One unit with everything its offer follows from. */
export interface StockState {
  sku: StockSku;
  wanted: number;
  known: Known;
  /** The number follows from Shopify's stock, so a reading can change it. */
  isCounted: boolean;
  /** Nobody read this item yet. */
  isUnread: boolean;
  /** An event came that no reading has followed, or whose time no reading shows. */
  isDirty: boolean;
  /** Units wait, so an event may only be the echo of an order. */
  hasWaiting: boolean;
  /** Units wait for a reading to leave with. */
  isLeaving: boolean;
  /** Units that may be missing from Shopify's number and waiting as well: their order is just being made, or was made since the reading. */
  maybeTwice: number;
  refusedCode: string | null;
}

const UNKNOWN: Known = {
  pushed: null,
  pushedAt: null,
  soldSincePush: 0,
  uncertainUntil: null,
  unexplained: 0,
  unexplainedSince: null,
  verifyAt: null,
};

/** The newest event a unit's row was wanted for: Shopify's time of it, and since when it is wanted. */
export interface SeenEvent {
  seenAt: Date;
  wantedAt: Date;
}

/** The offers of these units from what is stored right now. Numbers that do not show the unit's event yet have to be read again. */
export async function loadStates(
  deps: Pick<InventoryDeps, "channels" | "clock">,
  db: Db | Tx,
  connection: InventoryConnection,
  skus: readonly StockSku[],
  events: ReadonlyMap<string, SeenEvent> = new Map(),
): Promise<StockState[]> {
  const { shopId, settings } = connection;
  const items = [...new Set(skus.flatMap((sku) => sku.inventoryItemId ?? []))];
  const [levels, waiting, offers] = await Promise.all([
    db.stockLevel.findMany({ where: { shopId, inventoryItemId: { in: items } } }),
    countUnits(deps, db, shopId, items),
    db.offer.findMany({ where: { listingSkuId: { in: skus.map((sku) => sku.listingSkuId) } } }),
  ]);
  const unitsOf = new Map(waiting.map((row) => [row.inventoryItemId, row]));
  const offerOf = new Map(offers.map((row) => [row.listingSkuId, row]));
  const { quantityMax } = deps.channels(connection.channel).reference.limits(connection);
  return skus.map((sku) => {
    const item = sku.inventoryItemId;
    const own = levels.filter((level) => level.inventoryItemId === item);
    const chosen = own.filter((level) => settings.locationIds.includes(level.locationId));
    const units = (item && unitsOf.get(item)) || NO_UNITS;
    const isCounted = item !== null && sku.isTracked;
    const available = isCounted ? chosen.map(effectiveAvailable) : [item === null ? 0 : UNTRACKED_QUANTITY];
    const wanted = offer({
      available,
      waiting: isCounted ? units.waiting : 0,
      buffer: isCounted ? settings.buffer : 0,
      share: isCounted ? settings.share : 1,
      cap: null,
      channelMax: quantityMax,
    });
    const known = offerOf.get(sku.listingSkuId);
    return {
      ...{ sku, wanted, isCounted },
      known: known ?? UNKNOWN,
      isUnread: isCounted && !settings.locationIds.every((id) => own.some((level) => level.locationId === id)),
      isDirty:
        isCounted &&
        (chosen.some((level) => level.eventReceivedAt !== null) || isBehind(own, events.get(sku.listingSkuId))),
      hasWaiting: units.waiting > 0,
      isLeaving: isCounted && units.leaving > 0,
      maybeTwice: isCounted ? units.maybeTwice : 0,
      refusedCode: known?.refusedCode ?? null,
    };
  });
}

interface UnitCounts {
  /** Units of known orders that Shopify's number does not contain for sure. */
  waiting: number;
  /** Of them, those whose order Shopify has. */
  leaving: number;
  /** Of them, those that Shopify's number may contain. */
  maybeTwice: number;
}
const NO_UNITS: UnitCounts = { waiting: 0, leaving: 0, maybeTwice: 0 };
/** The deadline of the call that makes an order, twice: what is not answered by then is counted as if it had not been made. */
const SENDING_MS = 60_000;

function countUnits(
  { clock }: Pick<InventoryDeps, "clock">,
  db: Db | Tx,
  shopId: string,
  inventoryItemIds: string[],
): Promise<(UnitCounts & { inventoryItemId: string })[]> {
  const sentAfter = new Date(clock.now().getTime() - SENDING_MS);
  return db.$queryRaw`
    select "inventoryItemId", count(*)::int as waiting, count("importedAt")::int as leaving,
      count(*) filter (where "importedAt" is not null or "sentAt" > ${sentAfter}::timestamptz)::int as "maybeTwice"
    from "WaitingUnit" where "shopId" = ${shopId} and "inventoryItemId" = any(${inventoryItemIds}) and "leftAt" is null
    group by "inventoryItemId"`;
}

/**
 * What is stored is older than the event: it came while a reading was being stored, which then kept only the event's want. All levels of
 * an item are read together, so one that shows the event tells for all.
 */
function isBehind(
  levels: readonly { shopifyUpdatedAt: Date | null; beganAt: Date }[],
  event: SeenEvent | undefined,
): boolean {
  return event !== undefined && levels.length > 0 && !levels.some((level) => shows(level, event));
}

/**
 * Shopify tells whole seconds, and no time at all where an item was never stocked: then only a reading begun after the event came is
 * known to contain it. One begun long after the event's own time counts whatever it says: the two clocks differ.
 */
function shows(level: { shopifyUpdatedAt: Date | null; beganAt: Date }, { seenAt, wantedAt }: SeenEvent): boolean {
  const at = level.shopifyUpdatedAt?.getTime() ?? seenAt.getTime();
  if (at > seenAt.getTime() || level.beganAt.getTime() > seenAt.getTime() + READING_LAG_MS) return true;
  return at === seenAt.getTime() && level.beganAt >= wantedAt;
}

/** Keeps what the offers should be, with a ledger line for each that changed. */
export async function storeWanted(
  deps: InventoryDeps,
  tx: Tx,
  connection: InventoryConnection,
  states: readonly StockState[],
  event: string,
): Promise<void> {
  const { id: connectionId, shopId, settings } = connection;
  const now = deps.clock.now();
  const before = new Map(
    (
      await tx.offer.findMany({
        where: { listingSkuId: { in: states.map((state) => state.sku.listingSkuId) } },
        select: { listingSkuId: true, wanted: true },
      })
    ).map((row) => [row.listingSkuId, row.wanted]),
  );
  const changed = states
    .filter(({ sku, wanted }) => before.get(sku.listingSkuId) !== wanted)
    .sort((a, b) => (a.sku.listingSkuId < b.sku.listingSkuId ? -1 : 1));
  if (changed.length === 0) return;
  const rows = changed.map(({ sku, wanted }) => ({ listingSkuId: sku.listingSkuId, wanted }));
  await tx.$executeRaw`
    insert into "Offer" ("listingSkuId", "shopId", "connectionId", "warehouseId", wanted, "wantedAt")
    select "listingSkuId", ${shopId}, ${connectionId}, ${settings.warehouseId ?? ""}, wanted, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o("listingSkuId" text, wanted int)
    on conflict ("listingSkuId") do update set wanted = excluded.wanted, "wantedAt" = excluded."wantedAt", "warehouseId" = excluded."warehouseId"`;
  const lines = changed.map(({ sku, wanted }) => ({
    shopId,
    connectionId,
    listingSkuId: sku.listingSkuId,
    inventoryItemId: sku.inventoryItemId ?? "",
    number: "offer" as const,
    before: before.get(sku.listingSkuId) ?? 0,
    after: wanted,
    why: "formula",
    event,
    actor: "job:stock",
  }));
  await writeLedger(tx, lines, now);
}
