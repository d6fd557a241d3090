import { createHash } from "node:crypto";
import { after } from "../../../platform/clock.ts";
import type { Json, Tx } from "../../../platform/db.server.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { formatDecimal } from "../../../platform/money.ts";
import type { OrderPayments, ShopGateway } from "../../../shopify/model.ts";
import { type AfterSalesTurn, DONE, isArmed, NOT_ARMED, type RefundRow } from "../after-sales-turn.server.ts";
import { shopifyOf } from "../deps.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { nextRefundStep, type RefundState } from "./next-refund-step.ts";
import { type MoneyBack, planMoney, unitsByLine } from "./plan-refund.ts";

const LOOK_MS = 2_000;

export interface RefundOf {
  source: "cancellation" | "return";
  sourceId: string;
}
type RefundInput = Parameters<ShopGateway["createRefund"]>[1];
/** As stored: amounts are text. */
type StoredInput = Omit<RefundInput, "key" | "payments"> & {
  payments: { saleId: string; gateway: string; amountMinor: string }[];
};

const find = ({ refunds }: AfterSalesTurn, of: RefundOf, part: "units" | "money"): RefundRow | undefined =>
  refunds.find((one) => one.source === of.source && one.sourceId === of.sourceId && one.part === part);

/** Takes units that were not shipped off the Shopify order, but for those that are off `already`, by line. "parked": it could not be, and somebody was told. */
export async function takeUnitsOff(
  turn: AfterSalesTurn,
  of: RefundOf,
  units: { channelLineIds: string[]; restock: boolean },
  already: ReadonlyMap<string, number>,
): Promise<Ending | "parked"> {
  const { order } = turn;
  const known = find(turn, of, "units");
  if (known) return carryRefund(turn, known);
  const byLine = unitsByLine(order.lines, units.channelLineIds);
  if (!byLine) return "parked";
  const lines = [...byLine].flatMap(([lineItemId, count]) => {
    const quantity = count - (already.get(lineItemId) ?? 0);
    return quantity > 0 ? [{ lineItemId, quantity, restock: units.restock }] : [];
  });
  if (lines.length === 0) return DONE;
  return carryRefund(turn, await keep(turn, of, "units", { lines, payments: [] }));
}

/** Records what the channel paid back. Done at once where it paid nothing back. */
export async function recordMoneyBack(turn: AfterSalesTurn, of: RefundOf, back: MoneyBack): Promise<Ending> {
  const { deps, connection, order } = turn;
  const known = find(turn, of, "money");
  if (known) return known.state === "done" ? DONE : ignoreParked(await carryRefund(turn, known));
  if (order.shopifyOrderId === null) return DONE;
  if (!isArmed(turn)) return NOT_ARMED;
  const payments = await shopifyOf(deps, connection).payments(order.shopifyOrderId);
  if (!payments) return DONE;
  const channelName = deps.channels(connection.channel).displayName;
  const there = back.mayBeRecorded ? recordedByHand(turn, payments) : 0n;
  if (there > 0n && there >= sumOf(back)) return tellFound(turn, of, payments, sumOf(back));
  const plan = planMoney(less(back, there), {
    ...{ payments, channelName, buyerPaidMinor: order.buyerPaidMinor },
    recorded: recordedByUs(turn),
  });
  if (plan.outcome === "exceeds") return tellExceeds(turn, of, payments, plan);
  if (plan.amountMinor === 0n) return recordWithoutCall(turn, of, there);
  const what = { lines: [], payments: plan.payments, amountMinor: plan.amountMinor + there };
  return ignoreParked(await carryRefund(turn, await keep(turn, of, "money", what)));
}

/** What our refunds took off which payment. */
const recordedByUs = ({ refunds }: AfterSalesTurn) =>
  refunds
    .filter((one) => one.part === "money" && one.state === "done")
    .flatMap((one) => (one.input as unknown as Partial<StoredInput>).payments ?? [])
    .map(({ saleId, amountMinor }) => ({ saleId, amountMinor: BigInt(amountMinor) }));

