import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../app/platform/clock.ts";
import { createBudgets } from "../../app/platform/engine/budgets.server.ts";
import { BudgetClosed } from "../../app/platform/errors.ts";
import { createLogger } from "../../app/platform/log.server.ts";
import { createShopifyGateway } from "../../app/shopify/gateway.server.ts";
import { aShopifyWorld, DEMO_SHOP, type ShopifyWorld } from "./support.ts";

let world: ShopifyWorld;
beforeAll(async () => {
  world = await aShopifyWorld({ catalog: "builtin" });
  await world.open();
});
afterAll(() => world?.close());

test("work is sent away by the shared budget before Shopify has to, and a click still goes through", async () => {
  await world.door("shopify/settings", { plan: "Standard" });
  const real = createBudgets({ db: world.db, clock: systemClock });
  const closed: string[] = [];
  const budgets = {
    ...real,
    close: (key: string, until: Date, reason: string) => {
      closed.push(reason);
      return real.close(key, until, reason);
    },
  };
  const gateway = createShopifyGateway({
    tokens: world.tokens,
    budgets,
    clock: systemClock,
    log: createLogger({ level: "silent" }),
  });
  const work = gateway.forShop({ id: "shop-1", domain: DEMO_SHOP });
  const click = gateway.forShop({ id: "shop-1", domain: DEMO_SHOP }, { urgency: "person" });

  const ids: string[] = [];
  for await (const { id } of work.productsChangedSince(null)) ids.push(id);
  expect(ids.length).toBe(60);
  const ends = { done: 0, sentAway: 0 };
  // about 80 points each: 100 calls ask for four times what the bucket of 2,000 holds
  for (let round = 0; round < 10; round += 1) {
    const results = await Promise.allSettled(ids.slice(0, 10).map((id) => work.product(id)));
    for (const result of results) {
      if (result.status === "fulfilled") ends.done += 1;
      else if (result.reason instanceof BudgetClosed) ends.sentAway += 1;
      else throw result.reason;
    }
  }
  expect(ends.sentAway).toBeGreaterThan(0);
  expect(ends.done).toBeGreaterThan(20);
  expect(closed).toEqual([]);
  await expect(click.shopFacts()).resolves.toMatchObject({ domain: DEMO_SHOP });
});

test("a reading pays for the write that follows from it: while points are short neither begins, so nothing is read again and again", async () => {
  const asked: number[] = [];
  const real = createBudgets({ db: world.db, clock: systemClock });
  const budgets = {
    ...real,
    take: async (_key: string, _profile: object, cost = 1) => void asked.push(cost),
  };
  const log = createLogger({ level: "silent" });
  const gateway = createShopifyGateway({ tokens: world.tokens, budgets, clock: systemClock, log });
  const work = gateway.forShop({ id: "shop-1", domain: DEMO_SHOP });
  const nobody = "gid://shopify/Order/1";
  // what a call costs is a guess before its first answer
  await work.holdTargets(nobody);
  await work.orderNote(nobody);
  asked.length = 0;
  await work.holdTargets(nobody);
  await work.holdTargets(nobody, { paysForRelease: true });
  await work.orderNote(nobody);
  await work.orderNote(nobody, { paysForUpdate: true });
  const [targets = 0, targetsAndRelease = 0, note = 0, noteAndUpdate = 0] = asked;
  // Shopify fact §12: a mutation is ten points
  expect(targetsAndRelease - targets).toBe(10);
  expect(noteAndUpdate - note).toBe(10);
  await work.updateOrder(nobody, { note: "x" }, { isPaid: true }).catch(() => {});
  expect(asked).toHaveLength(4);
});
