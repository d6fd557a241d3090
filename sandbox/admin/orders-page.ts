import { escapeHtml, sayWhen } from "../pages/html.ts";
import { numberOf } from "../shopify/ids.ts";
import type { Order, Shop } from "../shopify/model.ts";
import { displayStatus, financialStatus, totals } from "../shopify/orders/status.ts";
import { badge, emptyState, sayMoney, sayStatus, storePath } from "./page-parts.ts";

const STEP = 50;
const VIEWS: [string, string, (status: string) => boolean][] = [
  ["", "All", () => true],
  ["open", "To ship", (status) => status === "UNFULFILLED" || status === "PARTIALLY_FULFILLED"],
  ["held", "On hold", (status) => status === "ON_HOLD"],
  ["shipped", "Shipped", (status) => status === "FULFILLED"],
  ["cancelled", "Cancelled", (status) => status === "CANCELLED"],
];

/** What state an order is in: cancelled, or how much of it has been shipped. */
export function orderStatus(shop: Shop, order: Order): string {
  return order.cancelledAt === null ? displayStatus(shop, order) : "CANCELLED";
}

/** The state of an order in its colour. */
export function statusBadge(status: string): string {
  const tone = { FULFILLED: "good", ON_HOLD: "warn", CANCELLED: "bad" }[status] as "good" | "warn" | "bad" | undefined;
  return badge(status === "UNFULFILLED" ? "To ship" : status === "FULFILLED" ? "Shipped" : sayStatus(status), tone);
}

/** All orders of a shop, newest first. */
export function ordersPage(shop: Shop, query: URLSearchParams): string {
  const path = `${storePath(shop)}/orders`;
  if (shop.orders.size === 0)
    return `<div data-live="orders">${emptyState("There are no orders yet", "Somebody has to buy something: open the <strong>Sandbox</strong> drawer below and press “Buy one”. The app brings the order here.")}</div>`;
  const view = VIEWS.find(([name]) => name === (query.get("view") ?? "")) ?? VIEWS[0];
  const shown = Math.max(STEP, Number(query.get("shown")) || 0);
  const all = [...shop.orders.values()].reverse();
  const found = all.filter((order) => view?.[2](orderStatus(shop, order)));
  const tabs = VIEWS.map(([name, label]) => {
    const here = name === view?.[0] ? ' aria-current="page"' : "";
    return `<a href="${path}${name ? `?view=${name}` : ""}"${here}>${label}</a>`;
  });
  const rows = found.slice(0, shown).map((order) => row(shop, order));
  const list =
    rows.length > 0 ? rows.join("") : '<li class="nothing" data-key="nothing">No order is in this view.</li>';
  const more =
    found.length > shown
      ? `<p class="more"><a class="button" href="${path}?view=${view?.[0]}&amp;shown=${shown + STEP}">Show more</a></p>`
      : "";
  return `<nav class="views" aria-label="Views">${tabs.join("")}</nav><div data-live="orders"><ul class="list card">${list}</ul></div>${more}`;
}

function row(shop: Shop, order: Order): string {
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const from = order.sourceIdentifier ? ` · channel order ${escapeHtml(order.sourceIdentifier)}` : "";
  return `<li data-key="${numberOf(order.id)}"><a class="row" href="${storePath(shop)}/orders/${numberOf(order.id)}"><span class="grow"><strong>${escapeHtml(order.name)}</strong><small>${sayWhen(order.createdAt, shop.timezone)} · ${units === 1 ? "1 unit" : `${units} units`}${from}</small></span>
<span class="side"><span class="money">${sayMoney(totals(order).current, order.currency)}</span><span class="badges">${badge(sayStatus(financialStatus(order)))}${statusBadge(orderStatus(shop, order))}</span></span></a></li>`;
}
