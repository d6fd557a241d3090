import { after } from "../../../platform/clock.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { ShopifyReturn } from "../../../shopify/model.ts";
import { type AfterSalesTurn, DONE, isArmed, NOT_ARMED, type ReturnRow } from "../after-sales-turn.server.ts";
import { platformPartOf } from "../cancellations/carry-cancellation.server.ts";
import { shopifyOf } from "../deps.ts";
import { unitsOfReturn } from "../edits/uncovered-returns.ts";
import type { ImportState, ReturnCarriage } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { unitsByLine } from "../refunds/plan-refund.ts";
import { recordMoneyBack } from "../refunds/record-refund.server.ts";
import { nextReturnStep, type ReturnStep } from "./next-return-step.ts";
import { noteOfReturn } from "./return-note.ts";
import { chooseShipped, shareRestock } from "./share-units.ts";

const LOOK_MS = 2_000;
/** A return may come before the fulfilment it is about: fulfilments are read late at times. */
const SHIPPED_WITHIN_MS = 10 * 60_000;

/** Carries every return of an order: the goods, then the money. */
export async function carryReturns(turn: AfterSalesTurn): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const one of turn.returns) {
    endings.push(await carryGoods(turn, one));
    endings.push(await carryMoney(turn, one));
  }
  return endings;
}

/** The channel has paid: its refund is recorded, whatever becomes of the goods. */
async function carryMoney(turn: AfterSalesTurn, one: ReturnRow): Promise<Ending> {
  const isPaid = one.status === "completed" && (one.refundMinor ?? 0n) > 0n;
  if (!isPaid || turn.order.shopifyOrderId === null) return DONE;
  return recordMoneyBack(
    turn,
    { source: "return", sourceId: one.channelReturnId },
    {
      buyerMinor: one.refundMinor ?? 0n,
      platformMinor: one.platformMinor ?? (one.kind === "refund" ? 0n : platformPartOf(turn.order, one.channelLineIds)),
    },
  );
}

const noteOf = (turn: AfterSalesTurn, one: ReturnRow): string =>
  noteOfReturn(turn.deps.channels(turn.connection.channel).displayName, one.channelReturnId);

async function carryGoods(turn: AfterSalesTurn, one: ReturnRow): Promise<Ending> {
  const { deps, connection, order, ctx } = turn;
  const decided = await decideBySetting(turn, one);
  const facts = {
    ...{ kind: one.kind, status: one.status, isKept: one.isKept, sentAt: one.sentAt, isRestockDecided: decided },
    ...{ importState: order.importState as ImportState, shopifyOrderId: order.shopifyOrderId },
    shopifyState: one.shopifyState as ReturnCarriage,
  };
  const world = { now: ctx.now(), isArmed: isArmed(turn) };
  const unseen = nextReturnStep(facts, { ...world, found: "none" });
  // without a reason to look, Shopify is not asked
  if (order.shopifyOrderId === null || unseen.step === "nothing") return act(turn, one, unseen, null);
  const found = await shopifyOf(deps, connection).returns(order.shopifyOrderId);
  const named = found.filter((some) => some.lines.some((line) => line.note === noteOf(turn, one)));
  const ours = named.length > 0 ? named : found.filter((some) => isBegunByStaff(turn, one, some));
  const live = ours.find((some) => some.status !== "CANCELED" && some.status !== "DECLINED") ?? ours[0] ?? null;
  return act(turn, one, nextReturnStep(facts, { ...world, found: stateOf(live) }), live);
}

/** Staff opened it in Shopify for the very units, before the channel knew of it. */
function isBegunByStaff({ order, returns }: AfterSalesTurn, one: ReturnRow, some: ShopifyReturn): boolean {
  if (some.status === "CANCELED" || some.status === "DECLINED") return false;
  if (returns.some((other) => other !== one && other.shopifyReturnId === some.id)) return false;
  const wanted = unitsByLine(order.lines, one.channelLineIds);
  const there = unitsOfReturn(some);
  return wanted?.size === there.size && [...there].every(([lineId, count]) => wanted.get(lineId) === count);
}

function stateOf(found: ShopifyReturn | null): "none" | "open" | "processed" | "cancelled" {
  if (!found) return "none";
  if (found.status === "CANCELED" || found.status === "DECLINED") return "cancelled";
  const isProcessed = found.lines.every((line) => line.processed >= line.quantity);
  return isProcessed || found.status === "CLOSED" ? "processed" : "open";
}

async function act(
  turn: AfterSalesTurn,
  one: ReturnRow,
  step: ReturnStep,
  found: ShopifyReturn | null,
): Promise<Ending> {
  if (found && found.status !== "CANCELED" && one.shopifyReturnId !== found.id) await adopt(turn, one, found);
  switch (step.step) {
    case "nothing":
    case "wait-for-import":
      return DONE;
    case "wait-for-arming":
      return NOT_ARMED;
    case "wait":
      return { kind: "later", at: after(turn.ctx.now(), LOOK_MS), reason: "the return's answer was lost" };
    case "finish":
      return finish(turn, one, step.how);
    case "ask-restock":
      await turn.deps.engine.change((tx) =>
        openOrderProblem(tx, turn.order, {
          kind: "return-restock",
          severity: "needs-you",
          data: { units: one.channelLineIds.length },
        }),
      );
      return DONE;
    case "open":
      return open(turn, one);
    case "process":
      return found ? process(turn, one, found) : DONE;
    case "cancel":
      return found ? cancel(turn, one, found) : DONE;
  }
}

