import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { browse, type PageAnswer } from "../pages/testing.ts";
import { aLiveListing, openTestShop, type TestShop } from "../tiktok-shop/testing.ts";

let shop: TestShop;
let browser: ReturnType<typeof browse>;
let listing: { productId: string; skuId: string };
const FRONT = "/shops/USLC000001";
beforeAll(async () => {
  shop = await openTestShop({ speed: 600 });
  browser = browse(shop.sandbox, "shop.localhost");
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.door("settings", { speed: 600 });
  listing = await aLiveListing(shop);
  await shop.door("settings", { speed: 1 });
});

const buy = (fields: Record<string, string> = {}, origin?: string): Promise<PageAnswer> =>
  browser.post(
    `${FRONT}/buy`,
    { productId: listing.productId, skuId: listing.skuId, quantity: "1", ...fields },
    origin,
  );
const state = async () => (await shop.door("state")).tiktok;
const lastOrder = async () => (await state()).orders.at(-1);

describe("the shop front", () => {
  it("leads to the only shop; with several there is a choice", async () => {
    expect((await browser.ask("/")).headers.location).toBe(FRONT);
    await shop.door("tiktok/create-shop", { name: "Second shop" });
    const choice = await browser.ask("/");
    expect(choice.status).toBe(200);
    expect(choice.text).toContain("Second shop");
    expect(choice.text).toContain("not connected");
    expect((await browser.ask("/shops/nobody")).status).toBe(404);
  });

  it("shows listings that are on sale and no other", async () => {
    expect((await browser.ask(FRONT)).text).toContain(listing.productId);
    await shop.call("POST", "/product/202309/products/deactivate", { body: { product_ids: [listing.productId] } });
    expect((await browser.ask(FRONT)).text).not.toContain(listing.productId);
    expect((await buy()).status).toBe(422);
  });

  it("answers 304 while nothing has changed, and anew when stock has", async () => {
    const { headers } = await browser.ask(FRONT);
    const known = { "if-none-match": headers.etag ?? "" };
    expect((await browser.ask(FRONT, known)).status).toBe(304);
    await buy();
    expect((await browser.ask(FRONT, known)).status).toBe(200);
  });

  it("sells nothing to another site's form, and not more than there is", async () => {
    const before = (await state()).orders.length;
    expect((await buy({}, "http://evil.localhost")).status).toBe(403);
    const much = await buy({ quantity: "99" });
    expect(much.status).toBe(422);
    expect(much.text).toContain("there is not that much left");
    expect((await buy({ quantity: "-1" })).status).toBe(422);
    expect((await state()).orders).toHaveLength(before);
    expect((await state()).oversold).toBe(0);
  });

  it("sells, shows the order to its buyer alone, and lets it be cancelled while it is on hold", async () => {
    expect((await buy({ quantity: "2" })).headers.location).toContain(`${FRONT}/orders`);
    const order = await lastOrder();
    expect(order.lines).toHaveLength(2);
    const { orderId: foreign } = await shop.door("tiktok/buy", { skuId: listing.skuId, buyer: "somebody else" });
    const page = (await browser.ask(`${FRONT}/orders`)).text;
    expect(page).toContain(order.id);
    expect(page).not.toContain(foreign);
    expect((await browser.post(`${FRONT}/cancel`, { orderId: foreign })).status).toBe(422);
    await browser.post(`${FRONT}/cancel`, { orderId: order.id });
    const { orders } = await state();
    expect(orders.find((one: { id: string }) => one.id === order.id).status).toBe("CANCELLED");
    expect(orders.find((one: { id: string }) => one.id === foreign).status).toBe("ON_HOLD");
  });

  it("asks the seller once the hold is over", async () => {
    await buy();
    const { id } = await lastOrder();
    await shop.door("tiktok/advance", { orderId: id });
    await browser.post(`${FRONT}/cancel`, { orderId: id });
    expect((await lastOrder()).cancellations).toMatchObject([
      { type: "BUYER_CANCEL", status: "CANCELLATION_REQUEST_PENDING" },
    ]);
    expect((await browser.ask(`${FRONT}/orders`)).text).toContain("The shop has not answered yet");
  });
});
