import { afterEach, describe, expect, test } from "vitest";
import type { Cancellation } from "../../app/channels/port.ts";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

/** The buyer cancels on the channel, at once. */
function cancels(id: string, over: Partial<Cancellation> = {}, isOrderCancelled = true): void {
  const order = world.channel.orders.get(id);
  const lines = order?.lines ?? [];
  if (isOrderCancelled) {
    for (const line of lines) line.status = "cancelled";
    world.channel.touch(id, { status: "cancelled", buyer: null });
  } else world.channel.touch(id, { buyerAskedToCancel: over.status === "requested" });
  world.channel.cancellations.set(id, {
    ...{
      channelCancelId: `4035${id}`,
      channelOrderId: id,
      status: "completed",
      by: "buyer",
      reason: "no need",
      restock: true,
      refundMinor: null,
    },
    ...{ channelLineIds: lines.map((line) => line.channelLineId), answerBy: null, updatedAt: world.clock.now() },
    ...over,
  });
}
/** Somebody buys; the platform pays 3.00 of the shipping. */
async function buysWithShippingPaid(units: number) {
  const facts = aNewOrder(world.clock.now(), { units });
  const { money } = facts;
  Object.assign(facts, {
    money: {
      ...money,
      originalShippingMinor: money.originalShippingMinor + 300n,
      shippingPlatformDiscountMinor: 300n,
    },
  });
  return { id: await world.buys(facts), money };
}
const tell = (id: string) => world.tell(id, world.clock.now());

test("a buyer's cancellation cancels the Shopify order and restocks once, however often it is told", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id);
  for (let times = 0; times < 3; times += 1) await tell(id);
  await world.run(120_000);
  await tell(id);
  await world.run(120_000);
  expect(world.shopify.orders[0]).toMatchObject({ restocked: 1 });
  expect(world.shopify.orders[0]?.cancelledAt).not.toBeNull();
  expect(world.troubles.calls.filter((call) => call === "cancelOrder")).toHaveLength(1);
  expect((await world.row(id)).cancellations).toMatchObject([{ status: "completed", shopifyState: "done" }]);
  expect([...world.waiting.values()]).toEqual(["released"]);
});

test("the channel's flag decides about restocking", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id, { restock: false });
  await tell(id);
  await world.run(60_000);
  expect(world.shopify.orders[0]?.cancelledAt).not.toBeNull();
  expect(world.shopify.orders[0]?.restocked).toBe(0);
});

test.each<[string, Trouble]>([
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["and takes effect 20 s later", { lateMs: 20_000 }],
])("the cancellation times out %s: cancelled and restocked once", async (_name, trouble) => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  world.troubles.plan("cancelOrder", trouble);
  cancels(id);
  await tell(id);
  await world.run(300_000);
  expect(world.shopify.orders[0]?.restocked).toBe(1);
  expect((await world.row(id)).cancellations).toMatchObject([{ shopifyState: "done" }]);
  expect(await world.openProblems()).toEqual([]);
});

test("cancelled before it came home, an order never does", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "unpaid" }));
  await world.run(30_000);
  cancels(id);
  await tell(id);
  await world.run(60_000);
  expect(world.shopify.orders).toHaveLength(0);
  expect(await world.row(id)).toMatchObject({ importState: "shown", parkedReason: "cancelled" });
  expect((await world.row(id)).cancellations).toMatchObject([{ shopifyState: "none" }]);
  expect([...world.waiting.values()]).toEqual(["released"]);
});

test("cancelled while the call's end was unknown: found, then cancelled", async () => {
  world = await aWorld();
  world.troubles.plan("createOrder", { lateMs: 15_000 });
  const id = await world.buys();
  await world.pass();
  await world.pass();
  expect(await world.row(id)).toMatchObject({ importState: "unknown" });
  cancels(id);
  await tell(id);
  await world.run(900_000);
  expect(world.shopify.orders).toHaveLength(1);
  expect(world.shopify.live()).toHaveLength(0);
  expect((await world.row(id)).cancellations).toMatchObject([{ shopifyState: "done" }]);
});

test("cancelled while held: the hold is not waited for", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.run(30_000);
  cancels(id);
  await tell(id);
  await world.run(60_000);
  expect(world.shopify.live()).toHaveLength(0);
});

