import type { OrderFacts, OrderLineFacts } from "../../../channels/port.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { LinkedSku, OrdersConnection, OrdersDeps } from "../deps.ts";
import { unitPriceOf } from "../import/order-money.ts";
import type { OrderRow } from "../store.server.ts";
import { isLeftOut, isOwed } from "./owed-units.ts";

/** Stores the units of a reading and tells inventory which of them are owed and which no longer are. Returns all units of the order. */
export async function storeLines(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  { order, facts }: { order: OrderRow; facts: OrderFacts },
): Promise<OrderRow["lines"]> {
  const known = new Map(order.lines.map((line) => [line.channelLineId, line]));
  const unlinked = facts.lines.filter((line) => !known.get(line.channelLineId)?.variantId);
  const links = await linksFor(deps, tx, connection, unlinked);
  const lines = new Map(known);
  const fresh = facts.lines.filter((line) => !known.has(line.channelLineId));
  if (fresh.length > 0) {
    const created = await tx.channelOrderLine.createManyAndReturn({
      data: fresh.map((line) => ({
        ...{ shopId: order.shopId, orderId: order.id, channelLineId: line.channelLineId },
        ...lineOf(facts, line),
        ...linkOf(links.get(line.channelSkuId)),
      })),
      skipDuplicates: true,
    });
    for (const line of created) lines.set(line.channelLineId, line);
  }
  for (const line of facts.lines) {
    const before = known.get(line.channelLineId);
    if (!before) continue;
    const data = { ...lineOf(facts, line), ...(before.variantId ? {} : linkOf(links.get(line.channelSkuId))) };
    if (isSame(before, data)) continue;
    await tx.channelOrderLine.updateMany({ where: { id: before.id }, data });
    lines.set(line.channelLineId, { ...before, ...data });
  }
  const all = [...lines.values()].sort((a, b) => (a.channelLineId < b.channelLineId ? -1 : 1));
  await tellInventory(deps, tx, connection, { order, facts, lines: all });
  return all;
}

/** Every unit of these facts is stored as they tell it, and linked. */
export const areStored = (order: OrderRow, facts: OrderFacts): boolean => {
  const known = new Map(order.lines.map((line) => [line.channelLineId, line]));
  return facts.lines.every((line) => {
    const stored = known.get(line.channelLineId);
    return stored !== undefined && stored.variantId !== null && isSame(stored, lineOf(facts, line));
  });
};

const isSame = (stored: OrderRow["lines"][number], data: object): boolean =>
  Object.entries(data).every(([name, value]) => stored[name as keyof typeof stored] === value);

/** Links of the SKUs of these lines, by channel SKU: by their listing, and where the merchant wants that, by the text of their SKU. */
export async function linksFor(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  lines: { channelSkuId: string; sellerSku: string | null }[],
): Promise<Map<string, LinkedSku>> {
  const ids = [...new Set(lines.map((line) => line.channelSkuId))];
  const links = ids.length > 0 ? await deps.skus(tx, connection.id, ids) : [];
  const found = new Map(links.map((link) => [link.channelSkuId, link]));
  if (connection.settings.importing.unlinked !== "by-sku") return found;
  const bare = lines.flatMap(({ channelSkuId, sellerSku }) =>
    sellerSku && !found.has(channelSkuId) ? [{ channelSkuId, sellerSku }] : [],
  );
  if (bare.length === 0) return found;
  const skus = [...new Set(bare.map((line) => line.sellerSku))];
  const bySku = new Map((await deps.variantsBySku(tx, connection.shopId, skus)).map((one) => [one.sku, one]));
  for (const { channelSkuId, sellerSku } of bare) {
    const variant = bySku.get(sellerSku);
    if (variant) found.set(channelSkuId, { ...variant, channelSkuId, listingSkuId: null });
  }
  return found;
}

export function linkOf(link: LinkedSku | undefined) {
  return link
    ? { listingSkuId: link.listingSkuId, variantId: link.variantId, inventoryItemId: link.inventoryItemId }
    : {};
}

function lineOf(facts: OrderFacts, line: OrderLineFacts) {
  return {
    ...{
      channelSkuId: line.channelSkuId,
      sellerSku: line.sellerSku,
      title: line.title,
      isGift: line.isGift,
      packageId: line.packageId,
    },
    status: facts.status === "cancelled" ? "cancelled" : line.status,
    priceMinor: unitPriceOf(facts.kind, line),
    sellerDiscountMinor: line.sellerDiscountMinor,
    platformDiscountMinor: line.platformDiscountMinor,
    taxMinor: line.taxes.reduce((sum, tax) => sum + tax.amountMinor, 0n),
  };
}

/**
 * Units are owed from the moment the order is known, paid or not, until Shopify's number contains them. Cancelled ones are not, nor those the
 * platform ships from its own stock, nor those of an order that is only shown once they travel.
 */
async function tellInventory(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  { order, facts, lines }: { order: OrderRow; facts: OrderFacts; lines: OrderRow["lines"] },
): Promise<void> {
  const { shopId, channelOrderId } = order;
  const now = { ...order, status: facts.status, fulfilledBy: facts.fulfilledBy };
  const release = async (gone: typeof lines, why: string) => {
    const channelLineIds = gone.filter((line) => line.inventoryItemId).map((line) => line.channelLineId);
    if (channelLineIds.length > 0)
      await deps.inventory.releaseWaiting(tx, { shopId, connectionId: connection.id, channelLineIds, why });
  };
  const live = lines.filter((line) => line.status !== "cancelled");
  await release(
    lines.filter((line) => line.status === "cancelled"),
    "cancelled",
  );
  if (isLeftOut(now))
    await release(
      live.filter((line) => !isOwed(now, line)),
      "shipped",
    );
  const units = live.flatMap((line) => {
    const { channelLineId, inventoryItemId, listingSkuId } = line;
    return inventoryItemId && isOwed(now, line) ? [{ channelLineId, inventoryItemId, listingSkuId }] : [];
  });
  const { createdAt: boughtAt } = facts;
  if (units.length > 0)
    await deps.inventory.takeWaiting(tx, { shopId, connectionId: connection.id, channelOrderId, boughtAt, units });
}
