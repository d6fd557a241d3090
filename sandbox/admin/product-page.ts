import { escapeHtml, problem } from "../pages/html.ts";
import type { Product, Shop, Variant } from "../shopify/model.ts";
import { toDecimal } from "../shopify/money.ts";
import type { World } from "../shopify/world.ts";
import { field, picture, select, variantName } from "./page-parts.ts";

/** What was typed and could not be saved: shown again with what is wrong, field by field. */
export interface Rejected {
  fields: Record<string, string>;
  errors: Record<string, string>;
}

/** One product: title and status, pictures, and per variant price and the stock of each place, saved together. */
export function productPage(world: World, shop: Shop, product: Product, path: string, rejected?: Rejected): string {
  const variants = product.variantIds.flatMap((id) => shop.variants.get(id) ?? []);
  const value = (name: string, stored: string) => rejected?.fields[name] ?? stored;
  const count = Object.keys(rejected?.errors ?? {}).length;
  const title = field({
    name: "title",
    label: "Title",
    value: value("title", product.title),
    error: rejected?.errors.title,
    extra: "required",
  });
  const status = select(
    "status",
    "Status",
    [
      ["ACTIVE", "Active: for sale"],
      ["DRAFT", "Draft: not for sale"],
      ["ARCHIVED", "Archived: put away"],
    ],
    value("status", product.status),
  );
  const pictures = product.media.map((media) => picture(world, media.url, 88, media.alt || product.title));
  const places = [...shop.locations.values()];
  const heads = ["Variant", "Price", "Before", ...places.map((place) => `Stock: ${place.name}`)];
  return `<form method="post" action="${path}">${problem(count > 0 ? (count === 1 ? "One field needs another look." : `${count} fields need another look.`) : undefined)}
<section class="card" aria-label="Product">${title}${status}</section>
<section class="card"><h2>Pictures</h2><div class="pictures">${pictures.join("") || "<p>No pictures.</p>"}</div></section>
<section class="card"><h2>Price and stock</h2><div class="scroll" tabindex="0" role="region" aria-label="Price and stock"><table class="edit"><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>${variants.map((variant) => variantRow(shop, variant, rejected)).join("")}</tbody></table></div></section>
<p class="actions"><button class="primary">Save</button></p></form>`;
}

function variantRow(shop: Shop, variant: Variant, rejected: Rejected | undefined): string {
  const title = variantName(variant.title) || "Only variant";
  const cell = (name: string, head: string, stored: string, kind: "price" | "stock") => {
    const error = rejected?.errors[name];
    const mode = kind === "price" ? 'inputmode="decimal"' : 'inputmode="numeric"';
    return `<td data-label="${escapeHtml(head)}"><input name="${name}" aria-label="${escapeHtml(`${head} of ${title}`)}" value="${escapeHtml(rejected?.fields[name] ?? stored)}" ${mode}${error ? ` aria-invalid="true" aria-describedby="wrong-${name}"` : ""}>${error ? `<span class="wrong" id="wrong-${name}">${escapeHtml(error)}</span>` : ""}</td>`;
  };
  const key = variant.position;
  const item = shop.items.get(variant.itemId);
  const before = variant.compareAtMinor === null ? "" : toDecimal(variant.compareAtMinor, shop.currency);
  const stock = [...shop.locations.values()].map((place, at) => {
    const level = item?.levels.get(place.id);
    if (!level || !item?.tracked) return "<td>not counted</td>";
    return cell(`stock-${key}-${at}`, `Stock: ${place.name}`, String(level.available), "stock");
  });
  return `<tr><th scope="row">${escapeHtml(title)}<small>${escapeHtml(variant.sku ?? "no SKU")}</small></th>${cell(`price-${key}`, "Price", toDecimal(variant.priceMinor, shop.currency), "price")}${cell(`before-${key}`, "Before", before, "price")}${stock.join("")}</tr>`;
}
