import { refundParts, sizedPicture } from "./cancellations.ts";
import type { OperationContract } from "./shape.ts";
import { locale, money } from "./shapes.ts";

const reason = { name: "text", text: "text" } as const;
const reverseLine = {
  order_line_item_id: "text",
  product_image: sizedPicture,
  product_name: "text",
  refund_amount: refundParts,
  return_line_item_id: "text",
  seller_sku: "text",
  sku_id: "text",
  sku_name: "text",
} as const;

/** A return, a refund without goods, or a replacement. */
const returnOrder = {
  arbitration_status: "text",
  buyer_rejected_partial_refund: "bool",
  can_buyer_keep_item: "bool",
  combined_return_id: "text",
  create_time: "int",
  discount_amount: [
    {
      currency: "text",
      product_platform_discount: "text",
      product_seller_discount: "text",
      shipping_fee_platform_discount: "text",
      shipping_fee_seller_discount: "text",
    },
  ],
  is_combined_return: "bool",
  is_quick_refund: "bool",
  order_id: "text",
  partial_refund: money,
  refund_amount: refundParts,
  return_id: "text",
  return_line_items: [reverseLine],
  return_method: "text",
  return_provider_name: "text",
  return_reason: "text",
  return_reason_text: "text",
  return_status: "text",
  return_tracking_number: "text",
  return_type: "text",
  role: "text",
  seller_next_action_response: [{ action: "text", deadline: "int" }],
  seller_proposed_return_type: "text",
  shipment_type: "text",
  update_time: "int",
} as const;

const STATUSES = [
  "RETURN_OR_REFUND_REQUEST_PENDING|REFUND_OR_RETURN_REQUEST_REJECT|AWAITING_BUYER_SHIP|BUYER_SHIPPED_ITEM|REJECT_RECEIVE_PACKAGE",
  "RETURN_OR_REFUND_REQUEST_SUCCESS|RETURN_OR_REFUND_REQUEST_CANCEL|RETURN_OR_REFUND_REQUEST_COMPLETE|AWAITING_BUYER_RESPONSE",
  "REPLACEMENT_REQUEST_PENDING|REPLACEMENT_REQUEST_REJECT|REPLACEMENT_REQUEST_REFUND_SUCCESS|REPLACEMENT_REQUEST_CANCEL|REPLACEMENT_REQUEST_COMPLETE",
].join("|");
const scope = "seller.return_refund.basic";

/** What may be begun or decided, and what comes back after shipping. */
export const returnsContract: OperationContract[] = [
  {
    operation: "getAftersaleEligibility",
    method: "GET",
    path: "/return_refund/202602/orders/{order_id}/aftersale_eligibility",
    scope,
    query: { initiate_aftersale_user: "=SELLER|BUYER", request_types: "text", "shop_cipher*": "text" },
    answer: {
      sku_eligibility: [
        {
          line_item_eligibility: [
            {
              available_reason_names: ["text"],
              eligible: "bool",
              ineligible_code: "int",
              ineligible_reason: "text",
              order_line_items_ids: ["text"],
              request_type: "text",
            },
          ],
          sku_id: "text",
        },
      ],
    },
  },
  {
    operation: "getDecisionEligibility",
    method: "GET",
    path: "/return_refund/202601/decision_eligibility",
    query: { "return_or_cancel_id*": "text", check_decisions: "text", locale, "shop_cipher*": "text" },
    answer: {
      decisions: [
        {
          available_reject_reasons: [reason],
          decision: "text",
          eligible: "bool",
          ineligible_code: "int",
          ineligible_reason: "text",
        },
      ],
    },
  },
  {
    operation: "createReturn",
    method: "POST",
    path: "/return_refund/202602/returns",
    scope,
    query: { idempotency_key: "text", "shop_cipher*": "text" },
    body: {
      currency: "text",
      handover_method: "=PICKUP|DROP_OFF",
      "order_id*": "text",
      order_line_item_ids: ["text"],
      refund_total: "text",
      "return_reason*": "text",
      "return_type*": "=REFUND|RETURN_AND_REFUND",
      shipment_type: "=PLATFORM|BUYER_ARRANGE",
      skus: [{ "quantity*": "int", "sku_id*": "text" }],
    },
    answer: { return_id: "text", return_status: "text" },
  },
  {
    operation: "searchReturns",
    method: "POST",
    path: "/return_refund/202602/returns/search",
    scope,
    query: {
      sort_field: "text",
      sort_order: "=ASC|DESC",
      page_size: "text",
      page_token: "text",
      "shop_cipher*": "text",
    },
    body: {
      arbitration_status: ["text"],
      buyer_user_ids: ["text"],
      create_time_ge: "int",
      create_time_lt: "int",
      locale,
      order_ids: ["text"],
      return_ids: ["text"],
      return_status: [`=${STATUSES}`],
      return_types: ["=REFUND|RETURN_AND_REFUND|REPLACEMENT"],
      seller_proposed_return_type: ["text"],
      update_time_ge: "int",
      update_time_lt: "int",
    },
    answer: { next_page_token: "text", return_orders: [returnOrder], total_count: "int" },
  },
  {
    operation: "approveReturn",
    method: "POST",
    path: "/return_refund/202309/returns/{return_id}/approve",
    scope,
    query: { idempotency_key: "text", "shop_cipher*": "text" },
    body: {
      buyer_keep_item: "bool",
      "decision*":
        "=APPROVE_REFUND|APPROVE_RETURN|APPROVE_RECEIVED_PACKAGE|APPROVE_REPLACEMENT|ISSUE_REPLACEMENT_REFUND|OFFER_PARTIAL_REFUND|DIRECT_REFUND",
      partial_refund: money,
    },
    answer: {},
  },
  {
    operation: "rejectReturn",
    method: "POST",
    path: "/return_refund/202309/returns/{return_id}/reject",
    scope,
    query: { idempotency_key: "text", "shop_cipher*": "text" },
    body: {
      comment: "text",
      "decision*": "=REJECT_REFUND|REJECT_RETURN|REJECT_RECEIVED_PACKAGE|REJECT_REPLACEMENT",
      images: [{ height: "int", "image_id*": "text", mime_type: "text", width: "int" }],
      "reject_reason*": "text",
    },
    answer: {},
  },
];