/** What was refunded in Shopify beyond ours. */
function recordedByHand({ refunds }: AfterSalesTurn, payments: OrderPayments): bigint {
  const ours = refunds.filter((one) => one.part === "money").reduce((sum, one) => sum + one.amountMinor, 0n);
  return payments.refundedMinor > ours ? payments.refundedMinor - ours : 0n;
}

const sumOf = ({ buyerMinor, platformMinor }: MoneyBack): bigint =>
  buyerMinor + (platformMinor === "rest" ? 0n : platformMinor);

/** What is still to be recorded: the buyer's part first. */
function less(back: MoneyBack, there: bigint): MoneyBack {
  const { buyerMinor, platformMinor } = back;
  const ofBuyer = there < buyerMinor ? there : buyerMinor;
  return {
    buyerMinor: buyerMinor - ofBuyer,
    platformMinor: platformMinor === "rest" ? platformMinor : platformMinor - (there - ofBuyer),
  };
}

/** Recorded in Shopify by hand: nothing is left to do. What was refunded beyond it is told. */
async function tellFound(
  turn: AfterSalesTurn,
  of: RefundOf,
  payments: OrderPayments,
  amountMinor: bigint,
): Promise<Ending> {
  const ours = turn.refunds.filter((one) => one.part === "money" && one.state === "done");
  const channelMinor = ours.reduce((sum, one) => sum + one.amountMinor, 0n) + amountMinor;
  await turn.deps.engine.change(async (tx) => {
    await tx.orderRefund.createMany({
      data: [
        {
          ...{ shopId: turn.order.shopId, orderId: turn.order.id, ...of, part: "money", state: "done" },
          ...{ idempotencyKey: keyOf(turn, of, "money"), input: {}, amountMinor },
        },
      ],
      skipDuplicates: true,
    });
    await recordOrderActivity(tx, turn.order, { event: "refund.found", data: moneyOf(turn, amountMinor) });
    if (channelMinor === payments.refundedMinor) await closeOrderProblems(tx, turn.order, ["refund-differs"]);
    else await tellDiffers(tx, turn, { channelMinor, shopifyMinor: payments.refundedMinor });
  });
  return DONE;
}

/** Nothing is left to be paid back: whoever asks whether this one's money is done finds that it is. */
async function recordWithoutCall(turn: AfterSalesTurn, of: RefundOf, amountMinor: bigint): Promise<Ending> {
  const { deps, order, refunds } = turn;
  const key = { orderId: order.id, ...of, part: "money" };
  await deps.db.orderRefund.createMany({
    data: [
      {
        ...{ ...key, shopId: order.shopId, idempotencyKey: keyOf(turn, of, "money"), input: {} },
        ...{ amountMinor, state: "done" },
      },
    ],
    skipDuplicates: true,
  });
  refunds.push(await deps.db.orderRefund.findUniqueOrThrow({ where: { orderId_source_sourceId_part: key } }));
  return DONE;
}

const ignoreParked = (end: Ending | "parked"): Ending => (end === "parked" ? DONE : end);

/** More went back on the channel than is left in Shopify. Recorded there by hand to the cent already: nothing is left to do. */
async function tellExceeds(
  turn: AfterSalesTurn,
  of: RefundOf,
  payments: OrderPayments,
  plan: { channelMinor: bigint; leftMinor: bigint },
): Promise<Ending> {
  const ours = turn.refunds.filter((one) => one.part === "money" && one.state === "done");
  const channelMinor = ours.reduce((sum, one) => sum + one.amountMinor, 0n) + plan.channelMinor;
  const isEven = channelMinor === payments.refundedMinor;
  await turn.deps.engine.change(async (tx) => {
    await tx.orderRefund.createMany({
      data: [
        {
          ...{ shopId: turn.order.shopId, orderId: turn.order.id, ...of, part: "money" },
          ...{ idempotencyKey: keyOf(turn, of, "money"), input: {}, amountMinor: plan.channelMinor },
          state: isEven ? "done" : "parked",
        },
      ],
      skipDuplicates: true,
    });
    if (isEven)
      await recordOrderActivity(tx, turn.order, { event: "refund.found", data: moneyOf(turn, plan.channelMinor) });
    else await tellDiffers(tx, turn, { channelMinor, shopifyMinor: payments.refundedMinor });
  });
  return DONE;
}

