import { data } from "@remix-run/node";
import type { Orders } from "../../domains/orders/index.server.ts";
import { RETURN_ASKS } from "../../domains/orders/model.ts";
import type {
  AfterSaleShown,
  AfterSalesShown,
  ChoiceShown,
  ChoicesShown,
} from "../../domains/orders/ui/after-sales-data.ts";
import type { ConnectionView, ShopView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { BudgetClosed, CallError } from "../../platform/errors.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { byWhom } from "./say-moment.ts";
import { sayTimeLeft } from "./say-time-left.ts";
import type { Visit } from "./visit.server.ts";

type Order = NonNullable<Awaited<ReturnType<Orders["getOrder"]>>>;
type Possible = NonNullable<Awaited<ReturnType<Orders["whatCanBeDecided"]>>>;

/** So long before a buyer's request decides itself, its time is told in red. */
const NEAR_MS = 12 * 3_600_000;
const CANCELLABLE = new Set(["unpaid", "on-hold", "to-ship", "partly-shipped"]);
const TONES: Record<string, AfterSaleShown["state"]["tone"]> = {
  requested: "attention",
  offered: "info",
  "awaiting-item": "info",
  "item-sent": "attention",
  approved: "info",
  completed: "success",
  rejected: null,
  "item-rejected": null,
  withdrawn: null,
};

/** Cancellations, returns and refunds of an order, in final words. */
export function showAfterSales(order: Order, connection: ConnectionView | null, shop: ShopView): AfterSalesShown {
  const told = order.decisions.filter((one) => one.state === "wanted" || one.state === "sending");
  const isTold = (requestId: string) => told.some((one) => one.requestId === requestId);
  const isWorking = connection?.status === "active";
  const items = [
    ...order.returns.map((one) => showReturn(order, one, shop, isTold(one.channelReturnId))),
    ...order.cancellations.map((one) => showCancellation(order, one, shop, isTold(one.channelCancelId))),
  ];
  const hasOpenRequest = order.cancellations.some((one) => one.status === "requested");
  return {
    items: items.sort((a, b) => Number(b.isAsking) - Number(a.isAsking)),
    underWay: told.map((one) =>
      tCode(`orders.afterSales.underWay.${one.kind}`, {}, "orders.afterSales.underWay.unknown"),
    ),
    mayCancel: isWorking && CANCELLABLE.has(order.status) && !hasOpenRequest && !isTold(""),
    pausedNote: isWorking && !connection?.armedFlows.includes("orders") ? t("orders.afterSales.notArmed") : null,
  };
}

const amount = (minor: bigint, currency: string) => `${formatDecimal(minor, currency)} ${currency}`;

function showCancellation(
  order: Order,
  one: Order["cancellations"][number],
  shop: ShopView,
  isTold: boolean,
): AfterSaleShown {
  const { status, shopifyState } = one;
  const isOver = status === "withdrawn";
  const isAsked = status === "requested";
  return {
    key: one.channelCancelId,
    title: t("orders.afterSales.cancellation", { by: byWhom(one.cancelledBy) }),
    state: stateOf("cancellationState", status),
    lines: [
      sayUnits(order, one.channelLineIds),
      ...(one.reason ? [t("orders.afterSales.reason", { reason: one.reason })] : []),
      ...(isOver ? [] : [t(one.restock ? "orders.afterSales.stock.back" : "orders.afterSales.stock.stays")]),
      ...(isOver ? [] : sayMoney(order, "cancellation", one.channelCancelId, one.refundMinor, isAsked)),
      ...(isOver || isAsked ? [] : [t(`orders.afterSales.carried.${carriedWord(shopifyState)}`)]),
    ],
    until: isAsked ? showUntil(one.answerBy, shop) : null,
    isAsking: isAsked && !isTold,
    restock: null,
  };
}

const carriedWord = (state: string) =>
  state === "done" ? "done" : state === "parked" ? "parked" : state === "none" ? "none" : "soon";

function showReturn(order: Order, one: Order["returns"][number], shop: ShopView, isTold: boolean): AfterSaleShown {
  const { status, kind } = one;
  const isAsked = one.answerBy !== null && RETURN_ASKS.includes(status);
  const needsRestock =
    kind === "return" && !one.isKept && !one.restockDecided && (status === "approved" || status === "completed");
  const hasGoods = kind === "return" && !one.isKept;
  const isOver = status === "withdrawn" || status === "rejected";
  return {
    key: one.channelReturnId,
    title: tCode(`orders.afterSales.kind.${kind}`, { by: byWhom(one.openedBy) }, "orders.afterSales.kind.unknown"),
    state: stateOf("returnState", status),
    lines: [
      sayUnits(order, one.channelLineIds),
      ...(one.reason ? [t("orders.afterSales.reason", { reason: one.reason })] : []),
      ...(one.trackingNumber ? [t("orders.afterSales.parcel", { number: one.trackingNumber })] : []),
      ...(one.dispute
        ? [tCode(`orders.afterSales.dispute.${one.dispute}`, {}, "orders.afterSales.dispute.unknown")]
        : []),
      ...(isOver || !hasGoods ? [] : [sayGoods(one)]),
      ...(isOver ? [] : sayMoney(order, "return", one.channelReturnId, one.refundMinor, isAsked)),
      ...(one.shopifyReturnName && one.shopifyState !== "none"
        ? [t("orders.afterSales.inShopify", { name: one.shopifyReturnName })]
        : []),
    ],
    until: isAsked ? showUntil(one.answerBy, shop) : null,
    isAsking: isAsked && !isTold,
    restock: needsRestock
      ? {
          question: t("orders.afterSales.restock.question"),
          units: one.channelLineIds.map((id) => ({ id, title: titleOf(order, id) })),
        }
      : null,
  };
}

function sayGoods(one: Order["returns"][number]): string {
  if (!one.restockDecided) return t("orders.afterSales.stock.undecided");
  const count = one.restockLineIds.length;
  return t("orders.afterSales.stock.decided", { count, all: one.channelLineIds.length });
}

/** What the buyer gets, and whether Shopify has it too. */
function sayMoney(order: Order, source: string, id: string, refundMinor: bigint | null, isAsked: boolean): string[] {
  if (refundMinor === null || refundMinor === 0n) return [];
  const recorded = order.refunds.find((one) => one.source === source && one.sourceId === id && one.part === "money");
  const values = { amount: amount(refundMinor, order.currency) };
  if (recorded?.state === "done") return [t("orders.afterSales.money.recorded", values)];
  if (recorded?.state === "parked") return [t("orders.afterSales.money.parked", values)];
  if (isAsked) return [t("orders.afterSales.money.asked", values)];
  return [t(order.shopifyOrderId ? "orders.afterSales.money.back" : "orders.afterSales.money.only", values)];
}

function stateOf(group: "cancellationState" | "returnState", status: string): AfterSaleShown["state"] {
  const label =
    group === "returnState"
      ? tCode(`orders.afterSales.returnState.${status}`, {}, "orders.afterSales.state.unknown")
      : tCode(`orders.afterSales.cancellationState.${status}`, {}, "orders.afterSales.state.unknown");
  return { label, tone: TONES[status] ?? null };
}

function showUntil(answerBy: Date | null, shop: ShopView): AfterSaleShown["until"] {
  if (!answerBy) return null;
  const leftMs = answerBy.getTime() - Date.now();
  if (leftMs <= 0) return { text: t("orders.afterSales.until.over"), isNear: true };
  return {
    text: t("orders.afterSales.until.open", { at: formatMoment(answerBy, shop.timezone), left: sayTimeLeft(leftMs) }),
    isNear: leftMs <= NEAR_MS,
  };
}

const titleOf = (order: Order, id: string): string => {
  const line = order.lines.find((one) => one.channelLineId === id);
  return line ? [line.title, line.sellerSku].filter(Boolean).join(" · ") : id;
};

function sayUnits(order: Order, ids: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(titleOf(order, id), (counts.get(titleOf(order, id)) ?? 0) + 1);
  return [...counts].map(([title, count]) => t("orders.page.lines.count", { count, title })).join(", ");
}

/** `GET /app/orders/:id/decisions`: what the channel lets the seller decide right now. Throws 404 for an order of another shop. */
export async function loadChoices({ services, shop }: Visit, id: string): Promise<ChoicesShown> {
  const order = await services.orders.getOrder({ shopId: shop.id, id });
  if (!order) throw data(null, { status: 404 });
  try {
    const possible = await services.orders.whatCanBeDecided({ shopId: shop.id, id });
    if (!possible) return { choices: [], note: t("orders.afterSales.dialog.noConnection") };
    const choices = [...cancelChoice(order, possible), ...answerChoices(order, possible)];
    const explained = possible.refusedCode ? services.channel(order.channel).explain(possible.refusedCode) : null;
    return { choices, note: choices.length > 0 ? null : sayNothing(explained, possible.refusedCode) };
  } catch (error) {
    // somebody waits for this answer: what went wrong is told, and the button is still there
    if (error instanceof CallError || error instanceof BudgetClosed)
      return { choices: [], note: t("orders.afterSales.dialog.unreachable") };
    throw error;
  }
}

function sayNothing(explained: { sentence: string } | null, code: string | null): string {
  const nothing = t("orders.afterSales.dialog.nothing");
  return explained
    ? `${nothing} ${tCode(explained.sentence, { code: code ?? "" }, "problems.unknown.reason")}`
    : nothing;
}

function cancelChoice(order: Order, { cancel }: Possible): ChoiceShown[] {
  if (!cancel) return [];
  return [
    {
      ...{ kind: "cancel", requestId: "", label: t("orders.afterSales.choice.cancel") },
      ...{ effect: t("orders.afterSales.effect.cancel"), isRefusal: false, amountIn: null },
      reasons: cancel.reasons.map(({ code, meaning, allowsPart }) => ({
        ...{ code, allowsPart },
        text: meaning === "other" ? code : t(`orders.afterSales.why.${meaning}`),
      })),
      units: cancel.reasons.some((one) => one.allowsPart)
        ? cancel.channelLineIds.map((unitId) => ({ id: unitId, title: titleOf(order, unitId) }))
        : [],
    },
  ];
}

function answerChoices(order: Order, { answers }: Possible): ChoiceShown[] {
  return answers.flatMap(({ requestId, decisions }) =>
    decisions.map(({ kind, reasons }) => ({
      ...{ kind, requestId, units: [], isRefusal: kind.startsWith("refuse-") },
      label: t(`orders.afterSales.choice.${kind}`),
      effect: t(`orders.afterSales.effect.${kind}`),
      reasons: kind.startsWith("refuse-") ? reasons.map((one) => ({ ...one, allowsPart: true })) : [],
      amountIn: kind === "offer-part" ? order.currency : null,
    })),
  );
}
