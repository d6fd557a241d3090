import { inventAddress } from "./buyers.ts";
import { chanceOf } from "./chance.ts";
import { sendEvent } from "./events.ts";
import { getMarket } from "./markets.ts";
import type { Order, OrderLine, OrderStatus, Package, World } from "./model.ts";
import { holdHoursOf } from "./order-kinds.ts";
import { describeOrder } from "./order-view.ts";
import { getShop, nowSeconds } from "./world.ts";

const hourMs = 3_600_000;
/** The platform packs and hands over by itself, so long after it may. */
const platformPacksMs = 6 * hourMs;
/** What happens by itself after shipping, and when. */
const travels: { from: OrderStatus; to: OrderStatus; afterMs: number }[] = [
  { from: "AWAITING_COLLECTION", to: "IN_TRANSIT", afterMs: 12 * hourMs },
  { from: "IN_TRANSIT", to: "DELIVERED", afterMs: 72 * hourMs },
  { from: "DELIVERED", to: "COMPLETED", afterMs: 14 * 24 * hourMs },
];

/** Notes a change of an order: its update time, a new snapshot for order search, and ORDER_STATUS_CHANGE when announced. */
export function touchOrder(world: World, order: Order, announce: "announce" | "silent"): void {
  order.updateTime = Math.max(nowSeconds(world), order.updateTime);
  // paid at the door: when it is handed over
  if (order.isCashOnDelivery && order.status === "DELIVERED") order.paidTime ??= order.updateTime;
  const document = describeOrder(world, order);
  order.snapshots.push({ atMs: world.kernel.clock.now(), updateTime: order.updateTime, document });
  if (announce === "announce") announceOrder(world, order);
}

/** Sends ORDER_STATUS_CHANGE. The event says CANCEL where the order says CANCELLED. */
function announceOrder(world: World, order: Order): void {
  sendEvent(world, getShop(world, order.shopId), "ORDER_STATUS_CHANGE", {
    order_id: order.id,
    order_status: order.status === "CANCELLED" ? "CANCEL" : order.status,
    is_on_hold_order: order.status === "ON_HOLD",
    update_time: order.updateTime,
  });
}

/** Payment arrived: the hour of remorse begins. */
export function payOrder(world: World, order: Order): void {
  if (order.status !== "UNPAID") throw new Error(`order ${order.id} is ${order.status}`);
  order.paidTime = nowSeconds(world);
  beginHold(world, order);
  touchOrder(world, order, "announce");
}

/** Puts a paid order on hold; it ends by itself after an hour ÷ speed, a pre-order's shortly before its release. */
export function beginHold(world: World, order: Order): void {
  const holdMs = holdHoursOf(order.kind) * hourMs;
  setStatus(order, "ON_HOLD");
  order.holdEndsAtMs = world.kernel.clock.now() + holdMs / world.kernel.settings.speed;
  world.kernel.after(holdMs, () => {
    if (order.status === "ON_HOLD") releaseOrder(world, order);
  });
}

/** Ends the hold now: the address appears, and where the market packs for the seller a package exists from here on. */
export function releaseOrder(world: World, order: Order): void {
  if (order.status !== "ON_HOLD") throw new Error(`order ${order.id} is ${order.status}`);
  setStatus(order, "AWAITING_SHIPMENT");
  delete order.holdEndsAtMs;
  if (order.kind !== "platform" && !getMarket(getShop(world, order.shopId).region).marksOrdersAsShipped) {
    makePackage(world, order, openLines(order), "TO_FULFILL");
  }
  touchOrder(world, order, "announce");
  letPlatformShip(world, order);
  if (world.knobs.orderVariety === "varied" && order.quirk % 9 === 4) changeAddress(world, order);
}

/** An order the platform ships itself: packed, numbered and handed over without anybody's doing. */
export function letPlatformShip(world: World, order: Order): void {
  if (order.kind !== "platform" || order.status !== "AWAITING_SHIPMENT") return;
  world.kernel.after(platformPacksMs, () => {
    if (order.status === "AWAITING_SHIPMENT") packByPlatform(world, order);
  });
}

/** The platform packs what is open of an order of its own and hands it over. */
export function packByPlatform(world: World, order: Order): Package {
  const lines = openLines(order);
  const parcel = makePackage(world, order, lines, "PROCESSING");
  parcel.trackingNumber = `TBA${parcel.id.slice(-12)}`;
  order.shippedTime = nowSeconds(world);
  for (const line of lines) line.shippedAt = order.shippedTime;
  setStatus(order, "AWAITING_COLLECTION");
  touchOrder(world, order, "announce");
  letTravel(world, order);
  return parcel;
}

/** The buyer corrects the address; RECIPIENT_ADDRESS_UPDATE goes out. */
export function changeAddress(world: World, order: Order): void {
  order.address = inventAddress(chanceOf(world, `address ${order.id}`), order.address.region);
  order.addressChanged = true;
  touchOrder(world, order, "silent");
  sendEvent(world, getShop(world, order.shopId), "RECIPIENT_ADDRESS_UPDATE", {
    order_id: order.id,
    update_time: order.updateTime,
  });
}

/** Units neither shipped nor cancelled. */
export function openLines(order: Order): OrderLine[] {
  return order.lines.filter((line) => line.displayStatus !== "CANCELLED" && line.shippedAt === undefined);
}

/** Adds a package of some units. */
export function makePackage(
  world: World,
  order: Order,
  lines: OrderLine[],
  status: "TO_FULFILL" | "PROCESSING",
): Package {
  const now = nowSeconds(world);
  const parcel: Package = {
    id: world.kernel.nextId("115", 19),
    shopId: order.shopId,
    orderId: order.id,
    lineIds: lines.map((line) => line.id),
    status,
    corrections: 0,
    createTime: now,
    updateTime: now,
  };
  world.packages.set(parcel.id, parcel);
  order.packageIds.push(parcel.id);
  for (const line of lines) line.packageId = parcel.id;
  return parcel;
}

/** Sets the status of an order and of all its living units. */
export function setStatus(order: Order, status: OrderStatus): void {
  order.status = status;
  for (const line of order.lines) if (line.displayStatus !== "CANCELLED") line.displayStatus = status;
}

/** Lets a shipped order travel: collected, delivered, completed, each after its time ÷ speed. */
export function letTravel(world: World, order: Order): void {
  const step = travels.find((entry) => entry.from === order.status);
  if (!step) return;
  world.kernel.after(step.afterMs, () => {
    if (order.status !== step.from) return;
    setStatus(order, step.to);
    for (const id of order.packageIds) {
      const parcel = world.packages.get(id);
      if (parcel) parcel.status = step.to === "IN_TRANSIT" ? "FULFILLING" : "COMPLETED";
    }
    touchOrder(world, order, "announce");
    letTravel(world, order);
  });
}
