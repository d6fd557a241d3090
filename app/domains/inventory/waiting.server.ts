import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import { Prisma, queryJson } from "../../platform/engine/sql.server.ts";
import type { InventoryDeps } from "./deps.ts";
import { lockItems, writeLedger } from "./ledger.server.ts";
import { wantStock } from "./wants.server.ts";

/** The channel's clock counts whole seconds and need not agree with ours: a purchase this close to a push counts as before it. */
const SAME_MOMENT_MS = 2_000;
/** What changes no number on the channel may wait for the other news of the same order: its import, and Shopify's word of its stock. */
const NO_HURRY_MS = 500;

export interface WaitingUnitInput {
  channelLineId: string;
  inventoryItemId: string;
  /** Null: the unit belongs to no listing of ours. */
  listingSkuId: string | null;
}

/**
 * Units of a channel order that Shopify's number does not contain yet: they are taken off every offer of the item, in all connections. Safe
 * to repeat; a unit that has left does not come back. `boughtAt`: when the channel made the order.
 */
export async function takeWaiting(
  deps: InventoryDeps,
  tx: Tx,
  input: { shopId: string; connectionId: string; channelOrderId: string; boughtAt?: Date; units: WaitingUnitInput[] },
): Promise<void> {
  const { shopId, connectionId, channelOrderId, boughtAt, units } = input;
  await lockItems(
    tx,
    shopId,
    units.map((unit) => unit.inventoryItemId),
  );
  const { fresh, before } = await insertUnits(tx, {
    shopId,
    connectionId,
    channelOrderId,
    units,
    since: deps.clock.now(),
  });
  if (fresh.length === 0) return;
  const taken = countBy(fresh, 1);
  await tellWaiting(deps, tx, { shopId, connectionId, before, why: "bought", event: `order:${channelOrderId}` }, taken);
  const explained = new Set<string>();
  for (const [listingSkuId, { count, inventoryItemId }] of countBySku(fresh)) {
    const isShown = await noteSale(tx, listingSkuId, count, boughtAt);
    // what was bought of the item under another SKU the channel does not show in this one
    if (isShown && count === taken.get(inventoryItemId)) explained.add(listingSkuId);
  }
  const skus = await deps.catalog.stockSkusOfItems(tx, shopId, itemsOf(fresh));
  const isExplained = (sku: { listingSkuId: string }) => explained.has(sku.listingSkuId);
  await wantStock(
    deps,
    tx,
    skus.filter((sku) => !isExplained(sku)),
    { urgency: 1 },
  );
  await wantStock(deps, tx, skus.filter(isExplained), { urgency: 1, withinMs: NO_HURRY_MS });
}

const itemsOf = (units: readonly { inventoryItemId: string }[]) => [
  ...new Set(units.map((unit) => unit.inventoryItemId)),
];

/** Stores units not known yet. Returns them, and how many units waited on their items before. */
async function insertUnits(
  tx: Tx,
  input: { shopId: string; connectionId: string; channelOrderId: string; units: WaitingUnitInput[]; since: Date },
): Promise<{ fresh: WaitingUnitInput[]; before: Map<string, number> }> {
  const { shopId, connectionId, channelOrderId, units, since } = input;
  // the count is as of before the insert, as everything one statement reads is
  const stored = await queryJson<{ fresh: WaitingUnitInput[]; before: WaitingCount[] }>(
    tx,
    Prisma.sql`
    with fresh as (
      insert into "WaitingUnit" ("shopId", "connectionId", "channelOrderId", "channelLineId", "inventoryItemId", "listingSkuId", since)
      select ${shopId}, ${connectionId}, ${channelOrderId}, "channelLineId", "inventoryItemId", "listingSkuId", ${since}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as u("channelLineId" text, "inventoryItemId" text, "listingSkuId" text)
      on conflict ("connectionId", "channelLineId") do nothing
      returning "channelLineId", "inventoryItemId", "listingSkuId"
    )
    select json_build_object('fresh', (select coalesce(json_agg(f), '[]') from fresh f), 'before', ${waitingOn(shopId, itemsOf(units))})::text as result`,
  );
  return { fresh: stored.fresh, before: countsOf(stored.before) };
}

