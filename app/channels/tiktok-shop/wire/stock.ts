import { z } from "zod";
import { count, id, list, optionalId } from "./fields.ts";

/** TikTok Shop fact: stock rows say `quantity` in products and `available_quantity` here. */
const skuLevels = z.object({
  id,
  total_available_quantity: count,
  total_committed_quantity: count,
  warehouse_inventory: list(
    z.object({ warehouse_id: optionalId, available_quantity: count, committed_quantity: count }),
  ),
});
export type SkuLevels = z.infer<typeof skuLevels>;

export const inventory = z.object({ inventory: list(z.object({ skus: list(skuLevels) })) });
