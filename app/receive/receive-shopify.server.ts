import { z } from "zod";
import type { ShopifyDelivery } from "../shopify/model.ts";
import type { Received, ReceivedEvent, Record } from "./model.ts";

export interface ShopifyReceiverDeps {
  verify(raw: Uint8Array, headers: Headers): ShopifyDelivery | null;
  /** Also shops that left: what they ask to be forgotten concerns them. */
  findShop(domain: string): Promise<{ id: string; isInstalled: boolean } | null>;
  record: Record;
  uninstalled(event: { domain: string; triggeredAt: Date }): Promise<void>;
  /** A customer's e-mail address and phone as they may be written down. Null: there is neither. */
  sealContact(shopId: string, contact: { email: string; phone: string }): string | null;
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
const refund = z.object({ order_id: id });
const edit = z.object({ order_edit: z.object({ order_id: id }) });
const returned = z.object({
  order: z.object({ id: id.nullish(), admin_graphql_api_id: z.string().nullish() }).nullish(),
  order_id: id.nullish(),
});
const hold = z.object({ fulfillment_order: z.object({ id: z.string() }).loose().optional() }).loose();

const text = z.string().nullish().catch(null);
const asks = z.object({
  customer: z.object({ email: text, phone: text }).nullish().catch(null),
  orders_requested: z.array(id).nullish(),
  orders_to_redact: z.array(id).nullish(),
  data_request: z.object({ id }).nullish().catch(null),
});
const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

/** One verified Shopify delivery is recorded with what it tells. A topic or body nobody understands and an unknown shop change nothing. */
export async function receiveShopify(deps: ShopifyReceiverDeps, raw: Uint8Array, headers: Headers): Promise<Received> {
  const delivery = deps.verify(raw, headers);
  if (!delivery) return "bad-signature";
  const shop = await deps.findShop(delivery.shopDomain);
  if (!shop || (!shop.isInstalled && !COMPLIANCE.has(delivery.topic))) return "unknown-shop";
  const events = readEvents(deps, shop.id, delivery);
  if (!events) return "unknown-topic";
  const recorded = await deps.record({
    source: "shopify",
    id: delivery.deliveryId,
    topic: delivery.topic,
    scopeHint: `shop:${shop.id}`,
    events,
  });
  // Done at once: safe to repeat, so a repeat does it again. Shopify fact: the tokens are dead already.
  if (delivery.topic === "app/uninstalled")
    await deps.uninstalled({ domain: delivery.shopDomain, triggeredAt: delivery.triggeredAt });
  return recorded;
}

/** Null: the topic, or a body like this one, is not understood. */
function readEvents(
  deps: Pick<ShopifyReceiverDeps, "sealContact">,
  shopId: string,
  { topic, body, triggeredAt: at }: ShopifyDelivery,
): ReceivedEvent[] | null {
  switch (topic) {
    case "products/create":
    case "products/update":
    case "products/delete":
      return parsed(changed, body, (it) => [
        {
          kind: "product-changed",
          shopId,
          productGid: it.admin_graphql_api_id ?? gid("Product", it.id),
          seenAt: it.updated_at,
        },
      ]);
    case "inventory_items/update":
      return parsed(changed, body, (it) => [
        { kind: "item-changed", shopId, inventoryItemGid: it.admin_graphql_api_id ?? gid("InventoryItem", it.id) },
      ]);
    case "inventory_levels/update":
      return parsed(level, body, (it) => [
        {
          kind: "stock-changed",
          shopId,
          inventoryItemGid: gid("InventoryItem", it.inventory_item_id),
          locationGid: gid("Location", it.location_id),
          available: it.available ?? null,
          updatedAt: it.updated_at,
        },
      ]);
    case "orders/create":
    case "orders/updated":
    case "orders/cancelled":
    case "orders/fulfilled":
    case "orders/partially_fulfilled":
      return parsed(order, body, (it) => [
        {
          kind: "shopify-order-changed",
          shopId,
          topic,
          orderGid: it.admin_graphql_api_id ?? gid("Order", it.id),
          sourceIdentifier: it.source_identifier ?? null,
          updatedAt: it.updated_at,
          ...(it.fulfillment_status === undefined ? {} : { fulfillmentStatus: it.fulfillment_status }),
          ...(it.cancelled_at === undefined ? {} : { cancelledAt: it.cancelled_at }),
        },
      ]);
    case "fulfillments/create":
    case "fulfillments/update":
      return parsed(fulfillment, body, (it) => [
        {
          kind: "shopify-order-changed",
          shopId,
          topic,
          orderGid: gid("Order", it.order_id),
          sourceIdentifier: null,
          updatedAt: it.updated_at,
        },
      ]);
    case "refunds/create":
      return parsed(refund, body, (it) => [aboutOrder(shopId, topic, it.order_id)]);
    case "orders/edited":
      return parsed(edit, body, (it) => [aboutOrder(shopId, topic, it.order_edit.order_id)]);
    // Shopify fact §15.2: these two families name the order in different ways
    case "returns/request":
    case "returns/approve":
    case "returns/decline":
    case "returns/cancel":
    case "returns/close":
    case "returns/reopen":
      return parsed(returned, body, (it) => {
        const orderId = it.order?.admin_graphql_api_id ?? it.order?.id ?? it.order_id;
        return orderId ? [aboutOrder(shopId, topic, orderId)] : [];
      });
    case "locations/create":
    case "locations/update":
    case "locations/activate":
    case "locations/deactivate":
    case "locations/delete":
      return [{ kind: "locations-changed", shopId }];
    case "app/scopes_update":
      return [{ kind: "shop-facts-changed", shopId }];
    case "fulfillment_orders/placed_on_hold":
      // Nothing follows from it. Recorded, so that repeats are seen.
      return parsed(hold, body, () => []);
    case "fulfillment_orders/hold_released":
      // the body names no order
      return parsed(hold, body, (it) =>
        it.fulfillment_order
          ? [
              {
                kind: "shopify-hold-released",
                shopId,
                fulfillmentOrderGid: gid("FulfillmentOrder", it.fulfillment_order.id),
              },
            ]
          : [],
      );
    case "customers/redact":
    case "customers/data_request":
      return parsed(asks, body, (it) => [
        {
          ...{ kind: "buyer-asks", shopId, at, what: topic === "customers/redact" ? "erase" : "export" },
          externalId: it.data_request?.id ?? null,
          orderGids: ((topic === "customers/redact" ? it.orders_to_redact : it.orders_requested) ?? []).map((one) =>
            gid("Order", one),
          ),
          sealedContact: deps.sealContact(shopId, { email: it.customer?.email ?? "", phone: it.customer?.phone ?? "" }),
        },
      ]);
    case "shop/redact":
      return [{ kind: "shop-erasure-asked", shopId, at }];
    case "app/uninstalled":
      return [];
    default:
      return null;
  }
}

/** Something about this order changed in Shopify. */
const aboutOrder = (shopId: string, topic: string, orderId: string): ReceivedEvent => ({
  ...{ kind: "shopify-order-changed", shopId, topic, orderGid: gid("Order", orderId) },
  ...{ sourceIdentifier: null, updatedAt: null },
});

function parsed<T>(schema: z.ZodType<T>, body: unknown, read: (value: T) => ReceivedEvent[]): ReceivedEvent[] | null {
  const found = schema.safeParse(body);
  return found.success ? read(found.data) : null;
}

function gid(type: string, plainId: string): string {
  return plainId.startsWith("gid://") ? plainId : `gid://shopify/${type}/${plainId}`;
}
