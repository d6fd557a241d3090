import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { readAndStore } from "../intake/read-orders.server.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { findOrder } from "../store.server.ts";
import { HOLD_MAY_LAND_MS } from "./hold-order.server.ts";
import { nextHoldLook } from "./hold-want.ts";
import type { ImportTurn } from "./import-order.server.ts";
import { HOLD, type HoldVerdict, isAllHeld, judgeHold } from "./judge-hold.ts";

const MEANWHILE_MS = 1_000;

/**
 * Looks whether the hold of an order still stands while the channel holds it. A hold that somebody took away is put back where there is
 * something left to hold; what was shipped too early is told at once. The channel hears of its parcel when it may: the fulfilment lane waits.
 */
export async function drainHold(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  channelOrderId: string,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, channelOrderId);
  // before the first hold the import sees to it; past the hold there is nothing to keep
  if (!order?.shopifyOrderId || order.status !== "on-hold" || order.holdState === "wanted") {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  if (!connection.armedFlows.includes("orders")) {
    await ctx.end(claim, { kind: "waits", for: "armed:orders", reason: "orders are not armed" });
    return;
  }
  await ctx.end(claim, await keepHold({ deps, connection, claim, ctx, order, made: { parts: [] } }));
}

async function keepHold(turn: ImportTurn): Promise<Ending> {
  const { deps, connection, order, ctx } = turn;
  const shopifyOrderId = order.shopifyOrderId as string;
  const shopify = shopifyOf(deps, connection);
  const parts = await shopify.holdTargets(shopifyOrderId);
  const state = isAllHeld(parts) ? null : await shopify.orderState(shopifyOrderId);
  if (state?.cancelledAt) return { kind: "done" };
  const verdict = judgeHold(parts, state?.fulfillments ?? [], order);
  const isFine = !verdict.isTaken && verdict.toHold.length === 0 && verdict.shippedUnits === 0;
  if (!isFine) {
    // what we know may be old: nobody is to be troubled about an order that may be shipped by now
    const read = await readAndStore(deps, connection, order.channelOrderId);
    if (read === "missing") return { kind: "later", reason: "the channel does not know the order" };
    const current = await findOrder(deps.db, connection, order.channelOrderId);
    if (current?.status !== "on-hold") return { kind: "done" };
  }
  const held = await putBack(turn, verdict);
  if (held !== "held") return held;
  await tell(turn, verdict, state?.name ?? order.shopifyOrderName ?? "");
  return { kind: "done", recheckAt: nextHoldLook(order, ctx.now()) };
}

/** Committed before the calls: whatever becomes of them, the release takes off what it finds, and once more when a late one may have landed. */
async function putBack(turn: ImportTurn, { toHold, isTaken }: HoldVerdict): Promise<Ending | "held"> {
  const { deps, connection, claim, ctx, order } = turn;
  if (toHold.length === 0) return "held";
  await deps.engine.change((tx) =>
    tx.channelOrder.update({
      where: { id: order.id },
      data: {
        ...{ holdState: "held", holdUncertainUntil: after(ctx.now(), HOLD_MAY_LAND_MS) },
        heldParts: [...new Set([...order.heldParts, ...toHold])],
        ...(isTaken ? { holdsAgain: { increment: 1 } } : {}),
      },
    }),
  );
  for (const id of toHold) {
    if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
    try {
      await shopifyOf(deps, connection).holdFulfillment(id, HOLD);
    } catch (error) {
      const isRefused = error instanceof CallError && (error.family === "invalid" || error.family === "conflict");
      if (!isRefused) throw error;
      return { kind: "later", at: after(ctx.now(), MEANWHILE_MS), reason: "shipped, or held, meanwhile" };
    }
  }
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: { holdUncertainUntil: null, heldAt: order.heldAt ?? ctx.now() },
    });
    await recordOrderActivity(tx, order, { event: "order.held-again" });
  });
  return "held";
}

async function tell({ deps, order }: ImportTurn, verdict: HoldVerdict, shopifyOrderName: string): Promise<void> {
  const { isTaken, isGivenUp, shippedUnits } = verdict;
  await deps.engine.change(async (tx) => {
    const data = { shopifyOrderName, units: shippedUnits };
    if (shippedUnits > 0) await openOrderProblem(tx, order, { kind: "order-shipped-early", severity: "urgent", data });
    else await closeOrderProblems(tx, order, ["order-shipped-early"]);
    if (!isTaken) return;
    // once may be a slip, and is put right; again, and somebody has to stop it
    const isAgain = order.holdsAgain > 0;
    await closeOrderProblems(tx, order, isGivenUp ? ["order-hold-released"] : []);
    await openOrderProblem(tx, order, {
      kind: isGivenUp ? "order-hold-given-up" : "order-hold-released",
      severity: isGivenUp ? "urgent" : isAgain ? "needs-you" : "info",
      data: { shopifyOrderName },
    });
  });
}
