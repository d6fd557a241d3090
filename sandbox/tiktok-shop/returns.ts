import { sendEvent } from "./events.ts";
import type { Order, Return, ReturnAction, ReturnStatus, ReturnType, World } from "./model.ts";
import { touchOrder } from "./order-life.ts";
import { placeReplacement } from "./replacement.ts";
import { getShop, nowSeconds } from "./world.ts";

const hourMs = 3_600_000;
/** Silence of the seller approves after this. */
const answerMs = 48 * hourMs;
/** A buyer sends the goods back, or answers an offer, so much later. */
const buyerMs = 24 * hourMs;
const refundMs = 60_000;

/** What the seller may decide about a return in each state, and what each decision makes of it. */
const DECISIONS: Record<string, Partial<Record<ReturnStatus, ReturnStatus>>> = {
  APPROVE_REFUND: { RETURN_OR_REFUND_REQUEST_PENDING: "RETURN_OR_REFUND_REQUEST_SUCCESS" },
  APPROVE_RETURN: { RETURN_OR_REFUND_REQUEST_PENDING: "AWAITING_BUYER_SHIP" },
  OFFER_PARTIAL_REFUND: { RETURN_OR_REFUND_REQUEST_PENDING: "AWAITING_BUYER_RESPONSE" },
  DIRECT_REFUND: {
    RETURN_OR_REFUND_REQUEST_PENDING: "RETURN_OR_REFUND_REQUEST_SUCCESS",
    AWAITING_BUYER_SHIP: "RETURN_OR_REFUND_REQUEST_SUCCESS",
  },
  APPROVE_RECEIVED_PACKAGE: { BUYER_SHIPPED_ITEM: "RETURN_OR_REFUND_REQUEST_SUCCESS" },
  APPROVE_REPLACEMENT: { REPLACEMENT_REQUEST_PENDING: "REPLACEMENT_REQUEST_COMPLETE" },
  ISSUE_REPLACEMENT_REFUND: { REPLACEMENT_REQUEST_PENDING: "REPLACEMENT_REQUEST_REFUND_SUCCESS" },
  REJECT_REFUND: { RETURN_OR_REFUND_REQUEST_PENDING: "REFUND_OR_RETURN_REQUEST_REJECT" },
  REJECT_RETURN: { RETURN_OR_REFUND_REQUEST_PENDING: "REFUND_OR_RETURN_REQUEST_REJECT" },
  REJECT_RECEIVED_PACKAGE: { BUYER_SHIPPED_ITEM: "REJECT_RECEIVE_PACKAGE" },
  REJECT_REPLACEMENT: { REPLACEMENT_REQUEST_PENDING: "REPLACEMENT_REQUEST_REJECT" },
};
/** Decisions that fit only one kind of return. */
const ONLY: Record<string, ReturnType> = {
  APPROVE_REFUND: "REFUND",
  REJECT_REFUND: "REFUND",
  APPROVE_RETURN: "RETURN_AND_REFUND",
  OFFER_PARTIAL_REFUND: "RETURN_AND_REFUND",
  DIRECT_REFUND: "RETURN_AND_REFUND",
  REJECT_RETURN: "RETURN_AND_REFUND",
};
/** In which states the seller is asked, what for. */
const ASKED: Partial<Record<ReturnStatus, ReturnAction>> = {
  RETURN_OR_REFUND_REQUEST_PENDING: "SELLER_RESPOND_RETURN",
  BUYER_SHIPPED_ITEM: "SELLER_RESPOND_RECEIVE_PACKAGE",
  REPLACEMENT_REQUEST_PENDING: "SELLER_RESPOND_REPLACEMENT",
};
/** What silence of the seller decides. */
const SILENCE: Record<ReturnType, string> = {
  REFUND: "APPROVE_REFUND",
  RETURN_AND_REFUND: "APPROVE_RETURN",
  REPLACEMENT: "APPROVE_REPLACEMENT",
};
const ENDED: readonly ReturnStatus[] = [
  "REFUND_OR_RETURN_REQUEST_REJECT",
  "RETURN_OR_REFUND_REQUEST_CANCEL",
  "REPLACEMENT_REQUEST_REJECT",
  "REPLACEMENT_REQUEST_CANCEL",
];

