import type { Product, Shop, Variant } from "../shopify/model.ts";
import { toDecimal } from "../shopify/money.ts";
import { escapeHtml } from "./frame.ts";
import { field, form } from "./page-parts.ts";

/** All products: title and status, and per variant the price and the stock of each place, each with its own Save. */
export function productsPage(shop: Shop, action: string): string {
  return (
    [...shop.products.values()].map((product) => productCard(shop, product, action)).join("") ||
    "<p>There are no products yet.</p>"
  );
}

/** One product with its forms; on a page of its own it is open and led to by nothing. */
export function productCard(shop: Shop, product: Product, action: string, isAlone = false): string {
  const variants = product.variantIds.map((id) => shop.variants.get(id)).filter((one) => one !== undefined);
  const picture = product.media[0]?.url;
  const places = [...shop.locations.values()];
  const title = form(
    action,
    "edit-product",
    { productId: product.id },
    `${field("title", `Title of ${product.title}`, product.title)}<button>Save</button>`,
  );
  const own = `<p><a href="${escapeHtml(action)}/${product.id.split("/").at(-1)}">Open this product</a></p>`;
  return `<details class="card"${isAlone ? " open" : ""}><summary>${picture ? `<img src="${escapeHtml(picture)}" alt="" width="40" height="40" loading="lazy">` : ""}
<span class="grow">${escapeHtml(product.title)}</span><span class="badge">${product.status.toLowerCase()}</span></summary>${isAlone ? "" : own}${title}
<div class="scroll"><table><thead><tr><th>Variant</th><th>SKU</th><th>Price</th>${places.map((place) => `<th>${escapeHtml(place.name)}</th>`).join("")}</tr></thead>
<tbody>${variants.map((variant) => variantRow(shop, product, variant, action)).join("")}</tbody></table></div></details>`;
}

function variantRow(shop: Shop, product: Product, variant: Variant, action: string): string {
  const price = form(
    action,
    "edit-product",
    { productId: product.id, variantId: variant.id },
    `${field("price", `Price of ${variant.title}`, toDecimal(variant.priceMinor, shop.currency))}<button>Save</button>`,
  );
  const stock = [...shop.locations.values()].map((place) => {
    const level = shop.items.get(variant.itemId)?.levels.get(place.id);
    if (!level) return "<td>not stocked</td>";
    const inner = `${field("available", `Stock of ${variant.title} in ${place.name}`, String(level.available), "number")}<button>Save</button>`;
    return `<td>${form(action, "set-stock", { inventoryItemId: variant.itemId, locationId: place.id }, inner)}</td>`;
  });
  return `<tr><th scope="row">${escapeHtml(variant.title)}</th><td>${escapeHtml(variant.sku ?? "")}</td><td>${price}</td>${stock.join("")}</tr>`;
}