/** The connection's setting decides where it does not leave it to somebody. */
async function decideBySetting({ deps, connection }: AfterSalesTurn, one: ReturnRow): Promise<boolean> {
  if (one.restockDecided) return true;
  const { restockReturns } = connection.settings;
  if (restockReturns === "ask") return false;
  const restockLineIds = restockReturns === "restock" ? one.channelLineIds : [];
  await deps.db.orderReturn.update({ where: { id: one.id }, data: { restockDecided: true, restockLineIds } });
  Object.assign(one, { restockDecided: true, restockLineIds });
  return true;
}

async function open(turn: AfterSalesTurn, one: ReturnRow): Promise<Ending> {
  const { deps, connection, order, ctx } = turn;
  const shopifyOrderId = order.shopifyOrderId as string;
  const shopify = shopifyOf(deps, connection);
  const byLine = unitsByLine(order.lines, one.channelLineIds);
  const lines = byLine ? chooseShipped(byLine, await shopify.returnable(shopifyOrderId)) : null;
  if (!lines) {
    if (ctx.now() < after(one.updateTime, SHIPPED_WITHIN_MS))
      return { kind: "later", at: after(ctx.now(), 30_000), reason: "not shipped in Shopify yet" };
    return park(turn, one, []);
  }
  return send(turn, one, "opening", async () => {
    const result = await shopify.openReturn(shopifyOrderId, {
      ...{ note: noteOf(turn, one), lines },
      requestedAt: one.updateTime,
    });
    if (result.outcome === "refused") return park(turn, one, result.reasons);
    await adopt(turn, one, result.return);
    return { kind: "later", at: ctx.now(), reason: "the return was opened" };
  });
}

async function process(turn: AfterSalesTurn, one: ReturnRow, found: ShopifyReturn): Promise<Ending> {
  const { deps, connection, order } = turn;
  const restock = unitsByLine(order.lines, one.restockLineIds) ?? new Map<string, number>();
  const lines = shareRestock(found.lines, restock);
  if (lines.length === 0) return finish(turn, one, "done");
  return send(turn, one, "closing", async () => {
    const result = await shopifyOf(deps, connection).processReturn(found.id, lines);
    return result.outcome === "refused" ? park(turn, one, result.reasons) : finish(turn, one, "done");
  });
}

async function cancel(turn: AfterSalesTurn, one: ReturnRow, found: ShopifyReturn): Promise<Ending> {
  return send(turn, one, "cancelling", async () => {
    const result = await shopifyOf(turn.deps, turn.connection).cancelReturn(found.id);
    return result.outcome === "refused" ? park(turn, one, result.reasons) : finish(turn, one, "none");
  });
}

/** Committed before the call: what is found "opening" or "closing" is looked for before it is sent again. */
async function send(
  turn: AfterSalesTurn,
  one: ReturnRow,
  shopifyState: "opening" | "closing" | "cancelling",
  call: () => Promise<Ending>,
): Promise<Ending> {
  const { deps, claim, ctx } = turn;
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  const before = one.shopifyState;
  await mark(turn, one, { shopifyState, sentAt: ctx.now() });
  try {
    return await call();
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the return's answer was lost" };
    await deps.db.orderReturn.update({ where: { id: one.id }, data: { shopifyState: before, sentAt: null } });
    throw error;
  }
}

async function mark(
  { deps }: AfterSalesTurn,
  one: ReturnRow,
  data: { shopifyState: ReturnCarriage; sentAt: Date | null },
): Promise<void> {
  await deps.db.orderReturn.update({ where: { id: one.id }, data });
  Object.assign(one, data);
}

/** Our return is there, made by this call or an earlier one. */
async function adopt({ deps, order }: AfterSalesTurn, one: ReturnRow, found: ShopifyReturn): Promise<void> {
  if (one.shopifyReturnId === found.id) return;
  const data = { shopifyReturnId: found.id, shopifyReturnName: found.name, shopifyState: "open", sentAt: null };
  await deps.engine.change(async (tx) => {
    await tx.orderReturn.update({ where: { id: one.id }, data });
    await recordOrderActivity(tx, order, { event: "return.opened-in-shopify", data: { name: found.name } });
  });
  Object.assign(one, data);
}

async function finish(turn: AfterSalesTurn, one: ReturnRow, how: "done" | "none"): Promise<Ending> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await tx.orderReturn.update({ where: { id: one.id }, data: { shopifyState: how, sentAt: null } });
    await closeOrderProblems(tx, order, ["return-restock", "return-refused"]);
    if (how === "done")
      await recordOrderActivity(tx, order, {
        event: "return.processed-in-shopify",
        data: {
          name: one.shopifyReturnName ?? "",
          restocked: one.restockLineIds.length,
          count: one.channelLineIds.length,
        },
      });
  });
  one.shopifyState = how;
  return DONE;
}

async function park(turn: AfterSalesTurn, one: ReturnRow, reasons: string[]): Promise<Ending> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await tx.orderReturn.update({ where: { id: one.id }, data: { shopifyState: "parked", sentAt: null } });
    await openOrderProblem(tx, order, {
      kind: "return-refused",
      severity: "needs-you",
      data: { reasons: reasons.map((message) => ({ message })), units: one.channelLineIds.length },
    });
    await recordOrderActivity(tx, order, { event: "return.parked" });
  });
  one.shopifyState = "parked";
  return DONE;
}
