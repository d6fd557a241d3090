import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { parseJson } from "../platform/ids.ts";
import { isShopDomain } from "./domains.ts";
import type { ShopifyDelivery } from "./model.ts";

/**
 * Verifies and reads one webhook. Shopify fact: the header is the base64 HMAC-SHA256 of the raw body bytes under the app's client
 * secret; for up to an hour after a rotation the old secret still signs, so every configured secret is tried. Null means: answer 401
 * and touch nothing. A signed body that is no JSON gives `body: null`.
 */
export function verifyShopifyWebhook(raw: Uint8Array, headers: Headers, secrets: string[]): ShopifyDelivery | null {
  const signature = headers.get("x-shopify-hmac-sha256");
  if (!signature || !secrets.some((secret) => isSignedWith(secret, raw, signature))) return null;

  const topic = headers.get("x-shopify-topic")?.toLowerCase();
  const shopDomain = headers.get("x-shopify-shop-domain")?.toLowerCase();
  if (!topic || !shopDomain || !isShopDomain(shopDomain)) return null;

  return {
    deliveryId: headers.get("x-shopify-webhook-id") ?? hashOf(topic, shopDomain, raw),
    topic,
    shopDomain,
    triggeredAt: readTime(headers.get("x-shopify-triggered-at")),
    body: readBody(raw),
  };
}

function isSignedWith(secret: string, raw: Uint8Array, signature: string): boolean {
  const expected = createHmac("sha256", secret).update(raw).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Identity of a delivery without an id header: the same bytes about the same thing are the same delivery. */
function hashOf(topic: string, shopDomain: string, raw: Uint8Array): string {
  return createHash("sha256").update(`${topic}\n${shopDomain}\n`).update(raw).digest("hex");
}

function readTime(text: string | null): Date {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

function readBody(raw: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(raw));
  } catch {
    return null; // signed by Shopify yet unreadable: the receiver counts it like an unknown topic
  }
}
