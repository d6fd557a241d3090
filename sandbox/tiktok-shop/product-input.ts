import type { ChosenAttribute } from "./model.ts";

/** Bodies of create and partial edit as the contract lets them through. */
export interface PictureRef {
  uri: string;
}

export interface PriceInput {
  amount?: string;
  currency: string;
  sale_price?: string;
}

export interface SkuInput {
  id?: string;
  external_sku_id?: string;
  seller_sku?: string;
  identifier_code?: { type?: string; code?: string };
  inventory?: { warehouse_id: string; quantity?: number }[];
  list_price?: { amount?: string; currency?: string };
  price?: PriceInput;
  sales_attributes?: {
    id?: string;
    name?: string;
    value_id?: string;
    value_name?: string;
    sku_img?: PictureRef;
    supplementary_sku_images?: PictureRef[];
  }[];
}

export interface ProductInput {
  title?: string;
  description?: string;
  category_id?: string;
  category_version?: string;
  brand_id?: string;
  external_product_id?: string;
  idempotency_key?: string;
  save_mode?: string;
  main_images?: PictureRef[];
  product_attributes?: ChosenAttribute[];
  certifications?: { id: string; images?: PictureRef[]; files?: { id: string; name: string; format: string }[] }[];
  package_weight?: { value: string; unit: string };
  package_dimensions?: { length: string; width: string; height: string; unit: string };
  skus?: SkuInput[];
}
