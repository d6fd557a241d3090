import type { OrderProblemShown } from "../../domains/orders/ui/order-page-data.ts";
import { t } from "../../locales/translate.ts";
import { type ProblemText, showProblems } from "./show-problems.server.ts";
import type { Visit } from "./visit.server.ts";

/** Where the cause of a problem is put right. What is named nowhere is looked at again. */
const PLACES: Record<string, "shopify" | "settings" | "create" | "channel" | "page" | "carrier"> = {
  "order-sku-unlinked": "settings",
  "order-currency-differs": "settings",
  "order-doubled": "shopify",
  "order-address-late": "shopify",
  "order-payment-refused": "shopify",
  "order-cancelled-in-shopify": "channel",
  "order-units-cancelled-in-shopify": "channel",
  "order-edited-in-shopify": "shopify",
  "return-begun-in-shopify": "channel",
  "order-hold-released": "shopify",
  "order-hold-given-up": "shopify",
  "order-shipped-early": "shopify",
  "cancellation-after-shipping": "shopify",
  "cancellation-units-shipped": "shopify",
  "cancellation-requested": "page",
  "return-requested": "page",
  "return-arrived": "page",
  "return-restock": "page",
  "return-refused": "shopify",
  "refund-refused": "shopify",
  "refund-differs": "shopify",
  "cancellation-partial": "shopify",
  "cancellation-refused": "shopify",
  "cancellation-not-done": "shopify",
  "fulfilment-refused": "shopify",
  "shipment-carrier-unknown": "carrier",
  "shipment-tracking-missing": "shopify",
  "shipment-refused": "shopify",
  "shipment-by-platform": "shopify",
  "shipment-conflict": "channel",
  "shipment-changed": "channel",
  "shipment-tracking-invalid": "shopify",
  "shipment-split-refused": "shopify",
  "shipment-correction-refused": "channel",
  "shipment-not-in-shopify": "shopify",
};

export interface Places {
  channelUrl: string;
  shopifyUrl: string | null;
  /** The order's own page, for those who look at another one. */
  pageUrl: string;
}

/**
 * The open problems of one order, each with the one action that helps here: "See the order" leads nowhere on its own page. And by how much
 * its amounts differ, if that is one of them.
 */
export async function showOrderProblems(
  visit: Visit,
  orderId: string,
  places: Places,
): Promise<{ problems: OrderProblemShown[]; difference: string | null }> {
  const found = await showProblems(visit.services, visit.shop, { subject: `order:${orderId}` });
  const differs = found.find((one) => one.kind === "order-money-differs");
  return {
    problems: found.map((problem) => ({ ...textsOf(problem), ...actionOf(problem.kind, places) })),
    difference: differs ? t("orders.page.money.differsText", differs.values) : null,
  };
}

function textsOf({ key, title, meaning, affected, since, tone, toneLabel }: ProblemText) {
  return { key, title, meaning, affected, since, tone, toneLabel };
}

/** The one thing to do about a problem of an order, wherever it is shown. No address: looking again. */
export function actionOf(
  kind: string,
  { channelUrl, shopifyUrl, pageUrl }: Places,
): Pick<OrderProblemShown, "label" | "url" | "target"> {
  const place = PLACES[kind];
  if (place === "settings") return { label: t("orders.page.act.settings"), url: "/app/settings#orders", target: null };
  if (place === "create")
    return { label: t("orders.page.act.create"), url: "shopify://admin/draft_orders/new", target: "_top" };
  if (place === "page") return { label: t("orders.page.act.answer"), url: `${pageUrl}#after-sales`, target: null };
  if (place === "carrier") return { label: t("orders.page.act.carrier"), url: `${pageUrl}#carrier`, target: null };
  if (place === "channel") return { label: t("orders.page.act.channel"), url: channelUrl, target: "_blank" };
  if (place === "shopify" && shopifyUrl)
    return { label: t("orders.page.act.shopify"), url: shopifyUrl, target: "_top" };
  return { label: t("orders.page.act.again"), url: null, target: null };
}
