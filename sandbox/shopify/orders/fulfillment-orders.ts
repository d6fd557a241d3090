import type { Fulfillment, FulfillmentOrder, Hold, Order, Shop } from "../model.ts";
import { refuse } from "../user-errors.ts";
import { tellFulfillmentOrder, tellOrder } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { unitStatus } from "./status.ts";

/** Shopify fact: at most 10 holds of one app on a fulfillment order; handles have at most 64 characters. */
const MAX_HOLDS = 10;
const MAX_HANDLE = 64;

/** Shopify makes fulfillment orders itself: one for each place that serves lines of the order. */
export function addFulfillmentOrders(world: World, shop: Shop, order: Order): void {
  const first = [...shop.locations.values()].find((place) => place.isActive)?.id ?? "";
  const byPlace = new Map<string, Order["lines"]>();
  for (const line of order.lines) {
    const place = line.claim?.locationId ?? first;
    byPlace.set(place, [...(byPlace.get(place) ?? []), line]);
  }
  for (const [locationId, lines] of byPlace) {
    const now = world.now();
    const unit: FulfillmentOrder = {
      kind: "FulfillmentOrder",
      id: world.ids.gid("FulfillmentOrder"),
      orderId: order.id,
      locationId,
      // what came as fulfilled has nothing left to do
      status: lines.every((line) => line.fulfilled >= line.quantity) ? "CLOSED" : "OPEN",
      lines: lines.map((line) => ({
        id: world.ids.gid("FulfillmentOrderLineItem"),
        lineId: line.id,
        total: line.quantity,
        remaining: line.quantity - line.fulfilled,
      })),
      holds: [],
      fulfillBy: null,
      createdAt: now,
      updatedAt: now,
    };
    shop.fulfillmentOrders.set(unit.id, unit);
    order.fulfillmentOrderIds.push(unit.id);
  }
}

/** An order that was made as fulfilled: each place has shipped its part, by nobody known and without a number. */
export function addFulfillments(world: World, shop: Shop, order: Order): void {
  for (const unitId of order.fulfillmentOrderIds) {
    const unit = shop.fulfillmentOrders.get(unitId);
    if (!unit) continue;
    const now = world.now();
    const fulfillment: Fulfillment = {
      ...{ kind: "Fulfillment", id: world.ids.gid("Fulfillment"), orderId: order.id, locationId: unit.locationId },
      ...{ name: `${order.name}-F${order.fulfillmentIds.length + 1}`, fulfillmentOrderIds: [unit.id] },
      ...{ status: "SUCCESS", company: null, numbers: [], urls: [], createdAt: now, updatedAt: now },
      lines: unit.lines.map(({ lineId, total }) => ({
        ...{ id: world.ids.gid("FulfillmentLineItem"), lineId, quantity: total },
      })),
    };
    shop.fulfillments.set(fulfillment.id, fulfillment);
    order.fulfillmentIds.push(fulfillment.id);
  }
}

/** What may be done with a fulfillment order now. */
export function supportedActions(unit: FulfillmentOrder): string[] {
  switch (unitStatus(unit)) {
    case "OPEN":
      return ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", "SPLIT"];
    case "IN_PROGRESS":
      return ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "HOLD", "MARK_AS_OPEN"];
    case "ON_HOLD":
      return ["RELEASE_HOLD", "HOLD", "MOVE"];
    default:
      return [];
  }
}

export interface HoldInput {
  reason: string;
  reasonNotes?: string | null;
  handle?: string | null;
  fulfillmentOrderLineItems?: unknown[] | null;
}

/** fulfillmentOrderHold. Throws Refused; a handle already used on this fulfillment order is refused, which makes repeating safe. */
export function placeHold(
  world: World,
  shop: Shop,
  unitId: string,
  input: HoldInput,
): { hold: Hold; unit: FulfillmentOrder } {
  const unit = shop.fulfillmentOrders.get(unitId);
  if (!unit) throw refuse(["id"], "Fulfillment order could not be found.", "FULFILLMENT_ORDER_NOT_FOUND");
  const handle = input.handle ?? "";
  if (handle.length > MAX_HANDLE)
    throw refuse(["fulfillmentHold", "handle"], `Handle is too long (maximum is ${MAX_HANDLE} characters)`);
  if (unit.holds.some((one) => one.byApp && (one.handle ?? "") === handle))
    throw refuse(
      ["fulfillmentHold", "handle"],
      "The handle provided for the fulfillment hold is already in use",
      "DUPLICATE_FULFILLMENT_HOLD_HANDLE",
    );
  if (unit.holds.filter((one) => one.byApp).length >= MAX_HOLDS)
    throw refuse(
      ["id"],
      "The maximum number of fulfillment holds for this fulfillment order has been reached",
      "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED",
    );
  if (!supportedActions(unit).includes("HOLD"))
    throw refuse(["id"], "Fulfillment order is not in a status that can be held");
  if (input.fulfillmentOrderLineItems?.length)
    throw refuse(["fulfillmentHold"], "Fulfillment order cannot be split", "FULFILLMENT_ORDER_NOT_SPLITTABLE");
  const hold: Hold = {
    id: world.ids.gid("FulfillmentHold"),
    handle: handle || null,
    reason: input.reason,
    reasonNotes: input.reasonNotes ?? null,
    byApp: true,
  };
  unit.holds.push(hold);
  touch(world, shop, unit, "placed_on_hold");
  return { hold, unit };
}

/** fulfillmentOrderReleaseHold. Without ids all holds go, those of others too. Unknown ids are passed over. */
export function releaseHold(
  world: World,
  shop: Shop,
  unitId: string,
  holdIds: string[] | null | undefined,
): FulfillmentOrder {
  const unit = shop.fulfillmentOrders.get(unitId);
  if (!unit) throw refuse(["id"], "Fulfillment order could not be found.", "FULFILLMENT_ORDER_NOT_FOUND");
  const before = unit.holds.length;
  unit.holds = holdIds ? unit.holds.filter((hold) => !holdIds.includes(hold.id)) : [];
  if (before > 0 && unit.holds.length === 0) touch(world, shop, unit, "hold_released");
  return unit;
}

function touch(world: World, shop: Shop, unit: FulfillmentOrder, topic: string): void {
  unit.updatedAt = world.now();
  tellFulfillmentOrder(world, shop, unit, topic, unitStatus(unit).toLowerCase());
  const order = shop.orders.get(unit.orderId);
  if (!order) return;
  order.updatedAt = world.now();
  tellOrder(world, shop, order);
}