/** Every decision there is, in the words of the wire. */
export const decisionsOfReturns: readonly string[] = Object.keys(DECISIONS);

/** What a decision makes of a return; null: it does not fit. */
export function outcomeOf(asked: Return, decision: string): ReturnStatus | null {
  if (ONLY[decision] && ONLY[decision] !== asked.type) return null;
  return DECISIONS[decision]?.[asked.status] ?? null;
}

export interface ReturnWish {
  type?: ReturnType;
  reason?: string;
  lineIds?: string[];
  /** The seller has the whole 48 hours for each answer, whatever the speed. */
  isPatient?: boolean;
}

/** Why a seller opens a return for a buyer; the names are the platform's. */
export const sellerReturnReasons: readonly string[] = [
  "seller_return_reason_defective",
  "seller_return_reason_wrong_item",
  "seller_return_reason_no_longer_needed",
];

/** Delivered units that no return names. */
export function returnableLines(world: World, order: Order): Order["lines"] {
  if (order.status !== "DELIVERED" && order.status !== "COMPLETED") return [];
  const before = [...world.returns.values()].filter((one) => one.orderId === order.id && !ENDED.includes(one.status));
  const taken = new Set(before.flatMap((one) => one.lineIds));
  return order.lines.filter((line) => line.displayStatus !== "CANCELLED" && !taken.has(line.id));
}

/** The seller opens it, so nobody has to agree: goods are awaited, or the money goes back. */
export function openReturnForBuyer(world: World, order: Order, wish: ReturnWish & { lineIds: string[] }): Return {
  const now = nowSeconds(world);
  const { type = "RETURN_AND_REFUND", reason = "", lineIds } = wish;
  const made: Return = {
    ...{ id: world.kernel.nextId("4036", 19), shopId: order.shopId, orderId: order.id, lineIds, type, reason },
    status: type === "REFUND" ? "RETURN_OR_REFUND_REQUEST_SUCCESS" : "AWAITING_BUYER_SHIP",
    ...{ role: "SELLER", isKept: false, isOfferRefused: false, isPatient: false, createTime: now, updateTime: now },
  };
  world.returns.set(made.id, made);
  moveTo(world, made, made.status);
  return made;
}

/** A buyer who has the goods wants money, or something else, for them. */
export function askReturn(world: World, order: Order, wish: ReturnWish = {}): Return {
  if (order.status !== "DELIVERED" && order.status !== "COMPLETED")
    throw new Error(`order ${order.id} is ${order.status}: only what was delivered can be returned`);
  const lineIds = returnableLines(world, order)
    .map((line) => line.id)
    .filter((id) => !wish.lineIds || wish.lineIds.includes(id));
  if (lineIds.length === 0) throw new Error(`a return of order ${order.id} is asked for already`);
  const { type = "RETURN_AND_REFUND", reason = "Does not fit" } = wish;
  const now = nowSeconds(world);
  const asked: Return = {
    ...{ id: world.kernel.nextId("4036", 19), shopId: order.shopId, orderId: order.id, lineIds, type, reason },
    status: type === "REPLACEMENT" ? "REPLACEMENT_REQUEST_PENDING" : "RETURN_OR_REFUND_REQUEST_PENDING",
    ...{ isKept: false, isOfferRefused: false, isPatient: wish.isPatient ?? false, createTime: now, updateTime: now },
  };
  world.returns.set(asked.id, asked);
  moveTo(world, asked, asked.status);
  return asked;
}

/** A decision of the seller that fits (see `outcomeOf`). */
export function decideReturn(
  world: World,
  asked: Return,
  decision: string,
  more: { keepItem?: boolean; partialMinor?: number } = {},
): void {
  const next = outcomeOf(asked, decision);
  if (!next) throw new Error("This request has been answered already.");
  if (decision === "OFFER_PARTIAL_REFUND") asked.partialMinor = more.partialMinor ?? 0;
  if (decision === "DIRECT_REFUND" || more.keepItem) asked.isKept = true;
  moveTo(world, asked, decision === "APPROVE_RETURN" && more.keepItem ? "RETURN_OR_REFUND_REQUEST_SUCCESS" : next);
}

