import { z } from "zod";
import { id, list, text } from "./fields.ts";

export const shippedOrder = z.object({ package_id: id });

/** TikTok Shop fact: the id is called `package_id` here and `id` in an order's list of packages. */
export const packageDetail = z.object({
  package_id: id,
  tracking_number: text,
  shipping_provider_id: text,
  order_line_item_ids: list(id),
});
