import { z } from "zod";
import type { Tx } from "../platform/db.server.ts";
import type { ShopifyDelivery } from "../shopify/model.ts";
import type { Received, Record } from "./model.ts";

/** The last two only where the body says them: they spare a look at an order that was neither fulfilled nor cancelled. */
export interface OrderEvent {
  shopId: string;
  topic: string;
  orderGid: string;
  sourceIdentifier: string | null;
  updatedAt: Date | null;
  fulfillmentStatus?: string | null;
  cancelledAt?: string | null;
}

/** What each room wants done about a topic. Every function only writes due rows: a delivery is "look at this", never the truth. */
export interface ShopifyListeners {
  productChanged(tx: Tx, event: { shopId: string; productGid: string; seenAt: Date | null }): Promise<void>;
  productOfItemChanged(tx: Tx, event: { shopId: string; inventoryItemGid: string }): Promise<void>;
  stockChanged(
    tx: Tx,
    event: {
      shopId: string;
      inventoryItemGid: string;
      locationGid: string;
      available: number | null;
      updatedAt: Date | null;
    },
  ): Promise<void>;
  orderChanged(tx: Tx, event: OrderEvent): Promise<void>;
  shopFactsChanged(tx: Tx, event: { shopId: string }): Promise<void>;
  locationsChanged(tx: Tx, event: { shopId: string }): Promise<void>;
  /** Buyers of these orders must be forgotten. */
  buyersRedacted(tx: Tx, event: { shopId: string; orderGids: string[] }): Promise<void>;
  /** 48 hours after an uninstallation: nothing of the shop's buyers may be left. Not told when the app is installed again. */
  shopRedacted(tx: Tx, event: { shopId: string }): Promise<void>;
  uninstalled(event: { domain: string; triggeredAt: Date }): Promise<void>;
}

export interface ShopifyReceiverDeps {
  verify(raw: Uint8Array, headers: Headers): ShopifyDelivery | null;
  /** Also shops that left: what they ask to be forgotten concerns them. */
  findShop(domain: string): Promise<{ id: string; isInstalled: boolean } | null>;
  record: Record;
  on: ShopifyListeners;
}

const id = z.union([z.string(), z.number()]).transform(String);
const time = z
  .string()
  .transform((text) => new Date(text))
  .nullish()
  .catch(null)
  .transform((at) => (at && !Number.isNaN(at.getTime()) ? at : null));
const changed = z.object({ id, admin_graphql_api_id: z.string().nullish(), updated_at: time });
const level = z.object({
  inventory_item_id: id,
  location_id: id,
  available: z.number().int().nullish(),
  updated_at: time,
});
const order = changed.extend({
  source_identifier: z.string().nullish(),
  fulfillment_status: z.string().nullish(),
  cancelled_at: z.string().nullish(),
});
const fulfillment = z.object({ order_id: id, updated_at: time });
const hold = z.object({ fulfillment_order: z.object({ id: z.string() }).loose().optional() }).loose();

const redaction = z.object({ orders_to_redact: z.array(id).nullish() });
const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

type Reaction = (tx: Tx, shopId: string) => Promise<void>;

/**
 * One verified Shopify delivery becomes due rows, in the transaction that records its id. A topic or body nobody understands and a
 * shop nobody knows change nothing.
 */
export async function receiveShopify(deps: ShopifyReceiverDeps, raw: Uint8Array, headers: Headers): Promise<Received> {
  const delivery = deps.verify(raw, headers);
  if (!delivery) return "bad-signature";
  const shop = await deps.findShop(delivery.shopDomain);
  if (!shop || (!shop.isInstalled && !COMPLIANCE.has(delivery.topic))) return "unknown-shop";
  const react = reactionTo(deps.on, delivery);
  if (!react) return "unknown-topic";
  const recorded = await deps.record({
    source: "shopify",
    id: delivery.deliveryId,
    topic: delivery.topic,
    scopeHint: `shop:${shop.id}`,
    inTx: (tx) => react(tx, shop.id),
  });
  // Shopify fact: the tokens are dead already. Not part of the transaction, safe to repeat, so a repeat does it again.
  if (delivery.topic === "app/uninstalled")
    await deps.on.uninstalled({ domain: delivery.shopDomain, triggeredAt: delivery.triggeredAt });
  return recorded;
}

