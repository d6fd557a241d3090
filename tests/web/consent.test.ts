import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aMovableClock, aWorld, DEMO_SHOP, type World } from "./support.ts";

let world: World;
const clock = aMovableClock();
let shopId: string;

beforeAll(async () => {
  world = await aWorld({ clock });
  shopId = (await world.install()).id;
});
afterAll(() => world.close());

const tokenCalls = async () => (await world.calls()).filter((call) => /AccessToken|token/i.test(call.operation)).length;
const stored = async () =>
  JSON.stringify([
    await world.db.grant.count(),
    await world.db.connection.count(),
    await world.db.unclaimedConsent.count(),
  ]);

describe("the state of a consent", () => {
  let before: { rows: string; tokens: number };
  beforeEach(async () => {
    before = { rows: await stored(), tokens: await tokenCalls() };
  });
  const nothingHappened = async () => {
    expect(await stored()).toBe(before.rows);
    expect(await tokenCalls()).toBe(before.tokens);
  };

  test("forged: nothing is called, nothing stored", async () => {
    const outcome = await world.services.shops.finishConsent({ channel: "tiktok-shop", code: "any", state: "forged" });
    expect(outcome).toEqual({ outcome: "bad-state" });
    expect(await world.services.shops.startConsent({ channel: "tiktok-shop", ticket: "forged" })).toBeNull();
    await nothingHappened();
  });

  test("good until ten minutes have passed, not after", async () => {
    clock.stop();
    const { ticket } = await world.services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
    clock.advance(10 * 60_000 - 1);
    const address = await world.services.shops.startConsent({ channel: "tiktok-shop", ticket });
    expect(address).toContain(`state=${ticket}`);
    clock.advance(1);
    expect(await world.services.shops.startConsent({ channel: "tiktok-shop", ticket })).toBeNull();
    const { code } = await world.consent(address ?? "");
    expect(await world.services.shops.finishConsent({ channel: "tiktok-shop", code, state: ticket })).toEqual({
      outcome: "bad-state",
    });
    // the channel refuses signatures from the future
    clock.advance(-10 * 60_000);
    clock.go();
    await nothingHappened();
  });

  test("of another channel, or of a shop that left: bad", async () => {
    const { ticket } = await world.services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
    expect(await world.services.shops.finishConsent({ channel: "another", code: "x", state: ticket })).toEqual({
      outcome: "bad-state",
    });
    await nothingHappened();
  });

  test("the seller refuses: the ticket is used up and nothing is stored", async () => {
    const { ticket } = await world.services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
    const refuse = () => world.services.shops.finishConsent({ channel: "tiktok-shop", code: null, state: ticket });
    expect(await refuse()).toEqual({ outcome: "refused-by-seller", shopDomain: DEMO_SHOP });
    expect(await refuse()).toEqual({ outcome: "bad-state" });
    await nothingHappened();
  });

  test("no secret is stored in the clear", async () => {
    const { ticket } = await world.services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
    const { claim } = await world.services.shops.keepUnclaimed({ channel: "tiktok-shop", code: "code-in-the-clear" });
    const rows = JSON.stringify([await world.db.consentTicket.findMany(), await world.db.unclaimedConsent.findMany()]);
    for (const secret of [ticket, claim, "code-in-the-clear"]) expect(rows).not.toContain(secret);
    await world.db.unclaimedConsent.deleteMany();
  });
});

test("a good consent connects once; the same state a second time is refused without a call", async () => {
  const { ticket } = await world.services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
  const address = await world.services.shops.startConsent({ channel: "tiktok-shop", ticket });
  const back = await world.consent(address ?? "");
  const outcome = await world.services.shops.finishConsent({ channel: "tiktok-shop", ...back });
  expect(outcome).toMatchObject({
    outcome: "connected",
    shopDomain: DEMO_SHOP,
    connections: [{ name: "Reelshelf Demo Shop" }],
  });

  const [connection] = await world.services.shops.listConnections(shopId);
  expect(connection).toMatchObject({
    status: "active",
    region: "US",
    currency: "USD",
    sellerType: "LOCAL",
    armedFlows: [],
  });
  const grant = await world.db.grant.findFirstOrThrow();
  expect(grant.sealedTokens).toMatch(/^v1\./);
  expect(JSON.stringify(grant)).not.toMatch(/TTP_|ROW_/);

  const tokens = await tokenCalls();
  expect(tokens).toBeGreaterThan(0);
  expect(await world.services.shops.finishConsent({ channel: "tiktok-shop", ...back })).toEqual({
    outcome: "bad-state",
  });
  expect(await tokenCalls()).toBe(tokens);

  const scope = `connection:${connection?.id}` as const;
  await world.drain("housekeeping", scope);
  const after = await world.services.shops.getConnection(shopId, connection?.id ?? "");
  expect(after?.webhooksSetAt).toBeInstanceOf(Date);
  expect(after?.settings.warehouseId).toBeTruthy();
  expect(after?.settings.locationIds).toHaveLength(1);
  expect(await world.services.shops.readiness({ shopId, connectionId: connection?.id ?? "" })).toMatchObject({
    ok: true,
  });
});

test("a consent begun in the channel's own store is kept sealed until claimed, once", async () => {
  const url = new URL(`${world.sandbox.url}/open/authorize`);
  url.searchParams.set("service_id", "7000000000000000001");
  const { code } = await world.consent(url.href);
  expect(code).not.toBe("");
  const { claim } = await world.services.shops.keepUnclaimed({ channel: "tiktok-shop", code });
  expect(await world.services.shops.isClaimable("forged")).toBe(false);
  expect(await world.services.shops.isClaimable(claim)).toBe(true);
  expect(await world.services.shops.claimConsent({ shopId, staffId: "1", claim: "forged" })).toEqual({
    outcome: "bad-state",
  });
  expect(await world.services.shops.claimConsent({ shopId, staffId: "1", claim })).toMatchObject({
    outcome: "connected",
  });
  expect(await world.services.shops.claimConsent({ shopId, staffId: "1", claim })).toEqual({ outcome: "bad-state" });
  expect((await world.db.unclaimedConsent.findFirstOrThrow()).sealedCode).toBe("");
});

test("an active channel shop belongs to one Shopify shop; after its owner leaves it may be connected elsewhere", async () => {
  await world.door("shopify/create-shop", { shop: "another-store.myshopify.com", plan: "Standard" });
  const other = await world.install("another-store.myshopify.com");
  expect(await world.connect(other.id)).toEqual({
    outcome: "shop-taken",
    shopDomain: "another-store.myshopify.com",
    names: ["Reelshelf Demo Shop"],
  });
  expect(await world.services.shops.listConnections(other.id)).toEqual([]);
  // the store that owns it goes on with the newest tokens
  const [mine] = await world.services.shops.listConnections(shopId);
  expect(
    await world.services.channel("tiktok-shop").setup.warehouses(world.services.shops.forShop(mine?.id ?? "")),
  ).not.toHaveLength(0);

  await world.services.shops.uninstall({ domain: DEMO_SHOP, at: new Date() });
  expect(await world.services.shops.gate("orders", `connection:${mine?.id}`)).toBe(false);
  expect(await world.db.shopifySession.count({ where: { shop: DEMO_SHOP } })).toBe(0);
  expect(await world.connect(other.id)).toMatchObject({ outcome: "connected" });
});
