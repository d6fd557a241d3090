import type { Decision, DecisionKind } from "../../../channels/port.ts";
import type { Actor } from "../../../platform/activity.server.ts";
import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type AfterSalesTurn, type DecisionRow, DONE, isArmed, NOT_ARMED } from "../after-sales-turn.server.ts";
import { readCancellations } from "../cancellations/read-cancellations.server.ts";
import { scopeOf } from "../deps.ts";
import { readWant } from "../intake/read-orders.server.ts";
import type { OrderProblemKind } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { readReturns } from "../returns/read-returns.server.ts";
import { chooseReason } from "./choose-reason.ts";
import { type DecisionState, type DecisionStep, nextDecisionStep } from "./next-decision-step.ts";
import { readTruth } from "./read-truth.ts";

const LOOK_MS = 2_000;
const REFUSALS = new Set(["conflict", "invalid", "notFound", "permission"]);
/** Not the channel's code: it says by itself that this may not be decided now. */
const NOT_OPEN = "not-open";
const NOT_OPEN_WORDS = {
  sentence: "orders.afterSales.notOpen.sentence",
  nextStep: "orders.afterSales.notOpen.nextStep",
};

/** Tells the channel everything that was decided and is not told yet, oldest first. */
export async function tellDecisions(turn: AfterSalesTurn): Promise<Ending[]> {
  const open = turn.decisions.filter((one) => one.state === "wanted" || one.state === "sending");
  const endings: Ending[] = [];
  for (const decision of open) endings.push(await tellOne(turn, decision));
  return endings;
}

async function tellOne(turn: AfterSalesTurn, decision: DecisionRow): Promise<Ending> {
  const step = stepOf(turn, decision);
  switch (step.step) {
    case "nothing":
      return DONE;
    case "finish":
      return end(turn, decision, "done");
    case "overtake":
      return end(turn, decision, "overtaken");
    case "wait":
      return { kind: "later", at: after(turn.ctx.now(), LOOK_MS), reason: "the channel's answer was lost" };
    case "send":
      return isArmed(turn) ? send(turn, decision) : NOT_ARMED;
  }
}

function stepOf({ order, cancellations, returns, ctx }: AfterSalesTurn, decision: DecisionRow): DecisionStep {
  const kind = decision.kind as DecisionKind;
  const truth = readTruth({ ...decision, kind }, { lines: order.lines, cancellations, returns });
  return nextDecisionStep({ state: decision.state as DecisionState, sentAt: decision.sentAt }, truth, ctx.now());
}

/** Asks the channel whether it may be, once more; then says it. */
async function send(turn: AfterSalesTurn, decision: DecisionRow): Promise<Ending> {
  const { deps, claim, ctx } = turn;
  const call = await readyTo(turn, decision);
  if ("refused" in call) return refuse(turn, decision, call.refused);
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  await deps.db.sellerDecision.update({
    where: { id: decision.id },
    data: { state: "sending", sentAt: ctx.now(), reason: call.reason },
  });
  try {
    await call.run();
    await end(turn, decision, "done");
    // what it made of the request is read right away
    return { kind: "later", at: after(ctx.now(), LOOK_MS / 2), reason: "the channel was told" };
  } catch (error) {
    return afterError(turn, decision, error);
  }
}

function readyTo(turn: AfterSalesTurn, decision: DecisionRow): Promise<Ready> {
  if (decision.kind === "cancel") return readyToCancel(turn, decision);
  return decision.kind === "begin-return" ? readyToReturn(turn, decision) : readyToAnswer(turn, decision);
}

type Ready = { reason: string | null; run: () => Promise<unknown> } | { refused: string };

async function readyToCancel({ deps, connection, order }: AfterSalesTurn, decision: DecisionRow): Promise<Ready> {
  const port = deps.channels(connection.channel).afterSales;
  const access = deps.forShop(connection.id);
  const may = await port.cancellable(access, order.channelOrderId);
  const live = order.lines.filter((line) => line.status !== "cancelled").map((line) => line.channelLineId);
  const wanted = decision.channelLineIds.length > 0 ? decision.channelLineIds : live;
  // what was shipped already is no part of what can be cancelled
  const isWhole = may.channelLineIds.every((id) => wanted.includes(id));
  if (may.refusedCode) return { refused: may.refusedCode };
  if (!wanted.every((id) => may.channelLineIds.includes(id))) return { refused: NOT_OPEN };
  const reason = chooseReason(may.reasons, decision.reason, { isWhole });
  if (!reason) return { refused: NOT_OPEN };
  return {
    reason,
    run: () =>
      port.cancel(access, {
        channelOrderId: order.channelOrderId,
        channelLineIds: isWhole ? null : wanted,
        reason,
      }),
  };
}

async function readyToReturn({ deps, connection, order }: AfterSalesTurn, decision: DecisionRow): Promise<Ready> {
  const port = deps.channels(connection.channel).afterSales;
  const access = deps.forShop(connection.id);
  const { channelLineIds, id: key } = decision;
  const { channelLineIds: open, reason, refusedCode } = await port.returnable(access, order.channelOrderId);
  if (refusedCode) return { refused: refusedCode };
  // a reason that blames somebody is not ours to choose
  if (reason === null || !channelLineIds.every((id) => open.includes(id))) return { refused: NOT_OPEN };
  const { channelOrderId } = order;
  return { reason, run: () => port.beginReturn(access, { channelOrderId, channelLineIds, reason, key }) };
}

