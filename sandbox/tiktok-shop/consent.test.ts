import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, exchange, openTestShop, refresh, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ appUrl: "http://app.localhost:4000" });
});
afterAll(() => shop.close());

describe("the consent page", () => {
  const page = "/open/authorize?service_id=7000000000000000001&state=abc";
  const post = (decision: string) =>
    fetch(`${shop.sandbox.url}/open/authorize`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ service_id: "7000000000000000001", state: "abc", decision }),
    });

  it("asks, and returns with a code or a refusal", async () => {
    const question = await (await fetch(shop.sandbox.url + page)).text();
    expect(question).toContain("Approve");
    const back = new URL((await post("approve")).headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe("http://app.localhost:4000/connect/tiktok-shop/callback");
    expect(back.searchParams.get("state")).toBe("abc");
    expect(back.searchParams.get("code")).toMatch(/^TTP_/);
    const refused = new URL((await post("refuse")).headers.get("location") ?? "");
    expect(Object.fromEntries(refused.searchParams)).toEqual({ code: "null", error: "auth_denied", state: "abc" });
    expect((await fetch(`${shop.sandbox.url}/open/authorize?service_id=1`)).status).toBe(400);
  });

  it("starts from the platform's store without state", async () => {
    const { url } = await shop.door("tiktok/seller-start");
    expect(new URL(url).searchParams.has("state")).toBe(false);
    expect((await exchange(shop.sandbox, new URL(url).searchParams.get("code") ?? "")).code).toBe(0);
  });
});

describe("codes and tokens", () => {
  it("work once", async () => {
    const code = await approve(shop.sandbox);
    const first = await exchange(shop.sandbox, code);
    expect(first).toMatchObject({ code: 0, data: { user_type: 0, seller_base_region: "US" } });
    const now = Date.now() / 1000;
    expect(Number(first.data.access_token_expire_in)).toBeGreaterThan(now + 6 * 86_400);
    expect(Number(first.data.refresh_token_expire_in)).toBeGreaterThan(now + 300 * 86_400);
    expect((await exchange(shop.sandbox, code)).code).toBe(36009004);
  });

  it("let a refresh token be used again unless a switch says otherwise", async () => {
    expect((await refresh(shop.sandbox, shop.tokens.refresh_token)).code).toBe(0);
    expect((await refresh(shop.sandbox, shop.tokens.refresh_token)).code).toBe(0);
    await shop.door("tiktok/settings", { singleUseRefreshToken: true });
    expect((await refresh(shop.sandbox, shop.tokens.refresh_token)).code).toBe(36009004);
  });

  it("reach every shop of the seller, until one is taken out", async () => {
    const { shopId } = await shop.door("tiktok/create-shop", { name: "Second", sellerId: undefined });
    const state = await shop.door("state");
    const other = state.tiktok.shops.find((entry: { id: string }) => entry.id === shopId);
    const answer = await exchange(shop.sandbox, await approve(shop.sandbox, `&seller=${other.sellerId}`));
    const token = String(answer.data.access_token);
    const list = () =>
      shop.call<{ shops: { id: string; cipher: string }[] }>("GET", "/authorization/202309/shops", {
        token,
        cipher: null,
      });
    const shops = (await list()).data.shops;
    expect(shops.map((entry) => entry.id)).toEqual([shopId]);
    const cipher = shops[0]?.cipher ?? "";
    expect((await shop.call("DELETE", "/authorization/202403/shops", { token, cipher })).code).toBe(0);
    expect((await list()).code).toBe(105004);
    expect((await shop.call("GET", "/product/202312/prerequisites", { cipher })).code).toBe(101000);
  });
});