test("a request needs somebody, urgently when its time runs out; a withdrawal closes it", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  const answerBy = new Date("2026-01-07T08:00:00Z");
  cancels(id, { status: "requested", answerBy }, false);
  await tell(id);
  await world.run(60_000);
  const problem = () => world.db.problem.findFirst({ where: { kind: "cancellation-requested" } });
  expect(await problem()).toMatchObject({
    ...{ severity: "needs-you", closedAt: null, data: { answerBy: answerBy.toISOString() } },
  });
  expect(world.shopify.live()).toHaveLength(1);
  // nothing else happens: the deadline alone makes us look
  await world.run(37 * 3_600_000);
  expect(await problem()).toMatchObject({ severity: "urgent", closedAt: null });
  world.clock.advance(5_000);
  cancels(id, { status: "withdrawn" }, false);
  await tell(id);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual([]);
});

test("a cancellation no webhook told of is found by the poll", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id);
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run(60_000);
  expect(world.shopify.live()).toHaveLength(0);
  expect(await world.row(id)).toMatchObject({ status: "cancelled" });
});

test("an order cancelled without a named cancellation is believed after a while", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id);
  world.channel.cancellations.clear();
  await tell(id);
  await world.run(60_000);
  expect(world.shopify.live()).toHaveLength(1);
  await world.run(120_000);
  expect(world.shopify.live()).toHaveLength(0);
});

/** A staff member cancels in Shopify, and its webhook tells of it. */
async function cancelsInShopify(id: string, reason = "CUSTOMER"): Promise<void> {
  const order = world.shopify.orders.find((one) => one.draft.sourceIdentifier === id);
  if (!order) throw new Error("the order did not come home");
  Object.assign(order, { cancelledAt: world.clock.now(), cancelReason: reason });
  await world.engine.change((tx) =>
    world.orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic: "orders/cancelled", orderGid: order.id }]),
  );
}
const cancelCalls = () => world.troubles.calls.filter((call) => call === "cancel");

test("begun in Shopify, it is carried to the channel once, and its refund is recorded", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  await cancelsInShopify(id);
  await cancelsInShopify(id);
  await world.run(120_000);
  expect(world.channel.orders.get(id)).toMatchObject({ status: "cancelled" });
  expect(cancelCalls()).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({
    decisions: [{ kind: "cancel", beganIn: "shopify", state: "done", reason: "buyer-asked", actorKind: "shopify" }],
    cancellations: [{ cancelledBy: "seller", shopifyState: "done" }],
    refunds: [{ part: "money", state: "done", amountMinor: 2663n }],
  });
  expect(await world.openProblems()).toEqual([]);
});

test("begun in Shopify with everything refunded there, the platform's part too: nothing is left to do and nobody is troubled", async () => {
  world = await aWorld();
  const { id, money } = await buysWithShippingPaid(1);
  await world.run(60_000);
  world.shopify.orders[0]?.refunds.push({
    ...{ id: "by hand", key: "x", note: "" },
    payments: [
      { saleId: "sale-0", amountMinor: money.totalMinor },
      { saleId: "sale-1", amountMinor: 300n },
    ],
  });
  await cancelsInShopify(id);
  await world.run(300_000);
  expect(world.channel.orders.get(id)).toMatchObject({ status: "cancelled" });
  expect(await world.row(id)).toMatchObject({
    refunds: [{ part: "money", state: "done", amountMinor: money.totalMinor + 300n }],
  });
  expect(await world.openProblems()).toEqual([]);
});

test("begun in Shopify while its webhook was lost, it is found by the look at open orders", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  const there = world.shopify.orders[0];
  if (there) there.cancelledAt = world.clock.now();
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run(120_000);
  expect(world.channel.orders.get(id)?.status).toBe("cancelled");
});

test("our own cancellation in Shopify is not carried back", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id);
  await tell(id);
  await world.run(60_000);
  await cancelsInShopify(id);
  await world.run(120_000);
  expect(cancelCalls()).toHaveLength(0);
  expect((await world.row(id)).decisions).toEqual([]);
});

