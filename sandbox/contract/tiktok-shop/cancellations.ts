import type { OperationContract } from "./shape.ts";
import { locale } from "./shapes.ts";

/** A unit, or a part of a bundle. */
const aftersaleLineRef = { order_line_item_id: "text", sub_order_line_item_id: "text" } as const;

/** What is paid back. */
export const refundParts = {
  currency: "text",
  refund_total: "text",
  refund_subtotal: "text",
  refund_shipping_fee: "text",
  refund_tax: "text",
  retail_delivery_fee: "text",
  buyer_service_fee: "text",
} as const;

/** A picture with its size. */
export const sizedPicture = { url: "text", width: "int", height: "int" } as const;

/** A cancellation of an order or of some of its units. */
const cancellation = {
  cancel_id: "text",
  cancel_line_items: [
    {
      cancel_line_item_id: "text",
      cancel_sub_line_items: [
        {
          cancel_line_item_id: "text",
          cancel_sub_line_item_id: "text",
          order_line_item_id: "text",
          product_image: sizedPicture,
          product_name: "text",
          refund_amount: refundParts,
          seller_sku: "text",
          sku_id: "text",
          sku_name: "text",
          sub_order_line_item_id: "text",
        },
      ],
      order_line_item_id: "text",
      product_image: sizedPicture,
      product_name: "text",
      refund_amount: refundParts,
      seller_sku: "text",
      sku_id: "text",
      sku_name: "text",
    },
  ],
  cancel_reason: "text",
  cancel_reason_text: "text",
  cancel_status: "text",
  cancel_type: "text",
  create_time: "int",
  order_id: "text",
  refund_amount: refundParts,
  role: "text",
  seller_next_action_response: [{ action: "text", deadline: "int" }],
  should_replenish_stock: "bool",
  update_time: "int",
} as const;

/** Cancellations before shipping. */
export const cancellationsContract: OperationContract[] = [
  {
    operation: "searchCancellations",
    method: "POST",
    path: "/return_refund/202602/cancellations/search",
    scope: "seller.return_refund.basic",
    query: {
      sort_field: "text",
      sort_order: "=ASC|DESC",
      page_size: "text",
      page_token: "text",
      "shop_cipher*": "text",
    },
    body: {
      buyer_user_ids: ["text"],
      cancel_ids: ["text"],
      cancel_status: [
        "=CANCELLATION_REQUEST_PENDING|CANCELLATION_REQUEST_SUCCESS|CANCELLATION_REQUEST_CANCELLED|CANCELLATION_REQUEST_CANCEL|CANCELLATION_REQUEST_COMPLETE",
      ],
      cancel_types: ["=CANCEL|BUYER_CANCEL"],
      create_time_ge: "int",
      create_time_lt: "int",
      locale: locale,
      order_ids: ["text"],
      update_time_ge: "int",
      update_time_lt: "int",
    },
    answer: { cancellations: [cancellation], next_page_token: "text", total_count: "int" },
  },
  {
    operation: "cancelOrder",
    method: "POST",
    path: "/return_refund/202602/cancellations",
    scope: "seller.return_refund.basic",
    query: { "shop_cipher*": "text" },
    body: {
      "cancel_reason*": "text",
      "order_id*": "text",
      order_line_item_ids: ["text"],
      order_line_list: [aftersaleLineRef],
      skus: [{ "quantity*": "int", "sku_id*": "text" }],
    },
    answer: { cancel_id: "text", cancel_status: "text" },
  },
  {
    operation: "approveCancellation",
    method: "POST",
    path: "/return_refund/202309/cancellations/{cancel_id}/approve",
    scope: "seller.return_refund.basic",
    query: { idempotency_key: "text", "shop_cipher*": "text" },
    answer: {},
  },
  {
    operation: "rejectCancellation",
    method: "POST",
    path: "/return_refund/202309/cancellations/{cancel_id}/reject",
    scope: "seller.return_refund.basic",
    query: { idempotency_key: "text", "shop_cipher*": "text" },
    body: {
      comment: "text",
      images: [{ height: "int", "image_id*": "text", mime_type: "text", width: "int" }],
      "reject_reason*": "text",
    },
    answer: {},
  },
];
