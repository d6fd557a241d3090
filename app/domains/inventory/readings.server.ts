import type { Prisma, Tx } from "../../platform/db.server.ts";
import type { ShopifyStock } from "../../shopify/model.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { type LedgerLineInput, lockItems, writeLedger } from "./ledger.server.ts";
import { READING_LAG_MS } from "./model.ts";
import { leaveWith, tellWaiting } from "./waiting.server.ts";
import { wantStock } from "./wants.server.ts";

/** Shopify fact: at most 250 ids per call. */
const ITEMS_AT_ONCE = 250;

/**
 * Reads Shopify's stock of these items and stores it. `beganAt` is taken before the call: units whose order Shopify had by then leave
 * `waiting` in the same transaction. Throws CallError or BudgetClosed when Shopify does not answer; then nothing was stored.
 */
export async function readStock(
  deps: InventoryDeps,
  connection: InventoryConnection,
  inventoryItemIds: string[],
  inHand: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { shopId, shopDomain, settings } = connection;
  const ids = [...new Set(inventoryItemIds)].sort();
  for (let at = 0; at < ids.length; at += ITEMS_AT_ONCE) {
    const items = ids.slice(at, at + ITEMS_AT_ONCE);
    const beganAt = deps.clock.now();
    const levels = await deps.shopify({ id: shopId, domain: shopDomain }).stock(items);
    await deps.engine.change((tx) =>
      storeReading(deps, tx, { shopId, items, levels, locationIds: settings.locationIds, beganAt, inHand }),
    );
  }
}

interface Reading {
  shopId: string;
  items: string[];
  levels: ShopifyStock[];
  /** A location without a level of an item has none of it. */
  locationIds: string[];
  beganAt: Date;
  /** Units whoever reads is about to compare anyway. */
  inHand: ReadonlySet<string>;
}

/** Stores one reading; an older one than what is stored changes nothing. Safe to repeat. */
async function storeReading(deps: InventoryDeps, tx: Tx, reading: Reading): Promise<void> {
  const { shopId, items, beganAt } = reading;
  await lockItems(tx, shopId, items);
  // locked: an event noted between this look and the store would be overwritten
  const stored = await tx.$queryRaw<StoredLevel[]>`
    select * from "StockLevel" where "shopId" = ${shopId} and "inventoryItemId" = any(${items})
    order by "inventoryItemId", "locationId" for update`;
  const byKey = new Map(stored.map((level) => [keyOf(level), level]));
  const lines: LedgerLineInput[] = [];
  const lagging = new Set<string>();
  const changed = new Set<string>();
  const fresh: StoredLevel[] = [];
  for (const level of withMissing(reading)) {
    const { inventoryItemId, locationId, available } = level;
    const old = byKey.get(keyOf(level));
    if (old && old.beganAt > beganAt) continue;
    const isLagging = isOlderThanEvent(old, level, deps.clock.now());
    if (isLagging) lagging.add(inventoryItemId);
    const isAnswered = !isLagging && (old?.eventReceivedAt ?? beganAt) <= beganAt;
    if (!old || old.available !== available || old.eventReceivedAt) changed.add(inventoryItemId);
    fresh.push({
      ...{ shopId, inventoryItemId, locationId, available, beganAt },
      shopifyUpdatedAt: newest(old?.shopifyUpdatedAt, level.updatedAt),
      eventAvailable: isAnswered ? null : (old?.eventAvailable ?? null),
      eventReceivedAt: isAnswered ? null : (old?.eventReceivedAt ?? null),
    });
    lines.push({
      ...{ shopId, inventoryItemId, locationId },
      number: "available",
      before: old?.available ?? 0,
      after: available,
      why: old ? "read" : "first read",
      event: `read:${beganAt.toISOString()}`,
      actor: "shopify",
    });
  }
  await storeLevels(tx, fresh);
  await writeLedger(tx, lines, deps.clock.now());
  // a reading that does not show the newest event need not show the newest order either
  for (const item of await letLeave(
    deps,
    tx,
    shopId,
    items.filter((id) => !lagging.has(id)),
    beganAt,
  ))
    changed.add(item);
  const skus = await deps.catalog.stockSkusOfItems(tx, shopId, [...changed]);
  await wantStock(
    deps,
    tx,
    skus.filter((sku) => !reading.inHand.has(sku.listingSkuId)),
  );
}

/** Units that are contained in the reading leave with it. Returns their items. */
async function letLeave(
  deps: InventoryDeps,
  tx: Tx,
  shopId: string,
  items: string[],
  beganAt: Date,
): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const { left, before } = await leaveWith(deps, tx, { shopId, items, beganAt });
  const changes = new Map([...left].map(([item, count]) => [item, -count]));
  const facts = { shopId, before, why: "contained in a reading", event: `read:${beganAt.toISOString()}` };
  await tellWaiting(deps, tx, facts, changes);
  return new Set(left.keys());
}

type StoredLevel = Prisma.StockLevelGetPayload<object>;

/** All of them in one statement. */
async function storeLevels(tx: Tx, levels: readonly StoredLevel[]): Promise<void> {
  if (levels.length === 0) return;
  await tx.$executeRaw`
    insert into "StockLevel" ("shopId", "inventoryItemId", "locationId", available, "beganAt", "shopifyUpdatedAt", "eventAvailable", "eventReceivedAt")
    select * from jsonb_to_recordset(${JSON.stringify(levels)}::jsonb) as l("shopId" text, "inventoryItemId" text, "locationId" text,
      available int, "beganAt" timestamptz(3), "shopifyUpdatedAt" timestamptz(3), "eventAvailable" int, "eventReceivedAt" timestamptz(3))
    order by "inventoryItemId", "locationId"
    on conflict ("shopId", "inventoryItemId", "locationId") do update set available = excluded.available, "beganAt" = excluded."beganAt",
      "shopifyUpdatedAt" = excluded."shopifyUpdatedAt", "eventAvailable" = excluded."eventAvailable",
      "eventReceivedAt" = excluded."eventReceivedAt"`;
}

const keyOf = ({ inventoryItemId, locationId }: { inventoryItemId: string; locationId: string }) =>
  `${inventoryItemId} ${locationId}`;

function withMissing({ items, levels, locationIds }: Reading): ShopifyStock[] {
  const seen = new Set(levels.map(keyOf));
  const missing = items.flatMap((inventoryItemId) =>
    locationIds.map((locationId) => ({ inventoryItemId, locationId, available: 0, updatedAt: null })),
  );
  return [...levels, ...missing.filter((level) => !seen.has(keyOf(level)))];
}

function isOlderThanEvent(
  old: { shopifyUpdatedAt: Date | null; eventReceivedAt: Date | null } | undefined,
  level: ShopifyStock,
  now: Date,
): boolean {
  if (!old?.eventReceivedAt || !old.shopifyUpdatedAt || !level.updatedAt) return false;
  return level.updatedAt < old.shopifyUpdatedAt && now.getTime() - old.eventReceivedAt.getTime() < READING_LAG_MS;
}

function newest(a: Date | null | undefined, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
