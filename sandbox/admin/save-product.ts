import type { Product, Shop, Variant } from "../shopify/model.ts";
import { toDecimal, toMinor } from "../shopify/money.ts";
import type { Rejected } from "./product-page.ts";
import type { Doors } from "./store-pages.ts";

interface Change {
  door: "edit-product" | "set-stock";
  input: Record<string, unknown>;
}

/**
 * Reads the form of a product page and sends what differs through the doors. All or nothing: when one field makes no sense, nothing
 * is saved and every wrong field is named. Answers how many things changed.
 */
export async function saveProduct(
  doors: Doors,
  shop: Shop,
  product: Product,
  fields: Record<string, string>,
): Promise<{ changed: number } | Rejected> {
  const errors: Record<string, string> = {};
  const changes: Change[] = [];
  const title = (fields.title ?? product.title).trim();
  const status = fields.status ?? product.status;
  if (!title) errors.title = "A product needs a title.";
  if (!["ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"].includes(status)) errors.status = "There is no such status.";
  const general = {
    ...(title === product.title ? {} : { title }),
    ...(status === product.status ? {} : { status }),
  };
  if (Object.keys(general).length > 0)
    changes.push({ door: "edit-product", input: { productId: product.id, ...general } });
  for (const id of product.variantIds) {
    const variant = shop.variants.get(id);
    if (!variant) continue;
    changes.push(...readPrices(shop, variant, fields, errors), ...readStock(shop, variant, fields, errors));
  }
  if (Object.keys(errors).length > 0) return { fields, errors };
  for (const { door, input } of changes) await doors[door]?.({ ...input, shop: shop.domain });
  return { changed: changes.length };
}

function readPrices(
  shop: Shop,
  variant: Variant,
  fields: Record<string, string>,
  errors: Record<string, string>,
): Change[] {
  const read = (name: string, missing: string | null): string | null | undefined => {
    const text = fields[name]?.trim();
    if (text === undefined) return undefined;
    if (text === "") {
      if (missing !== null) errors[name] = missing;
      return null;
    }
    if (/^\d{1,7}(\.\d{1,2})?$/.test(text)) return text;
    errors[name] = "An amount such as 14.90.";
    return undefined;
  };
  const price = read(`price-${variant.position}`, "A price is needed.");
  const before = read(`before-${variant.position}`, null);
  const now = toDecimal(variant.priceMinor, shop.currency);
  const was = variant.compareAtMinor === null ? null : toDecimal(variant.compareAtMinor, shop.currency);
  const same = (text: string, stored: string) => toMinor(text, shop.currency) === toMinor(stored, shop.currency);
  const input = {
    ...(price && !same(price, now) ? { price } : {}),
    ...(before !== undefined && !(before === was || (before && was && same(before, was)))
      ? { compareAtPrice: before }
      : {}),
  };
  if (Object.keys(input).length === 0) return [];
  return [{ door: "edit-product", input: { productId: variant.productId, variantId: variant.id, ...input } }];
}

function readStock(
  shop: Shop,
  variant: Variant,
  fields: Record<string, string>,
  errors: Record<string, string>,
): Change[] {
  const item = shop.items.get(variant.itemId);
  return [...shop.locations.keys()].flatMap((locationId, at) => {
    const name = `stock-${variant.position}-${at}`;
    const text = fields[name]?.trim();
    const level = item?.levels.get(locationId);
    if (text === undefined || !level || text === String(level.available)) return [];
    if (!/^\d{1,6}$/.test(text)) {
      errors[name] = "A whole number, 0 or more.";
      return [];
    }
    return [
      { door: "set-stock" as const, input: { inventoryItemId: variant.itemId, locationId, available: Number(text) } },
    ];
  });
}
