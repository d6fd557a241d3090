import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf, shopifyOf } from "../deps.ts";
import { readWant } from "../intake/read-orders.server.ts";
import { CANCEL_TRIES, type CancellationCarriage, type ImportState } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { type CancellationRow, findOrder, type OrderRow } from "../store.server.ts";
import { importSubject, orderObject } from "../subjects.ts";
import { assumeCancellation } from "./assume-cancellation.server.ts";
import { type KnownCancellation, nextCancellationStep } from "./next-cancellation-step.ts";

/** Shopify cancels in its own time; so often we look. */
const LOOK_MS = 1_000;
/** A call whose end was not seen, or that was accepted and never done, is made again after this: deadline 10 s and a margin. */
const CALL_MAY_LAND_MS = 40_000;
/** Accepted twice and not done: the merchant was told, and Shopify's own event wakes us sooner. */
const SLOW_LOOK_MS = 5 * 60_000;

interface CancelTurn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow;
  cancellations: CancellationRow[];
}

/** Carries what the channel cancelled to Shopify. The channel's cancellations of this order were read just before. */
export async function drainCancellation(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, claim.subject);
  if (!order) {
    // The channel named a cancellation of an order we never read: the reading asks for us again.
    await deps.engine.change(async (tx) => {
      await deps.engine.want(tx, readWant(connection.id, claim.subject));
      await ctx.end(claim, { kind: "done" }, tx);
    });
    return;
  }
  const cancellations = await deps.db.orderCancellation.findMany({ where: { orderId: order.id } });
  await ctx.end(claim, await carry({ deps, connection, claim, ctx, order, cancellations }));
}

async function carry(turn: CancelTurn): Promise<Ending> {
  const { order, cancellations, ctx } = turn;
  const step = nextCancellationStep(
    {
      status: order.status,
      importState: order.importState as ImportState,
      shopifyOrderId: order.shopifyOrderId,
      channelLineIds: order.lines.map((line) => line.channelLineId),
      liveLineIds: order.lines.filter((line) => line.status !== "cancelled").map((line) => line.channelLineId),
    },
    cancellations.map(toKnown),
  );
  switch (step.step) {
    case "nothing":
      return nothingOpen(turn);
    case "show-request":
    case "wait-for-import":
      return { kind: "done" };
    case "settle":
      await settle(turn, step.channelCancelIds, "none");
      return { kind: "done" };
    case "show-partial":
      await park(turn, step.channelCancelIds, {
        kind: "cancellation-partial",
        data: { units: affectedUnits(cancellations, step.channelCancelIds) },
      });
      return { kind: "done" };
    case "cancel":
      if (turn.connection.armedFlows.includes("orders")) return cancelInShopify(turn, step, ctx.now());
      return { kind: "waits", for: "armed:orders", reason: "orders are not armed" };
  }
}

const toKnown = (row: CancellationRow): KnownCancellation => ({
  ...{
    channelCancelId: row.channelCancelId,
    status: row.status,
    by: row.cancelledBy,
    restock: row.restock,
    channelLineIds: row.channelLineIds,
  },
  shopifyState: row.shopifyState as CancellationCarriage,
});

const affectedUnits = (cancellations: CancellationRow[], ids: string[]): number =>
  cancellations
    .filter((one) => ids.includes(one.channelCancelId))
    .reduce((sum, one) => sum + one.channelLineIds.length, 0);

/** No channel cancellation is open: either the channel has not named it yet, or somebody cancelled in Shopify. */
async function nothingOpen(turn: CancelTurn): Promise<Ending> {
  const { deps, connection, order, cancellations } = turn;
  const isCarried = cancellations.some((one) => one.shopifyState === "done" || one.shopifyState === "parked");
  if (order.shopifyOrderId === null || isCarried) return { kind: "done" };
  if (order.status === "cancelled") return assumeCancellation(turn);
  const state = await shopifyOf(deps, connection).orderState(order.shopifyOrderId);
  await deps.engine.change(async (tx) => {
    if (!state?.cancelledAt) return closeOrderProblems(tx, order, ["order-cancelled-in-shopify"]);
    await openOrderProblem(tx, order, {
      kind: "order-cancelled-in-shopify",
      severity: "urgent",
      data: { shopifyOrderName: state.name, cancelledAt: state.cancelledAt.toISOString() },
    });
  });
  return { kind: "done" };
}

