import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aShopifyWorld, DEMO_SHOP, type ShopifyWorld } from "./support.ts";

let world: ShopifyWorld;
beforeAll(async () => {
  world = await aShopifyWorld({ apiSecrets: ["the-next-secret", "reelshelf-demo-secret-not-for-production"] });
});
afterAll(() => world?.close());

beforeEach(async () => {
  await world.door("reset");
  await world.db.shopifySession.deleteMany({});
  world.heard.afterAuth.length = 0;
});

const exchanges = async () => (await world.calls("token")).filter((call) => call.status === 200).length;

async function answerOf(run: Promise<unknown>): Promise<Response> {
  const thrown = await run.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Response);
  return thrown as Response;
}

describe("authenticateAdmin", () => {
  test("takes session tokens signed with either secret during a rotation", async () => {
    const token = await world.sessionToken();
    await expect(world.auth.authenticateAdmin(world.request(token))).resolves.toMatchObject({
      shopDomain: DEMO_SHOP,
      staffId: expect.stringMatching(/^\d+$/),
    });
  });

  test("parallel first loads exchange once and tell of it once", async () => {
    const visits = await Promise.all(
      Array.from({ length: 8 }, async () => world.auth.authenticateAdmin(world.request(await world.sessionToken()))),
    );
    expect(visits).toHaveLength(8);
    expect(await exchanges()).toBe(1);
    expect(world.heard.afterAuth).toEqual([{ domain: DEMO_SHOP, scopes: expect.arrayContaining(["write_orders"]) }]);
  });

  test("a second visit neither exchanges nor tells again", async () => {
    await world.open();
    await world.open();
    expect(await exchanges()).toBe(1);
    expect(world.heard.afterAuth).toHaveLength(1);
  });

  test("an installation that failed is told of again at the next visit", async () => {
    const { run } = world.afterAuth;
    world.afterAuth.run = async () => {
      throw new Error("the database went away");
    };
    await expect(world.open()).rejects.toThrow("the database went away");
    world.afterAuth.run = run;
    await world.open();
    expect(world.heard.afterAuth).toHaveLength(1);
    expect(await exchanges()).toBe(1);
  });

  test("trusts the shop of the token, not of the address", async () => {
    const visit = await world.auth.authenticateAdmin(
      world.request(await world.sessionToken(), "/app.data?shop=other.myshopify.com"),
    );
    expect(visit.shopDomain).toBe(DEMO_SHOP);
  });

  test("a forged token gets 401 with the retry header, and no call is made", async () => {
    const [head, payload] = (await world.sessionToken()).split(".");
    const forged = `${head}.${payload}.${createHmac("sha256", "guess").update(`${head}.${payload}`).digest("base64url")}`;
    const answer = await answerOf(world.auth.authenticateAdmin(world.request(forged)));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("x-shopify-retry-invalid-session-request")).toBe("1");
    expect(await exchanges()).toBe(0);
    expect(await world.db.shopifySession.count()).toBe(0);
  });

  test("a document without a token is sent to fetch one, in a frame only this shop's admin may hold", async () => {
    const query = `embedded=1&shop=${DEMO_SHOP}&host=${Buffer.from("admin.shopify.com/store/reelshelf-demo").toString("base64")}`;
    const answer = await answerOf(world.auth.authenticateAdmin(world.document(query)));
    expect(answer.status).toBe(302);
    const next = new URL(answer.headers.get("location") ?? "", "https://app.example.com");
    expect(next.pathname).toBe("/auth/session-token");
    const page = await answerOf(world.auth.authenticateAdmin(world.document(next.search.slice(1), next.pathname)));
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toBe(
      `frame-ancestors https://${DEMO_SHOP} https://admin.shopify.com;`,
    );
  });
});

describe("addDocumentResponseHeaders", () => {
  const policyFor = (query: string) => {
    const headers = new Headers();
    world.auth.addDocumentResponseHeaders(new Request(`https://app.example.com/app${query}`), headers);
    return headers.get("content-security-policy");
  };

  test("lets the shop's own admin frame the page and nobody else", () => {
    expect(policyFor(`?shop=${DEMO_SHOP}`)).toBe(`frame-ancestors https://${DEMO_SHOP} https://admin.shopify.com;`);
    expect(policyFor("")).toBe("frame-ancestors 'none';");
    expect(policyFor("?shop=evil.example.com")).toBe("frame-ancestors 'none';");
    expect(policyFor("?shop=a.myshopify.com;%20https://evil.example.com")).toBe("frame-ancestors 'none';");
  });
});
