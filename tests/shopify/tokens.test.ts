import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CallError } from "../../app/platform/errors.ts";
import { aShopifyWorld, DEMO_SHOP, type ShopifyWorld } from "./support.ts";

let world: ShopifyWorld;
beforeAll(async () => {
  world = await aShopifyWorld();
});
afterAll(() => world?.close());

beforeEach(async () => {
  await world.door("reset");
  await world.tokens.forget(DEMO_SHOP);
  world.heard.needsOpening.length = 0;
});

const id = `offline_${DEMO_SHOP}`;
/** Makes the stored access token look as if it had so long to live; what is sealed says the same. */
async function setLife(ms: number): Promise<void> {
  await world.door("shopify/settings", { accessTokenLifeMs: ms });
  await world.tokens.forget(DEMO_SHOP);
  await world.open();
  await world.door("shopify/settings", { accessTokenLifeMs: 3_600_000 });
}

const renewals = async () =>
  (await world.calls("token")).filter((call) => call.status === 200 && call.requestSummary.includes("refresh")).length;

async function failureOf(run: Promise<unknown>): Promise<CallError> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CallError);
  return error as CallError;
}

describe("offline tokens", () => {
  test("a stored token with time left is used as it is", async () => {
    await world.open();
    const token = await world.tokens.accessToken(DEMO_SHOP);
    expect(token).toMatch(/^shpat_/);
    await expect(world.tokens.accessToken(DEMO_SHOP)).resolves.toBe(token);
    expect(await renewals()).toBe(0);
  });

  test("both tokens are sealed in the database", async () => {
    await world.open();
    const row = await world.db.shopifySession.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toMatch(/shpat_|shprt_/);
    expect(JSON.stringify(await world.storedTokens())).toMatch(/shpat_.*shprt_/);
  });

  test("twenty callers at once within five minutes of the end renew once and get the same token", async () => {
    await setLife(4 * 60_000);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => world.tokens.accessToken(DEMO_SHOP)));
    expect(new Set(tokens).size).toBe(1);
    expect(await renewals()).toBe(1);
  });

  test("two processes renew once: the lock is in the database", async () => {
    await setLife(4 * 60_000);
    const other = world.anotherProcess();
    const all = [world.tokens, other.tokens, world.tokens, other.tokens].map((tokens) => tokens.accessToken(DEMO_SHOP));
    expect(new Set(await Promise.all(all)).size).toBe(1);
    expect(await renewals()).toBe(1);
    await other.close();
  });

  test("after a 401 the stored pair is read again before anything is renewed", async () => {
    await world.open();
    const current = await world.tokens.accessToken(DEMO_SHOP);
    await expect(world.tokens.replace(DEMO_SHOP, "shpat_somebody_elses_former_one")).resolves.toBe(current);
    expect(await renewals()).toBe(0);

    const renewed = await Promise.all([
      world.tokens.replace(DEMO_SHOP, current),
      world.tokens.replace(DEMO_SHOP, current),
    ]);
    expect(renewed[0]).not.toBe(current);
    expect(renewed[1]).toBe(renewed[0]);
    expect(await renewals()).toBe(1);
  });

  test("a lost answer to a renewal is asked for again", async () => {
    await setLife(4 * 60_000);
    await world.door("faults", { add: [{ operation: "token", kind: "lost-answer", times: 1 }] });
    const token = await world.tokens.accessToken(DEMO_SHOP);
    await expect(world.shop.shopFacts()).resolves.toMatchObject({ domain: DEMO_SHOP });
    await expect(world.tokens.accessToken(DEMO_SHOP)).resolves.toBe(token);
  });

  test("a refused renewal stops the shop, says so, and the next visit heals it", async () => {
    await world.open();
    await world.door("shopify/revoke-tokens", {});
    expect(await failureOf(world.shop.shopFacts())).toMatchObject({ family: "auth", code: "needs-opening" });
    expect(world.heard.needsOpening).toEqual([DEMO_SHOP]);
    const asked = (await world.calls("token")).length;
    expect(await failureOf(world.shop.shopFacts())).toMatchObject({ family: "auth", code: "needs-opening" });
    expect((await world.calls("token")).length).toBe(asked);

    await world.open();
    await expect(world.shop.shopFacts()).resolves.toMatchObject({ domain: DEMO_SHOP });
  });

  test("uninstalled: nothing is kept; late news spare a later installation", async () => {
    await world.open();
    await world.tokens.forget(DEMO_SHOP, { issuedBefore: new Date(Date.now() - 60_000) });
    await expect(world.tokens.accessToken(DEMO_SHOP)).resolves.toMatch(/^shpat_/);
    await world.tokens.forget(DEMO_SHOP);
    expect(await world.db.shopifySession.count()).toBe(0);
    expect(await failureOf(world.tokens.accessToken(DEMO_SHOP))).toMatchObject({
      family: "auth",
      code: "needs-opening",
    });
  });

  test("uninstalled: a pair found dead before the news came is removed as well", async () => {
    await world.open();
    const uninstalledAt = new Date();
    await world.door("shopify/uninstall", {});
    await failureOf(world.shop.shopFacts());
    await world.tokens.forget(DEMO_SHOP, { issuedBefore: uninstalledAt });
    expect(await world.db.shopifySession.count()).toBe(0);
  });

  test("an idle shop's pair is renewed well within its 90 days, a young one left alone", async () => {
    await world.open();
    await expect(world.tokens.renewIfOld(DEMO_SHOP)).resolves.toBe("young");
    const entries = new Map(await world.storedTokens());
    entries.set("refreshTokenExpires", String(Date.now() + 59 * 24 * 3_600_000));
    const sealed = world.vault.seal(JSON.stringify([...entries]), `shopify-session:${id}`);
    await world.db.shopifySession.update({ where: { id }, data: { sealed } });
    await expect(world.tokens.renewIfOld(DEMO_SHOP)).resolves.toBe("renewed");
    await expect(world.tokens.renewIfOld(DEMO_SHOP)).resolves.toBe("young");
    expect(await renewals()).toBe(1);
  });

  test("wrong credentials of the app disconnect nobody", async () => {
    const other = await aShopifyWorld({ apiSecrets: ["another-secret"] });
    await world.open();
    const row = await world.db.shopifySession.findUniqueOrThrow({ where: { id } });
    const entries = new Map(await world.storedTokens());
    entries.set("expires", String(Date.now()));
    await other.db.shopifySession.create({
      data: { ...row, sealed: other.vault.seal(JSON.stringify([...entries]), `shopify-session:${id}`) },
    });
    expect(await failureOf(other.tokens.accessToken(DEMO_SHOP))).toMatchObject({
      family: "permission",
      code: "invalid_client",
    });
    expect(other.heard.needsOpening).toEqual([]);
    await other.close();
  });
});
