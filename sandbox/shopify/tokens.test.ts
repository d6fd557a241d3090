import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aShop, CLIENT, EXCHANGE, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

const QUERY = "query Name { shop { name } }";
const PATH = "/admin/oauth/access_token";
const refresh = (refreshToken: string) =>
  shop.post(PATH, { ...CLIENT, grant_type: "refresh_token", refresh_token: refreshToken });

describe("token exchange", () => {
  it("gives an expiring offline pair; a new exchange revokes the former pair", async () => {
    const first = await shop.token();
    expect(first).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect(await shop.status(QUERY, first.access_token)).toBe(200);
    const second = await shop.token();
    expect(await shop.status(QUERY, first.access_token)).toBe(401);
    expect((await refresh(first.refresh_token)).status).toBe(400);
    expect(await shop.status(QUERY, second.access_token)).toBe(200);
  });

  it("refuses forged session tokens, wrong secrets and tokens that would never expire", async () => {
    const { token } = await shop.door("shopify/session-token");
    const forged = `${token.slice(0, -4)}AAAA`;
    expect((await shop.post(PATH, { ...EXCHANGE, subject_token: forged })).body.error).toBe("invalid_subject_token");
    expect((await shop.post(PATH, { ...EXCHANGE, subject_token: token, client_secret: "no" })).body.error).toBe(
      "invalid_client",
    );
    const { expiring: _left, ...forever } = EXCHANGE;
    expect((await shop.post(PATH, { ...forever, subject_token: token })).status).toBe(400);
  });

  it("knows a token only for its own shop", async () => {
    await shop.door("shopify/create-shop", { shop: "other.myshopify.com", plan: "Standard" });
    const { access_token } = await shop.token();
    const answer = await shop.gql(QUERY, {}, { token: access_token, shop: "other.myshopify.com" });
    expect(answer.errors).toContain("Invalid API key or access token");
  });
});

describe("refresh", () => {
  it("gives a new pair; the used refresh token stays good until that pair is first used", async () => {
    const first = await shop.token();
    const lost = (await refresh(first.refresh_token)).body;
    const second = (await refresh(first.refresh_token)).body;
    expect(second.access_token).not.toBe(lost.access_token);
    expect(await shop.status(QUERY, lost.access_token)).toBe(401);
    expect(await shop.status(QUERY, second.access_token)).toBe(200);
    expect((await refresh(first.refresh_token)).status).toBe(400);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  it("an expired access token is 401 while its refresh token works", async () => {
    await shop.door("shopify/settings", { accessTokenLifeMs: 0 });
    const pair = await shop.token();
    expect(await shop.status(QUERY, pair.access_token)).toBe(401);
    await shop.door("shopify/settings", { accessTokenLifeMs: 3_600_000 });
    expect(await shop.status(QUERY, (await refresh(pair.refresh_token)).body.access_token)).toBe(200);
  });
});

describe("uninstalling", () => {
  it("kills the tokens; opening the app again installs it anew", async () => {
    const pair = await shop.token();
    await shop.door("shopify/uninstall");
    expect(await shop.status(QUERY, pair.access_token)).toBe(401);
    expect((await refresh(pair.refresh_token)).status).toBe(400);
    expect(await shop.status(QUERY, (await shop.token()).access_token)).toBe(200);
  });
});
