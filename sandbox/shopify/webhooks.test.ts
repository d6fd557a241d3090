import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anOrder, aShop, eventually, type Json, type Received, type TestShop } from "./testing.ts";

let shop: TestShop;
const topics = [
  "products/update",
  "orders/create",
  "orders/updated",
  "orders/cancelled",
  "inventory_levels/update",
  "fulfillments/create",
  "app/uninstalled",
];
const subscribe = (more: object = {}) =>
  shop.door("shopify/app", {
    subscriptions: [{ topics, uri: "/webhooks/shopify", includeFields: null, name: null, ...more }],
  });

beforeEach(async () => {
  shop = await aShop({ speed: 10_000 });
  await subscribe();
});
afterEach(() => shop.close());

const topicOf = (one: Received) => one.headers["x-shopify-topic"];
const edit = async () => {
  const { products } = await shop.door("shopify/products");
  await shop.door("shopify/edit-product", { productId: products[0].id, title: "New" });
};
const counts = async () => (await shop.get("state")).webhooks;
const settled = () => eventually(async () => (await counts()).pending === 0);

describe("webhooks", () => {
  it("are signed over the raw body and carry Shopify's headers", async () => {
    await edit();
    const got = await eventually(() => shop.received[0]);
    const signature = createHmac("sha256", "reelshelf-demo-secret-not-for-production")
      .update(got.raw, "utf8")
      .digest("base64");
    expect(got.headers).toMatchObject({
      "x-shopify-topic": "products/update",
      "x-shopify-hmac-sha256": signature,
      "x-shopify-shop-domain": "reelshelf-demo.myshopify.com",
      "x-shopify-api-version": "2026-07",
      host: expect.stringMatching(/^app\.localhost:\d+$/),
    });
    for (const name of ["x-shopify-webhook-id", "x-shopify-event-id", "x-shopify-triggered-at"])
      expect(got.headers[name]).toBeTruthy();
  });

  it("write ids as bare numbers, also above 2^53", async () => {
    let big: Received | undefined;
    for (let nth = 0; nth < 6 && !big; nth += 1) {
      await anOrder(shop, `n${nth}`);
      big = await eventually(() => shop.received.filter((one) => topicOf(one) === "orders/create").length > nth).then(
        () => shop.received.find((one) => topicOf(one) === "orders/create" && /"id":\d{18},/.test(one.raw)),
      );
    }
    const text = /^\{"id":(\d+),"admin_graphql_api_id":"gid:\/\/shopify\/Order\/(\d+)"/.exec(big?.raw ?? "");
    expect(text?.[1]).toBeTruthy();
    expect(text?.[1]).toBe(text?.[2]);
  });

  it("keep to include_fields", async () => {
    await subscribe({ includeFields: ["id", "updated_at"] });
    await edit();
    const got = await eventually(() => shop.received[0]);
    expect(Object.keys(JSON.parse(got.raw) as object)).toEqual(["id", "updated_at"]);
  });

  it("are retried eight times with the same id and body, then given up", async () => {
    shop.answerWith(503);
    await edit();
    await eventually(async () => (await counts()).failed === 1);
    expect(shop.received).toHaveLength(9);
    expect(new Set(shop.received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(shop.received.map((one) => one.raw)).size).toBe(1);
  });

  it("are acknowledged by a retry that works; a redirect is a failure", async () => {
    shop.answerWith(302);
    await edit();
    await eventually(() => shop.received.length >= 2);
    shop.answerWith(200);
    await settled();
    expect(await counts()).toMatchObject({ sent: 1, acknowledged: 1, failed: 0 });
  });

  it("are lost, doubled, shuffled and late when asked", async () => {
    await shop.door("webhooks", { platform: "shopify", doubleEvery: 1 });
    await edit();
    await settled();
    expect(shop.received).toHaveLength(2);
    expect(new Set(shop.received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(1);
    await shop.door("webhooks", { platform: "shopify", loseEvery: 1 });
    await edit();
    expect(await counts()).toMatchObject({ sent: 2, lost: 1, doubled: 1 });
    await shop.door("webhooks", { shuffle: true });
    for (let nth = 0; nth < 8; nth += 1) await edit();
    await settled();
    const order = shop.received.slice(2).map((one) => String(one.headers["x-shopify-triggered-at"]));
    expect(order).toHaveLength(8);
    expect(order).not.toEqual([...order].sort());
    await shop.door("webhooks", { delayMs: 200 });
    const started = Date.now();
    await edit();
    await settled();
    expect(Date.now() - started).toBeGreaterThanOrEqual(199);
  });

  it("tell what an order does: created, its stock, shipped, cancelled", async () => {
    const order = await anOrder(shop, "576");
    await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1Z" });
    await settled();
    const seen = new Map(shop.received.map((one) => [topicOf(one), JSON.parse(one.raw) as Json]));
    expect(seen.get("orders/create")).toMatchObject({
      source_identifier: "576",
      financial_status: "paid",
      total_price: "26.59",
    });
    expect(seen.get("inventory_levels/update")).toMatchObject({ available: 8 });
    expect(seen.get("fulfillments/create")).toMatchObject({
      status: "success",
      tracking_company: "UPS",
      tracking_numbers: ["1Z"],
    });
    expect(seen.get("orders/updated")).toMatchObject({ fulfillment_status: "fulfilled" });
    expect(await shop.get("state")).toMatchObject({ contractViolations: 0 });
  });

  it("go to nobody after uninstalling, except the news of it", async () => {
    await shop.door("shopify/uninstall");
    await edit();
    await settled();
    expect(shop.received.map(topicOf)).toEqual(["app/uninstalled"]);
  });
});
