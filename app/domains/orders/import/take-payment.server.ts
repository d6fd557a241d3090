import { after } from "../../../platform/clock.ts";
import { CallError } from "../../../platform/errors.ts";
import { shopifyOf } from "../deps.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";

/** A call that timed out may still land until then; Shopify would count a second one only once nothing is outstanding any more. */
const CALL_MAY_LAND_MS = 40_000;
const LOOK_MS = 2_000;
const REFUSED_LOOK_MS = 3_600_000;
/** With one of these something is still to be paid. */
const OPEN: readonly string[] = ["PENDING", "PARTIALLY_PAID", "AUTHORIZED", "EXPIRED"];

/** The buyer paid at the door: Shopify records what was outstanding, once. Looks first, before each try. */
export async function takePayment(turn: ImportTurn): Promise<StepResult> {
  const { deps, connection, claim, ctx, order } = turn;
  if (order.shopifyOrderId === null) return { kind: "done" };
  const shopify = shopifyOf(deps, connection);
  const state = await shopify.orderState(order.shopifyOrderId);
  // gone or called off there: nobody waits for its payment
  if (!state || state.cancelledAt) return settle(turn, null);
  if (!OPEN.includes(state.financialStatus)) return settle(turn, "paid");
  const sentAt = order.doorPaymentSentAt;
  if (sentAt && ctx.now() < after(sentAt, CALL_MAY_LAND_MS))
    return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  await mark(turn, ctx.now());
  try {
    const result = await shopify.markPaid(order.shopifyOrderId);
    if (result.outcome === "paid") return await settle(turn, "paid");
    return await tellRefused(turn, result.reasons);
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
    await mark(turn, null);
    throw error;
  }
}

const mark = ({ deps, order }: ImportTurn, doorPaymentSentAt: Date | null) =>
  deps.db.channelOrder.update({ where: { id: order.id }, data: { doorPaymentSentAt } });

async function settle({ deps, order }: ImportTurn, doorPayment: "paid" | null): Promise<StepResult> {
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({ where: { id: order.id }, data: { doorPayment, doorPaymentSentAt: null } });
    await closeOrderProblems(tx, order, ["order-payment-refused"]);
    if (doorPayment) await recordOrderActivity(tx, order, { event: "order.paid-at-door" });
  });
  return "again";
}

async function tellRefused(turn: ImportTurn, reasons: string[]): Promise<StepResult> {
  const { deps, order, ctx } = turn;
  await mark(turn, null);
  const data = { reasons: reasons.map((message) => ({ message })), shopifyOrderName: order.shopifyOrderName ?? "" };
  await deps.engine.change((tx) =>
    openOrderProblem(tx, order, { kind: "order-payment-refused", severity: "needs-you", data }),
  );
  const recheckAt = after(ctx.now(), REFUSED_LOOK_MS);
  return { kind: "waits", for: "merchant", reason: "order-payment-refused", recheckAt };
}
