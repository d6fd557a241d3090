import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { computeEventSignature, computeSignature } from "./signing.ts";
import { aListing, appKey, appSecret, consent, openTestShop, refresh, type TestShop } from "./testing.ts";

describe("signatures", () => {
  const sign = (path: string, query: Record<string, string>, body: string, contentType = "application/json") =>
    computeSignature(appSecret, { path, query: new URLSearchParams(query), raw: Buffer.from(body), contentType });
  const common = { app_key: appKey, timestamp: "1700000000" };

  it("agrees with vectors computed elsewhere", () => {
    const query = { ...common, shop_cipher: "TTP_abc", ids: "1,2", access_token: "no", sign: "no" };
    expect(sign("/order/202507/orders", query, "")).toBe(
      "e6618a4b7a86ab9b6575a0a0c9f712e0fe0a3bb6b200d75ff343dfbf627d705c",
    );
    expect(sign("/order/202309/orders/search", { ...common, page_size: "20" }, '{"a": "\\u00e9 é"}')).toBe(
      "1b1874a5b047fb7f61f91278eac5582c87953155dca3ede7c414afa29c50fe70",
    );
    expect(sign("/product/202309/images/upload", common, "whatever", "multipart/form-data; boundary=x")).toBe(
      "711d837e5cb52bff65388b7ba714ddfb5348baac4daf59f648ca4a781ee95085",
    );
    expect(computeEventSignature(appKey, appSecret, '{"type":1}')).toBe(
      "d4f8089e6c00b6ea48d92c564e494e304666250117b95327752fbecdc87abc33",
    );
  });

  it("does not depend on the order of parameters and counts every byte of the body", () => {
    const turned = Object.fromEntries(Object.entries({ ...common, b: "1", a: "2" }).reverse());
    expect(sign("/x", turned, "{}")).toBe(sign("/x", { ...common, b: "1", a: "2" }, "{}"));
    expect(sign("/x", common, "{}")).not.toBe(sign("/x", common, "{ }"));
  });
});

describe("the gate", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(() => shop.close());
  const search = "/order/202309/orders/search";
  const good = { query: { page_size: "10" }, body: {} };

  it("lets a right call through", async () => {
    expect(await shop.call("POST", search, good)).toMatchObject({ status: 200, code: 0, message: "Success" });
  });

  it("checks app key, clock, signature, token, scope, cipher in this order", async () => {
    const broken = {
      ...good,
      secret: "wrong",
      token: "wrong",
      cipher: "wrong",
      timestamp: Math.floor(Date.now() / 1000) - 400,
      tamper: (query: URLSearchParams) => query.set("app_key", "nobody"),
    };
    expect(await shop.call("POST", search, broken)).toMatchObject({
      code: 36009004,
      message: expect.stringMatching(/app_key/),
    });
    const steps = [
      { fix: { tamper: undefined }, code: 36009004, message: /timestamp/ },
      { fix: { timestamp: undefined }, code: 106001, message: /signature/ },
      { fix: { secret: undefined }, code: 36009004, message: /access token/ },
      { fix: { token: undefined }, code: 101000, message: /belong/ },
    ];
    let options: Record<string, unknown> = broken;
    for (const step of steps) {
      options = { ...options, ...step.fix };
      const answer = await shop.call("POST", search, options);
      expect(answer.code).toBe(step.code);
      expect(answer.message).toMatch(step.message);
    }
  });

  it("takes a clock up to 300 s slow and 30 s fast", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await shop.call("POST", search, { ...good, timestamp: now - 295 })).code).toBe(0);
    expect((await shop.call("POST", search, { ...good, timestamp: now - 305 })).code).toBe(36009004);
    expect((await shop.call("POST", search, { ...good, timestamp: now + 25 })).code).toBe(0);
    expect((await shop.call("POST", search, { ...good, timestamp: now + 40 })).code).toBe(36009004);
  });

  it("wants the cipher where it is taken and refuses it elsewhere", async () => {
    expect((await shop.call("POST", search, { ...good, cipher: null })).code).toBe(106013);
    expect((await shop.call("GET", "/authorization/202309/shops")).code).toBe(36009004);
  });

  it("tells unknown paths, methods, versions and content types apart", async () => {
    expect((await shop.call("GET", "/order/202309/nothing")).code).toBe(36009009);
    expect((await shop.call("PUT", search, good)).code).toBe(36009010);
    expect((await shop.call("POST", "/order/202212/orders/search", good)).code).toBe(36009014);
    expect((await shop.call("POST", search, { ...good, contentType: "text/plain" })).code).toBe(36009022);
  });

  it("refuses a body outside the contract and names the field", async () => {
    const answer = await shop.call("POST", search, { query: { page_size: "10" }, body: { update_time_from: 1 } });
    expect(answer).toMatchObject({ code: 36009004 });
    expect(answer.message).toContain("update_time_from");
  });
});

describe("tokens", () => {
  it("expire, are renewed, and die with the consent", async () => {
    const shop = await openTestShop();
    const path = "/logistics/202309/warehouses";
    await shop.door("tiktok/expire-tokens");
    expect(await shop.call("GET", path)).toMatchObject({ status: 401, code: 105002 });
    const renewed = await refresh(shop.sandbox, shop.tokens.refresh_token);
    expect(renewed).toMatchObject({ code: 0, message: "success" });
    shop.client.token = String(renewed.data.access_token);
    expect((await shop.call("GET", path)).code).toBe(0);
    await shop.door("tiktok/revoke");
    expect((await shop.call("GET", path)).code).toBe(105004);
    expect((await refresh(shop.sandbox, String(renewed.data.refresh_token))).code).toBe(105004);
    shop.client.token = (await consent(shop.sandbox)).access_token;
    expect((await shop.call("GET", path)).code).toBe(0);
    await shop.close();
  });

  it("carry only the permissions that were given", async () => {
    const shop = await openTestShop();
    await shop.door("tiktok/settings", { withheldScopes: ["seller.product.write"] });
    const pair = await consent(shop.sandbox);
    expect(pair.granted_scopes).not.toContain("seller.product.write");
    const body = await aListing(shop);
    expect((await shop.call("POST", "/product/202309/products", { body, token: pair.access_token })).code).toBe(105005);
    expect((await shop.call("POST", "/product/202309/products", { body })).code).toBe(0);
    await shop.close();
  });
});

describe("rates", () => {
  it("refuse the third write of a second on the real profile, and only that operation", async () => {
    const shop = await openTestShop({ profile: "real" });
    const codes: number[] = [];
    for (let index = 0; index < 8; index++) {
      codes.push((await shop.call("POST", "/product/202309/products", { body: { title: "x" } })).code);
    }
    expect(codes.filter((code) => code === 36009002).length).toBeGreaterThanOrEqual(4);
    expect(
      (await shop.call("POST", "/order/202309/orders/search", { query: { page_size: "1" }, body: {} })).status,
    ).toBe(200);
    await shop.close();
  });

  it("let 50 calls a second through on the fast profile and answer 429 beyond", async () => {
    const shop = await openTestShop();
    const refusedOf = async (calls: number) => {
      const asked = Array.from({ length: calls }, () => shop.call("GET", "/product/202312/prerequisites"));
      return (await Promise.all(asked)).filter((answer) => answer.status === 429);
    };
    // time stands still: however slow the machine, all come in the same moment
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    try {
      const refused = await refusedOf(120);
      expect(refused).toHaveLength(70);
      expect(refused[0]?.code).toBe(36009002);
      vi.setSystemTime(Date.now() + 1_000);
      expect(await refusedOf(51)).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
    await shop.close();
  });
});
