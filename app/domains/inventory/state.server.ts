import type { Db, Tx } from "../../platform/db.server.ts";
import { Prisma, queryJson, retryDeadlocks } from "../../platform/engine/sql.server.ts";
import type { StockSku } from "../catalog/index.server.ts";
import type { Known } from "./decide-stock.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { READING_LAG_MS } from "./model.ts";
import { effectiveAvailable, offer } from "./offer.ts";

/** Shopify does not count such variants and sells them without end; the channel wants a number. */
const UNTRACKED_QUANTITY = 100;

/** One unit with everything its offer follows from. */
export interface StockState {
  sku: StockSku;
  wanted: number;
  /** What it was when its offer was last worked out; null: never. */
  wantedBefore: number | null;
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
  const { settings } = connection;
  const { levels, waiting, offers } = await findStored(deps, db, connection, skus);
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
      ...{ sku, wanted, isCounted, wantedBefore: known?.wanted ?? null },
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

interface Stored {
  levels: StoredLevel[];
  waiting: (UnitCounts & { inventoryItemId: string })[];
  offers: (Known & { listingSkuId: string; wanted: number; refusedCode: string | null })[];
}

interface StoredLevel {
  inventoryItemId: string;
  locationId: string;
  available: number;
  beganAt: Date;
  shopifyUpdatedAt: Date | null;
  eventAvailable: number | null;
  eventReceivedAt: Date | null;
}

/** All that the offers of these units follow from, as of one moment. */
async function findStored(
  { clock }: Pick<InventoryDeps, "clock">,
  db: Db | Tx,
  { shopId }: InventoryConnection,
  skus: readonly StockSku[],
): Promise<Stored> {
  const items = [...new Set(skus.flatMap((sku) => sku.inventoryItemId ?? []))];
  const ids = skus.map((sku) => sku.listingSkuId);
  const sentAfter = new Date(clock.now().getTime() - SENDING_MS);
  const found = await queryJson<Stored>(
    db,
    Prisma.sql`
    select json_build_object(
      'levels', (select coalesce(json_agg(l), '[]') from (
        select "inventoryItemId", "locationId", available, "beganAt", "shopifyUpdatedAt", "eventAvailable", "eventReceivedAt"
        from "StockLevel" where "shopId" = ${shopId} and "inventoryItemId" = any(${items})) l),
      'waiting', (select coalesce(json_agg(w), '[]') from (
        select "inventoryItemId", count(*) as waiting, count("importedAt") as leaving,
          count(*) filter (where "importedAt" is not null or "sentAt" > ${sentAfter}::timestamptz) as "maybeTwice"
        from "WaitingUnit" where "shopId" = ${shopId} and "inventoryItemId" = any(${items}) and "leftAt" is null
        group by "inventoryItemId") w),
      'offers', (select coalesce(json_agg(o), '[]') from (
        select "listingSkuId", wanted, "refusedCode", pushed, "pushedAt", "soldSincePush", "uncertainUntil", unexplained, "unexplainedSince", "verifyAt"
        from "Offer" where "listingSkuId" = any(${ids})) o)
    )::text as result`,
  );
  return {
    levels: found.levels.map((level) => withDates(level, ["beganAt", "shopifyUpdatedAt", "eventReceivedAt"])),
    waiting: found.waiting,
    offers: found.offers.map((row) => withDates(row, ["pushedAt", "uncertainUntil", "unexplainedSince", "verifyAt"])),
  };
}

/** JSON tells times as text. */
function withDates<T extends object>(row: T, names: readonly (keyof T)[]): T {
  const dates = names.map((name) => [name, row[name] === null ? null : new Date(row[name] as string)]);
  return { ...row, ...Object.fromEntries(dates) };
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

/** Keeps what the offers should be, with a ledger line for each that changed, in one statement; none where nothing did. */
export async function storeWanted(
  deps: InventoryDeps,
  connection: InventoryConnection,
  states: readonly StockState[],
  event: string,
): Promise<void> {
  const { id: connectionId, shopId, settings } = connection;
  const changed = states.filter(({ wanted, wantedBefore }) => wanted !== wantedBefore);
  if (changed.length === 0) return;
  const now = deps.clock.now();
  const rows = changed.map(({ sku: { listingSkuId, inventoryItemId }, wanted }) => ({
    ...{ listingSkuId, inventoryItemId: inventoryItemId ?? "", wanted },
  }));
  await retryDeadlocks(
    () => deps.db.$executeRaw`
    with told as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("listingSkuId" text, "inventoryItemId" text, wanted int)
    ), known as materialized (
      select o."listingSkuId", o.wanted from "Offer" o join told t on t."listingSkuId" = o."listingSkuId" order by o."listingSkuId" for update of o
    ), changed as materialized (
      select t."listingSkuId", t."inventoryItemId", t.wanted, coalesce(k.wanted, 0) as before
      from told t left join known k on k."listingSkuId" = t."listingSkuId" where k.wanted is distinct from t.wanted order by t."listingSkuId"
    ), stored as (
      insert into "Offer" ("listingSkuId", "shopId", "connectionId", "warehouseId", wanted, "wantedAt")
      select "listingSkuId", ${shopId}, ${connectionId}, ${settings.warehouseId ?? ""}, wanted, ${now}::timestamptz from changed
      on conflict ("listingSkuId") do update set wanted = excluded.wanted, "wantedAt" = excluded."wantedAt", "warehouseId" = excluded."warehouseId"
    )
    insert into "LedgerLine" ("shopId", "connectionId", "listingSkuId", "inventoryItemId", number, before, after, why, event, actor, at)
    select ${shopId}, ${connectionId}, "listingSkuId", "inventoryItemId", 'offer', before, wanted, 'formula', ${event}, 'job:stock', ${now}::timestamptz
    from changed where before <> wanted`,
  );
}
