import type { Tx } from "../../platform/db.server.ts";
import type { InventoryDeps } from "./deps.ts";
import { lockItems, writeLedger } from "./ledger.server.ts";
import { wantStock } from "./wants.server.ts";

/** The channel's clock counts whole seconds and need not agree with ours: a purchase this close to a push counts as before it. */
const SAME_MOMENT_MS = 2_000;

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
  const known = await tx.waitingUnit.findMany({
    where: { connectionId, channelLineId: { in: units.map((unit) => unit.channelLineId) } },
    select: { channelLineId: true },
  });
  const seen = new Set(known.map((unit) => unit.channelLineId));
  const fresh = units.filter((unit) => !seen.has(unit.channelLineId) && seen.add(unit.channelLineId));
  if (fresh.length === 0) return;
  const since = deps.clock.now();
  const before = await countWaiting(
    tx,
    shopId,
    fresh.map((unit) => unit.inventoryItemId),
  );
  await tx.waitingUnit.createMany({
    data: fresh.map((unit) => ({ ...unit, shopId, connectionId, channelOrderId, since })),
  });
  await tellWaiting(
    deps,
    tx,
    { shopId, connectionId, before, why: "bought", event: `order:${channelOrderId}` },
    countBy(fresh, 1),
  );
  for (const [listingSkuId, count] of countBySku(fresh)) await noteSale(tx, listingSkuId, count, boughtAt);
  await wantItems(
    deps,
    tx,
    shopId,
    fresh.map((unit) => unit.inventoryItemId),
  );
}

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
  const mine = { shopId, channelOrderId, ...(connectionId ? { connectionId } : {}), leftAt: null };
  const units = await tx.waitingUnit.findMany({ where: mine, select: { inventoryItemId: true } });
  await tx.waitingUnit.updateMany({ where: { ...mine, importedAt: null }, data: { importedAt: at } });
  await wantItems(
    deps,
    tx,
    shopId,
    units.map((unit) => unit.inventoryItemId),
  );
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
export async function countWaiting(
  tx: Tx,
  shopId: string,
  inventoryItemIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.waitingUnit.groupBy({
    by: ["inventoryItemId"],
    where: { shopId, inventoryItemId: { in: [...new Set(inventoryItemIds)] }, leftAt: null },
    _count: true,
  });
  return new Map(rows.map((row) => [row.inventoryItemId, row._count]));
}

/** A purchase after the last push has lowered the channel's number already; one that explains missing units has as well. */
async function noteSale(tx: Tx, listingSkuId: string, count: number, boughtAt: Date | undefined): Promise<void> {
  const [offer] = await tx.$queryRaw<
    { pushedAt: Date | null; unexplained: number }[]
  >`select "pushedAt", unexplained from "Offer" where "listingSkuId" = ${listingSkuId} for update`;
  if (!offer) return;
  const isSincePush =
    boughtAt !== undefined && offer.pushedAt !== null && boughtAt.getTime() > offer.pushedAt.getTime() + SAME_MOMENT_MS;
  if (isSincePush) await tx.offer.update({ where: { listingSkuId }, data: { soldSincePush: { increment: count } } });
  else if (offer.unexplained > 0)
    await tx.offer.update({ where: { listingSkuId }, data: { unexplained: Math.max(0, offer.unexplained - count) } });
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
export function countBy(units: readonly { inventoryItemId: string }[], sign: 1 | -1): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { inventoryItemId } of units) counts.set(inventoryItemId, (counts.get(inventoryItemId) ?? 0) + sign);
  return counts;
}

function countBySku(units: readonly WaitingUnitInput[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { listingSkuId } of units) if (listingSkuId) counts.set(listingSkuId, (counts.get(listingSkuId) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
