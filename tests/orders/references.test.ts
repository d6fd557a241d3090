import { afterEach, expect, test } from "vitest";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const told = () => world.troubles.calls.filter((call) => call === "writeReferences").length;

test("the channel is told once which order it became, unit by unit, in the admin's own numbers", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units: 2 }));
  await world.run();
  const [home] = world.shopify.orders;
  const number = home?.lines[0]?.id.split("/").at(-1);
  expect(world.channel.references.get(id)).toMatchObject({
    externalId: home?.id.split("/").at(-1),
    lines: [{ externalLineId: number }, { externalLineId: number }],
  });
  expect((await world.row(id)).externalRefAt).not.toBeNull();
  expect(await world.events()).toContain("order.reference-told");
  await world.tell(id);
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run();
  expect(told()).toBe(1);
});

test("a burst is told in one call", async () => {
  world = await aWorld();
  for (let times = 0; times < 30; times += 1) await world.buys();
  await world.run();
  expect(world.channel.references.size).toBe(30);
  // those that came home in the first turn go together; a straggler may need a call of its own
  expect(told()).toBeLessThanOrEqual(3);
});

const troubles: [string, Trouble][] = [
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["with the effect 20 s later", { lateMs: 20_000 }],
  ["while its budget is closed", "budget"],
  ["with a refusal", "refused"],
];
test.each(troubles)("a call that ends %s is made again, and nobody is troubled", async (_how, trouble) => {
  world = await aWorld();
  world.troubles.plan("writeReferences", trouble);
  const id = await world.buys();
  await world.run(1_800_000);
  expect(world.channel.references.get(id)?.externalId).toBe(world.shopify.orders[0]?.id.split("/").at(-1));
  expect((await world.row(id)).externalRefAt).not.toBeNull();
  expect(await world.openProblems()).toEqual([]);
  expect(await world.row(id)).toMatchObject({ importState: "done" });
});

test("a process that dies after the call: told again, not twice noted", async () => {
  world = await aWorld();
  world.troubles.plan("writeReferences", "dies-after");
  const id = await world.buys();
  await expect(world.run()).rejects.toThrow(Killed);
  expect((await world.row(id)).externalRefAt).toBeNull();
  world.afterDeath();
  await world.run();
  expect((await world.row(id)).externalRefAt).not.toBeNull();
  expect((await world.events()).filter((event) => event === "order.reference-told")).toHaveLength(1);
});

test("one that is refused does not hold up the others, and is tried again", async () => {
  world = await aWorld();
  const facts = aNewOrder(world.clock.now());
  world.channel.refusedReferences.add(facts.channelOrderId);
  const bad = await world.buys(facts);
  const good = await world.buys();
  await world.run(60_000);
  expect(world.channel.references.has(good)).toBe(true);
  expect((await world.row(bad)).externalRefAt).toBeNull();
  expect(await world.openProblems()).toEqual([]);
  world.channel.refusedReferences.clear();
  await world.run(1_800_000);
  expect(world.channel.references.has(bad)).toBe(true);
});

test("while orders are turned off nothing is told; when they are turned on it is", async () => {
  world = await aWorld();
  world.troubles.plan("writeReferences", "before");
  const id = await world.buys();
  await world.pass();
  world.connection.armedFlows = [];
  await world.run();
  expect(world.channel.references.has(id)).toBe(false);
  world.connection.armedFlows = ["orders", "fulfilment"];
  await world.engine.change((tx) => world.engine.raise(tx, "connection:con-1", "armed:orders"));
  await world.run();
  expect(world.channel.references.has(id)).toBe(true);
});
