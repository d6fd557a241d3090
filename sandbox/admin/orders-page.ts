import { escapeHtml } from "../pages/html.ts";
import type { Order, Shop } from "../shopify/model.ts";
import { toDecimal } from "../shopify/money.ts";
import { displayStatus, financialStatus, totals } from "../shopify/orders/status.ts";
import { field, form } from "./page-parts.ts";

const words = (status: string) => status.toLowerCase().replaceAll("_", " ");

/** All orders, newest first: what is in them, where they stand, and what can be done with them now. */
export function ordersPage(shop: Shop, action: string): string {
  const orders = [...shop.orders.values()].reverse().slice(0, 250);
  return orders.map((order) => orderCard(shop, order, action)).join("") || "<p>There are no orders yet.</p>";
}

function orderCard(shop: Shop, order: Order, action: string): string {
  const shipped = displayStatus(shop, order);
  const status = order.cancelledAt === null ? shipped : "CANCELLED";
  const lines = order.lines.map(
    (line) => `<li>${line.quantity} × ${escapeHtml(line.title)} <small>${escapeHtml(line.sku ?? "")}</small></li>`,
  );
  const numbers = order.fulfillmentIds
    .flatMap((id) => shop.fulfillments.get(id) ?? [])
    .map((one) => `${one.company ?? ""} ${one.numbers.join(", ")}`);
  return `<details class="card"><summary><strong>${escapeHtml(order.name)}</strong><span class="grow">${escapeHtml(order.sourceIdentifier ?? "")}</span>
<span>${toDecimal(totals(order).total, order.currency)} ${order.currency}</span><span class="badge">${words(financialStatus(order))}</span><span class="badge">${words(status)}</span></summary>
<ul>${lines.join("")}</ul>${numbers.length > 0 ? `<p>Shipped with ${escapeHtml(numbers.join("; "))}</p>` : ""}${actions(order, status, action)}</details>`;
}

function actions(order: Order, status: string, action: string): string {
  if (status === "CANCELLED" || status === "FULFILLED") return "";
  const ship = form(
    action,
    "fulfil",
    { orderId: order.id },
    `${field("trackingCompany", "Carrier", "UPS")}${field("trackingNumber", "Tracking number", "1Z999AA10123456784")}<button class="primary">Fulfil</button>`,
  );
  const held = status === "ON_HOLD" ? "<p>On hold: it may not be shipped yet.</p>" : ship;
  return `${held}${form(action, "cancel", { orderId: order.id }, '<button class="critical">Cancel order</button>')}`;
}
