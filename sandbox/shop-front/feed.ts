import { escapeHtml } from "../pages/html.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";
import { listOnSale, type OnSale } from "../tiktok-shop/pick.ts";
import { isConnected, pictureOf, sayPrice } from "./words.ts";

const STEP = 60;

/** What is on sale in a shop, newest first: picture, price, what is left, Buy. */
export function feed(world: World, shop: Shop, shown: number): string {
  const onSale = listOnSale(world, shop.id);
  if (onSale.length === 0) return `<div data-live="feed">${empty(world, shop)}</div>`;
  const count = Math.max(STEP, shown || 0);
  const cards = onSale.slice(0, count).map((one) => card(world, shop, one));
  const more =
    onSale.length > count
      ? `<p class="more" data-key="more"><a href="/shops/${shop.code}?shown=${count + STEP}">Show more (${onSale.length - count} left)</a></p>`
      : "";
  return `<div class="feed" data-live="feed">${cards.join("")}${more}</div>`;
}

function empty(world: World, shop: Shop): string {
  const next = isConnected(world, shop)
    ? "The shop is connected. List some products in the app; they appear here once their audit is over."
    : "This shop is not connected yet. Open the app in the admin and press “Connect TikTok Shop”.";
  return `<div class="empty"><h2>Nothing is on sale yet</h2><p>${next}</p></div>`;
}

function card(world: World, shop: Shop, { product, left }: OnSale): string {
  const { title = "", mainImages = [], skus = [] } = product.live ?? {};
  const units = left.reduce((sum, one) => sum + one.units, 0);
  const cheapest = skus.flatMap(({ id }) => world.skus.get(id) ?? []).sort((a, b) => a.priceMinor - b.priceMinor)[0];
  const price = cheapest ? priceTag(cheapest.priceMinor, cheapest.listPriceMinor, cheapest.currency) : "";
  const url = pictureOf(world, mainImages[0]);
  const label = units > 0 ? "Buy" : "Sold out";
  return `<article class="card" data-key="${product.id}"><div class="picture">${url ? `<img src="${url}" alt="" loading="lazy" width="180" height="180">` : "no picture"}</div>
<h2 title="${escapeHtml(title)}">${escapeHtml(title)}</h2><p class="price">${price}</p><p class="left${units > 0 && units <= 5 ? " few" : ""}">${units > 0 ? `${units} left` : "None left"}</p>
<a class="buy${units > 0 ? "" : " sold-out"}" id="buy-${product.id}" data-sheet href="/shops/${shop.code}/products/${product.id}">${label}<span class="hidden-text"> ${escapeHtml(title)}</span></a></article>`;
}

/** The price, with the higher list price struck through beside it. */
export function priceTag(minor: number, listMinor: number | undefined, currency: string): string {
  const sale = listMinor !== undefined && listMinor > minor;
  const now = sale ? `<span class="hidden-text">now </span>${sayPrice(minor, currency)}` : sayPrice(minor, currency);
  return `<strong>${now}</strong>${sale ? ` <s><span class="hidden-text">before </span>${sayPrice(listMinor, currency)}</s>` : ""}`;
}
