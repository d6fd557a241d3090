import { sendEvent } from "./events.ts";
import type { Cancellation, Order, OrderLine, World } from "./model.ts";
import { letTravel, openLines, touchOrder } from "./order-life.ts";
import { getShop, nowSeconds } from "./world.ts";

const answerMs = 48 * 3_600_000;
const refundMs = 60_000;

export interface CancelWish {
  role: "BUYER" | "SELLER" | "SYSTEM";
  lines: OrderLine[];
  reason: string;
  replenish: boolean;
  /** request: the seller decides, and silence approves; instant: it is done. */
  mode: "request" | "instant";
  /** The seller has the whole 48 hours to answer, whatever the speed. */
  isPatient?: boolean;
}

/** Begins a cancellation of units that are neither shipped nor cancelled. */
export function beginCancellation(world: World, order: Order, wish: CancelWish): Cancellation {
  const now = nowSeconds(world);
  const isRequest = wish.mode === "request";
  const waitMs = answerMs * (wish.isPatient ? world.kernel.settings.speed : 1);
  const cancellation: Cancellation = {
    id: world.kernel.nextId("4035", 19),
    shopId: order.shopId,
    orderId: order.id,
    lineIds: wish.lines.map((line) => line.id),
    role: wish.role,
    type: isRequest ? "BUYER_CANCEL" : "CANCEL",
    status: "CANCELLATION_REQUEST_PENDING",
    reason: wish.reason,
    reasonText: wish.reason.replace(/^.*_reason_/, "").replaceAll("_", " "),
    replenish: wish.replenish,
    isPaid: order.paidTime !== undefined,
    ...(isRequest ? { deadline: now + Math.ceil(waitMs / 1000 / world.kernel.settings.speed) } : {}),
    createTime: now,
    updateTime: now,
  };
  world.cancellations.set(cancellation.id, cancellation);
  if (!isRequest) {
    acceptCancellation(world, cancellation);
    return cancellation;
  }
  order.requestCancelTime = now;
  touchOrder(world, order, "announce");
  announce(world, cancellation);
  world.kernel.after(waitMs, () => {
    if (cancellation.status === "CANCELLATION_REQUEST_PENDING") acceptCancellation(world, cancellation);
  });
  return cancellation;
}

/** The units are cancelled, stock goes back if it should, and the refund completes it a minute ÷ speed later. */
export function acceptCancellation(world: World, cancellation: Cancellation): void {
  const order = world.orders.get(cancellation.orderId);
  if (!order) throw new Error(`no order ${cancellation.orderId}`);
  const lines = openLines(order).filter((line) => cancellation.lineIds.includes(line.id));
  for (const line of lines) {
    line.displayStatus = "CANCELLED";
    line.cancelReason = cancellation.reason;
    line.cancelUser = cancellation.role;
    giveBack(world, line, cancellation.replenish);
  }
  delete order.requestCancelTime;
  if (order.lines.every((line) => line.displayStatus === "CANCELLED")) {
    cancellation.isRest = true;
    order.status = "CANCELLED";
    order.cancelTime = nowSeconds(world);
    order.cancelReason = cancellation.reason;
    order.cancelInitiator = cancellation.role;
    for (const id of order.packageIds) {
      const parcel = world.packages.get(id);
      if (parcel) parcel.status = "CANCELLED";
    }
  } else if (openLines(order).length === 0) {
    order.status = "AWAITING_COLLECTION";
    letTravel(world, order);
  }
  step(world, cancellation, "CANCELLATION_REQUEST_SUCCESS");
  touchOrder(world, order, "announce");
  world.kernel.after(refundMs, () => step(world, cancellation, "CANCELLATION_REQUEST_COMPLETE"));
}

/** The seller says no: the order goes on. */
export function refuseCancellation(world: World, cancellation: Cancellation): void {
  const order = world.orders.get(cancellation.orderId);
  if (!order) throw new Error(`no order ${cancellation.orderId}`);
  delete order.requestCancelTime;
  step(world, cancellation, "CANCELLATION_REQUEST_CANCEL");
  touchOrder(world, order, "announce");
}

function step(world: World, cancellation: Cancellation, status: Cancellation["status"]): void {
  cancellation.status = status;
  cancellation.updateTime = nowSeconds(world);
  announce(world, cancellation);
}

function giveBack(world: World, line: OrderLine, replenish: boolean): void {
  const row = world.skus.get(line.skuId)?.rows.find((entry) => entry.warehouseId === line.warehouseId);
  if (!row) return;
  row.committed = Math.max(0, row.committed - 1);
  if (replenish) row.sellable += 1;
}

function announce(world: World, cancellation: Cancellation): void {
  sendEvent(world, getShop(world, cancellation.shopId), "CANCELLATION_STATUS_CHANGE", {
    order_id: cancellation.orderId,
    cancellations_role: cancellation.role,
    cancel_status: cancellation.status,
    cancel_id: cancellation.id,
    create_time: cancellation.createTime,
  });
}
