import { after } from "../../../platform/clock.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import type { OrderState, ShopifyReturn } from "../../../shopify/model.ts";
import { type AfterSalesTurn, DONE, joinEndings } from "../after-sales-turn.server.ts";
import { keepDecision } from "../decisions/begin-decision.server.ts";
import { shopifyOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { hasTravelled } from "../intake/owed-units.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { noteOfReturn } from "../returns/return-note.ts";
import type { OrderRow } from "../store.server.ts";
import { compareUnits, type UnitsInShopify } from "./compare-units.ts";
import { nextEditStep } from "./next-edit-step.ts";
import { uncoveredReturns } from "./uncovered-returns.ts";

const BUSY_MS = 2_000;

/** What staff changed in the Shopify order by an edit, a refund of units or a return: carried to the channel, or shown as what must be done. */
export async function followEdits(turn: AfterSalesTurn, state: OrderState): Promise<Ending> {
  const { order } = turn;
  if (order.fulfilledBy === "platform" || order.importState !== "done") return DONE;
  const returned = await followReturns(turn, state);
  // what has left can be changed by nobody
  return hasTravelled(order.status) ? returned : joinEndings([returned, await followUnits(turn, state)]);
}

/** Units that the channel has cancelled, or is about to. */
export const cancelledUnits = (
  order: OrderRow,
  cancellations: readonly { status: string; channelLineIds: string[] }[],
): ReadonlySet<string> =>
  new Set([
    ...order.lines.filter((line) => line.status === "cancelled").map((line) => line.channelLineId),
    ...cancellations
      .filter(({ status }) => status === "approved" || status === "completed")
      .flatMap((one) => one.channelLineIds),
  ]);

/** Null: which line each unit went into is not known, so nothing can be told from the lines. */
export function readEdits(order: OrderRow, state: OrderState, cancelled: ReadonlySet<string>): UnitsInShopify | null {
  if (order.lines.some((line) => line.shopifyLineId === null && line.status !== "cancelled")) return null;
  const fees = factsFromJson(order.facts).money.fees.filter((fee) => fee.amountMinor !== 0n).length;
  return compareUnits(state, order.lines, { cancelled, fees });
}

async function followUnits(turn: AfterSalesTurn, state: OrderState): Promise<Ending> {
  const { deps, order, cancellations, decisions, ctx } = turn;
  const cancelled = cancelledUnits(order, cancellations);
  const edits = readEdits(order, state, cancelled);
  if (!edits) return DONE;
  const parcels = await deps.db.shipment.findMany({
    where: { orderId: order.id, shopId: order.shopId, state: { not: "cancelled" } },
    select: { channelLineIds: true },
  });
  const { toCancel, undone } = nextEditStep(edits.takenOff, {
    ...{ units: order.lines, cancelled },
    shipped: new Set(parcels.flatMap((one) => one.channelLineIds)),
    begun: decisions.filter(isBegunByUnits),
  });
  await deps.engine.change(async (tx) => {
    const data = { units: edits.added, shopifyOrderName: state.name };
    if (edits.added > 0)
      await openOrderProblem(tx, order, { kind: "order-edited-in-shopify", severity: "needs-you", data });
    else await closeOrderProblems(tx, order, ["order-edited-in-shopify"]);
    if (undone.length === 0) return;
    await tx.sellerDecision.updateMany({
      where: { id: { in: undone }, orderId: order.id, state: { in: ["wanted", "refused"] } },
      data: { state: "overtaken" },
    });
    await closeOrderProblems(tx, order, ["order-units-cancelled-in-shopify"]);
    await recordOrderActivity(tx, order, { event: "decision.overtaken", data: { decision: "cancel" } });
  });
  if (undone.length > 0) return { kind: "later", at: ctx.now(), reason: "units stand in Shopify again" };
  if (toCancel.length === 0) return DONE;
  const kept = await deps.engine.change((tx) =>
    keepDecision(deps, tx, order, {
      // TikTok Shop fact §13: single units are cancelled for stock reasons only
      ...{ kind: "cancel", requestId: "", reason: "meaning:out-of-stock", channelLineIds: toCancel },
      ...{ beganIn: "shopify", actor: { kind: "shopify", id: "admin" } },
    }),
  );
  const at = kept.outcome === "told" ? ctx.now() : after(ctx.now(), BUSY_MS);
  return { kind: "later", at, reason: "units were taken off in Shopify: the channel is told" };
}

/** Begun by taking single units off the Shopify order. */
export const isBegunByUnits = (one: { kind: string; beganIn: string; channelLineIds: string[] }): boolean =>
  one.kind === "cancel" && one.beganIn === "shopify" && one.channelLineIds.length > 0;

/** The channel is asked to open a return that staff began in Shopify: it pays buyers back only for those it knows. */
async function followReturns(turn: AfterSalesTurn, state: OrderState): Promise<Ending> {
  const { deps, connection, order, returns, decisions, ctx } = turn;
  const found = state.returnStatus === "NO_RETURN" ? [] : await shopifyOf(deps, connection).returns(state.id);
  const { displayName } = deps.channels(connection.channel);
  const notes = new Set(returns.map((one) => noteOfReturn(displayName, one.channelReturnId)));
  const isOurs = (one: ShopifyReturn) => one.lines.some((line) => notes.has(line.note));
  const uncovered = uncoveredReturns(found, returns, order.lines, isOurs);
  const begun = decisions.filter((one) => one.kind === "begin-return" && one.state !== "overtaken");
  const undone = begun.filter(
    ({ requestId, state: so }) =>
      (so === "wanted" || so === "refused") && !uncovered.some((one) => one.id === requestId),
  );
  if (undone.length > 0)
    await deps.engine.change(async (tx) => {
      await tx.sellerDecision.updateMany({
        where: { id: { in: undone.map((one) => one.id) }, orderId: order.id, state: { in: ["wanted", "refused"] } },
        data: { state: "overtaken" },
      });
      await closeOrderProblems(tx, order, ["return-begun-in-shopify"]);
      await recordOrderActivity(tx, order, { event: "decision.overtaken", data: { decision: "begin-return" } });
    });
  const fresh = uncovered.filter((one) => !begun.some(({ requestId }) => requestId === one.id));
  for (const { id, channelLineIds } of fresh)
    await deps.engine.change((tx) =>
      keepDecision(deps, tx, order, {
        ...{ kind: "begin-return", requestId: id, reason: null, channelLineIds },
        ...{ beganIn: "shopify", actor: { kind: "shopify", id: "admin" } },
      }),
    );
  return fresh.length > 0
    ? { kind: "later", at: ctx.now(), reason: "a return was begun in Shopify: the channel is told" }
    : DONE;
}