function reactionTo(on: ShopifyListeners, { topic, body }: ShopifyDelivery): Reaction | null {
  switch (topic) {
    case "products/create":
    case "products/update":
    case "products/delete":
      return parsed(
        changed,
        body,
        (it) => (tx, shopId) =>
          on.productChanged(tx, {
            shopId,
            productGid: it.admin_graphql_api_id ?? gid("Product", it.id),
            seenAt: it.updated_at,
          }),
      );
    case "inventory_items/update":
      return parsed(
        changed,
        body,
        (it) => (tx, shopId) =>
          on.productOfItemChanged(tx, {
            shopId,
            inventoryItemGid: it.admin_graphql_api_id ?? gid("InventoryItem", it.id),
          }),
      );
    case "inventory_levels/update":
      return parsed(
        level,
        body,
        (it) => (tx, shopId) =>
          on.stockChanged(tx, {
            shopId,
            inventoryItemGid: gid("InventoryItem", it.inventory_item_id),
            locationGid: gid("Location", it.location_id),
            available: it.available ?? null,
            updatedAt: it.updated_at,
          }),
      );
    case "orders/create":
    case "orders/updated":
    case "orders/cancelled":
    case "orders/fulfilled":
    case "orders/partially_fulfilled":
      return parsed(
        order,
        body,
        (it) => (tx, shopId) =>
          on.orderChanged(tx, {
            shopId,
            topic,
            orderGid: it.admin_graphql_api_id ?? gid("Order", it.id),
            sourceIdentifier: it.source_identifier ?? null,
            updatedAt: it.updated_at,
            ...(it.fulfillment_status === undefined ? {} : { fulfillmentStatus: it.fulfillment_status }),
            ...(it.cancelled_at === undefined ? {} : { cancelledAt: it.cancelled_at }),
          }),
      );
    case "fulfillments/create":
    case "fulfillments/update":
      return parsed(
        fulfillment,
        body,
        (it) => (tx, shopId) =>
          on.orderChanged(tx, {
            shopId,
            topic,
            orderGid: gid("Order", it.order_id),
            sourceIdentifier: null,
            updatedAt: it.updated_at,
          }),
      );
    case "locations/create":
    case "locations/update":
    case "locations/activate":
    case "locations/deactivate":
    case "locations/delete":
      return (tx, shopId) => on.locationsChanged(tx, { shopId });
    case "app/scopes_update":
      return (tx, shopId) => on.shopFactsChanged(tx, { shopId });
    case "fulfillment_orders/placed_on_hold":
    case "fulfillment_orders/hold_released":
      // The body names no order; orders are looked at by their own topics and polls. Recorded, so that repeats are seen.
      return parsed(hold, body, () => async () => {});
    case "customers/redact":
      return parsed(
        redaction,
        body,
        (it) => (tx, shopId) =>
          on.buyersRedacted(tx, { shopId, orderGids: (it.orders_to_redact ?? []).map((one) => gid("Order", one)) }),
      );
    case "shop/redact":
      return (tx, shopId) => on.shopRedacted(tx, { shopId });
    case "app/uninstalled":
    case "customers/data_request":
      return async () => {};
    default:
      return null;
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, react: (value: T) => Reaction): Reaction | null {
  const found = schema.safeParse(body);
  return found.success ? react(found.data) : null;
}

function gid(type: string, plainId: string): string {
  return plainId.startsWith("gid://") ? plainId : `gid://shopify/${type}/${plainId}`;
}
