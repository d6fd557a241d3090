import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browse } from "../pages/testing.ts";
import { anOrder, aShop, eventually, stockOf, type TestShop } from "../shopify/testing.ts";

let shop: TestShop;
let ask: ReturnType<typeof browse>["ask"];
let post: ReturnType<typeof browse>["post"];
beforeEach(async () => {
  shop = await aShop();
  ({ ask, post } = browse(shop.sandbox, "admin.localhost"));
});
afterEach(() => shop.close());

const STORE = "/store/reelshelf-demo";
const numberOf = (gid: string) => gid.split("/").at(-1);

describe("the admin frame", () => {
  it("frames the app with all the admin adds to its address", async () => {
    const { status, text } = await ask("/store/reelshelf-demo/apps/reelshelf/app/orders?tab=open");
    expect(status).toBe(200);
    const boot = JSON.parse(/id="boot">(.*?)<\/script>/.exec(text)?.[1] ?? "{}") as { src: string; appOrigin: string };
    const src = new URL(boot.src);
    expect(src.origin).toBe(boot.appOrigin);
    expect(src.pathname).toBe("/app/orders");
    expect(Object.fromEntries(src.searchParams)).toMatchObject({
      tab: "open",
      embedded: "1",
      shop: "reelshelf-demo.myshopify.com",
      locale: "en",
    });
    expect(Buffer.from(src.searchParams.get("host") ?? "", "base64").toString()).toBe(
      "admin.shopify.com/store/reelshelf-demo",
    );
    expect(src.searchParams.get("id_token")?.split(".")).toHaveLength(3);
  });

  it("leads to the app from the bare host, and knows the app by its key too", async () => {
    expect((await ask("/")).headers.location).toBe("/store/reelshelf-demo/apps/reelshelf");
    expect((await ask("/store/reelshelf-demo/apps/reelshelf-demo-key")).text).toContain("app-iframe");
    expect((await ask("/store/nobody/apps/reelshelf")).status).toBe(404);
  });

  it("gives session tokens to its own page only", async () => {
    const own = await ask("/_sandbox/session-token", { origin: `http://admin.localhost:${shop.sandbox.port}` }, "POST");
    expect((JSON.parse(own.text) as { token: string }).token.split(".")).toHaveLength(3);
    expect((await ask("/_sandbox/session-token", { origin: "http://app.localhost:1" }, "POST")).status).toBe(403);
  });

  it("serves the App Bridge stand-in and the products of the picker", async () => {
    expect((await ask("/app-bridge.js")).text).toContain("window.shopify");
    expect(JSON.parse((await ask("/_sandbox/products")).text)).toMatchObject([{ title: "Mug", totalVariants: 2 }]);
  });

  it("shows the app's block on a product's page, in a frame with its code and what it is about", async () => {
    const { products } = await shop.door("shopify/products");
    const { text } = await ask(`${STORE}/products/${numberOf(products[0].id)}`);
    const src = /<iframe title="TikTok Shop listing" src="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const frame = await ask(src);
    const boot = JSON.parse(/id="boot">(.*?)<\/script>/.exec(frame.text)?.[1] ?? "{}");
    expect(boot).toMatchObject({ target: "admin.product-details.block.render", selected: products[0].id });
    const code = await ask(/<script src="(\/_sandbox\/extension.js[^"]+)"/.exec(frame.text)?.[1] ?? "");
    expect(code.text).toContain("/api/product-block");
    expect((await ask("/_sandbox/extension?handle=../../package.json")).status).toBe(404);
    expect((await ask("/extension-host.js")).text).toContain("window.shopify");
  });
});