interface WaitingCount {
  inventoryItemId: string;
  count: number;
}

const countsOf = (counts: readonly WaitingCount[]) =>
  new Map(counts.map(({ inventoryItemId, count }) => [inventoryItemId, count]));

/** Units waiting on each of these items, as JSON. */
const waitingOn = (shopId: string, inventoryItemIds: string[]) => Prisma.sql`(
  select coalesce(json_agg(w), '[]') from (
    select "inventoryItemId", count(*) from "WaitingUnit"
    where "shopId" = ${shopId} and "inventoryItemId" = any(${inventoryItemIds}) and "leftAt" is null group by "inventoryItemId") w)`;

/** The order is about to be made in Shopify: from now on its number may contain these units. In the transaction that says so. */
export async function markSending(
  tx: Tx,
  input: { shopId: string; connectionId: string; channelOrderId: string; at: Date },
): Promise<void> {
  const { at, ...mine } = input;
  await tx.waitingUnit.updateMany({ where: { ...mine, leftAt: null }, data: { sentAt: at } });
}

/** Shopify has the order: the units leave with a reading begun after `at`, the moment its answer was in hand. Safe to repeat. */
export async function markImported(
  deps: InventoryDeps,
  tx: Tx,
  input: { shopId: string; channelOrderId: string; connectionId?: string; at: Date },
): Promise<void> {
  const { shopId, channelOrderId, connectionId, at } = input;
  const ofConnection = connectionId ? Prisma.sql`and "connectionId" = ${connectionId}` : Prisma.empty;
  const units = await tx.$queryRaw<{ inventoryItemId: string }[]>`
    update "WaitingUnit" set "importedAt" = coalesce("importedAt", ${at}::timestamptz)
    where "shopId" = ${shopId} and "channelOrderId" = ${channelOrderId} ${ofConnection} and "leftAt" is null
    returning "inventoryItemId"`;
  if (units.length === 0) return;
  const skus = await deps.catalog.stockSkusOfItems(tx, shopId, itemsOf(units));
  await wantStock(deps, tx, skus, { urgency: 1, withinMs: NO_HURRY_MS });
}

/**
 * Units whose order was in Shopify before a reading began are contained in it and leave with it. Returns how many of each item left, and how
 * many waited before.
 */
export async function leaveWith(
  deps: Pick<InventoryDeps, "clock">,
  tx: Tx,
  reading: { shopId: string; items: string[]; beganAt: Date },
): Promise<{ left: Map<string, number>; before: Map<string, number> }> {
  const { shopId, items, beganAt } = reading;
  const found = await queryJson<{ left: WaitingCount[]; before: WaitingCount[] }>(
    tx,
    Prisma.sql`
    with gone as (
      update "WaitingUnit" set "leftAt" = ${deps.clock.now()}::timestamptz, "leftWhy" = 'contained in a reading'
      where "shopId" = ${shopId} and "inventoryItemId" = any(${items}) and "leftAt" is null and "importedAt" < ${beganAt}::timestamptz
      returning "inventoryItemId"
    )
    select json_build_object(
      'left', (select coalesce(json_agg(g), '[]') from (select "inventoryItemId", count(*) from gone group by "inventoryItemId") g),
      'before', ${waitingOn(shopId, items)})::text as result`,
  );
  return { left: countsOf(found.left), before: countsOf(found.before) };
}

/**
 * Units nobody will take after all leave at once. Those that Shopify already has are left alone: its own number decides, with the next
 * reading and with whatever it puts back. Safe to repeat.
 */