test("refused by the channel, it is an urgent problem, tried once more when somebody looks, and never done by itself", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  world.channel.uncancellable.set(id, "25001003");
  await cancelsInShopify(id);
  await world.run(600_000);
  expect(cancelCalls()).toHaveLength(0);
  expect(await world.row(id)).toMatchObject({
    decisions: [{ state: "refused", refusedCode: "25001003" }],
    cancellations: [],
  });
  expect(await world.db.problem.findFirst({ where: { kind: "order-cancelled-in-shopify" } })).toMatchObject({
    ...{ severity: "urgent", closedAt: null, data: { reasons: [{ code: "25001003", sentence: "sentence-25001003" }] } },
  });
  expect(await world.events()).not.toContain("order.cancelled-in-shopify");
  world.channel.uncancellable.clear();
  const row = await world.row(id);
  await world.orders.lookAgain({ shopId: "shop-1", id: row.id, actor: { kind: "staff", id: "7" } });
  await world.run(120_000);
  expect(cancelCalls()).toHaveLength(1);
  expect(await world.openProblems()).toEqual([]);
});

test("cancelled in Shopify while the buyer asks: the buyer's own request is approved", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  cancels(id, { status: "requested", answerBy: new Date("2026-01-07T08:00:00Z") }, false);
  await tell(id);
  await world.run(30_000);
  await cancelsInShopify(id);
  await world.run(120_000);
  expect(cancelCalls()).toHaveLength(0);
  expect((await world.row(id)).decisions).toMatchObject([{ kind: "approve-cancellation", state: "done" }]);
  expect(world.channel.orders.get(id)?.status).toBe("cancelled");
});

/** The merchant decides on the order's page. */
async function decides(
  id: string,
  what: Partial<Parameters<World["orders"]["decide"]>[0]> = {},
): Promise<Awaited<ReturnType<World["orders"]["decide"]>>> {
  const { id: orderId } = await world.row(id);
  return world.orders.decide({
    ...{ shopId: "shop-1", orderId, actor: { kind: "staff", id: "7" }, kind: "cancel", requestId: "" },
    ...{ reason: "buyer-asked", ...what },
  });
}

