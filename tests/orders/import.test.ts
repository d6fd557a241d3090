import { afterEach, describe, expect, test } from "vitest";
import { findOrder, lockOrder } from "../../app/domains/orders/store.server.ts";
import { aBuyer, aLine, anAddress } from "../../app/domains/orders/testing.ts";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

test("a paid order comes home once, its units leave waiting only as imported, and nobody but the vault knows the buyer", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units: 3 }));
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
  const [home] = world.shopify.orders;
  expect(home?.draft).toMatchObject({
    sourceIdentifier: id,
    sourceName: "tiktok-shop",
    tags: ["TikTok Shop"],
    decrementStock: true,
  });
  expect(home?.lines).toMatchObject([{ quantity: 3 }]);
  const row = await world.row(id);
  expect(row).toMatchObject({
    importState: "done",
    shopifyOrderId: home?.id,
    shopifyOrderName: "#1001",
    holdState: "none",
  });
  expect(row.lines.map((line) => line.shopifyLineId)).toEqual([
    home?.lines[0]?.id,
    home?.lines[0]?.id,
    home?.lines[0]?.id,
  ]);
  expect([...world.waiting.values()]).toEqual(["imported", "imported", "imported"]);
  // the steps read it in plain SQL: every field, each of its type
  const read = await lockOrder(world.db, world.connection, id);
  expect(read).toEqual(
    await world.db.channelOrder.findFirst({
      where: { channelOrderId: id },
      include: { lines: { orderBy: { channelLineId: "asc" } } },
    }),
  );
  expect(read).toEqual(await findOrder(world.db, world.connection, id));
  expect(JSON.stringify(row.facts)).not.toContain("Main St");
  expect(row.sealedBuyer).not.toContain("Main St");
  expect((await world.orders.getOrder({ shopId: "shop-1", id: row.id }))?.buyer?.buyer.address.address1).toBe(
    "1 Main St",
  );
  expect(await world.events()).toEqual(["order.seen", "order.imported", "order.reference-told"]);
});

test("told five times over, in any order, it is still one order", async () => {
  world = await aWorld();
  const id = await world.buys();
  for (let times = 0; times < 4; times += 1) await world.tell(id, new Date(world.clock.now().getTime() - times * 1000));
  await world.pass();
  await world.tell(id);
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
  expect(world.troubles.calls.filter((call) => call === "createOrder")).toHaveLength(1);
});

const oneTrouble: [string, Trouble, number][] = [
  ["times out before its effect", "before", 2],
  ["times out after its effect", "after", 1],
  ["takes effect 20 s after its deadline", { lateMs: 20_000 }, 1],
  ["finds its budget closed", "budget", 2],
];
test.each(oneTrouble)("orderCreate %s: one order in the end", async (_name, trouble, calls) => {
  world = await aWorld({ isIdUnique: false });
  world.troubles.plan("createOrder", trouble);
  const id = await world.buys();
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({ importState: "done", shopifyOrderId: world.shopify.orders[0]?.id });
  expect(world.troubles.calls.filter((call) => call === "createOrder")).toHaveLength(calls);
  expect(await world.openProblems()).toEqual([]);
});

test("a second call comes only after three looks by id and one by search, and not before 330 s", async () => {
  world = await aWorld();
  world.troubles.plan("createOrder", "before");
  const began = world.clock.now().getTime();
  const id = await world.buys();
  await world.run(200_000);
  expect(await world.row(id)).toMatchObject({ importState: "unknown", importLooks: 3, importAttempts: 1 });
  expect(world.troubles.calls.filter((call) => call === "findById")).toHaveLength(3);
  await world.run(90_000);
  expect(world.shopify.orders).toHaveLength(0);
  await world.run(150_000);
  expect(world.shopify.orders).toHaveLength(1);
  expect((world.shopify.orders[0]?.createdAt.getTime() ?? 0) - began).toBeGreaterThanOrEqual(330_000);
  // The counts after a second attempt looked and found one.
  await world.run(700_000);
  expect(world.troubles.calls.filter((call) => call === "findBySource")).toHaveLength(3);
  expect(await world.openProblems()).toEqual([]);
});

