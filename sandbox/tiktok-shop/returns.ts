import type { Order, Return, World } from "./model.ts";
import { nowSeconds } from "./world.ts";

/** A buyer who has the goods wants to give them back. The seller answers in the seller centre. */
export function askReturn(world: World, order: Order, reason: string): Return {
  if (order.status !== "DELIVERED" && order.status !== "COMPLETED")
    throw new Error(`order ${order.id} is ${order.status}: only what was delivered can be returned`);
  if ([...world.returns.values()].some((one) => one.orderId === order.id))
    throw new Error(`a return of order ${order.id} is asked for already`);
  const lineIds = order.lines.filter((line) => line.displayStatus !== "CANCELLED").map((line) => line.id);
  const asked: Return = {
    id: world.kernel.nextId("4036", 19),
    shopId: order.shopId,
    orderId: order.id,
    lineIds,
    status: "ASKED",
    reason,
    createTime: nowSeconds(world),
  };
  world.returns.set(asked.id, asked);
  return asked;
}

/** The seller says yes (the buyer sends it back) or no. */
export function answerReturn(asked: Return, answer: "approve" | "refuse"): void {
  if (asked.status !== "ASKED") throw new Error("This request has been answered already.");
  asked.status = answer === "approve" ? "APPROVED" : "REFUSED";
}
