import { z } from "zod";
import { flag, id, list, optionalId, text, time } from "./fields.ts";

const district = z.object({ address_level: text, address_level_name: text, address_name: text, iso_code: text });
export const recipientAddress = z.object({
  name: text,
  first_name: text,
  last_name: text,
  phone_number: text,
  address_detail: text,
  full_address: text,
  address_line1: text,
  address_line2: text,
  address_line3: text,
  address_line4: text,
  post_town: text,
  postal_code: text,
  region_code: text,
  district_info: list(district),
});
export type RecipientAddressWire = z.infer<typeof recipientAddress>;

/** TikTok Shop fact: a line item is one unit; there is no quantity. */
const lineItem = z.object({
  id,
  sku_id: id,
  product_id: id,
  seller_sku: text,
  sku_type: text,
  product_name: text,
  sku_name: text,
  display_status: text,
  currency: text,
  original_price: text,
  sale_price: text,
  seller_discount: text,
  platform_discount: text,
  item_tax: list(z.object({ tax_type: text, tax_rate: text, tax_amount: text })),
  is_gift: flag,
  gift_retail_price: text,
  pfand_fee: text,
  package_id: optionalId,
  tracking_number: text,
  cancel_user: text,
});
export type LineItemWire = z.infer<typeof lineItem>;

const payment = z.object({
  currency: text,
  total_amount: text,
  sub_total: text,
  original_total_product_price: text,
  seller_discount: text,
  platform_discount: text,
  shipping_fee: text,
  original_shipping_fee: text,
  shipping_fee_seller_discount: text,
  shipping_fee_platform_discount: text,
  shipping_fee_cofunded_discount: text,
  tax: text,
  product_tax: text,
  shipping_fee_tax: text,
  buyer_service_fee: text,
  distance_fee: text,
  distance_shipping_fee: text,
  handling_fee: text,
  item_insurance_fee: text,
  item_insurance_tax: text,
  payment_discount_service_fee: text,
  payment_platform_discount: text,
  retail_delivery_fee: text,
  shipping_insurance_fee: text,
  small_order_fee: text,
});
export type PaymentWire = z.infer<typeof payment>;

export const order = z.object({
  id,
  status: text,
  order_type: text,
  is_sample_order: flag,
  is_replacement_order: flag,
  is_exchange_order: flag,
  is_subscription_order: flag,
  replaced_order_id: optionalId,
  exchange_source_order_id: optionalId,
  split_or_combine_tag: text,
  fulfillment_type: text,
  shipping_type: text,
  create_time: time,
  paid_time: time,
  update_time: time,
  rts_sla_time: time,
  tts_sla_time: time,
  cancel_order_sla_time: time,
  delivery_option_id: optionalId,
  delivery_option_name: text,
  warehouse_id: optionalId,
  is_buyer_request_cancel: flag,
  is_cod: flag,
  buyer_email: text,
  buyer_message: text,
  recipient_address: recipientAddress.nullish(),
  packages: list(z.object({ id: optionalId })),
  payment: payment.nullish(),
  line_items: list(lineItem),
});
export type OrderWire = z.infer<typeof order>;

/** Orders are read one by one: one that cannot be read must not hide the others. */
export const orderList = z.object({ orders: list(z.unknown()) });

export const orderPage = z.object({
  orders: list(z.object({ id, create_time: time, update_time: time })),
  next_page_token: text,
});

/** TikTok Shop fact §11: the only place with the full split of who paid which discount and tax. */
export const priceDetail = z.object({
  currency: text,
  shipping_fee_deduction_platform: text,
  shipping_fee_deduction_platform_voucher: text,
  shipping_fee_deduction_seller: text,
  line_items: list(
    z.object({
      id,
      sku_list_price: text,
      subtotal: text,
      subtotal_deduction_platform: text,
      subtotal_deduction_seller: text,
      voucher_deduction_platform: text,
      voucher_deduction_seller: text,
      tax_amount: text,
      tax_rate: text,
    }),
  ),
});
export type PriceDetailWire = z.infer<typeof priceDetail>;
