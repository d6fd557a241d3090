import type { OrderLine, Refund, Shop } from "../model.ts";
import { moveStock } from "../stock.ts";
import type { World } from "../world.ts";

/** How a quantity leaves an order. */
export interface TakeOff {
  quantity: number;
  restockType: "CANCEL" | "RETURN" | "NO_RESTOCK" | "LEGACY_RESTOCK";
  locationId: string | null;
}

/**
 * Takes a quantity off a line: unshipped units first (their claim is given back, or with NO_RESTOCK written off),
 * shipped ones only by RETURN, which puts them on the shelf of `locationId`. Answers the refund's line.
 */
export function takeOff(world: World, shop: Shop, line: OrderLine, how: TakeOff): Refund["lines"][number] {
  const unshipped =
    how.restockType === "RETURN" ? 0 : Math.min(how.quantity, line.quantity - line.removed - line.fulfilled);
  line.removed += unshipped;
  line.refunded += how.quantity;
  shrinkFulfillmentOrders(world, shop, line, unshipped);
  const released = Math.min(unshipped, line.claim?.committed ?? 0);
  const claimed = line.claim ? shop.items.get(line.claim.itemId)?.levels.get(line.claim.locationId) : undefined;
  if (line.claim && claimed && released > 0) {
    line.claim.committed -= released;
    const back = how.restockType !== "NO_RESTOCK";
    moveStock(
      world,
      shop,
      claimed,
      back ? { available: released, committed: -released } : { committed: -released, onHand: -released },
    );
  }
  const returned = how.restockType === "RETURN" ? how.quantity : 0;
  const item = shop.items.get(shop.variants.get(line.variantId ?? "")?.itemId ?? "");
  const shelf = item?.tracked ? item.levels.get(how.locationId ?? line.claim?.locationId ?? "") : undefined;
  if (shelf && returned > 0) moveStock(world, shop, shelf, { available: returned, onHand: returned });
  const tax = line.taxLines.reduce((sum, one) => sum + one.amountMinor, 0);
  return {
    id: world.ids.gid("RefundLineItem"),
    lineId: line.id,
    quantity: how.quantity,
    restockType: how.restockType,
    locationId: how.restockType === "NO_RESTOCK" ? null : (shelf?.locationId ?? claimed?.locationId ?? null),
    subtotalMinor: line.unitMinor * how.quantity,
    taxMinor: Math.round((tax * how.quantity) / line.quantity),
  };
}

function shrinkFulfillmentOrders(world: World, shop: Shop, line: OrderLine, quantity: number): void {
  let left = quantity;
  for (const unit of (shop.orders.get(line.orderId)?.fulfillmentOrderIds ?? []).map((id) =>
    shop.fulfillmentOrders.get(id),
  )) {
    const part = unit?.lines.find((one) => one.lineId === line.id);
    if (!unit || !part || left === 0) continue;
    const taken = Math.min(left, part.remaining);
    part.remaining -= taken;
    part.total -= taken;
    left -= taken;
    unit.updatedAt = world.now();
    if (unit.lines.every((one) => one.remaining === 0) && unit.status !== "CANCELLED") unit.status = "CLOSED";
  }
}