test.each<[string, Trouble]>([
  ["after the send", "dies-after"],
  ["before the send", "dies"],
])("a worker killed %s leaves one order", async (_name, trouble) => {
  world = await aWorld({ isIdUnique: false });
  world.troubles.plan("createOrder", trouble);
  const id = await world.buys();
  await world.pass().catch((error) => expect(error).toBeInstanceOf(Killed));
  await world.pass().catch((error) => expect(error).toBeInstanceOf(Killed));
  expect(await world.row(id)).toMatchObject({ importState: "sending" });
  world.afterDeath();
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({ importState: "done" });
});

test("'taken' means done: the order is looked up", async () => {
  world = await aWorld();
  world.troubles.plan("createOrder", { lateMs: 5_000 }, { lateMs: 5_000 });
  world.troubles.plan("findById", "before", "before", "before", "before", "before", "before");
  const id = await world.buys();
  await world.run(1_200_000);
  expect(world.shopify.orders).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({ importState: "done", shopifyOrderId: world.shopify.orders[0]?.id });
});

test("two orders in Shopify are an urgent problem, and the later one is held", async () => {
  world = await aWorld({ isIdUnique: false });
  world.troubles.plan("createOrder", { lateMs: 400_000 });
  await world.buys();
  await world.run(1_200_000);
  expect(world.shopify.orders).toHaveLength(2);
  expect(await world.openProblems()).toEqual(["order-doubled"]);
  expect(world.shopify.orders.map((one) => one.targets[0]?.holds.length).sort()).toEqual([0, 1]);
});

test("an unpaid order is shown, waits and gets no Shopify order; payment brings it home", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "unpaid" }));
  await world.run();
  expect(world.shopify.orders).toHaveLength(0);
  expect(await world.row(id)).toMatchObject({ importState: "planned", status: "unpaid" });
  expect([...world.waiting.values()]).toEqual(["waiting"]);
  world.channel.touch(id, { status: "to-ship", paidAt: world.clock.now(), buyer: aBuyer() });
  await world.tell(id, world.clock.now());
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
});

test("unarmed, an order is stored and planned; arming sends it", async () => {
  world = await aWorld({ armed: false });
  const id = await world.buys();
  await world.run();
  expect(world.shopify.orders).toHaveLength(0);
  expect(await world.row(id)).toMatchObject({ importState: "planned" });
  // Reading goes on while the import waits.
  world.channel.touch(id, { shipByAt: new Date("2026-01-09T00:00:00Z") });
  await world.tell(id, world.clock.now());
  await world.run();
  expect((await world.row(id)).shipByAt).toEqual(new Date("2026-01-09T00:00:00Z"));
  world.connection.armedFlows = ["orders"];
  await world.engine.change((tx) => world.engine.raise(tx, "connection:con-1", "armed:orders"));
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
});