export async function releaseWaiting(
  deps: InventoryDeps,
  tx: Tx,
  input: { shopId: string; connectionId: string; channelLineIds: string[]; why: string },
): Promise<void> {
  const { shopId, connectionId, channelLineIds, why } = input;
  const mine = { shopId, connectionId, channelLineId: { in: channelLineIds }, leftAt: null };
  const candidates = await tx.waitingUnit.findMany({ where: mine, select: { inventoryItemId: true } });
  if (candidates.length === 0) return;
  await lockItems(
    tx,
    shopId,
    candidates.map((unit) => unit.inventoryItemId),
  );
  const units = await tx.waitingUnit.findMany({
    where: { ...mine, importedAt: null },
    select: { channelLineId: true, channelOrderId: true, inventoryItemId: true },
  });
  const before = await countWaiting(
    tx,
    shopId,
    units.map((unit) => unit.inventoryItemId),
  );
  await tx.waitingUnit.updateMany({
    where: { connectionId, channelLineId: { in: units.map((unit) => unit.channelLineId) }, leftAt: null },
    data: { leftAt: deps.clock.now(), leftWhy: why },
  });
  if (units.length > 0)
    await tellWaiting(
      deps,
      tx,
      { shopId, connectionId, before, why, event: `order:${units[0]?.channelOrderId}` },
      countBy(units, -1),
    );
  await wantItems(
    deps,
    tx,
    shopId,
    candidates.map((unit) => unit.inventoryItemId),
  );
}

/** Units now waiting on each item, over all connections of the shop. */
async function countWaiting(tx: Tx, shopId: string, inventoryItemIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.waitingUnit.groupBy({
    by: ["inventoryItemId"],
    where: { shopId, inventoryItemId: { in: [...new Set(inventoryItemIds)] }, leftAt: null },
    _count: true,
  });
  return new Map(rows.map((row) => [row.inventoryItemId, row._count]));
}

/**
 * A purchase after the last push has lowered the channel's number already: then true. One that explains missing units has as well, but these
 * were kept back, and what is to be offered now has to be worked out.
 */
async function noteSale(tx: Tx, listingSkuId: string, count: number, boughtAt: Date | undefined): Promise<boolean> {
  const since = boughtAt ? after(boughtAt, -SAME_MOMENT_MS) : null;
  const [offer] = await tx.$queryRaw<{ isSincePush: boolean }[]>`
    update "Offer" set
      "soldSincePush" = "soldSincePush" + case when "pushedAt" < ${since}::timestamptz then ${count}::int else 0 end,
      unexplained = case when "pushedAt" < ${since}::timestamptz then unexplained else greatest(0, unexplained - ${count}::int) end
    where "listingSkuId" = ${listingSkuId}
    returning coalesce("pushedAt" < ${since}::timestamptz, false) as "isSincePush"`;
  return offer?.isSincePush ?? false;
}

async function wantItems(deps: InventoryDeps, tx: Tx, shopId: string, inventoryItemIds: string[]): Promise<void> {
  if (inventoryItemIds.length === 0) return;
  await wantStock(deps, tx, await deps.catalog.stockSkusOfItems(tx, shopId, [...new Set(inventoryItemIds)]), {
    urgency: 1,
  });
}

/** Ledger lines of a changed count of waiting units. */
export async function tellWaiting(
  deps: Pick<InventoryDeps, "clock">,
  tx: Tx,
  facts: { shopId: string; connectionId?: string; before: Map<string, number>; why: string; event: string },
  changes: Map<string, number>,
): Promise<void> {
  const { shopId, connectionId, why, event } = facts;
  const lines = [...changes].map(([inventoryItemId, change]) => {
    const before = facts.before.get(inventoryItemId) ?? 0;
    return {
      shopId,
      ...(connectionId ? { connectionId } : {}),
      inventoryItemId,
      number: "waiting" as const,
      before,
      after: before + change,
      why,
      event,
      actor: "job:orders",
    };
  });
  await writeLedger(tx, lines, deps.clock.now());
}

/** How many units of each item, times `sign`. */
function countBy(units: readonly { inventoryItemId: string }[], sign: 1 | -1): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { inventoryItemId } of units) counts.set(inventoryItemId, (counts.get(inventoryItemId) ?? 0) + sign);
  return counts;
}

interface SkuCount {
  count: number;
  inventoryItemId: string;
}

function countBySku(units: readonly WaitingUnitInput[]): [string, SkuCount][] {
  const counts = new Map<string, SkuCount>();
  for (const { listingSkuId, inventoryItemId } of units)
    if (listingSkuId) counts.set(listingSkuId, { inventoryItemId, count: (counts.get(listingSkuId)?.count ?? 0) + 1 });
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
