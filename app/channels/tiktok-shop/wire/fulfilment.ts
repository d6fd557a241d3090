import { z } from "zod";
import { flag, id, list, text } from "./fields.ts";

export const shippedOrder = z.object({ package_id: id });

/** TikTok Shop fact: the id is called `package_id` here and `id` in an order's list of packages. */
export const packageDetail = z.object({
  package_id: id,
  tracking_number: text,
  shipping_provider_id: text,
  shipping_provider_name: text,
  order_line_item_ids: list(id),
});

export const shippingDocument = z.object({ doc_url: z.string().trim().min(1), tracking_number: text });

export const splitAttributes = z.object({
  split_attributes: list(z.object({ order_id: id, can_split: flag, must_split: flag, reason: text })),
});

export const splitOrder = z.object({ packages: list(z.object({ id, splittable_group_id: text })) });
