import type { Product } from "../shopify/model.ts";

/** A product of a catalog: what a shop is filled with. The built-in catalog and JSON files are lists of these. */
export interface CatalogProduct {
  handle: string;
  title: string;
  bodyHtml?: string;
  vendor?: string;
  productType?: string;
  /** Full name in Shopify's own taxonomy: "Apparel & Accessories > Clothing". */
  category?: string;
  tags?: string[];
  status?: Product["status"];
  isGiftCard?: boolean;
  options?: { name: string; values: string[] }[];
  variants: CatalogVariant[];
  /** `file`: a file of the built-in pictures, or any address; addresses are answered with a picture that is drawn. */
  pictures?: { file: string; width?: number; height?: number; alt?: string }[];
}

export interface CatalogVariant {
  sku?: string | null;
  barcode?: string | null;
  price: string;
  compareAtPrice?: string | null;
  weight?: { value: number; unit: string };
  requiresShipping?: boolean;
  tracked?: boolean;
  continueSelling?: boolean;
  options?: Record<string, string>;
  stock?: Record<string, number>;
  picture?: string;
}