const moneyOf = ({ order }: AfterSalesTurn, minor: bigint) => ({
  amount: `${formatDecimal(minor, order.currency)} ${order.currency}`,
});

async function tellDiffers(
  tx: Tx,
  turn: AfterSalesTurn,
  sums: { channelMinor: bigint; shopifyMinor: bigint },
): Promise<void> {
  const say = (minor: bigint) => moneyOf(turn, minor).amount;
  await openOrderProblem(tx, turn.order, {
    kind: "refund-differs",
    severity: "needs-you",
    data: { channelAmount: say(sums.channelMinor), shopifyAmount: say(sums.shopifyMinor) },
  });
}

/** The same event has the same key, in whatever process and at whatever time; a refused call had no effect and gets a new one. */
function keyOf({ order }: AfterSalesTurn, of: RefundOf, part: string): string {
  const { shopId, channel, channelShopId, channelOrderId } = order;
  return asUuid([shopId, channel, channelShopId, channelOrderId, of.source, of.sourceId, part].join(" "));
}

function asUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

const noteOf = (turn: AfterSalesTurn, { source, sourceId }: RefundOf, part: string): string =>
  `${turn.deps.channels(turn.connection.channel).displayName} ${source} ${sourceId} (${part})`;

/** Stored before the first call: whoever repeats it sends the same. */
async function keep(
  turn: AfterSalesTurn,
  of: RefundOf,
  part: "units" | "money",
  /** `amountMinor`: what went back, where a part of it is recorded already. */
  what: Pick<RefundInput, "lines" | "payments"> & { amountMinor?: bigint },
): Promise<RefundRow> {
  const { deps, order } = turn;
  const amountMinor = what.amountMinor ?? what.payments.reduce((sum, one) => sum + one.amountMinor, 0n);
  const input: StoredInput = {
    note: noteOf(turn, of, part),
    currency: order.currency,
    lines: what.lines,
    payments: what.payments.map((one) => ({ ...one, amountMinor: one.amountMinor.toString() })),
  };
  const key = { orderId: order.id, ...of, part };
  await deps.db.orderRefund.createMany({
    data: [
      {
        ...{ ...key, shopId: order.shopId, idempotencyKey: keyOf(turn, of, part) },
        ...{ input: input as unknown as Json, amountMinor },
      },
    ],
    skipDuplicates: true,
  });
  const kept = await deps.db.orderRefund.findUniqueOrThrow({ where: { orderId_source_sourceId_part: key } });
  turn.refunds.push(kept);
  return kept;
}

async function carryRefund(turn: AfterSalesTurn, refund: RefundRow): Promise<Ending | "parked"> {
  const { deps, connection, order, ctx } = turn;
  if (order.shopifyOrderId === null || refund.state === "done") return DONE;
  const input = refund.input as unknown as StoredInput;
  const payments = await shopifyOf(deps, connection).payments(order.shopifyOrderId);
  if (!payments) return DONE;
  const found = payments.refunds.find((one) => input.note && one.note === input.note) ?? null;
  const step = nextRefundStep(
    { state: refund.state as RefundState, sentAt: refund.sentAt },
    { now: ctx.now(), isArmed: isArmed(turn), isFound: found !== null },
  );
  switch (step.step) {
    case "nothing":
      return refund.state === "parked" ? "parked" : DONE;
    case "finish":
      return finish(turn, refund, { refundId: found?.id ?? null, totalMinor: found?.totalMinor ?? 0n, payments });
    case "wait":
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the refund's answer was lost" };
    case "wait-for-arming":
      return NOT_ARMED;
    case "send":
      return send(turn, refund, { input, payments });
  }
}

