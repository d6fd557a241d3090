import { z } from "zod";
import { count, id, list, optionalId, text, time } from "./fields.ts";

/**
 * TikTok Shop facts: seller-level topics carry `seller_open_id` in place of `shop_id`; older payloads lack `tts_notification_id`;
 * product ids may be bare numbers beyond 2^53.
 */
export const delivery = z.object({
  type: count,
  tts_notification_id: optionalId,
  shop_id: optionalId,
  seller_open_id: optionalId,
  timestamp: time,
  data: z
    .object({
      order_id: optionalId,
      product_id: optionalId,
      package_list: list(z.object({ order_id_list: list(id) })),
      update_time: time,
      create_time: time,
      status: text,
    })
    .nullish(),
});
export type DeliveryWire = z.infer<typeof delivery>;
