import { idSortKey, numberOf } from "../ids.ts";
import { availableOf } from "../levels.ts";
import type { Level, Product, Shop, Variant } from "../model.ts";
import { toDecimal } from "../money.ts";
import { restTime } from "../time.ts";

/** REST numbers of ids. */
export const restId = (gid: string): bigint => BigInt(numberOf(gid));

/** products/create and products/update: the first 100 variants in full, the others as gids only. */
export function productBody(shop: Shop, product: Product): Record<string, unknown> {
  const variants = product.variantIds.map((id) => shop.variants.get(id)).filter((one) => one !== undefined);
  return {
    admin_graphql_api_id: product.id,
    body_html: product.bodyHtml,
    created_at: restTime(product.createdAt),
    handle: product.handle,
    id: restId(product.id),
    product_type: product.productType,
    published_at: product.status === "ACTIVE" ? restTime(product.createdAt) : null,
    template_suffix: null,
    title: product.title,
    updated_at: restTime(product.updatedAt),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: "global",
    tags: product.tags.join(", "),
    variants: variants.slice(0, 100).map((variant) => variantBody(shop, product, variant)),
    options: product.options.map((option, index) => ({
      name: option.name,
      id: restId(option.id),
      product_id: restId(product.id),
      position: index + 1,
      values: option.values.map((value) => value.name),
    })),
    images: product.media.map((media, index) => ({
      id: restId(media.imageId),
      product_id: restId(product.id),
      position: index + 1,
      alt: media.alt || null,
      width: media.width,
      height: media.height,
      src: media.url,
      admin_graphql_api_id: media.imageId,
    })),
    image: null,
    media: product.media.map((media, index) => ({
      id: restId(media.id),
      position: index + 1,
      alt: media.alt || null,
      status: "READY",
      admin_graphql_api_id: media.id,
    })),
    variant_gids: variants
      .map((variant) => ({
        admin_graphql_api_id: variant.id,
        updated_at: restTime(variant.updatedAt),
        key: idSortKey(variant.id),
      }))
      .sort((a, b) => (a.updated_at === b.updated_at ? 0 : a.updated_at < b.updated_at ? 1 : -1))
      .map(({ admin_graphql_api_id, updated_at }) => ({ admin_graphql_api_id, updated_at })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

function variantBody(shop: Shop, product: Product, variant: Variant): Record<string, unknown> {
  const item = shop.items.get(variant.itemId);
  const quantity = item ? availableOf(item) : 0;
  return {
    admin_graphql_api_id: variant.id,
    barcode: variant.barcode,
    compare_at_price: variant.compareAtMinor === null ? null : toDecimal(variant.compareAtMinor, shop.currency),
    created_at: restTime(variant.createdAt),
    id: restId(variant.id),
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    position: variant.position,
    price: toDecimal(variant.priceMinor, shop.currency),
    product_id: restId(product.id),
    sku: variant.sku,
    taxable: variant.taxable,
    title: variant.title,
    updated_at: restTime(variant.updatedAt),
    option1: variant.options[0]?.value ?? null,
    option2: variant.options[1]?.value ?? null,
    option3: variant.options[2]?.value ?? null,
    image_id: null,
    inventory_item_id: restId(variant.itemId),
    inventory_quantity: quantity,
    old_inventory_quantity: quantity,
  };
}

/** products/delete names the id only. */
export const productDeletedBody = (product: Product): Record<string, unknown> => ({ id: restId(product.id) });

/** inventory_levels/update: one level. */
export function levelBody(level: Level): Record<string, unknown> {
  return {
    inventory_item_id: restId(level.itemId),
    location_id: restId(level.locationId),
    available: level.available,
    updated_at: restTime(level.updatedAt),
    admin_graphql_api_id: level.id,
  };
}

/** The shop record: app/uninstalled, shop/update. */
export function shopBody(shop: Shop): Record<string, unknown> {
  return {
    id: restId(shop.id),
    name: shop.name,
    email: "owner@example.com",
    domain: shop.domain,
    myshopify_domain: shop.domain,
    country: "US",
    currency: shop.currency,
    iana_timezone: shop.timezone,
    plan_name: shop.plan === "Plus" ? "shopify_plus" : shop.plan === "Development" ? "partner_test" : "basic",
    plan_display_name: shop.plan,
    taxes_included: false,
    created_at: restTime(shop.createdAt),
    admin_graphql_api_id: shop.id,
  };
}
