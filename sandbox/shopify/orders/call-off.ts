import type { Fulfillment, FulfillmentOrder, Shop } from "../model.ts";
import { moveStock } from "../stock.ts";
import { refuse } from "../user-errors.ts";
import { tellFulfillment, tellOrder } from "../webhooks/emit.ts";
import type { World } from "../world.ts";

/**
 * fulfillmentCancel: the parcel does not go. Shopify fact §10: its units are to be shipped again, under a fulfilment order of their own that
 * carries none of the old holds. Throws Refused.
 */
export function callOff(world: World, shop: Shop, fulfillmentId: string): Fulfillment {
  const fulfillment = shop.fulfillments.get(fulfillmentId);
  const order = shop.orders.get(fulfillment?.orderId ?? "");
  if (!fulfillment || !order) throw refuse(["id"], "Fulfillment does not exist.");
  if (fulfillment.status === "CANCELLED") throw refuse(["id"], "Fulfillment is cancelled already.");
  const now = world.now();
  fulfillment.status = "CANCELLED";
  fulfillment.updatedAt = now;
  for (const { lineId, quantity } of fulfillment.lines) {
    const line = shop.lines.get(lineId);
    if (!line) continue;
    line.fulfilled -= quantity;
    const level = line.claim && shop.items.get(line.claim.itemId)?.levels.get(line.claim.locationId);
    if (!line.claim || !level) continue;
    line.claim.committed += quantity;
    moveStock(world, shop, level, { committed: quantity, onHand: quantity });
  }
  const unit: FulfillmentOrder = {
    ...{ kind: "FulfillmentOrder", id: world.ids.gid("FulfillmentOrder"), orderId: order.id, status: "OPEN" },
    ...{ locationId: fulfillment.locationId, holds: [], fulfillBy: null, createdAt: now, updatedAt: now },
    lines: fulfillment.lines.map(({ lineId, quantity }) => ({
      ...{ id: world.ids.gid("FulfillmentOrderLineItem"), lineId, total: quantity, remaining: quantity },
    })),
  };
  shop.fulfillmentOrders.set(unit.id, unit);
  order.fulfillmentOrderIds.push(unit.id);
  order.updatedAt = now;
  tellFulfillment(world, shop, order, fulfillment, "update");
  tellOrder(world, shop, order);
  return fulfillment;
}
