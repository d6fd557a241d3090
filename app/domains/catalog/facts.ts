import type { AttributeSpec, CategoryRules, ListingLimits } from "../../channels/port.ts";
import type { FindingCode, Overrides, WantedSku } from "./model.ts";

/** What Shopify says of a product, as last read. */
export interface ProductFacts {
  shopifyId: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: string;
  isGiftCard: boolean;
  needsSellingPlan: boolean;
  options: { name: string; values: string[] }[];
  /** Sides of 0: unknown. */
  pictures: { url: string; width: number; height: number; alt: string }[];
}

export interface VariantFacts {
  shopifyId: string;
  sku: string | null;
  barcode: string | null;
  priceMinor: bigint;
  weightGrams: number | null;
  requiresShipping: boolean;
  options: { name: string; value: string }[];
  pictureUrl: string | null;
}

/** One sellable unit of a listing. */
export interface Unit {
  listingSkuId: string;
  sellerSku: string;
  skuFinding: FindingCode | null;
  /** Null: the variant is gone from Shopify; its unit stays on the channel, sold out, because an edit never drops one. */
  variant: VariantFacts | null;
  /** As the channel last acknowledged it. */
  submitted: WantedSku | null;
}

/** Everything a listing is made from. */
export interface MappingInput {
  product: ProductFacts;
  units: Unit[];
  /** How many variants Shopify has, those that cannot be shipped included. */
  variantCount: number;
  /** Null: none was found, or nobody looked because something else already blocks. */
  category: { id: string; rules: CategoryRules; attributes: AttributeSpec[] } | null;
  overrides: Overrides;
  limits: ListingLimits;
  defaults: { weightGrams: number; packageCm: { length: number; width: number; height: number } };
  /** Pictures that could not be read or that the channel refused, by address. */
  badPictures: ReadonlySet<string>;
  /** New variants that the live listing cannot take any more. */
  unlistedVariants: number;
}
