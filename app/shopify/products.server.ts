import { parseDecimal } from "../platform/money.ts";
import type { SendForShop } from "./gateway.server.ts";
import {
  ProductForListingDocument,
  type ProductForListingQuery,
  ProductsChangedPageDocument,
  ProductVariantsPageDocument,
  type VariantPartsFragment,
} from "./gql/graphql.ts";
import type { ShopifyProduct, ShopifyVariant } from "./model.ts";
import { walkChanges } from "./walk-changes.ts";

/** Most products have fewer; a page of 100 reserves little more than one of 50. */
const FIRST_VARIANTS = 100;
const PAGE = 250;

type Found = NonNullable<ProductForListingQuery["product"]>;

/** One product with all its variants; null when it is gone. */
export async function readProduct(send: SendForShop, id: string): Promise<ShopifyProduct | null> {
  const { shop, product } = await send(ProductForListingDocument, { id, variantsFirst: FIRST_VARIANTS });
  if (!product) return null;
  const variants = [...product.variants.nodes];
  let { hasNextPage, endCursor } = product.variants.pageInfo;
  while (hasNextPage) {
    const page = await send(ProductVariantsPageDocument, { id, first: PAGE, after: endCursor ?? null });
    if (!page.product) return null;
    variants.push(...page.product.variants.nodes);
    ({ hasNextPage, endCursor } = page.product.variants.pageInfo);
  }
  return toProduct(product, variants, shop.currencyCode);
}

/** Ids of products updated since a time (null: all), ascending by update time, each version once. */
export async function* walkChangedProducts(
  send: SendForShop,
  since: Date | null,
): AsyncGenerator<{ id: string; updatedAt: Date }> {
  const changed = walkChanges(async (page) => (await send(ProductsChangedPageDocument, page)).products, since);
  for await (const { id, updatedAt } of changed) yield { id, updatedAt: new Date(updatedAt) };
}

function toProduct(product: Found, variants: VariantPartsFragment[], currency: string): ShopifyProduct {
  return {
    id: product.id,
    title: product.title,
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: product.status,
    isGiftCard: product.isGiftCard,
    needsSellingPlan: product.requiresSellingPlan,
    categoryName: product.category?.fullName ?? null,
    options: product.options.map(({ name, optionValues }) => ({
      name,
      values: optionValues.map((value) => value.name),
    })),
    pictures: product.media.nodes.flatMap((media) => {
      // videos and models have no image, pictures under way have no size yet
      if (!media.image || media.status !== "READY") return [];
      const { url, width, height } = media.image;
      return [{ url, width: width ?? 0, height: height ?? 0, alt: media.alt ?? "" }];
    }),
    variants: variants.map((variant) => toVariant(variant, currency)),
    updatedAt: new Date(product.updatedAt),
  };
}

function toVariant(variant: VariantPartsFragment, currency: string): ShopifyVariant {
  const { inventoryItem } = variant;
  const picture = variant.media.nodes[0];
  return {
    id: variant.id,
    inventoryItemId: inventoryItem.id,
    title: variant.title,
    sku: variant.sku || null,
    barcode: variant.barcode || null,
    priceMinor: parseDecimal(variant.price, currency),
    compareAtMinor: variant.compareAtPrice ? parseDecimal(variant.compareAtPrice, currency) : null,
    weightGrams: toGrams(inventoryItem.measurement.weight),
    requiresShipping: inventoryItem.requiresShipping,
    tracked: inventoryItem.tracked,
    continueSelling: variant.inventoryPolicy === "CONTINUE",
    taxable: variant.taxable,
    position: variant.position,
    options: variant.selectedOptions,
    pictureUrl: picture?.image?.url ?? null,
  };
}

const GRAMS: Record<string, number> = { GRAMS: 1, KILOGRAMS: 1_000, OUNCES: 28.349523125, POUNDS: 453.59237 };

/** Whole grams, at least one. Shopify stores "no weight" as zero; an unknown unit is no weight either. */
export function toGrams(weight: { value: number; unit: string } | null | undefined): number | null {
  const factor = weight && GRAMS[weight.unit];
  if (!weight || !factor || weight.value <= 0) return null;
  return Math.max(1, Math.round(weight.value * factor));
}
