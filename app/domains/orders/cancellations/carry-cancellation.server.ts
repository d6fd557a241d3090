import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type AfterSalesTurn, DONE, isArmed, joinEndings, NOT_ARMED } from "../after-sales-turn.server.ts";
import { keepDecision } from "../decisions/begin-decision.server.ts";
import { meaningOfShopify } from "../decisions/choose-reason.ts";
import { scopeOf, shopifyOf } from "../deps.ts";
import { takenOffUnshipped } from "../edits/compare-units.ts";
import { followEdits, isBegunByUnits } from "../edits/follow-edits.server.ts";
import { shippedUnits } from "../import/judge-hold.ts";
import { CANCEL_TRIES, type CancellationCarriage, type ImportState } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { recordMoneyBack, takeUnitsOff } from "../refunds/record-refund.server.ts";
import type { CancellationRow, OrderRow } from "../store.server.ts";
import { importSubject, orderObject } from "../subjects.ts";
import { assumeCancellation } from "./assume-cancellation.server.ts";
import { type KnownCancellation, nextCancellationStep } from "./next-cancellation-step.ts";
import { afterSalesWant } from "./poll-cancellations.server.ts";

/** Shopify cancels in its own time; so often we look. */
const LOOK_MS = 1_000;
/** A call whose end was not seen, or that was accepted and never done, is made again after this: deadline 10 s and a margin. */
const CALL_MAY_LAND_MS = 40_000;
/** Accepted twice and not done: the merchant was told, and Shopify's own event wakes us sooner. */
const SLOW_LOOK_MS = 5 * 60_000;

const ARRIVED = new Set(["delivered", "completed"]);

/** Carries what the channel cancelled to Shopify, and what Shopify cancelled to the channel. The channel was read just before. */
export async function carryCancellations(turn: AfterSalesTurn): Promise<Ending> {
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
    case "show-request":
      return lookAtShopify(turn);
    case "wait-for-import":
      return DONE;
    case "settle":
      await settle(turn, step.channelCancelIds, "none");
      return DONE;
    case "take-off":
      return isArmed(turn) ? takeOff(turn, step.channelCancelIds) : NOT_ARMED;
    case "cancel":
      return isArmed(turn) ? cancelInShopify(turn, step, ctx.now()) : NOT_ARMED;
  }
}

/** What the channel has paid back for what it cancelled, each once. */
export async function refundCancellations(turn: AfterSalesTurn): Promise<Ending[]> {
  const { order, cancellations } = turn;
  if (order.shopifyOrderId === null) return [];
  const paidBack = cancellations.filter((one) => one.status === "completed" && one.shopifyState === "done");
  const covered = new Set(paidBack.flatMap((one) => one.channelLineIds));
  // the channel may name the cancellation before the order itself is read as cancelled
  const isWhole =
    order.status === "cancelled" ||
    (order.lines.length > 0 && order.lines.every((line) => covered.has(line.channelLineId)));
  const endings: Ending[] = [];
  for (const one of paidBack) {
    const others = paidBack.filter((other) => other !== one);
    const isLast =
      isWhole &&
      others.every((other) =>
        turn.refunds.some(
          ({ sourceId, part, state }) => sourceId === other.channelCancelId && part === "money" && state === "done",
        ),
      );
    endings.push(
      await recordMoneyBack(
        turn,
        { source: "cancellation", sourceId: one.channelCancelId },
        {
          buyerMinor: one.refundMinor ?? 0n,
          platformMinor: isLast ? "rest" : platformPartOf(order, one.channelLineIds),
          // staff who take units off mostly refund them in the same go
          mayBeRecorded: turn.decisions.some(
            (decision) =>
              isBegunByUnits(decision) && one.channelLineIds.every((id) => decision.channelLineIds.includes(id)),
          ),
        },
      ),
    );
  }
  return endings;
}

/** What the platform paid of the price of these units. */
export const platformPartOf = (order: OrderRow, channelLineIds: readonly string[]): bigint =>
  order.lines
    .filter((line) => channelLineIds.includes(line.channelLineId))
    .reduce((sum, line) => sum + line.platformDiscountMinor, 0n);

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

