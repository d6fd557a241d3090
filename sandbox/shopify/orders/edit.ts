import type { FulfillmentOrder, Order, OrderLine, Shop } from "../model.ts";
import { moveStock } from "../stock.ts";
import { refuse } from "../user-errors.ts";
import { tellOrder, tellOrderEdited } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { unfulfilledQuantity } from "./status.ts";
import { takeOff } from "./take-off.ts";

export interface OrderEdit {
  orderId: string;
  /** More of a line. */
  raise?: { lineId: string; quantity: number }[] | null;
  /** Lines of variants the order did not have. */
  add?: { variantId: string; quantity: number }[] | null;
  /** Unshipped units that go, back to the shelf. */
  takeOff?: { lineId: string; quantity: number }[] | null;
}

/** What staff do with "Edit order" in the admin: no money moves. Throws Refused with nothing changed. */
export function editOrder(world: World, shop: Shop, edit: OrderEdit): Order {
  const order = shop.orders.get(edit.orderId);
  if (!order) throw refuse(["orderId"], "Order does not exist");
  if (order.cancelledAt !== null) throw refuse(["orderId"], "A canceled order cannot be edited");
  const lineOf = (id: string) => {
    const line = order.lines.find((one) => one.id === id);
    if (!line) throw refuse(["lineId"], "Line item does not exist on this order");
    return line;
  };
  const less = (edit.takeOff ?? []).map(({ lineId, quantity }) => ({ line: lineOf(lineId), quantity }));
  const more = (edit.raise ?? []).map(({ lineId, quantity }) => ({ line: lineOf(lineId), quantity }));
  const fresh = (edit.add ?? []).map(({ variantId, quantity }) => newLine(world, shop, order, variantId, quantity));
  for (const { line, quantity } of less)
    if (quantity < 1 || quantity > unfulfilledQuantity(line))
      throw refuse(["quantity"], "Only units that were not shipped can be taken off");
  for (const { quantity } of [...more, ...fresh]) if (quantity < 1) throw refuse(["quantity"], "Must be at least 1");

  for (const { line, quantity } of less) {
    takeOff(world, shop, line, { quantity, restockType: "CANCEL", locationId: null });
    line.editedOff = (line.editedOff ?? 0) + quantity;
  }
  for (const { line, quantity } of more) {
    line.quantity += quantity;
    toShip(world, shop, order, line, quantity);
  }
  for (const line of fresh) {
    order.lines.push(line);
    shop.lines.set(line.id, line);
    toShip(world, shop, order, line, line.quantity);
  }
  order.updatedAt = world.now();
  tellOrderEdited(world, shop, order, {
    additions: [
      ...more.map(({ line, quantity }) => [line, quantity]),
      ...fresh.map((line) => [line, line.quantity]),
    ] as [OrderLine, number][],
    removals: less.map(({ line, quantity }) => [line, quantity]),
  });
  tellOrder(world, shop, order);
  return order;
}

function newLine(world: World, shop: Shop, order: Order, variantId: string, quantity: number): OrderLine {
  const variant = shop.variants.get(variantId);
  const product = shop.products.get(variant?.productId ?? "");
  if (!variant || !product) throw refuse(["variantId"], "Variant does not exist");
  return {
    ...{ id: world.ids.gid("LineItem"), orderId: order.id, variantId, productId: product.id, sku: variant.sku },
    ...{ title: product.title, variantTitle: variant.title, vendor: product.vendor, quantity },
    ...{ removed: 0, refunded: 0, returned: 0, fulfilled: 0, unitMinor: variant.priceMinor },
    ...{ requiresShipping: true, taxable: true, properties: [], taxLines: [], claim: null },
  };
}

/** Added units are claimed where the line's others are, and join what is still to be shipped there. */
function toShip(world: World, shop: Shop, order: Order, line: OrderLine, quantity: number): void {
  const item = shop.items.get(shop.variants.get(line.variantId ?? "")?.itemId ?? "");
  const units = order.fulfillmentOrderIds.flatMap((id) => shop.fulfillmentOrders.get(id) ?? []);
  const locationId = line.claim?.locationId ?? units[0]?.locationId ?? [...shop.locations.keys()][0] ?? "";
  const level = item?.tracked ? item.levels.get(locationId) : undefined;
  if (item && level) {
    line.claim ??= { itemId: item.id, locationId, committed: 0 };
    line.claim.committed += quantity;
    moveStock(world, shop, level, { available: -quantity, committed: quantity });
  }
  const unit = units.find((one) => one.locationId === locationId && one.status === "OPEN") ?? anotherUnit();
  const part = unit.lines.find((one) => one.lineId === line.id);
  if (part) {
    part.total += quantity;
    part.remaining += quantity;
  } else {
    const id = world.ids.gid("FulfillmentOrderLineItem");
    unit.lines.push({ id, lineId: line.id, total: quantity, remaining: quantity });
  }
  unit.updatedAt = world.now();

  function anotherUnit(): FulfillmentOrder {
    const now = world.now();
    const made: FulfillmentOrder = {
      ...{ kind: "FulfillmentOrder", id: world.ids.gid("FulfillmentOrder"), orderId: order.id, locationId },
      ...{ status: "OPEN", lines: [], holds: [], fulfillBy: null, createdAt: now, updatedAt: now },
    };
    shop.fulfillmentOrders.set(made.id, made);
    order.fulfillmentOrderIds.push(made.id);
    return made;
  }
}
