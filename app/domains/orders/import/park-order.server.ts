import type { Json } from "../../../platform/db.server.ts";
import { formatDecimal } from "../../../platform/money.ts";
import type { OrderCreateResult } from "../../../shopify/model.ts";
import type { BuyerData } from "../intake/merge-buyer.ts";
import type { OrderProblemKind } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import type { DraftResult } from "./order-draft.ts";

/** Every reason an order can be parked for; all closed when it goes on. */
export const PARKING_PROBLEMS = [
  "order-sku-unlinked",
  "order-money-differs",
  "order-currency-differs",
  "order-without-lines",
  "order-refused",
  "order-stuck",
] as const satisfies readonly OrderProblemKind[];

export interface ParkReason {
  kind: (typeof PARKING_PROBLEMS)[number];
  data: Record<string, Json>;
  waitsFor: string;
}

/** Why an order without a draft is parked, and what wakes it. */
export function reasonOfDraft(result: Exclude<DraftResult, { outcome: "draft" }>, currency: string): ParkReason {
  switch (result.outcome) {
    case "unlinked":
      return {
        kind: "order-sku-unlinked",
        data: { channelSkuIds: result.channelSkuIds },
        waitsFor: `sku:${result.channelSkuIds[0]}`,
      };
    case "no-lines":
      return { kind: "order-without-lines", data: {}, waitsFor: "merchant" };
    case "currency":
      return { kind: "order-currency-differs", data: { order: result.order, shop: result.shop }, waitsFor: "settings" };
    case "differs":
      return {
        kind: "order-money-differs",
        data: {
          currency,
          expected: formatDecimal(result.expectedMinor, currency),
          paid: formatDecimal(result.paidMinor, currency),
          buyerPaid: formatDecimal(result.buyerPaidMinor, currency),
          platformPaid: formatDecimal(result.platformPaidMinor, currency),
          difference: formatDecimal(result.differenceMinor, currency),
        },
        waitsFor: "merchant",
      };
  }
}

/** Why Shopify did not take the order. Its sentences may quote what was sent: nothing of the buyer stays in them. */
export function reasonOfRefusal(
  result: Extract<OrderCreateResult, { outcome: "refused" }>,
  buyer: BuyerData | null,
): ParkReason {
  const reasons = result.reasons.map(({ code, field, message }) => ({
    code: code ?? "",
    field,
    message: withoutBuyer(message, buyer),
  }));
  return { kind: "order-refused", data: { reasons }, waitsFor: "merchant" };
}

function withoutBuyer(text: string, known: BuyerData | null): string {
  if (!known) return text;
  const { email, address } = known.buyer;
  const values = [email, ...Object.values(address)].filter((value) => value.trim().length > 2);
  return values.reduce((left, value) => left.replaceAll(value, "•••"), text);
}

/**
 * Parks an order: visible, with its problem, its units still kept back. It wakes by itself when the named thing comes, and is tried
 * again once an hour in any case.
 */
export async function parkOrder({ deps, claim, ctx, order }: ImportTurn, reason: ParkReason): Promise<StepResult> {
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: { importState: "parked", parkedReason: reason.kind, turnAt: null },
    });
    await closeOrderProblems(
      tx,
      order,
      PARKING_PROBLEMS.filter((kind) => kind !== reason.kind),
    );
    await openOrderProblem(tx, order, { kind: reason.kind, severity: "needs-you", data: reason.data });
    const isNews = order.importState !== "parked" || order.parkedReason !== reason.kind;
    if (isNews) await recordOrderActivity(tx, order, { event: "order.parked", data: { reason: reason.kind } });
    await ctx.end(claim, { kind: "waits", for: reason.waitsFor, reason: reason.kind }, tx);
  });
  return "ended";
}
