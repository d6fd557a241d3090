import type { OperationContract } from "./shape.ts";

/** A unit, or a part of a bundle. */
const orderLineRef = { order_line_id: "text", sub_item_id: "text" } as const;

/** When the carrier comes. */
const pickupWindow = { start_time: "int", end_time: "int" } as const;

/** A package. */
const packageDetail = {
  biz_extension_tags: ["text"],
  create_time: "int",
  delivery_option_id: "text",
  delivery_option_name: "text",
  dimension: { height: "text", length: "text", unit: "text", width: "text" },
  handover_method: "text",
  has_multi_skus: "bool",
  insurance: { claim_status: "text", coverage_amount: "text", is_claim_eligible: "bool", is_purchased: "bool" },
  last_mile_tracking_number: "text",
  note_tag: "text",
  order_line_item_ids: ["text"],
  orders: [{ id: "text", skus: [{ id: "text", image_url: "text", name: "text", quantity: "int" }] }],
  package_id: "text",
  package_status: "text",
  package_sub_status: "text",
  pickup_slot: pickupWindow,
  recipient_address: {
    address_detail: "text",
    address_line1: "text",
    address_line2: "text",
    address_line3: "text",
    address_line4: "text",
    full_address: "text",
    name: "text",
    phone_number: "text",
    postal_code: "text",
    region_code: "text",
  },
  sender_address: {
    address_detail: "text",
    address_line1: "text",
    address_line2: "text",
    address_line3: "text",
    address_line4: "text",
    full_address: "text",
    name: "text",
    phone_number: "text",
    postal_code: "text",
    region_code: "text",
  },
  ship_exception_reason: "text",
  shipping_provider_id: "text",
  shipping_provider_name: "text",
  shipping_type: "text",
  split_and_combine_tag: "text",
  tracking_number: "text",
  update_time: "int",
  weight: { unit: "text", value: "text" },
} as const;

/** Packages and shipping by the seller. */
export const fulfilmentContract: OperationContract[] = [
  {
    operation: "markPackageAsShipped",
    method: "POST",
    path: "/fulfillment/202309/orders/{order_id}/packages",
    scope: "seller.fulfillment.basic",
    query: { "shop_cipher*": "text" },
    body: {
      order_line_item_ids: ["text"],
      order_line_list: [orderLineRef],
      "shipping_provider_id*": "text",
      "tracking_number*": "text",
    },
    answer: { order_id: "text", order_line_item_ids: ["text"], package_id: "text", warning: { message: "text" } },
  },
  {
    operation: "shipPackage",
    method: "POST",
    path: "/fulfillment/202309/packages/{package_id}/ship",
    scope: "seller.fulfillment.basic",
    query: { "shop_cipher*": "text" },
    body: {
      handover_method: "=PICKUP|DROP_OFF",
      pickup_slot: pickupWindow,
      self_shipment: { "shipping_provider_id*": "text", "tracking_number*": "text" },
    },
    answer: {},
  },
  {
    operation: "getPackage",
    method: "GET",
    path: "/fulfillment/202309/packages/{package_id}",
    scope: "seller.fulfillment.basic",
    query: { "shop_cipher*": "text" },
    answer: packageDetail,
  },
  {
    operation: "getShippingDocument",
    method: "GET",
    path: "/fulfillment/202309/packages/{package_id}/shipping_documents",
    scope: "seller.fulfillment.basic",
    query: {
      "document_type*":
        "=SHIPPING_LABEL|PACKING_SLIP|SHIPPING_LABEL_AND_PACKING_SLIP|SHIPPING_LABEL_PICTURE|HAZMAT_LABEL|INVOICE_LABEL",
      document_size: "=A6|A5|A4",
      document_format: "=PDF|ZPL",
      shipping_period: "text",
      "shop_cipher*": "text",
    },
    answer: { doc_url: "text", tracking_number: "text" },
  },
  {
    operation: "getSplitAttributes",
    method: "GET",
    path: "/fulfillment/202309/orders/split_attributes",
    scope: "seller.fulfillment.package.write",
    query: { "order_ids*": "text", "shop_cipher*": "text" },
    answer: {
      split_attributes: [
        {
          can_split: "bool",
          must_split: "bool",
          must_split_reasons: [{ category_id: "text", max_count: "text", type: "text" }],
          order_id: "text",
          reason: "text",
        },
      ],
    },
  },
  {
    operation: "splitOrder",
    method: "POST",
    path: "/fulfillment/202309/orders/{order_id}/split",
    scope: "seller.fulfillment.package.write",
    query: { "shop_cipher*": "text" },
    body: {
      "splittable_groups*": [{ "id*": "text", "order_line_item_ids*": ["text"] }],
      splittable_groups_v2: [{ id: "text", order_line_list: [orderLineRef] }],
    },
    answer: { packages: [{ id: "text", splittable_group_id: "text" }] },
  },
  {
    operation: "updateOrderShippingInfo",
    method: "POST",
    path: "/fulfillment/202309/orders/{order_id}/shipping_info/update",
    scope: "seller.logistics",
    query: { "shop_cipher*": "text" },
    body: { "shipping_provider_id*": "text", "tracking_number*": "text" },
    answer: {},
  },
  {
    operation: "updatePackageShippingInfo",
    method: "POST",
    path: "/fulfillment/202309/packages/{package_id}/shipping_info/update",
    scope: "seller.fulfillment.basic",
    query: { "shop_cipher*": "text" },
    body: { "shipping_provider_id*": "text", "tracking_number*": "text" },
    answer: {},
  },
];