describe("begun in the app", () => {
  test("the channel comes first, then Shopify; two clicks are one", async () => {
    world = await aWorld();
    const id = await world.buys();
    await world.run(60_000);
    expect(await decides(id)).toEqual({ outcome: "told" });
    expect(await decides(id)).toEqual({ outcome: "already" });
    world.troubles.calls.length = 0;
    await world.run(120_000);
    expect(cancelCalls()).toHaveLength(1);
    const { calls } = world.troubles;
    expect(calls.indexOf("cancellable")).toBeLessThan(calls.indexOf("cancel"));
    expect(calls.indexOf("cancel")).toBeLessThan(calls.indexOf("cancelOrder"));
    expect(world.shopify.orders[0]).toMatchObject({ restocked: 1 });
    expect(world.shopify.refundedMinor(order())).toBe(2663n);
  });

  test.each<[string, Trouble]>([
    ["times out before its effect", "before"],
    ["times out after its effect", "after"],
    ["takes effect 20 s after its deadline", { lateMs: 20_000 }],
    ["dies before it", "dies"],
    ["dies after it", "dies-after"],
  ])("the call to the channel %s: cancelled once on both sides", async (_name, trouble) => {
    world = await aWorld();
    const id = await world.buys();
    await world.run(60_000);
    world.troubles.plan("cancel", trouble);
    await decides(id);
    await runThroughDeath(300_000);
    expect([...world.channel.cancellations.values()]).toHaveLength(1);
    expect(world.shopify.orders[0]?.restocked).toBe(1);
    expect((await world.row(id)).decisions).toMatchObject([{ state: "done" }]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("what the channel does not allow is told with its reason, and Shopify is left alone", async () => {
    world = await aWorld();
    const id = await world.buys();
    await world.run(60_000);
    expect(await world.orders.whatCanBeDecided({ shopId: "shop-1", id: (await world.row(id)).id })).toMatchObject({
      cancel: { reasons: [{ code: "none-left" }, { code: "buyer-asked" }] },
    });
    expect(await world.orders.whatCanBeDecided({ shopId: "shop-2", id: (await world.row(id)).id })).toBeNull();
    world.channel.uncancellable.set(id, "25001045");
    await decides(id);
    await world.run(120_000);
    expect(await world.openProblems()).toEqual(["decision-refused"]);
    expect(world.shopify.live()).toHaveLength(1);
  });

  test("a request is approved or refused, once; what the buyer withdrew meanwhile is not sent", async () => {
    world = await aWorld();
    const answerBy = new Date("2026-01-07T08:00:00Z");
    const ids = [await world.buys(), await world.buys(), await world.buys()];
    await world.run(60_000);
    const [yes = "", no = "", gone = ""] = ids;
    for (const id of ids) {
      cancels(id, { status: "requested", answerBy, refundMinor: 2663n }, false);
      await tell(id);
    }
    await world.run(60_000);
    await decides(yes, { kind: "approve-cancellation", requestId: `4035${yes}`, reason: null });
    await decides(no, { kind: "refuse-cancellation", requestId: `4035${no}`, reason: "because" });
    expect(await decides(no, { kind: "refuse-cancellation", requestId: `4035${yes}` })).toEqual({
      outcome: "not-found",
    });
    await decides(gone, { kind: "refuse-cancellation", requestId: `4035${gone}`, reason: "because" });
    world.clock.advance(2_000);
    cancels(gone, { status: "completed", refundMinor: 2663n });
    await world.run(300_000);
    expect((await world.row(yes)).decisions).toMatchObject([{ state: "done" }]);
    expect((await world.row(no)).decisions).toMatchObject([{ state: "done" }]);
    expect((await world.row(gone)).decisions).toMatchObject([{ state: "overtaken" }]);
    expect(world.shopify.live().map((one) => one.draft.sourceIdentifier)).toEqual([no]);
    expect(await world.openProblems()).toEqual([]);
  });
});

const order = () => {
  const [first] = world.shopify.orders;
  if (!first) throw new Error("the order did not come home");
  return first;
};

/** As `run`, with a process that is killed and started again. */
async function runThroughDeath(ms: number): Promise<void> {
  try {
    await world.run(ms);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    world.afterDeath();
    await world.run(ms);
  }
}

describe("some units of an imported order", () => {
  async function cancelsOne(over: Partial<Cancellation> = {}): Promise<string> {
    world = await aWorld();
    const id = await world.buys(aNewOrder(world.clock.now(), { units: 2 }));
    await world.run(60_000);
    const [line] = world.channel.orders.get(id)?.lines ?? [];
    if (line) line.status = "cancelled";
    cancels(id, { channelLineIds: [line?.channelLineId ?? ""], refundMinor: 2164n, ...over }, false);
    await tell(id);
    return id;
  }

  test.each<[string, Trouble[]]>([
    ["answers", []],
    ["times out before its effect", ["before"]],
    ["times out after its effect", ["after"]],
    ["takes effect late", [{ lateMs: 20_000 }]],
    ["times out twice", ["after", "after"]],
    ["dies before it", ["dies"]],
    ["dies after it", ["dies-after"]],
  ])("are taken off and restocked once, and the money recorded once: the call %s", async (_name, troubles) => {
    const id = await cancelsOne();
    world.troubles.plan("createRefund", ...troubles);
    await runThroughDeath(600_000);
    await tell(id);
    await world.run(120_000);
    expect(order().takenOff).toMatchObject([{ quantity: 1, restock: true }]);
    expect(world.shopify.refundedMinor(order())).toBe(2164n);
    expect(world.shopify.live()).toHaveLength(1);
    expect((await world.row(id)).refunds.map(({ part, state }) => `${part} ${state}`).sort()).toEqual([
      "money done",
      "units done",
    ]);
    expect(await world.openProblems()).toEqual([]);
  });

  test.each<[string, (id: string) => Promise<void>]>([
    ["cancelled before it came home", async () => {}],
    [
      "cancelled while it was made",
      async (id) => {
        world.troubles.plan("createOrder", { lateMs: 15_000 });
        await tell(id);
        await world.pass();
        await world.pass();
        expect(await world.row(id)).toMatchObject({ importState: "unknown" });
      },
    ],
  ])("%s, they come with the order as it was bought and are taken off then", async (_name, begin) => {
    world = await aWorld();
    const facts = aNewOrder(world.clock.now(), { units: 2 });
    const { channelOrderId: id } = facts;
    world.channel.add(facts);
    await begin(id);
    const [line] = world.channel.orders.get(id)?.lines ?? [];
    if (line) line.status = "cancelled";
    cancels(id, { channelLineIds: [line?.channelLineId ?? ""], refundMinor: 2164n }, false);
    await tell(id);
    await world.run(900_000);
    await tell(id);
    await world.run(120_000);
    expect(world.shopify.orders).toHaveLength(1);
    expect(order().lines.reduce((sum, one) => sum + one.quantity, 0)).toBe(2);
    expect(order().takenOff).toMatchObject([{ quantity: 1, restock: true }]);
    expect(world.shopify.refundedMinor(order())).toBe(2164n);
    expect(await world.openProblems()).toEqual([]);
  });

  test("are worth nothing, and the platform's part of the shipping goes back all the same with the last of them", async () => {
    world = await aWorld();
    const { id, money } = await buysWithShippingPaid(2);
    await world.run(60_000);
    expect(order().draft.payments.map((one) => one.amountMinor)).toEqual([money.totalMinor, 300n]);
    const [first, last] = world.channel.orders.get(id)?.lines ?? [];
    if (!first || !last) throw new Error("two units were bought");
    first.status = "cancelled";
    cancels(id, { channelLineIds: [first.channelLineId], refundMinor: 0n }, false);
    const gift = world.channel.cancellations.get(id);
    if (gift) world.channel.cancellations.set("first", { ...gift, channelCancelId: "first" });
    world.channel.cancellations.delete(id);
    await tell(id);
    await world.run(120_000);
    cancels(id, { channelLineIds: [last.channelLineId], refundMinor: money.totalMinor });
    await tell(id);
    await world.run(300_000);
    await tell(id);
    await world.run(300_000);
    expect(world.shopify.refundedMinor(order())).toBe(money.totalMinor + 300n);
    expect(await world.openProblems()).toEqual([]);
  });

  test("all of them, while the order is still read as open: the platform's part of the shipping goes back too", async () => {
    world = await aWorld();
    const { id, money } = await buysWithShippingPaid(2);
    await world.run(60_000);
    cancels(id, { refundMinor: money.totalMinor }, false);
    await world.engine.change((tx) =>
      world.orders.afterSalesChanged(tx, [{ connectionId: world.connection.id, channelOrderId: id }]),
    );
    await world.run(120_000);
    expect(await world.row(id)).toMatchObject({ status: "to-ship" });
    expect(world.shopify.live()).toHaveLength(0);
    expect(world.shopify.refundedMinor(order())).toBe(money.totalMinor + 300n);
    world.clock.advance(5_000);
    world.channel.touch(id, { status: "cancelled", buyer: null });
    await tell(id);
    await world.run(300_000);
    expect(world.shopify.refundedMinor(order())).toBe(money.totalMinor + 300n);
    expect(await world.openProblems()).toEqual([]);
  });

  test("go without restocking where the channel says so; the money waits until it was paid back", async () => {
    const id = await cancelsOne({ status: "approved", restock: false });
    const asked = world.channel.cancellations.get(id);
    await world.run(60_000);
    expect(order().takenOff).toMatchObject([{ quantity: 1, restock: false }]);
    expect(world.shopify.refundedMinor(order())).toBe(0n);
    if (asked) Object.assign(asked, { status: "completed", updatedAt: new Date(world.clock.now().getTime() + 1) });
    await tell(id);
    await world.run(60_000);
    expect(order().takenOff).toMatchObject([{ quantity: 1, restock: false }]);
    expect(world.shopify.refundedMinor(order())).toBe(2164n);
  });

  test("refused by Shopify: an urgent problem with its words", async () => {
    const id = await cancelsOne({ refundMinor: 999_999n });
    await world.run(120_000);
    expect(await world.openProblems()).toEqual(["refund-differs"]);
    expect(await world.db.problem.findFirst({ where: { kind: "refund-differs" } })).toMatchObject({
      data: { channelAmount: "9999.99 USD", shopifyAmount: "0.00 USD" },
    });
    const cancellation = world.channel.cancellations.get(id);
    if (cancellation)
      Object.assign(cancellation, { refundMinor: 2164n, updatedAt: new Date(world.clock.now().getTime() + 1) });
    await world.orders.lookAgain({ shopId: "shop-1", id: (await world.row(id)).id, actor: { kind: "staff", id: "7" } });
    await world.run(120_000);
    expect(await world.openProblems()).toEqual([]);
    expect(world.shopify.refundedMinor(order())).toBe(2164n);
  });
});
