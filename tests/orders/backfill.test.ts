import { afterEach, describe, expect, test } from "vitest";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const DAY_MS = 24 * 3_600_000;
const actor = { kind: "staff" as const, id: "1" };
const ago = (days: number) => new Date(world.clock.now().getTime() - days * DAY_MS);

/** Orders made some days ago, that nobody told of. */
function older(count: number, days: number, over: Parameters<typeof aNewOrder>[1] = {}): string[] {
  return Array.from({ length: count }, (_, n) => {
    const facts = aNewOrder(new Date(ago(days).getTime() + n * 1_000), { status: "completed", ...over });
    world.channel.add(facts);
    return facts.channelOrderId;
  });
}

async function aBackfill(from = 30, until = 0): Promise<string> {
  const range = { from: ago(from), until: ago(until) };
  const started = await world.orders.startBackfill({ shopId: "shop-1", connectionId: "con-1", ...range, actor });
  if (!("id" in started)) throw new Error(started.outcome);
  return started.id;
}
const list = async () => (await world.orders.listBackfills({ shopId: "shop-1", grantedScopes: [] }))[0];
const bring = (id: string) => world.orders.importBackfill({ shopId: "shop-1", id, actor });
const creates = () => world.troubles.calls.filter((call) => call === "createOrder").length;

async function anOldWorld() {
  world = await aWorld();
  world.connection.ordersCutoffAt = world.clock.now();
}

test("reads what was made in the time, shows it, makes nothing; asked for, each is looked for and made once, as shipped", {
  timeout: 120_000,
}, async () => {
  await anOldWorld();
  const ids = older(60, 10);
  older(3, 40);
  const id = await aBackfill();
  await world.run();
  expect(await list()).toMatchObject({ state: "read", counts: { all: 60, home: 0, askable: 60 } });
  expect(world.shopify.orders).toHaveLength(0);
  // fifty a call: 60 orders in two to four calls, not 60
  expect(world.troubles.calls.filter((call) => call === "getOrders").length).toBeLessThanOrEqual(4);

  expect(await bring(id)).toEqual({ outcome: "asked" });
  await world.run();
  expect(await list()).toMatchObject({ state: "asked", counts: { all: 60, home: 60, askable: 0, wanted: 0 } });
  expect(new Set(world.shopify.orders.map((one) => one.draft.sourceIdentifier))).toEqual(new Set(ids));
  expect(world.shopify.orders).toHaveLength(60);
  for (const home of world.shopify.orders)
    expect(home.draft).toMatchObject({ comesShipped: true, decrementStock: false });
  expect(world.channel.references.size).toBe(60);
});

test("one that another app brought is linked; one of ours from an earlier life is taken up again; neither is made", async () => {
  await anOldWorld();
  const [theirs = "", ours = "", neither = ""] = older(3, 10);
  world.shopify.madeByAnotherApp(theirs);
  const own = world.shopify.madeByAnotherApp(ours);
  world.shopify.onlyFoundBySource.add(theirs);
  world.clock.advance(60_000);
  const id = await aBackfill();
  await world.run();
  await bring(id);
  await world.run();
  expect(await world.row(theirs)).toMatchObject({
    importState: "shown",
    shopifyOrderId: null,
    linkedOrderName: "#1001",
  });
  expect(await world.row(ours)).toMatchObject({ importState: "done", shopifyOrderId: own.id });
  expect(await world.row(neither)).toMatchObject({ importState: "done" });
  expect(world.shopify.orders).toHaveLength(3);
  expect(await list()).toMatchObject({ counts: { all: 3, home: 2, linked: 1, askable: 0 } });
});

test("twice over it is the same: nothing is read again, nothing made again", async () => {
  await anOldWorld();
  older(5, 10);
  const first = await aBackfill();
  await world.run();
  await bring(first);
  await world.run();
  const reads = world.troubles.calls.filter((call) => call === "getOrders").length;
  const made = creates();
  const second = await aBackfill();
  await world.run();
  expect(await bring(second)).toEqual({ outcome: "asked" });
  expect(await bring(second)).toEqual({ outcome: "asked" });
  await world.run();
  expect(creates()).toBe(made);
  expect(world.shopify.orders).toHaveLength(5);
  expect(world.troubles.calls.filter((call) => call === "getOrders").length).toBe(reads);
});

