import { escapeHtml, problem } from "../pages/html.ts";
import { takesCashOnDelivery } from "../tiktok-shop/markets.ts";
import type { Product, Shop, World } from "../tiktok-shop/model.ts";
import { unitsLeft } from "../tiktok-shop/pick.ts";
import { priceTag } from "./feed.ts";
import { pictureOf } from "./words.ts";

/** One listing with its variants to choose from and a quantity; shown over the feed, or as a page of its own. */
export function productSheet(
  world: World,
  shop: Shop,
  product: Product,
  given: { error?: string; skuId?: string; quantity?: string } = {},
): string {
  const { title = "", mainImages = [], skus = [] } = product.live ?? {};
  const first = given.skuId ?? skus.find(({ id }) => unitsLeft(world, id) > 0)?.id;
  const options = skus.flatMap((content) => {
    const sku = world.skus.get(content.id);
    if (!sku) return [];
    const units = unitsLeft(world, sku.id);
    const name = content.salesAttributes.map((one) => one.valueName).join(" / ") || "One size";
    return `<label class="variant"><input type="radio" name="skuId" value="${sku.id}"${sku.id === first ? " checked" : ""}${units === 0 ? " disabled" : ""} required>
<span><span class="name">${escapeHtml(name)}</span><span class="price">${priceTag(sku.priceMinor, sku.listPriceMinor, sku.currency)}</span><span class="left">${units > 0 ? `${units} left` : "sold out"}</span></span></label>`;
  });
  const picture = pictureOf(world, mainImages[0]);
  return `<form class="sheet" method="post" action="/shops/${shop.code}/buy"><input type="hidden" name="productId" value="${product.id}">
<div class="sheet-head"><div class="picture">${picture ? `<img src="${picture}" alt="" width="72" height="72">` : ""}</div><h2>${escapeHtml(title)}</h2></div>
${problem(given.error)}<fieldset><legend>Which one?</legend>${options.join("")}</fieldset>
<label class="quantity">Quantity <input type="number" name="quantity" min="1" max="99" value="${escapeHtml(given.quantity ?? "1")}" required inputmode="numeric"></label>
${takesCashOnDelivery(shop.region) ? '<label class="quantity">Pay at the door <input type="checkbox" name="atTheDoor" value="1"></label>' : ""}
<div class="sheet-foot"><a class="button" data-close href="/shops/${shop.code}">Not now</a><button class="primary"${first === undefined ? " disabled" : ""}>${first === undefined ? "Sold out" : "Buy"}</button></div></form>`;
}