describe("an order from before the cut-off", () => {
  /** Bought, and only then are orders armed from now on. */
  async function anOlderOrder(over: Parameters<typeof aNewOrder>[1] = {}) {
    world = await aWorld();
    world.connection.ordersCutoffAt = new Date(world.clock.now().getTime() + 1_000);
    const id = await world.buys(aNewOrder(world.clock.now(), over));
    await world.run(60_000);
    return id;
  }
  const kept = () => [...world.waiting.values()];

  test("is shown only; its units are kept back until it travels", async () => {
    const id = await anOlderOrder();
    expect(world.shopify.orders).toHaveLength(0);
    expect(await world.row(id)).toMatchObject({ importState: "shown", parkedReason: "before-cutoff" });
    expect(kept()).toEqual(["waiting"]);
    for (const [status, state] of [
      ["awaiting-collection", "waiting"],
      ["in-transit", "released"],
    ] as const) {
      world.clock.advance(1_000);
      for (const line of world.channel.orders.get(id)?.lines ?? []) line.status = status;
      world.channel.touch(id, { status });
      await world.tell(id, world.clock.now());
      await world.run(60_000);
      expect(kept()).toEqual([state]);
    }
    expect(world.shopify.orders).toHaveLength(0);
  });

  test("whose first parcel is on its way keeps back only the rest", async () => {
    const id = await anOlderOrder({ units: 2 });
    const [first] = world.channel.orders.get(id)?.lines ?? [];
    if (first) first.status = "in-transit";
    world.channel.touch(id, { status: "partly-shipped" });
    world.clock.advance(1_000);
    await world.tell(id, world.clock.now());
    await world.run(60_000);
    expect(kept()).toEqual(["released", "waiting"]);
  });

  test("that travels already, or is cancelled later, keeps nothing back", async () => {
    await anOlderOrder({ status: "in-transit" });
    expect(kept()).toEqual(["released"]);
    await world.close();

    const id = await anOlderOrder();
    world.clock.advance(1_000);
    for (const line of world.channel.orders.get(id)?.lines ?? []) line.status = "cancelled";
    world.channel.touch(id, { status: "cancelled" });
    await world.tell(id, world.clock.now());
    await world.run(60_000);
    expect(kept()).toEqual(["released"]);
  });

  test("found in Shopify is linked, not touched, and counts as contained from then on", async () => {
    const id = await anOlderOrder();
    const facts = world.channel.orders.get(id);
    const theirs = world.shopify.madeByAnotherApp(id);
    world.clock.advance(35_000);
    const event = { shopId: "shop-1", topic: "orders/create", orderGid: theirs.id, sourceIdentifier: id };
    await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [event]));
    await world.run(120_000);
    expect(await world.row(id)).toMatchObject({
      ...{ importState: "shown", shopifyOrderId: null },
      ...{ linkedOrderId: theirs.id, linkedOrderName: "#1001" },
    });
    expect(kept()).toEqual(["imported"]);

    const looks = () => world.troubles.calls.filter((call) => call === "findBySource").length;
    const before = looks();
    await world.run(7_200_000);
    expect(looks()).toBe(before);
    for (const line of facts?.lines ?? []) line.status = "cancelled";
    world.channel.touch(id, { status: "cancelled" });
    await world.tell(id, world.clock.now());
    await world.run(600_000);
    expect(theirs.cancelledAt).toBeNull();
    expect(theirs.targets.flatMap((target) => target.holds)).toEqual([]);
    expect(world.shopify.orders).toHaveLength(1);
  });

  test("is looked for now and then, without anybody telling; a cancelled one in Shopify is none", async () => {
    const id = await anOlderOrder();
    const theirs = world.shopify.madeByAnotherApp(id);
    theirs.cancelledAt = world.clock.now();
    await world.run(2_400_000);
    expect(kept()).toEqual(["waiting"]);
    theirs.cancelledAt = null;
    await world.run(2_400_000);
    expect(kept()).toEqual(["imported"]);
  });

  test("keeps back a unit whose SKU is linked only later", async () => {
    world = await aWorld({ skus: [] });
    world.connection.ordersCutoffAt = new Date(world.clock.now().getTime() + 1_000);
    await world.buys();
    await world.run(60_000);
    expect(kept()).toEqual([]);
    world.linked.add("1729000000000000001");
    await world.engine.change((tx) => world.engine.raise(tx, "connection:con-1", "sku:1729000000000000001"));
    await world.run(60_000);
    expect(kept()).toEqual(["waiting"]);
  });
});