/** No channel cancellation is open: either the channel has not named it yet, or somebody cancelled in Shopify. */
async function lookAtShopify(turn: AfterSalesTurn): Promise<Ending> {
  const { deps, connection, order, cancellations, ctx } = turn;
  const isCarried = cancellations.some((one) => one.shopifyState === "done" || one.shopifyState === "parked");
  const carried = new Set(
    cancellations.filter((one) => one.shopifyState === "done").flatMap((one) => one.channelLineIds),
  );
  if (order.shopifyOrderId === null) return DONE;
  if (order.status === "cancelled") return isCarried ? DONE : assumeCancellation(turn);
  // cancelled by ourselves, and the order not read since; or told already
  const isOurs = order.lines.length > 0 && order.lines.every((line) => carried.has(line.channelLineId));
  const isTold = turn.decisions.some(
    (one) =>
      one.beganIn === "shopify" && one.state !== "overtaken" && one.kind !== "begin-return" && !isBegunByUnits(one),
  );
  if (isOurs || isTold) return DONE;
  const state = await shopifyOf(deps, connection).orderState(order.shopifyOrderId);
  if (!state?.cancelledAt) {
    await deps.engine.change((tx) => closeOrderProblems(tx, order, ["order-cancelled-in-shopify"]));
    return state ? followEdits(turn, state) : DONE;
  }
  // what the buyer has cannot be cancelled on either side
  if (ARRIVED.has(order.status)) return DONE;
  const request = cancellations.find((one) => one.status === "requested");
  await deps.engine.change((tx) =>
    keepDecision(deps, tx, order, {
      kind: request ? "approve-cancellation" : "cancel",
      requestId: request?.channelCancelId ?? "",
      reason: request ? null : meaningOfShopify(state.cancelReason),
      beganIn: "shopify",
      actor: { kind: "shopify", id: "admin" },
    }),
  );
  return { kind: "later", at: ctx.now(), reason: "cancelled in Shopify: the channel is told" };
}

/** Single units leave the Shopify order by a refund of units, each cancellation's by one of its own. */
async function takeOff(turn: AfterSalesTurn, ids: string[]): Promise<Ending> {
  const endings: Ending[] = [];
  for (const one of turn.cancellations.filter(({ channelCancelId }) => ids.includes(channelCancelId))) {
    const there = await lookAtUnits(turn, one);
    if (there.outcome === "unsure") {
      endings.push({ kind: "later", at: after(turn.ctx.now(), LOOK_MS), reason: "other units are being taken off" });
      continue;
    }
    const units = one.channelLineIds.length;
    if (there.outcome === "shipped") {
      const { shopifyOrderName } = there;
      await park(turn, [one.channelCancelId], {
        ...{ kind: "cancellation-units-shipped", data: { units, shopifyOrderName } },
      });
      continue;
    }
    const of = { source: "cancellation", sourceId: one.channelCancelId } as const;
    const end = await takeUnitsOff(turn, of, one, there.already);
    if (end === "parked") await park(turn, [one.channelCancelId], { kind: "cancellation-partial", data: { units } });
    else if (end.kind === "done") await settle(turn, [one.channelCancelId], "done", "part");
    else endings.push(end);
  }
  return joinEndings(endings);
}

type UnitsThere =
  /** By line: units that are off the Shopify order beyond those of cancellations carried before. Staff took them off. */
  | { outcome: "known"; already: Map<string, number> }
  /** What we are just taking off ourselves would look the same. */
  | { outcome: "unsure" }
  /** Shopify takes off nothing that was shipped. */
  | { outcome: "shipped"; shopifyOrderName: string };

