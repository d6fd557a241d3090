import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyShopifyWebhook } from "./webhooks.server.ts";

const body =
  '{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Product/820982911946154508","title":"Tasse Ü","n":3}';
const raw = new TextEncoder().encode(body);

function headersFor(secret: string, changes: Record<string, string | null> = {}): Headers {
  const headers = new Headers({
    "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(raw).digest("base64"),
    "X-Shopify-Topic": "products/update",
    "X-Shopify-Shop-Domain": "reelshelf-demo.myshopify.com",
    "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    "X-Shopify-Triggered-At": "2026-11-22T09:58:11.123Z",
  });
  for (const [name, value] of Object.entries(changes)) value === null ? headers.delete(name) : headers.set(name, value);
  return headers;
}

describe("verifyShopifyWebhook", () => {
  test("reads a signed delivery and keeps every digit of its ids", () => {
    expect(verifyShopifyWebhook(raw, headersFor("new"), ["new", "old"])).toEqual({
      deliveryId: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
      topic: "products/update",
      shopDomain: "reelshelf-demo.myshopify.com",
      triggeredAt: new Date("2026-11-22T09:58:11.123Z"),
      body: {
        id: "820982911946154508",
        admin_graphql_api_id: "gid://shopify/Product/820982911946154508",
        title: "Tasse Ü",
        n: 3,
      },
    });
  });

  test("accepts the former secret during a rotation", () => {
    expect(verifyShopifyWebhook(raw, headersFor("old"), ["new", "old"])?.topic).toBe("products/update");
  });

  test.each([
    ["another secret", headersFor("else")],
    ["no signature", headersFor("new", { "X-Shopify-Hmac-Sha256": null })],
    ["an empty signature", headersFor("new", { "X-Shopify-Hmac-Sha256": "" })],
    ["a short signature", headersFor("new", { "X-Shopify-Hmac-Sha256": "YWJj" })],
    [
      "a hexadecimal signature",
      headersFor("new", { "X-Shopify-Hmac-Sha256": createHmac("sha256", "new").update(raw).digest("hex") }),
    ],
    ["no topic", headersFor("new", { "X-Shopify-Topic": null })],
    ["a sender that is no shop", headersFor("new", { "X-Shopify-Shop-Domain": "evil.example.com" })],
  ])("refuses %s", (_what, headers) => {
    expect(verifyShopifyWebhook(raw, headers, ["new", "old"])).toBeNull();
  });

  test("refuses a body changed by one byte", () => {
    const changed = Uint8Array.from(raw);
    changed[5] = (changed[5] ?? 0) ^ 1;
    expect(verifyShopifyWebhook(changed, headersFor("new"), ["new"])).toBeNull();
  });

  test("gives a delivery without an id the same identity each time", () => {
    const without = () => verifyShopifyWebhook(raw, headersFor("new", { "X-Shopify-Webhook-Id": null }), ["new"]);
    expect(without()?.deliveryId).toMatch(/^[0-9a-f]{64}$/);
    expect(without()?.deliveryId).toBe(without()?.deliveryId);
  });

  test("a signed body that is no JSON is a delivery without content", () => {
    const text = new TextEncoder().encode("<html>");
    const headers = headersFor("new", {
      "X-Shopify-Hmac-Sha256": createHmac("sha256", "new").update(text).digest("base64"),
    });
    expect(verifyShopifyWebhook(text, headers, ["new"])?.body).toBeNull();
  });
});