describe("products", () => {
  const product = async () => (await shop.door("shopify/products")).products[0];
  const path = async () => `${STORE}/products/${numberOf((await product()).id)}`;

  it("are found by title and SKU, and say so when nothing fits", async () => {
    expect((await ask(`${STORE}/products?q=mug-r`)).text).toContain("Mug");
    expect((await ask(`${STORE}/products?q=sofa`)).text).toContain("No product fits");
    expect((await ask(`${STORE}/products/1`)).status).toBe(303);
    expect((await ask("/store/nobody/products")).status).toBe(404);
  });

  it("are saved as a whole or not at all, every wrong field named; other sites' forms are refused", async () => {
    const fields = { title: "Bigger mug", "price-1": "13.50", "before-1": "20", "stock-1-0": "4", "stock-2-1": "many" };
    expect((await post(await path(), fields, "http://evil.localhost")).status).toBe(403);
    const rejected = await post(await path(), fields);
    expect(rejected.status).toBe(422);
    expect(rejected.text).toContain("A whole number, 0 or more.");
    expect(rejected.text).toContain('value="Bigger mug"');
    expect((await product()).title).toBe("Mug");
    expect(await stockOf(shop)).toMatchObject({ available: 10 });
  });

  it("send what has changed and nothing else", async () => {
    const fields = {
      title: "Mug",
      status: "ACTIVE",
      "price-1": "13.50",
      "before-1": "",
      "stock-1-0": "4",
      "stock-1-1": "3",
    };
    expect((await post(await path(), fields)).headers.location).toContain("notice=Saved");
    expect(await stockOf(shop)).toEqual({ available: 4, onHand: 4, committed: 0 });
    expect((await product()).variants[0]).toMatchObject({ price: "13.50" });
    expect((await product()).variants[1]).toMatchObject({ price: "12.00" });
    const again = { ...fields, "price-1": "13.5" };
    expect((await post(await path(), again)).headers.location).toContain("Nothing%20had%20changed");
  });
});

describe("an order", () => {
  const open = async () => {
    const { id } = await anOrder(shop, "576");
    const path = `${STORE}/orders/${numberOf(id)}`;
    const now = async () => (await shop.get("state")).shopify.orders.find((one: { id: string }) => one.id === id);
    const { locations } = await shop.door("shopify/products");
    return { path, now, place: locations[0].id as string };
  };
  const parcel = { door: "fulfil", trackingCompany: "UPS", trackingNumber: "1Z1" };

  it("ships in parts, never more than there is, and only with a number", async () => {
    const { path, now, place } = await open();
    const list = (await ask(`${STORE}/orders`)).text;
    expect(list).toContain("576");
    // by the store's clock, as the app tells times, and named
    expect(list).toMatch(/[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d C[SD]T/);
    expect((await post(path, { ...parcel, place, "quantity-0": "3" })).status).toBe(422);
    expect((await post(path, { ...parcel, place, "quantity-0": "0" })).text).toContain("Choose at least one unit");
    expect((await post(path, { ...parcel, place, "quantity-0": "1", trackingNumber: " " })).status).toBe(422);
    expect((await now()).fulfillments).toHaveLength(0);
    await post(path, { ...parcel, place, "quantity-0": "1" });
    expect(await now()).toMatchObject({
      fulfillmentStatus: "PARTIALLY_FULFILLED",
      fulfillments: [{ trackingNumber: "1Z1" }],
    });
    await post(path, { ...parcel, place, "quantity-0": "1", trackingNumber: "1Z2" });
    expect((await now()).fulfillmentStatus).toBe("FULFILLED");
    expect((await post(path, { door: "cancel", reason: "OTHER" })).status).toBe(422);
  });

  it("is cancelled with the units back on the shelf, or gone", async () => {
    const { path, now } = await open();
    expect(await stockOf(shop)).toMatchObject({ available: 8, committed: 2 });
    await post(path, { door: "cancel", reason: "CUSTOMER", restock: "1", refund: "1" });
    await eventually(async () => (await now()).cancelledAt);
    expect(await stockOf(shop)).toEqual({ available: 10, onHand: 10, committed: 0 });
    expect((await post(path, { door: "cancel", reason: "CUSTOMER" })).status).toBe(422);
    expect((await post(path, { door: "uninstall" })).status).toBe(403);
  });

  it("is refunded by line, with the choice of a shelf", async () => {
    const { path, now, place } = await open();
    expect((await post(path, { door: "refund", "quantity-0": "0" })).status).toBe(422);
    await post(path, { door: "refund", "quantity-0": "1", restock: place });
    expect((await now()).refunds).toMatchObject([{ amountMinor: 1080 }]);
    expect(await stockOf(shop)).toEqual({ available: 9, onHand: 10, committed: 1 });
  });
});
