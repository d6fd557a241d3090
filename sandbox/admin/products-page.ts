import { escapeHtml } from "../pages/html.ts";
import { numberOf } from "../shopify/ids.ts";
import { availableOf } from "../shopify/levels.ts";
import type { Product, Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { badge, emptyState, picture, sayMoney, sayStatus, storePath } from "./page-parts.ts";

const STEP = 50;
const STATUS_TONE = { ACTIVE: "good", DRAFT: "plain", ARCHIVED: "plain", UNLISTED: "warn" } as const;

/** The products of a shop, found by title, SKU or type. */
export function productsPage(world: World, shop: Shop, query: URLSearchParams): string {
  const wanted = (query.get("q") ?? "").trim();
  const shown = Math.max(STEP, Number(query.get("shown")) || 0);
  const found = [...shop.products.values()].filter((one) => matches(shop, one, wanted.toLowerCase()));
  const path = `${storePath(shop)}/products`;
  const search = `<form class="search" role="search" method="get" action="${path}"><input type="search" name="q" value="${escapeHtml(wanted)}" aria-label="Search products" placeholder="Search title, SKU or type"><button>Search</button></form>`;
  if (shop.products.size === 0)
    return emptyState(
      "There are no products yet",
      "Put some in with the sandbox’s door <code>shopify/seed-catalog</code>.",
    );
  if (found.length === 0)
    return `${search}${emptyState("No product fits", `Nothing has “${escapeHtml(wanted)}” in its title, SKU or type. <a href="${path}">Show all products</a>`)}`;
  const rows = found.slice(0, shown).map((product) => row(world, shop, product));
  const more =
    found.length > shown
      ? `<p class="more"><a class="button" href="${path}?q=${encodeURIComponent(wanted)}&amp;shown=${shown + STEP}">Show more</a></p>`
      : "";
  return `${search}<p class="count">${found.length === 1 ? "1 product" : `${found.length} products`}</p>
<ul class="list card" data-live="products">${rows.join("")}</ul>${more}`;
}

function matches(shop: Shop, product: Product, wanted: string): boolean {
  if (!wanted) return true;
  const texts = [
    product.title,
    product.productType,
    ...product.variantIds.map((id) => shop.variants.get(id)?.sku ?? ""),
  ];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

function row(world: World, shop: Shop, product: Product): string {
  const variants = product.variantIds.flatMap((id) => shop.variants.get(id) ?? []);
  const items = variants.flatMap((variant) => shop.items.get(variant.itemId) ?? []).filter((item) => item.tracked);
  const stock = items.reduce((sum, item) => sum + availableOf(item), 0);
  const prices = variants.map((variant) => variant.priceMinor);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const price =
    least === most
      ? sayMoney(least, shop.currency)
      : `${sayMoney(least, shop.currency)} – ${sayMoney(most, shop.currency)}`;
  const tone = items.length > 0 && stock <= 0 ? " none" : "";
  return `<li data-key="${numberOf(product.id)}"><a class="row" href="${storePath(shop)}/products/${numberOf(product.id)}">${picture(world, product.media[0]?.url, 44)}
<span class="grow"><strong>${escapeHtml(product.title)}</strong><small>${variants.length === 1 ? "1 variant" : `${variants.length} variants`} · ${price}</small></span>
<span class="side"><span class="stock${tone}">${items.length === 0 ? "not tracked" : `${stock} in stock`}</span>${badge(sayStatus(product.status), STATUS_TONE[product.status])}</span></a></li>`;
}
