import { z } from "zod";
import { flag, id, list, text, time } from "./fields.ts";

const cancellation = z.object({
  cancel_id: id,
  order_id: id,
  cancel_status: text,
  role: text,
  cancel_reason: text,
  cancel_reason_text: text,
  should_replenish_stock: flag,
  create_time: time,
  update_time: time,
  cancel_line_items: list(z.object({ order_line_item_id: text })),
  refund_amount: z.object({ currency: text, refund_total: text }).nullish(),
  seller_next_action_response: list(z.object({ deadline: time })),
});
export type CancellationWire = z.infer<typeof cancellation>;

export const cancellationPage = z.object({ cancellations: list(cancellation), next_page_token: text });
