import { expect, test } from "vitest";
import { type ReceivedEvent, reviveEvent } from "./model.ts";

const at = new Date("2026-01-05T08:00:00.123Z");
/** One of each kind; a new kind is asked for by the compiler. */
const EVENTS: { [Kind in ReceivedEvent["kind"]]: Extract<ReceivedEvent, { kind: Kind }> } = {
  "product-changed": { kind: "product-changed", shopId: "s", productGid: "gid://shopify/Product/1", seenAt: at },
  "item-changed": { kind: "item-changed", shopId: "s", inventoryItemGid: "gid://shopify/InventoryItem/1" },
  "stock-changed": {
    ...{ kind: "stock-changed", shopId: "s", inventoryItemGid: "i", locationGid: "l", available: null, updatedAt: at },
  },
  "shopify-order-changed": {
    ...{ kind: "shopify-order-changed", shopId: "s", topic: "orders/updated", orderGid: "o" },
    ...{
      sourceIdentifier: "5764614130387850011",
      updatedAt: null,
      fulfillmentStatus: null,
      cancelledAt: at.toISOString(),
    },
  },
  "shopify-hold-released": { kind: "shopify-hold-released", shopId: "s", fulfillmentOrderGid: "f" },
  "shop-facts-changed": { kind: "shop-facts-changed", shopId: "s" },
  "locations-changed": { kind: "locations-changed", shopId: "s" },
  "buyer-asks": {
    ...{ kind: "buyer-asks", shopId: "s", what: "export", externalId: "1", orderGids: ["o"], sealedContact: "v1", at },
  },
  "shop-erasure-asked": { kind: "shop-erasure-asked", shopId: "s", at },
  "channel-order-changed": { kind: "channel-order-changed", connectionId: "c", channelOrderId: "1", seenAt: at },
  "after-sales-changed": { kind: "after-sales-changed", connectionId: "c", channelOrderId: "1" },
  "listing-changed": { kind: "listing-changed", connectionId: "c", channelProductId: "1", seenAt: at },
  "grant-changed": { kind: "grant-changed", grantId: "g" },
  "webhook-seen": { kind: "webhook-seen", connectionId: "c", at },
};

test.each(Object.values(EVENTS))("an event comes back from JSON as it went: $kind", (event) => {
  expect(reviveEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
});
