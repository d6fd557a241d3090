import { afterEach, expect, test } from "vitest";
import type { Cancellation } from "../../app/channels/port.ts";
import type { Trouble } from "./other-side.ts";
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

test("a request is an urgent problem with its deadline; a withdrawal closes it", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  const answerBy = new Date("2026-01-07T08:00:00Z");
  cancels(id, { status: "requested", answerBy }, false);
  await tell(id);
  await world.run(60_000);
  expect(await world.db.problem.findFirst({ where: { kind: "cancellation-requested" } })).toMatchObject({
    severity: "urgent",
    closedAt: null,
    data: { answerBy: answerBy.toISOString() },
  });
  expect(world.shopify.live()).toHaveLength(1);
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

test("a cancellation begun in Shopify is an urgent problem; our own is not", async () => {
  world = await aWorld();
  const id = await world.buys();
  const other = await world.buys();
  await world.run(60_000);
  const [first, second] = world.shopify.orders;
  if (!first || !second) throw new Error("the orders did not come home");
  const firstId = first.draft.sourceIdentifier;
  first.cancelledAt = world.clock.now();
  cancels(firstId === id ? other : id);
  await tell(firstId === id ? other : id);
  await world.run(60_000);
  for (const order of [first, second]) {
    await world.engine.change((tx) =>
      world.orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic: "orders/cancelled", orderGid: order.id }]),
    );
  }
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["order-cancelled-in-shopify"]);
});

test("some units cancelled of an imported order are shown as urgent, and wait no longer", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units: 2 }));
  await world.run(60_000);
  const [line] = world.channel.orders.get(id)?.lines ?? [];
  if (line) line.status = "cancelled";
  cancels(id, { channelLineIds: [line?.channelLineId ?? ""] }, false);
  await tell(id);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["cancellation-partial"]);
  expect(world.shopify.live()).toHaveLength(1);
});