async function send(
  turn: AfterSalesTurn,
  refund: RefundRow,
  { input, payments }: { input: StoredInput; payments: OrderPayments },
): Promise<Ending | "parked"> {
  const { deps, connection, claim, ctx, order } = turn;
  if (order.shopifyOrderId === null) return DONE;
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  await mark(turn, refund, { state: "sending", sentAt: ctx.now() });
  try {
    const result = await shopifyOf(deps, connection).createRefund(order.shopifyOrderId, {
      ...input,
      key: refund.idempotencyKey,
      payments: input.payments.map((one) => ({ ...one, amountMinor: BigInt(one.amountMinor) })),
    });
    switch (result.outcome) {
      case "recorded":
        return await finish(turn, refund, { ...result, payments: plus(payments, result.totalMinor) });
      case "busy":
        return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "Shopify still works on the refund" };
      case "refused":
        await park(turn, refund, result.reasons);
        return "parked";
    }
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the refund's answer was lost" };
    await mark(turn, refund, { state: "wanted", sentAt: null });
    throw error;
  }
}

const plus = (payments: OrderPayments, minor: bigint): OrderPayments => ({
  ...payments,
  refundedMinor: payments.refundedMinor + minor,
});

const mark = ({ deps }: AfterSalesTurn, refund: RefundRow, data: { state: RefundState; sentAt: Date | null }) =>
  deps.db.orderRefund.update({ where: { id: refund.id }, data });

/** It is there. Both sides' sums are compared with it. */
async function finish(
  turn: AfterSalesTurn,
  refund: RefundRow,
  there: { refundId: string | null; totalMinor: bigint; payments: OrderPayments },
): Promise<Ending> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await tx.orderRefund.update({
      where: { id: refund.id },
      data: { state: "done", shopifyRefundId: there.refundId },
    });
    const isMoney = refund.part === "money";
    const units = (refund.input as unknown as StoredInput).lines.reduce((sum, line) => sum + line.quantity, 0);
    await recordOrderActivity(tx, order, {
      event: isMoney ? "refund.recorded" : "refund.units-taken-off",
      data: isMoney ? moneyOf(turn, refund.amountMinor) : { count: units },
    });
    await closeOrderProblems(tx, order, ["refund-refused"]);
    if (!isMoney) return;
    const sums = await tx.orderRefund.aggregate({
      where: { orderId: order.id, part: "money", state: "done" },
      _sum: { amountMinor: true },
    });
    const channelMinor = sums._sum.amountMinor ?? 0n;
    const { refundedMinor: shopifyMinor } = there.payments;
    if (channelMinor !== shopifyMinor) await tellDiffers(tx, turn, { channelMinor, shopifyMinor });
    else await closeOrderProblems(tx, order, ["refund-differs"]);
  });
  refund.state = "done";
  return DONE;
}

async function park(turn: AfterSalesTurn, refund: RefundRow, reasons: string[]): Promise<void> {
  const { deps, order } = turn;
  await deps.engine.change(async (tx) => {
    await tx.orderRefund.update({ where: { id: refund.id }, data: { state: "parked", sentAt: null } });
    await openOrderProblem(tx, order, {
      kind: "refund-refused",
      severity: "urgent",
      data: { reasons: reasons.map((message) => ({ message })), amount: moneyOf(turn, refund.amountMinor).amount },
    });
    await recordOrderActivity(tx, order, { event: "refund.parked" });
  });
}

/** Somebody looked: what Shopify refused is tried once more, under a key of its own; amounts that did not fit are planned anew. */
export async function retryParkedRefunds(tx: Tx, order: { id: string; shopId: string }): Promise<void> {
  const where = { orderId: order.id, shopId: order.shopId, state: "parked" };
  for (const refund of await tx.orderRefund.findMany({ where })) {
    const isUnplanned = Object.keys(refund.input as object).length === 0;
    if (isUnplanned) await tx.orderRefund.delete({ where: { id: refund.id } });
    else
      await tx.orderRefund.update({
        where: { id: refund.id },
        data: { state: "wanted", sentAt: null, idempotencyKey: asUuid(`again ${refund.idempotencyKey}`) },
      });
  }
}
