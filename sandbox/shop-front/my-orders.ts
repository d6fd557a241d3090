import { escapeHtml } from "../pages/html.ts";
import { buyerIdOf, PHONE_BUYER } from "../tiktok-shop/buy.ts";
import type { Order, Return, Shop, World } from "../tiktok-shop/model.ts";
import { openLines } from "../tiktok-shop/order-life.ts";
import { sumOrder } from "../tiktok-shop/order-money.ts";
import { BUYER_RETURN_WORDS, BUYER_WORDS, openRequestOf, pictureOf, sayPrice } from "./words.ts";

/** What the buyer at the phone has bought, newest first, and what can still be done about it. */
export function myOrders(world: World, shop: Shop): string {
  const buyerId = buyerIdOf(PHONE_BUYER);
  const mine = [...world.orders.values()].filter((order) => order.buyerId === buyerId && order.shopId === shop.id);
  if (mine.length === 0)
    return `<div data-live="orders"><div class="empty"><h2>You have not bought anything yet</h2><p>Whatever you buy in the shop appears here, with its parcel’s number once it is on its way.</p><p><a class="button" href="/shops/${shop.code}">Look around the shop</a></p></div></div>`;
  const cards = mine
    .reverse()
    .slice(0, 100)
    .map((order) => orderCard(world, shop, order));
  return `<div class="orders" data-live="orders">${cards.join("")}</div>`;
}

function orderCard(world: World, shop: Shop, order: Order): string {
  const bySku = new Map<string, { name: string; picture: string | null; quantity: number }>();
  for (const line of order.lines) {
    const seen = bySku.get(line.skuId);
    if (seen) seen.quantity += 1;
    else {
      const images = world.products.get(line.productId)?.live?.mainImages ?? [];
      const name = line.skuName === "Default" ? line.productName : `${line.productName}, ${line.skuName}`;
      bySku.set(line.skuId, { name, picture: pictureOf(world, images[0]), quantity: 1 });
    }
  }
  const rows = [...bySku.values()].map(
    ({ name, picture, quantity }) =>
      `<li><div class="picture">${picture ? `<img src="${picture}" alt="" width="44" height="44">` : ""}</div><span>${quantity} × ${escapeHtml(name)}</span></li>`,
  );
  const parcels = order.packageIds.flatMap((id) => {
    const number = world.packages.get(id)?.trackingNumber;
    return number ? [`<p class="tracking">Parcel <code>${escapeHtml(number)}</code></p>`] : [];
  });
  return `<article class="order" data-key="${order.id}"><h2>${BUYER_WORDS[order.status]}</h2><p class="about">Order ${order.id} · ${sayPrice(sumOrder(order).total, order.currency)}</p>
<ul>${rows.join("")}</ul>${parcels.join("")}${cancelPart(world, shop, order)}${returnPart(world, shop, order)}</article>`;
}

const KINDS = [
  ["RETURN_AND_REFUND", "Return it"],
  ["REFUND", "Money back, without returning"],
  ["REPLACEMENT", "Another one"],
] as const;

/** What was delivered can be returned; what was asked for can be gone on with. */
function returnPart(world: World, shop: Shop, order: Order): string {
  const mine = [...world.returns.values()].filter((one) => one.orderId === order.id);
  const rows = mine.map((one) => {
    const steps = NEXT[one.status] ?? [];
    const buttons = steps.map(([what, label]) =>
      form(shop, { returnId: one.id, what }, `<button>${label}<span class="hidden-text"> ${order.id}</span></button>`),
    );
    return `<p class="asked">${BUYER_RETURN_WORDS[one.status]}</p>${buttons.join("")}`;
  });
  const isDelivered = order.status === "DELIVERED" || order.status === "COMPLETED";
  if (!isDelivered || mine.some((one) => !ENDED_WITHOUT.has(one.status))) return rows.join("");
  const options = KINDS.map(([type, label]) => `<option value="${type}">${label}</option>`);
  const ask = form(
    shop,
    { orderId: order.id },
    `<select name="type" aria-label="What you want for ${order.id}">${options.join("")}</select><button id="return-${order.id}">Ask the shop<span class="hidden-text"> about ${order.id}</span></button>`,
  );
  return rows.join("") + ask;
}

function form(shop: Shop, fields: Record<string, string>, inner: string): string {
  const hidden = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<form method="post" action="/shops/${shop.code}/return">${hidden.join("")}${inner}</form>`;
}

const NEXT: Partial<Record<Return["status"], [string, string][]>> = {
  RETURN_OR_REFUND_REQUEST_PENDING: [["withdraw", "Never mind"]],
  REPLACEMENT_REQUEST_PENDING: [["withdraw", "Never mind"]],
  AWAITING_BUYER_SHIP: [
    ["ship", "I sent it back"],
    ["withdraw", "Keep it after all"],
  ],
  AWAITING_BUYER_RESPONSE: [
    ["accept", "Take the offer"],
    ["decline", "No, thank you"],
  ],
};
/** Refused and withdrawn requests may be followed by another one. */
const ENDED_WITHOUT = new Set<Return["status"]>([
  "REFUND_OR_RETURN_REQUEST_REJECT",
  "RETURN_OR_REFUND_REQUEST_CANCEL",
  "REPLACEMENT_REQUEST_REJECT",
  "REPLACEMENT_REQUEST_CANCEL",
]);

/** Before packing a buyer cancels at once; while it is packed the seller is asked; a shipped order can no longer be cancelled. */
function cancelPart(world: World, shop: Shop, order: Order): string {
  if (openLines(order).length === 0) return "";
  if (openRequestOf(world, order)) return '<p class="asked">You asked to cancel. The shop has not answered yet.</p>';
  const isInstant = order.status === "UNPAID" || order.status === "ON_HOLD";
  const label = isInstant ? "Cancel order" : "Ask to cancel";
  return `<form method="post" action="/shops/${shop.code}/cancel"><input type="hidden" name="orderId" value="${order.id}"><button id="cancel-${order.id}">${label}<span class="hidden-text"> ${order.id}</span></button></form>`;
}
