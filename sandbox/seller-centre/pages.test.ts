import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browse } from "../pages/testing.ts";
import { aListing, aLiveListing, openTestShop, type TestShop, until } from "../tiktok-shop/testing.ts";

let shop: TestShop;
let browser: ReturnType<typeof browse>;
const CENTRE = "/seller/USLC000001";
beforeAll(async () => {
  shop = await openTestShop({ speed: 600 });
  browser = browse(shop.sandbox, "shop.localhost");
});
afterAll(() => shop.close());

const productNow = async (id: string) =>
  (await shop.door("state")).tiktok.products.find((one: { id: string }) => one.id === id);
const submitted = async () => {
  const answer = await shop.call<{ product_id: string }>("POST", "/product/202309/products", {
    body: await aListing(shop),
  });
  return answer.data.product_id;
};

describe("the audit queue", () => {
  it("cannot be decided by hand while audits end by themselves", async () => {
    const productId = await submitted();
    const early = await browser.post(`${CENTRE}/audits`, { door: "audit", productId, verdict: "approve" });
    expect(early.status).toBe(422);
    await until("the audit to end", async () => (await productNow(productId)).status === "ACTIVATE");
  });

  it("holds listings until somebody approves or rejects them, with a reason the app can read", async () => {
    await shop.door("drawer/audits", { mode: "hold" });
    const [first, second] = [await submitted(), await submitted()];
    await new Promise((resolve) => setTimeout(resolve, 500)); // longer than an audit takes at this speed
    expect((await productNow(first)).auditStatus).toBe("AUDITING");
    expect((await browser.ask(`${CENTRE}/audits`)).text).toContain(first);
    await browser.post(`${CENTRE}/audits`, { door: "audit", productId: first, verdict: "approve" });
    await browser.post(`${CENTRE}/audits`, {
      door: "audit",
      productId: second,
      verdict: "reject",
      reason: "wrong-category",
    });
    expect((await productNow(first)).status).toBe("ACTIVATE");
    expect((await productNow(second)).status).toBe("FAILED");
    const told = await shop.call<{ audit_failed_reasons: { position: string; reasons: string[] }[] }>(
      "GET",
      `/product/202309/products/${second}`,
    );
    expect(told.data.audit_failed_reasons[0]).toMatchObject({
      position: "Category",
      reasons: ["The product is in the wrong category."],
    });
    expect(
      (await browser.post(`${CENTRE}/audits`, { door: "audit", productId: first, verdict: "reject" })).status,
    ).toBe(422);
  });

  it("lets held audits end by themselves when they are automatic again", async () => {
    const productId = await submitted();
    expect((await productNow(productId)).auditStatus).toBe("AUDITING");
    await shop.door("drawer/audits", { mode: "automatic" });
    await until("the audit to end", async () => (await productNow(productId)).status === "ACTIVATE");
  });
});

describe("orders and requests", () => {
  it("an app's link to an order leads to it, marked, wherever it stands in the list", async () => {
    const { skuId } = await aLiveListing(shop);
    const [first, second] = [await shop.door("tiktok/buy", { skuId }), await shop.door("tiktok/buy", { skuId })];
    const address = (id: string) => `/seller/order/detail?order_no=${id}&shop_region=US`;
    const led = await browser.ask(address(first.orderId));
    expect(led.status).toBe(303);
    const { text } = await browser.ask(led.headers.location ?? "");
    expect(text).toMatch(new RegExp(`data-key="${first.orderId}" class="wanted" aria-current="true"`));
    expect(text.match(/aria-current="true"/g)).toHaveLength(1);
    expect(text.indexOf(first.orderId)).toBeLessThan(text.indexOf(second.orderId));
    expect((await browser.ask(address("123"))).status).toBe(404);
  });

  const bought = async () => {
    const { skuId } = await aLiveListing(shop);
    await shop.door("settings", { speed: 1 });
    const { orderId } = await shop.door("tiktok/buy", { skuId });
    await shop.door("tiktok/advance", { orderId });
    await shop.door("settings", { speed: 600 });
    return { skuId, orderId };
  };
  const orderNow = async (id: string) =>
    (await shop.door("state")).tiktok.orders.find((one: { id: string }) => one.id === id);

  it("cancels for want of stock without putting the unit back on sale", async () => {
    const { orderId, skuId } = await bought();
    const cancel = { door: "cancel", orderId, reason: "seller_cancel_reason_out_of_stock" };
    expect((await browser.post(`${CENTRE}/orders`, cancel, "http://evil.localhost")).status).toBe(403);
    expect((await browser.post(`${CENTRE}/orders`, { ...cancel, reason: "because" })).status).toBe(422);
    await browser.post(`${CENTRE}/orders`, cancel);
    expect((await orderNow(orderId)).status).toBe("CANCELLED");
    const { tiktok } = await shop.door("state");
    const sku = tiktok.products
      .flatMap((one: { skus: { id: string }[] }) => one.skus)
      .find((one: { id: string }) => one.id === skuId);
    expect(sku).toMatchObject({ quantity: 4, committed: 0 });
    expect((await browser.post(`${CENTRE}/orders`, cancel)).status).toBe(422);
  });

  it("answers a buyer's request once", async () => {
    await shop.door("settings", { speed: 1 });
    const { orderId } = await bought();
    await shop.door("settings", { speed: 1 });
    const { cancelId } = await shop.door("tiktok/cancel", { orderId, by: "BUYER", request: true });
    expect((await browser.ask(`${CENTRE}/requests`)).text).toContain(cancelId);
    await browser.post(`${CENTRE}/requests`, { door: "answer", cancelId, answer: "refuse" });
    expect(await orderNow(orderId)).toMatchObject({
      status: "AWAITING_SHIPMENT",
      cancellations: [{ status: "CANCELLATION_REQUEST_CANCEL" }],
    });
    expect((await browser.post(`${CENTRE}/requests`, { door: "answer", cancelId, answer: "approve" })).status).toBe(
      422,
    );
  });
});
