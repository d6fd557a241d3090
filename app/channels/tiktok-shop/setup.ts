import type { SetupPort } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { TOPICS } from "./topics.ts";
import { word } from "./wire/fields.ts";
import { deliveryOptions, nothing, prerequisites, shippingProviders, warehouses, webhooks } from "./wire/setup.ts";

const WAREHOUSE_KINDS = { SALES_WAREHOUSE: "sales", RETURN_WAREHOUSE: "return" } as const;

/** What must be set up before anything can be sold, and where webhooks go. */
export function createSetup(client: Client): SetupPort {
  return {
    /** TikTok Shop fact: connector apps must block listing while one of these fails. */
    prerequisites: (access) =>
      client.call("checkListingPrerequisites", {
        access,
        wire: prerequisites,
        read: ({ check_results }) =>
          check_results.map(({ check_item = "", is_failed, fail_reasons }) => ({
            item: check_item,
            failed: is_failed,
            reasons: fail_reasons,
          })),
      }),

    warehouses: (access) =>
      client.call("getWarehouses", {
        access,
        wire: warehouses,
        read: (wire) =>
          wire.warehouses.map(({ id, name = "", type, effect_status, is_default, address }) => ({
            id,
            name,
            kind: word(WAREHOUSE_KINDS, type),
            isEnabled: effect_status === "ENABLED",
            isDefault: is_default,
            region: address?.region_code ?? "",
          })),
      }),

    deliveryOptions: (access, warehouseId) =>
      client.call("getWarehouseDeliveryOptions", {
        access,
        path: { warehouse_id: warehouseId },
        wire: deliveryOptions,
        read: ({ delivery_options }) =>
          delivery_options.map(({ id, name = "", type }) => ({ id, name, sellerShips: type === "SEND_BY_SELLER" })),
      }),

    /** TikTok Shop facts: there is no universal list of carriers; shops of the EU need both regions since March 2026. */
    carriers: (access, deliveryOptionId, regions) =>
      client.call("getShippingProviders", {
        access,
        path: { delivery_option_id: deliveryOptionId },
        query: { warehouse_region: regions.warehouse, buyer_region: regions.buyer },
        wire: shippingProviders,
        read: ({ shipping_providers }) => shipping_providers.map(({ id, name = "" }) => ({ id, name })),
      }),

    /** TikTok Shop fact: setting a topic's address is an upsert and wins over the app-wide setting for this shop. */
    async registerWebhooks(access, address) {
      // Only what is missing: a try that used up its budget half-way must not begin at the first topic again and never come to the last.
      const set = await client.call("getShopWebhooks", {
        access,
        wire: webhooks,
        read: (wire) =>
          new Set(wire.webhooks.filter((one) => one.address === address).map((one) => one.event_type ?? "")),
      });
      for (const event_type of TOPICS.filter((topic) => !set.has(topic))) {
        await client.call("updateWebhook", {
          access,
          body: { address, event_type },
          wire: nothing,
          read: () => undefined,
        });
      }
      return [...TOPICS];
    },

    /** TikTok Shop fact: taking away an address that was never set succeeds. */
    async unregisterWebhooks(access) {
      for (const event_type of TOPICS) {
        await client.call("deleteWebhook", { access, body: { event_type }, wire: nothing, read: () => undefined });
      }
    },
  };
}
