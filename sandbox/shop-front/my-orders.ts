import { escapeHtml } from "../pages/html.ts";
import { buyerIdOf, PHONE_BUYER } from "../tiktok-shop/buy.ts";
import type { Order, Shop, World } from "../tiktok-shop/model.ts";
import { openLines } from "../tiktok-shop/order-life.ts";
import { sumOrder } from "../tiktok-shop/order-money.ts";
import { BUYER_WORDS, openRequestOf, pictureOf, sayPrice } from "./words.ts";

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
<ul>${rows.join("")}</ul>${parcels.join("")}${cancelPart(world, shop, order)}</article>`;
}

/** Before packing a buyer cancels at once; while it is packed the seller is asked; a shipped order can no longer be cancelled. */
function cancelPart(world: World, shop: Shop, order: Order): string {
  if (openLines(order).length === 0) return "";
  if (openRequestOf(world, order)) return '<p class="asked">You asked to cancel. The shop has not answered yet.</p>';
  const isInstant = order.status === "UNPAID" || order.status === "ON_HOLD";
  const label = isInstant ? "Cancel order" : "Ask to cancel";
  return `<form method="post" action="/shops/${shop.code}/cancel"><input type="hidden" name="orderId" value="${order.id}"><button id="cancel-${order.id}">${label}<span class="hidden-text"> ${order.id}</span></button></form>`;
}
