import { z } from "zod";
import { flag, id, list, text } from "./fields.ts";

export const prerequisites = z.object({
  check_results: list(z.object({ check_item: text, is_failed: flag, fail_reasons: list(id) })),
});

export const warehouses = z.object({
  warehouses: list(
    z.object({
      id,
      name: text,
      type: text,
      effect_status: text,
      is_default: flag,
      address: z.object({ region_code: text }).nullish(),
    }),
  ),
});

export const deliveryOptions = z.object({
  delivery_options: list(z.object({ id, name: text, type: text })),
});

export const shippingProviders = z.object({
  shipping_providers: list(z.object({ id, name: text })),
});

export const webhooks = z.object({
  webhooks: list(z.object({ address: text, event_type: text })),
});

export const nothing = z.unknown();