async function readyToAnswer({ deps, connection, order }: AfterSalesTurn, decision: DecisionRow): Promise<Ready> {
  const kind = decision.kind as Decision["kind"];
  const port = deps.channels(connection.channel).afterSales;
  const access = deps.forShop(connection.id);
  const open = await port.openDecisions(access, decision.requestId);
  // the channel does not name offers among what may be decided: one may be made where the return may be approved
  const may = open.find((one) => one.kind === (kind === "offer-part" ? "approve-return" : kind));
  if (!may) return { refused: NOT_OPEN };
  if (kind.startsWith("refuse-") && !may.reasons.some(({ code }) => code === decision.reason))
    return { refused: NOT_OPEN };
  const { id: key, requestId, reason, comment, offerMinor, isKept: keepsItem } = decision;
  return {
    reason,
    run: () =>
      port.decide(access, {
        ...{ kind, requestId, key, reason, comment, keepsItem },
        evidence: decision.evidence as unknown as Decision["evidence"],
        offer: offerMinor === null ? null : { amountMinor: offerMinor, currency: order.currency },
      }),
  };
}

/** Whatever went wrong, the channel's own word decides; only a refusal it sticks to is told. */
async function afterError(turn: AfterSalesTurn, decision: DecisionRow, error: unknown): Promise<Ending> {
  const { deps, connection, order, ctx } = turn;
  if (error instanceof CallError && error.mayHaveHappened)
    return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the channel's answer was lost" };
  await deps.db.sellerDecision.update({ where: { id: decision.id }, data: { state: "wanted", sentAt: null } });
  if (!(error instanceof CallError) || !REFUSALS.has(error.family)) throw error;
  const query = { channelOrderIds: [order.channelOrderId] };
  await readCancellations(deps, connection, query);
  await readReturns(deps, connection, query);
  const where = { orderId: order.id, shopId: order.shopId };
  const [cancellations, returns] = await Promise.all([
    deps.db.orderCancellation.findMany({ where }),
    deps.db.orderReturn.findMany({ where }),
  ]);
  const step = stepOf({ ...turn, cancellations, returns }, { ...decision, state: "wanted", sentAt: null });
  if (step.step === "finish") return end(turn, decision, "done");
  if (step.step === "overtake") return end(turn, decision, "overtaken");
  return refuse(turn, decision, error.code ?? error.family);
}

async function refuse(turn: AfterSalesTurn, decision: DecisionRow, code: string): Promise<Ending> {
  await end(turn, decision, "refused", async (tx) => {
    await tx.sellerDecision.update({ where: { id: decision.id }, data: { refusedCode: code } });
    const kind = problemOf(decision);
    const { sentence, nextStep } =
      code === NOT_OPEN ? NOT_OPEN_WORDS : turn.deps.channels(turn.connection.channel).explain(code);
    await openOrderProblem(tx, turn.order, {
      kind,
      severity: "urgent",
      data: {
        ...{ decision: decision.kind, shopifyOrderName: turn.order.shopifyOrderName ?? "" },
        units: decision.channelLineIds.length,
        reasons: [{ code, sentence, nextStep }],
      },
    });
  });
  return DONE;
}

/** A refused decision of staff in Shopify is told as what was done there. */
function problemOf(decision: DecisionRow): OrderProblemKind {
  if (decision.beganIn !== "shopify") return "decision-refused";
  if (decision.kind === "begin-return") return "return-begun-in-shopify";
  return decision.channelLineIds.length > 0 ? "order-units-cancelled-in-shopify" : "order-cancelled-in-shopify";
}

const ENDS = {
  done: { event: "decision.told" },
  refused: { event: "decision.refused" },
  overtaken: { event: "decision.overtaken" },
} as const;

const actorOf = ({ actorKind, actorId }: DecisionRow): Actor => ({ kind: actorKind, id: actorId }) as Actor;

/** The decision comes to its end, told in the order's history by whom it was made. */
async function end(
  { deps, connection, order }: AfterSalesTurn,
  decision: DecisionRow,
  state: "done" | "refused" | "overtaken",
  more?: (tx: Tx) => Promise<void>,
): Promise<Ending> {
  await deps.engine.change(async (tx) => {
    await tx.sellerDecision.update({ where: { id: decision.id }, data: { state } });
    if (state !== "refused")
      await closeOrderProblems(tx, order, [
        "decision-refused",
        ...(decision.beganIn === "shopify" ? [problemOf(decision)] : []),
      ]);
    await recordOrderActivity(tx, order, {
      ...ENDS[state],
      actor: actorOf(decision),
      data: { decision: decision.kind },
    });
    // what the channel made of it is in the order as well: read now, whether its webhook comes or not
    if (state === "done") await deps.engine.want(tx, readWant(connection.id, order.channelOrderId));
    // the order goes on: what waits to be shipped need not wait for the next look
    if (decision.kind === "refuse-cancellation" && state === "done")
      await deps.engine.raise(tx, scopeOf(connection.id), `cancellation:${order.channelOrderId}`);
    await more?.(tx);
  });
  decision.state = state;
  return DONE;
}
