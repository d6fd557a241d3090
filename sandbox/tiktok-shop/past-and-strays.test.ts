import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browse } from "../pages/testing.ts";
import { aLiveListing, openTestShop, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop({ speed: 600 });
});
afterEach(() => shop.close());

const DAY = 86_400;
const search = async (field: string, since: number) =>
  (
    await shop.call<{ orders: Record<string, unknown>[] }>("POST", "/order/202309/orders/search", {
      query: { page_size: "100", sort_field: "update_time", sort_order: "ASC" },
      body: { [`${field}_ge`]: since },
    })
  ).data.orders ?? [];

describe("what was sold before today", () => {
  it("is as old as it says, as far as it would be by now, and nobody is told", async () => {
    const goods = [
      { title: "Old Mug", sellerSku: "OLD-1", price: "12.50" },
      { title: "Old Tee", sellerSku: "OLD-2", price: "20.00" },
    ];
    const { orders } = await shop.door("tiktok/history", { store: "fresh", goods, orders: 43, weeks: 6 });
    expect(orders).toHaveLength(43);
    const now = Math.floor(Date.now() / 1000);
    const all = await search("create_time", now - 43 * DAY);
    expect(all).toHaveLength(43);
    const ages = all.map((order) => (now - Number(order.create_time)) / DAY);
    expect(Math.max(...ages)).toBeCloseTo(42, 1);
    expect(Math.min(...ages)).toBeCloseTo(2, 1);
    for (const order of all) {
      expect(Number(order.update_time)).toBeLessThanOrEqual(now);
      expect(Number(order.update_time)).toBeGreaterThan(Number(order.create_time));
    }
    const statusOf = (age: number) => all.find((order) => now - Number(order.create_time) > age * DAY)?.status;
    expect(new Set(all.map((order) => order.status))).toEqual(new Set(["IN_TRANSIT", "DELIVERED", "COMPLETED"]));
    expect(statusOf(30)).toBe("COMPLETED");
    // a look back over a week finds only what changed in it
    const recent = await search("update_time", now - 7 * DAY);
    expect(recent.length).toBeGreaterThan(5);
    expect(recent.length).toBeLessThan(30);
    const { webhooks, tiktok } = await shop.door("state");
    expect(JSON.stringify(webhooks)).not.toMatch(/"(sent|delivered|pending)":[1-9]/);
    expect(tiktok.oversold).toBe(0);
  });
});

describe("what is not as it should be", () => {
  it("a total that its parts do not explain", async () => {
    const { skuId } = await aLiveListing(shop);
    const { orderId } = await shop.door("tiktok/buy", { skuId, quantity: 1, strayMinor: 37 });
    const { data } = await shop.call<{ orders: { payment: Record<string, string> }[] }>("GET", "/order/202507/orders", {
      query: { ids: orderId },
    });
    const payment = data.orders[0]?.payment ?? {};
    const cents = (name: string) => Math.round(Number(payment[name] || 0) * 100);
    const parts = cents("sub_total") + cents("shipping_fee") + cents("tax") + cents("retail_delivery_fee");
    expect(cents("total_amount") - parts).toBe(37);
  });

  it("a listing the seller made by hand is on sale under ids no app knows", async () => {
    const { productId } = await aLiveListing(shop);
    const copy = await shop.door("tiktok/copy-listing", { productId });
    expect(copy.productId).not.toBe(productId);
    expect((await shop.door("tiktok/buy", { skuId: copy.skuId })).orderId).not.toBeNull();
    await expect(shop.door("tiktok/copy-listing", { productId: "1" })).rejects.toThrow("on sale");
  });

  it("a return is asked for when the goods are there, once, and answered in the seller centre", async () => {
    const { skuId } = await aLiveListing(shop);
    const { orderId } = await shop.door("tiktok/buy", { skuId, skipHold: true });
    await expect(shop.door("tiktok/ask-return", { orderId })).rejects.toThrow("only what was delivered");
    await shop.door("tiktok/deliver-status", { orderId, status: "DELIVERED" });
    const { returnId } = await shop.door("tiktok/ask-return", { orderId, reason: "Too small" });
    await expect(shop.door("tiktok/ask-return", { orderId })).rejects.toThrow("already");
    const browser = browse(shop.sandbox, "shop.localhost");
    const page = async () => (await browser.ask("/seller/USLC000001/requests")).text;
    expect(await page()).toContain("Too small");
    const answer = { door: "decide-return", returnId, decision: "APPROVE_RETURN" };
    expect((await browser.post("/seller/USLC000001/requests", answer)).status).toBe(303);
    expect(await page()).toContain("sends it back");
    expect((await browser.post("/seller/USLC000001/requests", answer)).status).toBe(422);
  });
});
