import type { OperationContract } from "./shape.ts";
import { eventType } from "./shapes.ts";

/** Addresses to which a shop sends its events. */
export const webhookAddressesContract: OperationContract[] = [
  {
    operation: "getShopWebhooks",
    method: "GET",
    path: "/event/202309/webhooks",
    scope: "seller.authorization.info",
    query: { "shop_cipher*": "text" },
    answer: {
      total_count: "int",
      webhooks: [{ address: "text", create_time: "int", event_type: "text", update_time: "int" }],
    },
  },
  {
    operation: "updateWebhook",
    method: "PUT",
    path: "/event/202309/webhooks",
    scope: "seller.authorization.info",
    query: { "shop_cipher*": "text" },
    body: { "address*": "text ..255", "event_type*": eventType },
    answer: {},
  },
  {
    operation: "deleteWebhook",
    method: "DELETE",
    path: "/event/202309/webhooks",
    scope: "seller.authorization.info",
    query: { "shop_cipher*": "text" },
    body: { "event_type*": eventType },
    answer: {},
  },
];
