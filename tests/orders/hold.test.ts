import { afterEach, expect, test } from "vitest";
import { aBuyer, anAddress } from "../../app/domains/orders/testing.ts";
import type { Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const handles = () => world.shopify.orders[0]?.targets.flatMap((target) => target.holds.map((hold) => hold.handle));
const onHold = () => aNewOrder(world.clock.now(), { status: "on-hold" });
const endHold = async (id: string) => {
  world.channel.touch(id, { status: "to-ship", buyer: aBuyer() });
  await world.tell(id, world.clock.now());
};

test("an order on hold comes home held; past the hold its address is written before it is released", async () => {
  world = await aWorld();
  const id = await world.buys(onHold());
  await world.run(60_000);
  expect(handles()).toEqual(["reelshelf-buyer-remorse"]);
  expect(world.shopify.orders[0]?.address).toBeNull();
  expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "held" });
  await endHold(id);
  await world.run(60_000);
  expect(handles()).toEqual([]);
  expect(world.shopify.orders[0]?.address).toMatchObject({ address1: "1 Main St", zip: "78701" });
  expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "released" });
  const { calls } = world.troubles;
  expect(calls.indexOf("updateOrder")).toBeLessThan(calls.indexOf("release"));
  expect(calls.indexOf("updateOrder")).toBeGreaterThan(0);
});

test("the clock alone never releases: it only makes us look", async () => {
  world = await aWorld();
  const id = await world.buys(onHold());
  await world.run(60_000);
  const reads = world.troubles.calls.filter((call) => call === "getOrders").length;
  await world.run(2 * 3600_000);
  expect(world.troubles.calls.filter((call) => call === "getOrders").length).toBeGreaterThan(reads);
  expect(handles()).toHaveLength(1);
  world.channel.touch(id, { status: "to-ship", buyer: aBuyer() });
  await world.run(600_000);
  expect(handles()).toEqual([]);
});

test.each<[string, Trouble]>([
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["and takes effect 20 s later", { lateMs: 20_000 }],
])("the hold times out %s: the order is not home before the hold is confirmed", async (_name, trouble) => {
  world = await aWorld();
  world.troubles.plan("hold", trouble);
  const id = await world.buys(onHold());
  await world.pass();
  await world.pass();
  expect(await world.row(id)).toMatchObject({ importState: "sending", holdState: "wanted" });
  await world.run(120_000);
  expect(handles()).toEqual(["reelshelf-buyer-remorse"]);
  expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "held" });
  expect(world.shopify.orders).toHaveLength(1);
});

test("a late hold that lands after the release is released again", async () => {
  world = await aWorld();
  world.troubles.plan("hold", { lateMs: 20_000 });
  const id = await world.buys(onHold());
  await world.pass();
  await world.pass();
  await endHold(id);
  // Released long before the first call lands; it must not stay held after that.
  await world.run(15_000);
  expect(world.troubles.pending).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({ holdState: "released" });
  await world.run(120_000);
  expect(world.troubles.pending).toHaveLength(0);
  expect(handles()).toEqual([]);
});

test("an order whose hold ended before it could be held goes straight on", async () => {
  world = await aWorld();
  world.troubles.plan("holdTargets", "before");
  const id = await world.buys(onHold());
  await world.pass();
  await world.pass();
  await endHold(id);
  await world.run(60_000);
  expect(handles()).toEqual([]);
  expect(world.shopify.orders[0]?.address).toMatchObject({ address1: "1 Main St" });
  expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "released" });
});

test("a corrected address is written after the release too; a timed-out write is repeated when the old one can no longer land", async () => {
  world = await aWorld();
  const id = await world.buys();
  await world.run(60_000);
  world.troubles.plan("updateOrder", { lateMs: 20_000 });
  world.channel.touch(id, { buyer: aBuyer({ address: anAddress({ address1: "2 Oak St" }) }) });
  await world.tell(id, world.clock.now());
  await world.run(120_000);
  expect(world.shopify.orders[0]?.address).toMatchObject({ address1: "2 Oak St" });
  expect(world.troubles.calls.filter((call) => call === "updateOrder")).toHaveLength(2);
});

test("past the hold without an address, the order stays held and says so; with one it goes on", async () => {
  world = await aWorld();
  const id = await world.buys(onHold());
  await world.run(60_000);
  world.channel.touch(id, { status: "to-ship", buyer: null });
  await world.tell(id, world.clock.now());
  await world.run(300_000);
  expect(handles()).toHaveLength(1);
  expect(await world.openProblems()).toEqual(["order-address-missing"]);
  world.channel.touch(id, { buyer: aBuyer() });
  await world.tell(id, world.clock.now());
  await world.run(120_000);
  expect(handles()).toEqual([]);
  expect(await world.openProblems()).toEqual([]);
});
