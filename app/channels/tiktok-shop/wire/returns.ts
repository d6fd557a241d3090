import { z } from "zod";
import { count, flag, id, list, optionalId, text, time } from "./fields.ts";

const amounts = z.object({ currency: text, refund_total: text }).nullish();

const returnOrder = z.object({
  return_id: id,
  order_id: id,
  return_type: text,
  return_status: text,
  role: text,
  return_reason: text,
  return_reason_text: text,
  arbitration_status: text,
  can_buyer_keep_item: flag,
  return_tracking_number: text,
  create_time: time,
  update_time: time,
  refund_amount: amounts,
  partial_refund: z.object({ amount: text, currency: text }).nullish(),
  discount_amount: list(
    z.object({ currency: text, product_platform_discount: text, shipping_fee_platform_discount: text }),
  ),
  return_line_items: list(z.object({ order_line_item_id: optionalId })),
  seller_next_action_response: list(z.object({ deadline: time })),
});
export type ReturnWire = z.infer<typeof returnOrder>;

export const returnPage = z.object({ return_orders: list(returnOrder), next_page_token: text });

export const decisionList = z.object({
  decisions: list(
    z.object({
      decision: text,
      eligible: flag,
      ineligible_code: count,
      available_reject_reasons: list(z.object({ name: id, text: text })),
    }),
  ),
});

export const eligibleSkus = z.object({
  sku_eligibility: list(
    z.object({
      line_item_eligibility: list(
        z.object({
          request_type: text,
          eligible: flag,
          ineligible_code: count,
          available_reason_names: list(id),
          order_line_items_ids: list(id),
        }),
      ),
    }),
  ),
});

export const cancellationBegun = z.object({ cancel_id: id });

export const returnBegun = z.object({ return_id: id });
