import { z } from "zod";
import { count, id, list, optionalId, text, time } from "./fields.ts";

export const createdProduct = z.object({
  product_id: id,
  skus: list(z.object({ id, external_sku_id: text, seller_sku: text })),
  warnings: list(z.object({ message: text })),
});

const audit = z.object({ status: text, pre_approved_reasons: list(id) }).nullish();

const productSummary = z.object({ id, status: text, audit, title: text, update_time: time });

export const productPage = z.object({ products: list(productSummary), next_page_token: text });

/** TikTok Shop fact: writes say `price.amount`, reads say `price.sale_price`; local sellers sometimes get only `tax_exclusive_price`. */
export const product = productSummary.extend({
  external_product_id: text,
  audit_failed_reasons: list(z.object({ position: text, reasons: list(id), suggestions: list(id) })),
  skus: list(
    z.object({
      id,
      external_sku_id: text,
      seller_sku: text,
      price: z.object({ currency: text, sale_price: text, tax_exclusive_price: text }).nullish(),
      inventory: list(z.object({ warehouse_id: optionalId, quantity: count })),
    }),
  ),
});
export type ProductWire = z.infer<typeof product>;

export const batchResult = z.unknown();