test("killed while reading and while asking: it goes on from there", { timeout: 120_000 }, async () => {
  await anOldWorld();
  const ids = older(60, 10);
  world.troubles.plan("getOrders", "dies-after");
  world.troubles.plan("createOrder", "dies-after", "dies");
  const id = await aBackfill();
  const throughDeaths = async () => {
    for (let lives = 0; lives < 6; lives += 1) {
      try {
        return await world.run(900_000);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        world.afterDeath();
      }
    }
    throw new Error("it died more often than planned");
  };
  await throughDeaths();
  expect(await list()).toMatchObject({ state: "read", counts: { all: 60 } });
  await bring(id);
  await throughDeaths();
  expect(await list()).toMatchObject({ state: "asked", counts: { home: 60 } });
  expect(world.shopify.orders.map((one) => one.draft.sourceIdentifier).sort()).toEqual([...ids].sort());
});

const troubles: [string, string, Trouble][] = [
  ["the walk", "searchCreated", "before"],
  ["the readings", "getOrders", "before"],
  ["the readings, with the budget closed", "getOrders", "budget"],
  ["the look before", "findBySource", "before"],
  ["the making, before its effect", "createOrder", "before"],
  ["the making, after its effect", "createOrder", "after"],
  ["the making, with the effect late", "createOrder", { lateMs: 20_000 }],
];
test.each(troubles)("%s fails once: all are home once in the end", async (_what, operation, trouble) => {
  await anOldWorld();
  older(3, 10);
  world.troubles.plan(operation, trouble);
  const id = await aBackfill();
  await world.run(1_800_000);
  await bring(id);
  await world.run(1_800_000);
  expect(await list()).toMatchObject({ state: "asked", counts: { home: 3 } });
  expect(world.shopify.orders).toHaveLength(3);
});

describe("what cannot be brought", () => {
  test("is older than Shopify shows: read, shown with the reason, never made, unless the shop lets the app see all", async () => {
    await anOldWorld();
    const [id = ""] = older(1, 90);
    const run = await aBackfill(120);
    await world.run();
    expect(await list()).toMatchObject({ counts: { all: 1, askable: 0, older: 1 } });
    await bring(run);
    await world.run();
    expect(await world.row(id)).toMatchObject({ importState: "shown", parkedReason: "too-old" });
    expect(world.shopify.orders).toHaveLength(0);
    const { id: orderId } = await world.row(id);
    expect(await world.orders.askImport({ shopId: "shop-1", id: orderId, actor })).toEqual({ outcome: "too-old" });
    world.connection.shop.grantedScopes = ["read_all_orders"];
    expect(await world.orders.askImport({ shopId: "shop-1", id: orderId, actor })).toEqual({ outcome: "asked" });
    await world.run();
    expect(world.shopify.orders).toHaveLength(1);
  });

  test("cancelled and unpaid ones, and all while orders are turned off", async () => {
    await anOldWorld();
    older(1, 10, { status: "cancelled" });
    older(1, 10, { status: "unpaid" });
    const run = await aBackfill();
    await world.run();
    expect(await list()).toMatchObject({ counts: { all: 2, askable: 0, others: 2 } });
    world.connection.armedFlows = [];
    expect(await bring(run)).toEqual({ outcome: "not-armed" });
  });

  test("another shop's: its runs and orders are not there", async () => {
    await anOldWorld();
    const [id = ""] = older(1, 10);
    const run = await aBackfill();
    await world.run();
    const { id: orderId } = await world.row(id);
    expect(await world.orders.importBackfill({ shopId: "shop-2", id: run, actor })).toEqual({ outcome: "not-found" });
    expect(await world.orders.askImport({ shopId: "shop-2", id: orderId, actor })).toEqual({ outcome: "nothing" });
    expect(await world.orders.listBackfills({ shopId: "shop-2", grantedScopes: [] })).toEqual([]);
    const range = { from: ago(5), until: ago(1), actor };
    expect(await world.orders.startBackfill({ shopId: "shop-2", connectionId: "con-1", ...range })).toEqual({
      outcome: "not-connected",
    });
    expect(
      await world.orders.startBackfill({ shopId: "shop-1", connectionId: "con-1", ...range, from: ago(0) }),
    ).toEqual({ outcome: "wrong-range" });
  });
});

test("an order still to be shipped takes its units off the shelf when it is brought, once", async () => {
  await anOldWorld();
  const [id = ""] = older(1, 5, { status: "to-ship" });
  const run = await aBackfill();
  await world.run();
  expect([...world.waiting.values()]).toEqual(["waiting"]);
  await bring(run);
  await world.run();
  expect(world.shopify.orders[0]?.draft).toMatchObject({ decrementStock: true, comesShipped: false });
  expect([...world.waiting.values()]).toEqual(["imported"]);
  expect(await world.row(id)).toMatchObject({ importState: "done" });
});