/** What the buyer does: sends the goods back, takes or refuses an offer, thinks better of it. */
export function continueReturn(world: World, asked: Return, what: "ship" | "accept" | "decline" | "withdraw"): void {
  const isSeller = ASKED[asked.status] !== undefined;
  const isBuyer = asked.status === "AWAITING_BUYER_SHIP" || asked.status === "AWAITING_BUYER_RESPONSE";
  if (what === "ship" && asked.status === "AWAITING_BUYER_SHIP") {
    asked.trackingNumber = `RET${asked.id.slice(-10)}`;
    moveTo(world, asked, "BUYER_SHIPPED_ITEM");
  } else if (what === "accept" && asked.status === "AWAITING_BUYER_RESPONSE") {
    asked.isKept = true;
    moveTo(world, asked, "RETURN_OR_REFUND_REQUEST_SUCCESS");
  } else if (what === "decline" && asked.status === "AWAITING_BUYER_RESPONSE") {
    delete asked.partialMinor;
    asked.isOfferRefused = true;
    moveTo(world, asked, "RETURN_OR_REFUND_REQUEST_PENDING");
  } else if (what === "withdraw" && (isSeller || isBuyer)) {
    const isReplacement = asked.type === "REPLACEMENT";
    moveTo(world, asked, isReplacement ? "REPLACEMENT_REQUEST_CANCEL" : "RETURN_OR_REFUND_REQUEST_CANCEL");
  } else throw new Error(`a return that is ${asked.status} cannot ${what}`);
}

/** What the seller is asked for now; absent: nothing. */
export function actionOf(asked: Return): ReturnAction | undefined {
  const action = ASKED[asked.status];
  return action === "SELLER_RESPOND_RETURN" && asked.type === "REFUND" ? "SELLER_RESPOND_REFUND" : action;
}

/** The next state, told to the app, and what follows from it by itself. */
function moveTo(world: World, asked: Return, status: ReturnStatus): void {
  const order = world.orders.get(asked.orderId);
  if (!order) throw new Error(`no order ${asked.orderId}`);
  asked.status = status;
  asked.updateTime = Math.max(nowSeconds(world), asked.updateTime);
  delete asked.deadline;
  const { speed } = world.kernel.settings;
  const waitMs = answerMs * (asked.isPatient ? speed : 1);
  if (actionOf(asked)) asked.deadline = nowSeconds(world) + Math.ceil(waitMs / 1000 / speed);
  sendEvent(world, getShop(world, asked.shopId), "RETURN_STATUS_CHANGE", {
    ...{ order_id: asked.orderId, return_role: asked.role ?? "BUYER", return_type: asked.type, return_status: status },
    ...{ return_id: asked.id, create_time: asked.createTime, update_time: asked.updateTime },
  });
  touchOrder(world, order, "silent");
  if (status === "REPLACEMENT_REQUEST_COMPLETE") placeReplacement(world, order, asked.lineIds);
  const follow = followUp(world, asked, waitMs);
  if (!follow) return;
  world.kernel.after(follow.afterMs, () => {
    if (asked.status === status) follow.run();
  });
}

/** `waitMs`: for how long the seller may be silent. */
function followUp(world: World, asked: Return, waitMs: number): { afterMs: number; run: () => void } | null {
  switch (asked.status) {
    case "RETURN_OR_REFUND_REQUEST_PENDING":
    case "REPLACEMENT_REQUEST_PENDING":
      return { afterMs: waitMs, run: () => decideReturn(world, asked, SILENCE[asked.type]) };
    case "AWAITING_BUYER_SHIP":
      return { afterMs: buyerMs, run: () => continueReturn(world, asked, "ship") };
    case "AWAITING_BUYER_RESPONSE":
      return { afterMs: buyerMs, run: () => continueReturn(world, asked, "accept") };
    case "BUYER_SHIPPED_ITEM":
      return { afterMs: waitMs, run: () => decideReturn(world, asked, "APPROVE_RECEIVED_PACKAGE") };
    case "RETURN_OR_REFUND_REQUEST_SUCCESS":
      return { afterMs: refundMs, run: () => moveTo(world, asked, "RETURN_OR_REFUND_REQUEST_COMPLETE") };
    default:
      return null;
  }
}