test("an unlinked SKU parks the order; linking it wakes the order", async () => {
  world = await aWorld({ skus: [] });
  const id = await world.buys();
  await world.run(60_000);
  expect(await world.row(id)).toMatchObject({ importState: "parked", parkedReason: "order-sku-unlinked" });
  expect(await world.openProblems()).toEqual(["order-sku-unlinked"]);
  expect((await world.orders.listOrders({ shopId: "shop-1", view: "parked" })).orders).toMatchObject([
    { channelOrderId: id, needsMe: true },
  ]);
  world.linked.add("1729000000000000001");
  await world.engine.change((tx) => world.engine.raise(tx, "connection:con-1", "sku:1729000000000000001"));
  await world.run(60_000);
  expect(world.shopify.orders).toHaveLength(1);
  expect(await world.openProblems()).toEqual([]);
  expect([...world.waiting.values()]).toEqual(["imported"]);
});

test("money that does not sum parks the order with the difference; corrected money brings it home", async () => {
  world = await aWorld();
  const facts = aNewOrder(world.clock.now());
  const right = facts.money.totalMinor;
  facts.money.totalMinor += 100n;
  const id = await world.buys(facts);
  await world.run();
  expect(await world.db.problem.findFirst({ where: { kind: "order-money-differs" } })).toMatchObject({
    data: { difference: "1.00", buyerPaid: "27.63", platformPaid: "0.00" },
  });
  facts.money.totalMinor = right;
  world.channel.touch(id);
  await world.tell(id, world.clock.now());
  await world.run();
  expect(await world.row(id)).toMatchObject({ importState: "done" });
  expect(await world.openProblems()).toEqual([]);
});

test("who pays what is read once where the order leaves it open, and the row, its units and Shopify say the same", async () => {
  world = await aWorld();
  const now = world.clock.now();
  const line = aLine({ channelLineId: "1", sellerDiscountMinor: 300n, platformDiscountMinor: 200n, taxes: [] });
  const facts = aNewOrder(now, { lines: [line] });
  world.channel.parts.set(facts.channelOrderId, {
    lines: [{ channelLineId: "1", sellerDiscountMinor: 100n, platformDiscountMinor: 400n, tax: null }],
    ...{ shippingSellerDiscountMinor: 0n, shippingPlatformDiscountMinor: 0n },
  });
  world.troubles.plan("priceParts", "before");
  const id = await world.buys(facts);
  await world.run();
  const [home] = world.shopify.orders;
  expect(home?.draft.lines[0]).toMatchObject({ unitPriceMinor: 1900n });
  expect(home?.draft.payments.map((one) => one.amountMinor)).toEqual([facts.money.totalMinor, 400n]);
  expect(await world.row(id)).toMatchObject({ platformPaidMinor: 400n, lines: [{ priceMinor: 1900n }] });
  // nobody asks about an order that nobody discounted
  const before = world.troubles.calls.filter((call) => call === "priceParts").length;
  expect(before).toBe(2);
  await world.buys();
  await world.run();
  expect(world.troubles.calls.filter((call) => call === "priceParts")).toHaveLength(before);
});

test.each<[string, Trouble[], number]>([
  ["refuses it", ["refused"], 1],
  ["never answers", ["before", "before", "before", "before", "before"], 4],
])("a channel that %s: the order comes home with its own amounts", async (_name, troubles, calls) => {
  world = await aWorld();
  world.troubles.plan("priceParts", ...troubles);
  const line = aLine({ channelLineId: "1", sellerDiscountMinor: 300n, platformDiscountMinor: 200n, taxes: [] });
  const id = await world.buys(aNewOrder(world.clock.now(), { lines: [line] }));
  await world.run();
  expect(world.shopify.orders[0]?.draft.lines[0]).toMatchObject({ unitPriceMinor: 1700n });
  expect(await world.row(id)).toMatchObject({ importState: "done", platformPaidMinor: 200n });
  expect(world.troubles.calls.filter((call) => call === "priceParts")).toHaveLength(calls);
  expect(await world.openProblems()).toEqual([]);
});