/** What became in Shopify of the units of a cancellation that is about to be carried. */
async function lookAtUnits(turn: AfterSalesTurn, one: CancellationRow): Promise<UnitsThere> {
  const { deps, connection, order, cancellations, refunds } = turn;
  const units = refunds.filter(({ source, part }) => source === "cancellation" && part === "units");
  if (units.some(({ sourceId }) => sourceId === one.channelCancelId)) return { outcome: "known", already: new Map() };
  if (units.some(({ state }) => state === "wanted" || state === "sending")) return { outcome: "unsure" };
  const state = order.shopifyOrderId ? await shopifyOf(deps, connection).orderState(order.shopifyOrderId) : null;
  if (!state) return { outcome: "known", already: new Map() };
  const carried = cancellations.filter((other) => other !== one && other.shopifyState === "done");
  const known = countByLine(
    order,
    carried.flatMap((other) => other.channelLineIds),
  );
  const already = new Map(
    [...takenOffUnshipped(state)].map(([lineId, count]) => [lineId, Math.max(0, count - (known.get(lineId) ?? 0))]),
  );
  const isShipped = [...countByLine(order, one.channelLineIds)].some(([lineId, count]) => {
    const line = state.lines.find(({ id }) => id === lineId);
    return line !== undefined && count - (already.get(lineId) ?? 0) > line.unfulfilledQuantity;
  });
  return isShipped ? { outcome: "shipped", shopifyOrderName: state.name } : { outcome: "known", already };
}

/** How many of these units went into each Shopify line. */
function countByLine(order: OrderRow, channelLineIds: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { channelLineId, shopifyLineId } of order.lines)
    if (shopifyLineId && channelLineIds.includes(channelLineId))
      counts.set(shopifyLineId, (counts.get(shopifyLineId) ?? 0) + 1);
  return counts;
}

/** Looks first; cancels only what is not cancelled; ends only when Shopify shows it cancelled. */
async function cancelInShopify(
  turn: AfterSalesTurn,
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
    const left = await shopify.orderState(shopifyOrderId);
    const units = shippedUnits(left?.fulfillments ?? []);
    if (left?.cancelledAt) await settle(turn, step.channelCancelIds, "done");
    else
      await park(turn, step.channelCancelIds, {
        // Shopify fact §11: what was shipped cannot be cancelled
        kind: units > 0 ? "cancellation-after-shipping" : "cancellation-refused",
        data: { reasons: result.reasons.map(({ message }) => ({ message })), units, shopifyOrderName: state.name },
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
async function tellNotDone({ deps, order, ctx }: AfterSalesTurn, shopifyOrderName: string): Promise<Ending> {
  await deps.engine.change((tx) =>
    openOrderProblem(tx, order, { kind: "cancellation-not-done", severity: "urgent", data: { shopifyOrderName } }),
  );
  return { kind: "later", at: after(ctx.now(), SLOW_LOOK_MS), reason: "Shopify accepted but did not cancel" };
}

async function mark(
  { deps, order, cancellations }: AfterSalesTurn,
  ids: string[],
  data: { shopifyState?: CancellationCarriage; sentAt?: Date | null; acceptedTimes?: { increment: number } },
  tx?: Tx,
): Promise<void> {
  await (tx ?? deps.db).orderCancellation.updateMany({
    where: { orderId: order.id, channelCancelId: { in: ids } },
    data,
  });
  // the rest of this turn sees what it has done
  for (const one of cancellations)
    if (ids.includes(one.channelCancelId) && data.shopifyState) one.shopifyState = data.shopifyState;
}

/** The cancellation is carried, or there was nothing to carry it to. */
async function settle(
  turn: AfterSalesTurn,
  ids: string[],
  shopifyState: "done" | "none",
  how: "whole" | "part" = "whole",
): Promise<void> {
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
      "cancellation-after-shipping",
      "cancellation-units-shipped",
      "order-shipped-early",
      "cancellation-not-done",
      "cancellation-partial",
      "order-address-refused",
      "order-cancelled-in-shopify",
    ]);
    // what is left of the order may have been changed in Shopify too
    if (how === "part") await deps.engine.want(tx, afterSalesWant(connection.id, channelOrderId));
    // a part only leaves a line of its own: what was taken off
    if (shopifyState === "done" && how === "whole")
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
  turn: AfterSalesTurn,
  ids: string[],
  problem: Pick<Parameters<typeof openOrderProblem>[2], "kind" | "data">,
): Promise<void> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await mark(turn, ids, { shopifyState: "parked" }, tx);
    await closeOrderProblems(tx, order, ["order-shipped-early"]);
    await openOrderProblem(tx, order, { ...problem, severity: "urgent" });
    await recordOrderActivity(tx, order, { event: "cancellation.parked", data: { why: problem.kind } });
  });
}
