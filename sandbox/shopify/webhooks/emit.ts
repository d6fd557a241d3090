import { createHmac, randomUUID } from "node:crypto";
import { checkWebhookBody } from "../../contract/shopify/webhooks.ts";
import type { Subscription } from "../app-toml.ts";
import type { Fulfillment, FulfillmentOrder, Level, Order, Product, Refund, Return, Shop } from "../model.ts";
import { writeRest } from "../rest-json.ts";
import type { World } from "../world.ts";
import { levelBody, productBody, productDeletedBody, shopBody } from "./bodies-catalog.ts";
import {
  fulfillmentBody,
  fulfillmentOrderBody,
  type OrderChange,
  orderBody,
  orderEditBody,
  refundBody,
  returnBegunBody,
  returnBody,
} from "./bodies-orders.ts";

/** Shopify fact: 8 retries within 4 hours. */
const MINUTE = 60_000;
const RETRIES_MS = [1, 2, 5, 10, 20, 40, 60, 100].map((minutes) => minutes * MINUTE);
/** Shopify fact: 5 s for the whole answer; redirects count as failures. */
const TIMEOUT_MS = 5_000;

/**
 * Sends one event to every subscription of its topic. Nothing is sent for a shop that has not installed the app, except
 * the news of uninstalling and the compliance topics.
 */
export function emit(world: World, shop: Shop, topic: string, body: Record<string, unknown>): void {
  const always = topic === "app/uninstalled" || topic.endsWith("/redact") || topic.endsWith("/data_request");
  if (!shop.installed && !always) return;
  const subscriptions = world.app.subscriptions.filter((one) => one.topics.includes(topic));
  if (subscriptions.length === 0) return;
  for (const problem of checkWebhookBody(topic, body)) world.kernel.violation(`webhook ${topic}: ${problem}`);
  const eventId = randomUUID();
  for (const subscription of subscriptions) send(world, shop, subscription, topic, body, eventId);
}

function send(
  world: World,
  shop: Shop,
  subscription: Subscription,
  topic: string,
  body: Record<string, unknown>,
  eventId: string,
): void {
  const { kernel, app } = world;
  const kept = subscription.includeFields
    ? Object.fromEntries(subscription.includeFields.filter((name) => name in body).map((name) => [name, body[name]]))
    : body;
  const webhookId = randomUUID();
  const nanos = String(Math.floor(kernel.random() * 1e6)).padStart(6, "0");
  const triggeredAt = new Date(world.now()).toISOString().replace("Z", `${nanos}Z`);
  kernel.deliver({
    platform: "shopify",
    topic,
    url: /^https?:/.test(subscription.uri) ? subscription.uri : kernel.settings.appUrl + subscription.uri,
    body: writeRest(kept),
    sign: (text) => ({
      "content-type": "application/json",
      accept: "*/*",
      "user-agent": "Shopify-Captain-Hook",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": createHmac("sha256", kernel.settings.apiSecret).update(text, "utf8").digest("base64"),
      "x-shopify-shop-domain": shop.domain,
      "x-shopify-api-version": app.apiVersion,
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": eventId,
      "x-shopify-triggered-at": triggeredAt,
      ...(subscription.name ? { "x-shopify-name": subscription.name } : {}),
    }),
    retriesMs: RETRIES_MS,
    timeoutMs: TIMEOUT_MS,
    ok: (status) => status >= 200 && status < 300,
  });
}

export const tellProductChanged = (world: World, shop: Shop, product: Product) =>
  emit(world, shop, "products/update", productBody(shop, product));
export const tellProductCreated = (world: World, shop: Shop, product: Product) =>
  emit(world, shop, "products/create", productBody(shop, product));
export const tellProductDeleted = (world: World, shop: Shop, product: Product) =>
  emit(world, shop, "products/delete", productDeletedBody(product));
export const tellLevelChanged = (world: World, shop: Shop, level: Level) =>
  emit(world, shop, "inventory_levels/update", levelBody(level));
export const tellShop = (world: World, shop: Shop, topic: string) => emit(world, shop, topic, shopBody(shop));

/** One or more order topics with the same body; every change of an order also is an orders/updated. */
export function tellOrder(world: World, shop: Shop, order: Order, ...topics: string[]): void {
  const body = orderBody(shop, order);
  for (const topic of [...topics, "updated"]) emit(world, shop, `orders/${topic}`, body);
}

export const tellFulfillment = (
  world: World,
  shop: Shop,
  order: Order,
  fulfillment: Fulfillment,
  topic: "create" | "update",
) => emit(world, shop, `fulfillments/${topic}`, fulfillmentBody(order, fulfillment));
export const tellRefund = (world: World, shop: Shop, order: Order, refund: Refund) =>
  emit(world, shop, "refunds/create", refundBody(order, refund));
/** orders/edited: which quantities went up and down. */
export const tellOrderEdited = (world: World, shop: Shop, order: Order, change: OrderChange) =>
  emit(world, shop, "orders/edited", orderEditBody(world, order, change));
/** returns/*: two families of bodies. Shopify fact §15.2: what is asked for or begun names the order in full, the rest by its id. */
export const tellReturn = (world: World, shop: Shop, found: Return, topic: "approve" | "cancel" | "close") =>
  emit(world, shop, `returns/${topic}`, topic === "approve" ? returnBegunBody(found) : returnBody(found));
export const tellFulfillmentOrder = (world: World, shop: Shop, unit: FulfillmentOrder, topic: string, status: string) =>
  emit(world, shop, `fulfillment_orders/${topic}`, fulfillmentOrderBody(unit, status));