/** Looks first; cancels only what is not cancelled; ends only when Shopify shows it cancelled. */
async function cancelInShopify(
  turn: CancelTurn,
  step: { channelCancelIds: string[]; restock: boolean },
  now: Date,
): Promise<Ending> {
  const { deps, connection, claim, ctx, order, cancellations } = turn;
  const { shopifyOrderId } = order;
  if (shopifyOrderId === null) return { kind: "done" };
  const shopify = shopifyOf(deps, connection);
  const state = await shopify.orderState(shopifyOrderId);
  if (!state || state.cancelledAt) {
    await settle(turn, step.channelCancelIds, "done");
    return { kind: "done" };
  }
  const ours = cancellations.filter((one) => step.channelCancelIds.includes(one.channelCancelId));
  const sent = ours.find((one) => one.shopifyState === "sending" && one.sentAt);
  const mayLandUntil = sent?.sentAt ? after(sent.sentAt, CALL_MAY_LAND_MS) : null;
  if (mayLandUntil && now < mayLandUntil)
    return { kind: "later", at: after(now, LOOK_MS), reason: "Shopify is cancelling" };
  if (ours.some((one) => one.acceptedTimes >= CANCEL_TRIES)) return tellNotDone(turn, state.name);

  if (!(await ctx.holds(claim))) return { kind: "later", at: now, reason: "somebody else works on it" };
  await mark(turn, step.channelCancelIds, { shopifyState: "sending", sentAt: now });
  try {
    const result = await shopify.cancelOrder(shopifyOrderId, {
      reason: "CUSTOMER",
      restock: step.restock,
      note: "Cancelled on the channel",
    });
    if (result.outcome === "accepted") {
      await mark(turn, step.channelCancelIds, { acceptedTimes: { increment: 1 } });
      return { kind: "later", at: after(now, LOOK_MS), reason: "Shopify is cancelling" };
    }
    const isCancelled = (await shopify.orderState(shopifyOrderId))?.cancelledAt;
    if (isCancelled) await settle(turn, step.channelCancelIds, "done");
    else
      await park(turn, step.channelCancelIds, {
        kind: "cancellation-refused",
        data: { reasons: result.reasons.map((one) => one.message) },
      });
    return { kind: "done" };
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(now, LOOK_MS), reason: "the cancellation's answer was lost" };
    await mark(turn, step.channelCancelIds, { shopifyState: "wanted", sentAt: null });
    throw error;
  }
}

/** Shopify accepted every try and carried none out. A third would do no better: somebody has to look, and so do we, slowly. */
async function tellNotDone({ deps, order, ctx }: CancelTurn, shopifyOrderName: string): Promise<Ending> {
  await deps.engine.change((tx) =>
    openOrderProblem(tx, order, { kind: "cancellation-not-done", severity: "urgent", data: { shopifyOrderName } }),
  );
  return { kind: "later", at: after(ctx.now(), SLOW_LOOK_MS), reason: "Shopify accepted but did not cancel" };
}

const mark = (
  { deps, order }: CancelTurn,
  ids: string[],
  data: { shopifyState?: CancellationCarriage; sentAt?: Date | null; acceptedTimes?: { increment: number } },
  tx?: Tx,
) => (tx ?? deps.db).orderCancellation.updateMany({ where: { orderId: order.id, channelCancelId: { in: ids } }, data });

/** The cancellation is carried, or there was nothing to carry it to. */
async function settle(turn: CancelTurn, ids: string[], shopifyState: "done" | "none"): Promise<void> {
  const { deps, connection, order } = turn;
  await deps.engine.change(async (tx) => {
    await mark(turn, ids, { shopifyState }, tx);
    const { shopId, channelOrderId } = order;
    const channelLineIds = turn.cancellations
      .filter((one) => ids.includes(one.channelCancelId))
      .flatMap((one) => one.channelLineIds);
    if (channelLineIds.length > 0)
      await deps.inventory.releaseWaiting(tx, {
        shopId,
        connectionId: connection.id,
        channelLineIds,
        why: "cancelled",
      });
    await closeOrderProblems(tx, order, [
      "cancellation-requested",
      "cancellation-refused",
      "cancellation-not-done",
      "cancellation-partial",
      "order-address-refused",
      "order-cancelled-in-shopify",
    ]);
    if (shopifyState === "done")
      await recordOrderActivity(tx, order, { event: "order.cancelled-in-shopify", data: { cancellations: ids } });
    const scope = scopeOf(connection.id);
    await deps.engine.want(tx, {
      lane: "orders",
      scope,
      subject: importSubject(channelOrderId),
      object: orderObject(channelOrderId),
    });
    await deps.engine.raise(tx, scope, `cancellation:${channelOrderId}`);
  });
}

async function park(
  turn: CancelTurn,
  ids: string[],
  problem: Pick<Parameters<typeof openOrderProblem>[2], "kind" | "data">,
): Promise<void> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await mark(turn, ids, { shopifyState: "parked" }, tx);
    await openOrderProblem(tx, order, { ...problem, severity: "urgent" });
    await recordOrderActivity(tx, order, { event: "cancellation.parked", data: { why: problem.kind } });
  });
}
