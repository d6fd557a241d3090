import { escapeHtml, problem, sayWhen } from "../pages/html.ts";
import type { Order, Shop } from "../shopify/model.ts";
import { financialStatus, totals, unfulfilledQuantity, unitStatus } from "../shopify/orders/status.ts";
import type { World } from "../shopify/world.ts";
import { button, cancelForm, editForm, fulfilForms, privacyForms, refundForm, returnForm } from "./order-forms.ts";
import { orderStatus, statusBadge } from "./orders-page.ts";
import { badge, picture, sayMoney, sayStatus, variantName } from "./page-parts.ts";

/** One order: its lines, its parcels and refunds, and what can be done with it now. */
export function orderPage(
  world: World,
  shop: Shop,
  order: Order,
  path: string,
  error?: { door: string; text: string },
): string {
  const status = orderStatus(shop, order);
  const about = [
    sayWhen(order.createdAt, shop.timezone),
    order.sourceIdentifier ? `channel order ${order.sourceIdentifier}` : "",
  ];
  const wrong = (door: string) => problem(error?.door === door ? error.text : undefined);
  const held = order.fulfillmentOrderIds.some((id) => {
    const unit = shop.fulfillmentOrders.get(id);
    return unit && unitStatus(unit) === "ON_HOLD";
  });
  const hold =
    held && status !== "CANCELLED"
      ? `<section class="card held"><h2>On hold</h2><p>The buyer may still change their mind. It may be shipped when the hold is over; the app releases it then.</p>${wrong("release-holds")}<p class="actions">${button(path, "release-holds", "Release it all the same")}</p></section>`
      : "";
  const calledOff = order.fulfillmentIds.filter((id) => shop.fulfillments.get(id)?.status === "CANCELLED").length;
  const backs = order.returnIds.map((id) => shop.returns.get(id)?.status ?? "");
  const forms = `${hold}${fulfilForms(shop, order, path, wrong)}${editForm(order, path, wrong)}${refundForm(shop, order, path, wrong)}${returnForm(shop, order, path, wrong)}${cancelForm(order, path, wrong)}${privacyForms(path)}`;
  return `<div data-live="order"><div class="order-state" data-key="state"><span>${escapeHtml(about.filter(Boolean).join(" · "))}</span>${badge(sayStatus(financialStatus(order)))}${statusBadge(status)}${order.cancelJobId ? badge("Is being cancelled", "warn") : ""}</div>
<div class="columns" data-key="${status}-${order.refunds.length}-${order.fulfillmentIds.length}-${held}-${calledOff}-${order.lines.reduce((sum, line) => sum + unfulfilledQuantity(line), 0)}-${backs.join("")}"><div>${lines(world, shop, order)}${parcels(shop, order, path, wrong("fulfil-cancel"))}${returns(shop, order, path, wrong("cancel-return"))}${refunds(shop, order)}</div><div>${forms}</div></div></div>`;
}

function lines(world: World, shop: Shop, order: Order): string {
  const rows = order.lines.map((line) => {
    const parts = [
      line.fulfilled > 0 ? `${line.fulfilled} shipped` : "",
      line.refunded > 0 ? `${line.refunded} taken off` : "",
    ].filter(Boolean);
    const url = shop.products.get(line.productId ?? "")?.media[0]?.url;
    return `<li>${picture(world, url, 40)}<span class="grow"><strong>${escapeHtml(line.title)}</strong><small>${escapeHtml([variantName(line.variantTitle), line.sku].filter(Boolean).join(" · "))}</small></span>
<span>${line.quantity} × ${sayMoney(line.unitMinor, order.currency)}${parts.length > 0 ? `<small>${parts.join(", ")}</small>` : ""}</span></li>`;
  });
  const { subtotal, shipping, tax, total, paid, refunded } = totals(order);
  const sums: [string, number][] = [
    ["Goods", subtotal],
    ["Shipping and fees", shipping],
    ["Tax", tax],
    ["Total", total],
    ["Paid", paid],
    ...(refunded > 0 ? [["Refunded", -refunded] as [string, number]] : []),
  ];
  const table = sums.map(([label, minor]) => `<div><dt>${label}</dt><dd>${sayMoney(minor, order.currency)}</dd></div>`);
  return `<section class="card"><h2>What was bought</h2><ul class="lines">${rows.join("")}</ul><dl class="sums">${table.join("")}</dl></section>`;
}

function parcels(shop: Shop, order: Order, path: string, error: string): string {
  const made = order.fulfillmentIds.flatMap((id) => shop.fulfillments.get(id) ?? []);
  if (made.length === 0) return "";
  const rows = made.map(({ id, name, company, numbers, lines: parts, status }) => {
    const units = parts.reduce((sum, one) => sum + one.quantity, 0);
    const number = numbers.length > 0 ? ` <code>${escapeHtml(numbers.join(", "))}</code>` : "";
    const off = order.cancelledAt === null ? button(path, "fulfil-cancel", "Call off", { fulfillmentId: id }) : "";
    return `<li><span class="grow"><strong>${escapeHtml(name)}</strong><small>${escapeHtml(company ?? "no carrier")}${number}</small></span><span>${units === 1 ? "1 unit" : `${units} units`}${status === "CANCELLED" ? ", called off" : off}</span></li>`;
  });
  return `<section class="card"><h2>Parcels</h2>${error}<ul class="lines">${rows.join("")}</ul></section>`;
}

function returns(shop: Shop, order: Order, path: string, error: string): string {
  const made = order.returnIds.flatMap((id) => shop.returns.get(id) ?? []);
  if (made.length === 0) return "";
  const rows = made.map(({ id, name, status, lines: parts }) => {
    const units = parts.reduce((sum, one) => sum + one.quantity, 0);
    const isUntouched = status === "OPEN" && parts.every((one) => one.processed === 0);
    const off = isUntouched ? button(path, "cancel-return", "Cancel return", { returnId: id }) : "";
    return `<li><span class="grow"><strong>${escapeHtml(name)}</strong><small>${sayStatus(status)}</small></span><span>${units === 1 ? "1 unit" : `${units} units`}${off}</span></li>`;
  });
  return `<section class="card"><h2>Returns</h2>${error}<ul class="lines">${rows.join("")}</ul></section>`;
}

function refunds(shop: Shop, order: Order): string {
  if (order.refunds.length === 0) return "";
  const rows = order.refunds.map((refund) => {
    const units = refund.lines.reduce((sum, one) => sum + one.quantity, 0);
    const minor = refund.transactions.reduce((sum, one) => sum + one.amountMinor, 0);
    return `<li><span class="grow">${units === 1 ? "1 unit" : `${units} units`}<small>${sayWhen(refund.createdAt, shop.timezone)}</small></span><span>${sayMoney(minor, order.currency)}</span></li>`;
  });
  return `<section class="card"><h2>Refunds</h2><ul class="lines">${rows.join("")}</ul></section>`;
}