test("an older reading never overwrites a newer one, and masked data never good", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run();
  const masked = aBuyer({ isMasked: true, address: anAddress({ name: "J***", address1: "***" }) });
  world.channel.touch(id, { status: "delivered", buyer: masked });
  await world.tell(id, world.clock.now());
  await world.run();
  const later = world.channel.orders.get(id);
  world.clock.advance(1000);
  if (later)
    world.channel.add({ ...later, status: "to-ship", updatedAt: new Date(later.updatedAt.getTime() - 60_000) });
  await world.tell(id);
  await world.run();
  const row = await world.row(id);
  expect(row.status).toBe("delivered");
  expect((await world.orders.getOrder({ shopId: "shop-1", id: row.id }))?.buyer?.buyer.address.address1).toBe(
    "1 Main St",
  );
  expect(world.shopify.orders[0]?.address?.address1).toBe("1 Main St");
});

test("a reading older than its event is not done: it is looked at again a second later", async () => {
  world = await aWorld();
  const facts = aNewOrder(world.clock.now(), { status: "unpaid" });
  world.channel.add(facts);
  const eventAt = new Date(world.clock.now().getTime() + 500);
  await world.tell(facts.channelOrderId, eventAt);
  await world.pass();
  expect(world.troubles.calls.filter((call) => call === "getOrders")).toHaveLength(1);
  await world.pass();
  expect(world.troubles.calls.filter((call) => call === "getOrders")).toHaveLength(1);
  world.clock.advance(1000);
  world.channel.touch(facts.channelOrderId, { status: "to-ship", paidAt: world.clock.now() });
  await world.run();
  expect(world.shopify.orders).toHaveLength(1);
});

test("the poll finds what no webhook told, and the watermark moves only after a whole walk", async () => {
  world = await aWorld();
  const ids = Array.from({ length: 60 }, () => {
    const facts = aNewOrder(world.clock.now());
    world.channel.add(facts);
    return facts.channelOrderId;
  });
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  world.troubles.plan("searchOrders", "before");
  await world.pass();
  expect(await world.db.orderWatermark.findMany({ where: { name: "orders" } })).toEqual([]);
  world.clock.advance(5_000);
  await world.run();
  expect(world.shopify.orders).toHaveLength(ids.length);
  // what is claimed together is one call; imports due at the same moment may be claimed between readings
  expect(world.troubles.calls.filter((call) => call === "getOrders").length).toBeLessThanOrEqual(4);
  expect(await world.db.orderWatermark.findMany({ where: { name: "orders" } })).toHaveLength(1);
  const proof = await world.orders.proofLine({ shopId: "shop-1", connectionIds: ["con-1"] });
  expect(proof).toMatchObject({ channel: 60, shopify: 60, parked: 0 });
  expect(proof.checkedAt).not.toBeNull();
});

test("a change in the very second in which the order was read, which nobody told of, is found by the poll", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(1_000);
  // the channel's update time stays the same: it tells whole seconds
  const order = world.channel.orders.get(id);
  if (order) order.buyer = aBuyer({ address: anAddress({ address1: "9 Late Lane" }) });
  world.clock.advance(10_000);
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run(60_000);
  expect(world.shopify.orders[0]?.address).toMatchObject({ address1: "9 Late Lane" });
  const reads = () => world.troubles.calls.filter((call) => call === "getOrders").length;
  const before = reads();
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run(1_000);
  expect(reads()).toBe(before);
});

test("one SKU at two prices and a second SKU become three lines that sum", async () => {
  world = await aWorld();
  const lines = [
    aLine({ channelLineId: "1" }),
    aLine({ channelLineId: "2", sellerDiscountMinor: 100n }),
    aLine({ channelLineId: "3", channelSkuId: "1729000000000000002" }),
  ];
  await world.buys(aNewOrder(world.clock.now(), { lines }));
  await world.run();
  expect(world.shopify.orders[0]?.lines).toHaveLength(3);
});
