import type { Job, Order, Refund, Shop } from "../model.ts";
import { refuse } from "../user-errors.ts";
import { tellFulfillmentOrder, tellOrder, tellRefund } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { hasOpenReturn } from "./returns.ts";
import { totals, unfulfilledQuantity } from "./status.ts";
import { takeOff } from "./take-off.ts";

export interface CancelInput {
  orderId: string;
  reason: string;
  restock: boolean;
  /** Record the refund of the payments as well. */
  refund: boolean;
  staffNote?: string | null;
}

const MAX_NOTE = 255;

/**
 * orderCancel: checks now, cancels when the job runs a moment later. Throws Refused when the order is unknown, already
 * cancelled (or about to be), or has shipped lines.
 */
export function startCancel(world: World, shop: Shop, input: CancelInput): Job {
  const order = shop.orders.get(input.orderId);
  if (!order) throw refuse(["orderId"], "Order does not exist", "NOT_FOUND");
  if (order.cancelledAt !== null || order.cancelJobId)
    throw refuse(["orderId"], "Cannot cancel an order that has already been canceled", "INVALID");
  if (hasShipped(order)) throw refuse(["orderId"], "Cannot cancel an order that has fulfilled items", "INVALID");
  if (hasOpenReturn(shop, order)) throw refuse(["orderId"], "Cannot cancel an order with an active return", "INVALID");
  if ((input.staffNote ?? "").length > MAX_NOTE)
    throw refuse(["staffNote"], `Staff note is too long (maximum is ${MAX_NOTE} characters)`, "INVALID");
  const job: Job = { kind: "Job", id: world.ids.gid("Job").replace(/\d+$/, crypto.randomUUID()), done: false };
  shop.jobs.set(job.id, job);
  if (!world.switches.cancelJobRuns) return job;
  order.cancelJobId = job.id;
  world.kernel.after(world.switches.cancelJobMs, () => {
    order.cancelJobId = null;
    job.done = true;
    // What was shipped in the meantime stays shipped: the job ends without effect.
    if (!hasShipped(order)) finishCancel(world, shop, order, input);
  });
  return job;
}

const hasShipped = (order: Order): boolean => order.lines.some((line) => line.fulfilled > 0);

function finishCancel(world: World, shop: Shop, order: Order, input: CancelInput): void {
  const now = world.now();
  order.cancelledAt = now;
  order.cancelReason = input.reason;
  order.staffNote = input.staffNote ?? null;
  order.closedAt = now;
  order.updatedAt = now;
  const units = order.fulfillmentOrderIds
    .map((id) => shop.fulfillmentOrders.get(id))
    .filter((one) => one !== undefined);
  for (const unit of units) {
    unit.status = "CANCELLED";
    unit.holds = [];
    unit.updatedAt = now;
  }
  const lines = order.lines.filter((line) => unfulfilledQuantity(line) > 0);
  const refund: Refund = {
    kind: "Refund",
    id: world.ids.gid("Refund"),
    orderId: order.id,
    note: null,
    lines: lines.map((line) =>
      takeOff(world, shop, line, {
        quantity: unfulfilledQuantity(line),
        restockType: input.restock ? "CANCEL" : "NO_RESTOCK",
        locationId: null,
      }),
    ),
    shippingMinor: 0,
    transactions: [],
    createdAt: now,
  };
  if (input.refund && world.switches.cancelRecordsRefund) refundPayments(world, order, refund);
  order.refunds.push(refund);
  shop.refunds.set(refund.id, refund);
  tellRefund(world, shop, order, refund);
  for (const unit of units) tellFulfillmentOrder(world, shop, unit, "cancelled", "cancelled");
  tellOrder(world, shop, order, "cancelled");
}

function refundPayments(world: World, order: Order, refund: Refund): void {
  let left = totals(order).paid - totals(order).refunded;
  for (const sale of order.transactions.filter((one) => one.kind === "SALE" && one.status === "SUCCESS")) {
    const amountMinor = Math.min(left, sale.amountMinor);
    if (amountMinor <= 0) continue;
    left -= amountMinor;
    const now = world.now();
    const id = world.ids.gid("OrderTransaction");
    const back = {
      ...sale,
      id,
      kind: "REFUND",
      amountMinor,
      parentId: sale.id,
      processedAt: now,
      createdAt: now,
      receipt: null,
    };
    refund.transactions.push(back);
    order.transactions.push(back);
  }
  refund.shippingMinor = order.shippingLines.reduce((sum, line) => sum + line.amountMinor, 0);
}
