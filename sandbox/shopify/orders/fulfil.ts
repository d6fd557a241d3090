import { numberOf } from "../ids.ts";
import type { Fulfillment, FulfillmentOrder, Order, OrderLine, Shop } from "../model.ts";
import { moveStock } from "../stock.ts";
import { refuse } from "../user-errors.ts";
import { tellFulfillment, tellOrder } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { displayStatus, unitStatus } from "./status.ts";

export interface TrackingInput {
  company?: string | null;
  number?: string | null;
  url?: string | null;
  numbers?: string[] | null;
  urls?: string[] | null;
}
export interface FulfilGroup {
  fulfillmentOrderId: string;
  fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null;
}

/** fulfillmentCreate: ships lines of one order from one place. Throws Refused. Not idempotent. */
export function fulfil(world: World, shop: Shop, groups: FulfilGroup[], tracking: TrackingInput): Fulfillment {
  const picked = groups.map((group) => pickLines(shop, group));
  const first = picked[0]?.unit;
  const order = shop.orders.get(first?.orderId ?? "");
  if (!first || !order)
    throw refuse(["fulfillment", "lineItemsByFulfillmentOrder"], "Line items by fulfillment order can't be blank");
  if (picked.some(({ unit }) => unit.orderId !== first.orderId || unit.locationId !== first.locationId))
    throw refuse(["fulfillment"], "All fulfillment orders must belong to one order and one location.");
  const now = world.now();
  const fulfillment: Fulfillment = {
    kind: "Fulfillment",
    id: world.ids.gid("Fulfillment"),
    name: `${order.name}-F${order.fulfillmentIds.length + 1}`,
    orderId: order.id,
    locationId: first.locationId,
    fulfillmentOrderIds: picked.map(({ unit }) => unit.id),
    status: "SUCCESS",
    ...readTracking(tracking),
    lines: [],
    createdAt: now,
    updatedAt: now,
  };
  for (const { unit, lines } of picked) shipLines(world, shop, unit, lines, fulfillment);
  shop.fulfillments.set(fulfillment.id, fulfillment);
  order.fulfillmentIds.push(fulfillment.id);
  order.updatedAt = now;
  tellFulfillment(world, shop, order, fulfillment, "create");
  tellOrder(world, shop, order, displayStatus(shop, order) === "FULFILLED" ? "fulfilled" : "partially_fulfilled");
  return fulfillment;
}

interface Picked {
  unit: FulfillmentOrder;
  lines: { part: FulfillmentOrder["lines"][number]; quantity: number }[];
}

function pickLines(shop: Shop, group: FulfilGroup): Picked {
  const unit = shop.fulfillmentOrders.get(group.fulfillmentOrderId);
  if (!unit) throw refuse(["fulfillment"], "Fulfillment order does not exist.");
  const status = unitStatus(unit);
  if (status !== "OPEN" && status !== "IN_PROGRESS")
    throw refuse(
      ["fulfillment"],
      `Fulfillment order ${numberOf(unit.id)} has an unfulfillable status= ${status.toLowerCase()}.`,
    );
  const wanted = group.fulfillmentOrderLineItems?.length
    ? group.fulfillmentOrderLineItems
    : unit.lines.filter((part) => part.remaining > 0).map((part) => ({ id: part.id, quantity: part.remaining }));
  const lines = wanted.map(({ id, quantity }) => {
    const part = unit.lines.find((one) => one.id === id);
    if (!part || quantity <= 0 || quantity > part.remaining)
      throw refuse(["fulfillment"], "Invalid fulfillment order line item quantity requested.");
    return { part, quantity };
  });
  if (lines.length === 0) throw refuse(["fulfillment"], "There is nothing left to fulfill.");
  return { unit, lines };
}

function shipLines(
  world: World,
  shop: Shop,
  unit: FulfillmentOrder,
  lines: Picked["lines"],
  fulfillment: Fulfillment,
): void {
  for (const { part, quantity } of lines) {
    part.remaining -= quantity;
    const line = shop.lines.get(part.lineId);
    if (!line) continue;
    line.fulfilled += quantity;
    fulfillment.lines.push({ id: world.ids.gid("FulfillmentLineItem"), lineId: line.id, quantity });
    spendClaim(world, shop, line, quantity);
  }
  unit.status = unit.lines.every((part) => part.remaining === 0) ? "CLOSED" : "IN_PROGRESS";
  unit.updatedAt = world.now();
}

/** Shipped goods leave the shelf: what was committed is gone from onHand; `available` was lowered when it was claimed. */
function spendClaim(world: World, shop: Shop, line: OrderLine, quantity: number): void {
  if (!line.claim) return;
  const used = Math.min(quantity, line.claim.committed);
  line.claim.committed -= used;
  const level = shop.items.get(line.claim.itemId)?.levels.get(line.claim.locationId);
  if (level) moveStock(world, shop, level, { committed: -used, onHand: -used });
}

/** fulfillmentTrackingInfoUpdate. Throws Refused. */
export function changeTracking(world: World, shop: Shop, fulfillmentId: string, tracking: TrackingInput): Fulfillment {
  const fulfillment = shop.fulfillments.get(fulfillmentId);
  const order = shop.orders.get(fulfillment?.orderId ?? "");
  if (!fulfillment || !order) throw refuse(["fulfillmentId"], "Fulfillment does not exist.");
  if (fulfillment.status === "CANCELLED") throw refuse(["fulfillmentId"], "Fulfillment is cancelled.");
  Object.assign(fulfillment, readTracking(tracking), { updatedAt: world.now() });
  order.updatedAt = world.now();
  tellFulfillment(world, shop, order, fulfillment, "update");
  tellOrder(world, shop, order);
  return fulfillment;
}

function readTracking(tracking: TrackingInput): Pick<Fulfillment, "company" | "numbers" | "urls"> {
  const numbers = tracking.numbers?.length ? tracking.numbers : tracking.number ? [tracking.number] : [];
  const urls = tracking.urls?.length ? tracking.urls : tracking.url ? [tracking.url] : [];
  return { company: tracking.company ?? null, numbers, urls };
}

/** The parts of an order still to be shipped, as fulfillmentCreate wants them; the first place that has any. */
export function openGroups(shop: Shop, order: Order): FulfilGroup[] {
  const units = order.fulfillmentOrderIds
    .map((id) => shop.fulfillmentOrders.get(id))
    .filter((one) => one !== undefined);
  const open = units.filter((unit) => unit.status === "OPEN" || unit.status === "IN_PROGRESS");
  return open
    .filter((unit) => unit.locationId === open[0]?.locationId)
    .map((unit) => ({ fulfillmentOrderId: unit.id }));
}
