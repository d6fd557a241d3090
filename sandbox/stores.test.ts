import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCatalog } from "./catalog/make-catalog.ts";
import { startSandbox } from "./index.ts";
import { browse } from "./pages/testing.ts";
import { STORES } from "./stores.ts";
import { aLiveListing, consent, openTestShop, type TestShop } from "./tiktok-shop/testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop({ speed: 600, busyShop: 12 });
});
afterEach(() => shop.close());

const drawerOf = async (store?: string) =>
  (await fetch(`${shop.sandbox.url}/__sandbox/drawer${store ? `?store=${store}` : ""}`)).json();
const press = async (name: string, input: object) =>
  (await fetch(`${shop.sandbox.url}/__sandbox/drawer/${name}`, { method: "POST", body: JSON.stringify(input) })).json();

describe("two stores", () => {
  it("stand beside each other on both platforms, and the first is filled alike with and without the second", async () => {
    const alone = await startSandbox();
    const listed = async (url: string) =>
      (await fetch(`${url}/__sandbox/shopify/products`, { method: "POST", body: "{}" })).json();
    const both = await startSandbox({ busyShop: 12 });
    const titlesOf = ({ products }: { products: { title: string }[] }) => products.map((one) => one.title);
    const [first, second] = [await listed(alone.url), await listed(both.url)];
    expect(titlesOf(first).length).toBeGreaterThan(0);
    expect(titlesOf(second)).toEqual(titlesOf(first));
    await Promise.all([alone.close(), both.close()]);
    const { shopify, tiktok } = await shop.door("state");
    expect(shopify.shops.map((one: { domain: string; products: number }) => [one.domain, one.products])).toEqual([
      [STORES.fresh.domain, 0],
      [STORES.busy.domain, 12],
    ]);
    expect(tiktok.shops.map((one: { name: string }) => one.name)).toEqual([
      STORES.fresh.channelName,
      STORES.busy.channelName,
    ]);
  });

  it("are each bought in, counted and disconnected alone", async () => {
    await aLiveListing(shop);
    expect(await press("buy-one", { store: "busy" })).toMatchObject({
      error: expect.stringContaining("Nothing is on"),
    });
    expect(await press("buy-one", { store: "fresh" })).toMatchObject({ done: expect.stringContaining("Somebody") });
    expect((await drawerOf("fresh")).truth).toMatchObject({ sold: 1, orders: { channel: 1 } });
    expect((await drawerOf("busy")).truth).toMatchObject({ sold: 0, orders: { channel: 0, light: "none" } });
    expect((await drawerOf()).truth).toMatchObject({ sold: 1 });
    expect(await press("end-holds", { store: "busy" })).toHaveProperty("error");
    expect(await press("revoke", { store: "busy" })).toMatchObject({ error: expect.stringContaining("No shop is") });
    expect((await drawerOf("fresh")).consents).toBe(1);
    expect(await press("revoke", { store: "fresh" })).toHaveProperty("done");
    expect((await drawerOf("fresh")).consents).toBe(0);
  });

  it("lead to each other from the admin, the shop front and the seller centre", async () => {
    const { tiktok } = await shop.door("state");
    const [, busy] = tiktok.grants.length > 0 ? tiktok.shops : [];
    expect(busy).toBeDefined();
    const admin = browse(shop.sandbox, "admin.localhost");
    const page = (await admin.ask("/store/reelshelf-demo/orders")).text;
    expect(page).toContain('href="/store/busy-bee-goods/orders"');
    expect(page).toContain('data-store="fresh"');
    expect((await admin.ask("/store/busy-bee-goods/products")).text).toContain("Amber Harbor Stoneware Mug");
    const channel = browse(shop.sandbox, "shop.localhost");
    for (const side of ["shops", "seller"]) {
      const chooser = (await channel.ask(side === "shops" ? "/" : "/seller")).text;
      const paths = [...chooser.matchAll(new RegExp(`href="(/${side}/[^"/]+)"`, "g"))].map((found) => found[1]);
      expect(paths).toHaveLength(2);
      for (const path of paths) {
        const other = paths.find((one) => one !== path);
        expect((await channel.ask(path ?? "")).text).toContain(`href="${other}`);
      }
    }
  });

  it("the busy seller's first consent ends in seven days, a renewed one in a year", async () => {
    const { tiktok } = await shop.door("state");
    const { sellerId } = tiktok.shops.find((one: { name: string }) => one.name === STORES.busy.channelName);
    const daysLeft = (seconds: number) => (seconds * 1000 - Date.now()) / 86_400_000;
    const days = async () => daysLeft((await consent(shop.sandbox, `&seller=${sellerId}`)).refresh_token_expire_in);
    expect(await days()).toBeCloseTo(7, 2);
    expect(await days()).toBeCloseTo(365, 2);
    expect(daysLeft(shop.tokens.refresh_token_expire_in)).toBeCloseTo(365, 2);
  });

  it("tell on every page how far the busy one is filled", async () => {
    expect((await drawerOf()).filling).toBeNull();
    const told = { step: "12 of 400 listings", share: 0.2, state: "running" };
    await shop.door("filling", told);
    expect((await drawerOf("fresh")).filling).toEqual(told);
    await expect(shop.door("filling", { step: "much", share: 3, state: "running" })).rejects.toThrow("between 0 and 1");
    await shop.door("reset");
    expect((await drawerOf()).filling).toBeNull();
  });
});

describe("the made catalog", () => {
  it("has as many products as asked for, each with its own handle, SKUs and valid barcodes", () => {
    const products = makeCatalog(900);
    const variants = products.flatMap((one) => one.variants);
    expect(new Set(products.map((one) => one.handle)).size).toBe(900);
    expect(new Set(variants.map((one) => one.sku)).size).toBe(variants.length);
    expect(new Set(variants.map((one) => one.barcode)).size).toBe(variants.length);
    const sum = (code: string) => [...code].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
    for (const { barcode } of variants) expect(sum(barcode ?? "") % 10).toBe(0);
    expect(makeCatalog(3)).toEqual(products.slice(0, 3));
  });
});
