import type { Shape } from "./shape.ts";

const envelope = { "tts_notification_id*": "text", "shop_id*": "text", "timestamp*": "int" } as const;

/** Bodies of the events the sandbox sends, by type number. Identifiers of products come as bare numbers in 5, 16 and 37. */
export const webhookBodies: Record<number, Shape> = {
  1: {
    "type*": "=1",
    ...envelope,
    "data*": { order_id: "text", order_status: "text", is_on_hold_order: "bool", update_time: "int" },
  },
  3: { "type*": "=3", ...envelope, "data*": { order_id: "text", update_time: "int" } },
  5: {
    "type*": "=5",
    ...envelope,
    "data*": { product_id: "int", status: "text", suspended_reason: "text", update_time: "int" },
  },
  6: { "type*": "=6", ...envelope, "data*": { message: "text" } },
  7: { "type*": "=7", ...envelope, "data*": { message: "text", expiration_time: "text" } },
  11: {
    "type*": "=11",
    ...envelope,
    "data*": {
      order_id: "text",
      cancellations_role: "text",
      cancel_status: "text",
      cancel_id: "text",
      create_time: "int",
    },
  },
  12: {
    "type*": "=12",
    ...envelope,
    "data*": {
      order_id: "text",
      return_role: "text",
      return_type: "text",
      return_status: "text",
      return_id: "text",
      create_time: "int",
      update_time: "int",
    },
  },
  15: {
    "type*": "=15",
    ...envelope,
    "data*": { product_id: "text", change_source: "text", changed_fields: ["text"], update_time: "int" },
  },
  16: { "type*": "=16", ...envelope, "data*": { product_id: "int", product_types: ["text"], update_time: "int" } },
  37: {
    "type*": "=37",
    ...envelope,
    "data*": {
      product_id: "int",
      audit: { status: "text", pre_approved_reasons: ["text"] },
      integrated_platform_statuses: { platform: "text", status: "text" },
      update_time: "int",
    },
  },
};
