import { afterEach, expect, test } from "vitest";
import { readHoldWindow } from "../../app/domains/orders/morning/hold-window.server.ts";
import { aBuyer } from "../../app/domains/orders/testing.ts";
import type { Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const home = () => {
  const [order] = world.shopify.orders;
  if (!order) throw new Error("nothing came home");
  return order;
};
const handles = () => home().targets.flatMap((target) => target.holds.map((hold) => hold.handle));
const parts = () => home().targets.map((target) => target.id);
const holdsTaken = () =>
  world.engine.change((tx) =>
    world.orders.holdsReleased(
      tx,
      parts().map((fulfillmentOrderGid) => ({ shopId: "shop-1", fulfillmentOrderGid })),
    ),
  );
const tellShopify = (topic: string) =>
  world.engine.change((tx) =>
    world.orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic, orderGid: home().id }]),
  );
const endHold = async (id: string, status: "to-ship" | "cancelled" = "to-ship") => {
  for (const line of world.channel.orders.get(id)?.lines ?? []) line.status = status;
  world.channel.touch(id, { status, buyer: status === "cancelled" ? null : aBuyer() });
  await world.tell(id, world.clock.now());
};
const numberThere = (id: string) => world.channel.orders.get(id)?.lines[0]?.trackingNumber ?? null;
const told = () => world.troubles.calls.filter((call) => call === "ship").length;

/** An order on hold that came home, and is held. */
async function held(units = 1): Promise<string> {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold", units }));
  await world.run(60_000);
  expect(handles()).toHaveLength(1);
  return id;
}

async function shippedByATool(lines?: { quantity: number }[]): Promise<void> {
  const order = home();
  world.shopify.releaseHolds(order);
  world.shopify.fulfil(
    order,
    { company: "USPS", number: "9400110200881234567890" },
    lines?.map((one, at) => ({ ...one, lineItemId: order.lines[at]?.id ?? "" })),
  );
  await holdsTaken();
  await tellShopify("fulfillments/create");
}

test("how long it took until the hold stood is measured, from the purchase and from the import", async () => {
  world = await aWorld();
  world.troubles.plan("hold", "after");
  await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.run(120_000);
  const window = await readHoldWindow(world, { shopId: "shop-1", connectionId: "con-1" });
  expect(window?.orders).toBe(3);
  // one hold's answer was lost for ten seconds
  expect(window?.worstMs).toBeGreaterThanOrEqual(10_000);
  expect(window?.worstBareMs).toBeGreaterThanOrEqual(10_000);
  expect(window?.typicalMs).toBeLessThanOrEqual(window?.worstMs ?? 0);
  expect(await readHoldWindow(world, { shopId: "another", connectionId: "con-1" })).toBeNull();
  world.clock.advance(8 * 24 * 3_600_000);
  expect(await readHoldWindow(world, { shopId: "shop-1", connectionId: "con-1" })).toBeNull();
});

test("a hold that somebody takes away is put back at once, and goes when the buyer's time is over", async () => {
  const id = await held();
  world.shopify.releaseHolds(home());
  await holdsTaken();
  await world.run(5_000);
  expect(handles()).toHaveLength(1);
  expect(await world.openProblems()).toEqual(["order-hold-released"]);
  expect(await world.events()).toContain("order.held-again");
  await endHold(id);
  await world.run(120_000);
  expect(handles()).toEqual([]);
  expect(await world.openProblems()).toEqual([]);
  expect(await world.row(id)).toMatchObject({ holdState: "released", holdsAgain: 1 });
});

test("should nobody tell of it, a missing hold is found by looking", async () => {
  await held();
  world.shopify.releaseHolds(home());
  await world.run(25 * 60_000);
  expect(handles()).toHaveLength(1);
});

test("two tools do not fight for ever: a hold taken away again and again is urgent, and left alone", async () => {
  await held();
  for (let times = 0; times < 4; times += 1) {
    world.shopify.releaseHolds(home());
    await holdsTaken();
    await world.run(5_000);
  }
  expect(handles()).toEqual([]);
  expect(await world.openProblems()).toEqual(["order-hold-given-up"]);
});

test.each<[string, Trouble]>([
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["and takes effect 20 s later", { lateMs: 20_000 }],
])(
  "putting the hold back times out %s: it stands in the end, and nothing of it is left after the release",
  async (_name, trouble) => {
    const id = await held();
    world.shopify.releaseHolds(home());
    world.troubles.plan("hold", trouble);
    await holdsTaken();
    await world.pass();
    await endHold(id);
    await world.run(180_000);
    expect(world.troubles.pending).toHaveLength(0);
    expect(handles()).toEqual([]);
    expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "released" });
  },
);

test("shipped by a tool while the buyer may still cancel: told at once, the number waits, and goes as soon as it may", async () => {
  const id = await held();
  await shippedByATool();
  await world.run(5_000);
  expect(await world.openProblems()).toEqual(["order-shipped-early"]);
  expect(numberThere(id)).toBeNull();
  await world.run(10 * 60_000);
  expect(told()).toBe(0);
  await endHold(id);
  await world.run(5_000);
  expect(numberThere(id)).toBe("9400110200881234567890");
  expect(told()).toBe(1);
  expect(await world.openProblems()).toEqual([]);
});

test("shipped in part: what is left is held again", async () => {
  const id = await held(3);
  await shippedByATool([{ quantity: 1 }]);
  await world.run(5_000);
  expect(handles()).toHaveLength(1);
  expect(await world.openProblems()).toContain("order-shipped-early");
  await endHold(id);
  await world.run(120_000);
  expect(handles()).toEqual([]);
  expect(world.channel.orders.get(id)?.lines.filter((line) => line.trackingNumber)).toHaveLength(1);
});

test("shipped before it could be held", async () => {
  world = await aWorld();
  world.troubles.plan("holdTargets", "before");
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.pass();
  await world.pass();
  world.shopify.fulfil(home(), { company: "USPS", number: "9400110200881234567890" });
  await tellShopify("fulfillments/create");
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["order-shipped-early"]);
  await endHold(id);
  await world.run(60_000);
  expect(numberThere(id)).toBe("9400110200881234567890");
  expect(await world.openProblems()).toEqual([]);
});

test("the parcel is called off in time: the hold is put back and the problem closes", async () => {
  const id = await held();
  await shippedByATool();
  await world.run(5_000);
  world.shopify.callOff(home());
  await tellShopify("fulfillments/update");
  await world.run(5_000);
  expect(handles()).toHaveLength(1);
  expect(await world.openProblems()).not.toContain("order-shipped-early");
  await endHold(id);
  await world.run(120_000);
  expect(handles()).toEqual([]);
  expect(numberThere(id)).toBeNull();
});

test("the buyer cancels what was shipped too early: urgent, and carried once the parcel is called off", async () => {
  const id = await held();
  world.shopify.rules.cancelsShipped = false;
  await shippedByATool();
  await world.run(5_000);
  world.channel.cancellations.set(id, {
    ...{ channelCancelId: `4035${id}`, channelOrderId: id, status: "completed", by: "buyer", reason: "no need" },
    ...{ restock: true, refundMinor: null, answerBy: null, updatedAt: world.clock.now() },
    channelLineIds: world.channel.orders.get(id)?.lines.map((line) => line.channelLineId) ?? [],
  });
  await endHold(id, "cancelled");
  await world.run(60_000);
  expect(await world.openProblems()).toContain("cancellation-after-shipping");
  expect(await world.openProblems()).not.toContain("order-shipped-early");
  expect(home().cancelledAt).toBeNull();
  expect(numberThere(id)).toBeNull();
  world.shopify.callOff(home());
  await tellShopify("fulfillments/update");
  await world.run(60_000);
  expect(home().cancelledAt).not.toBeNull();
  expect(await world.openProblems()).toEqual([]);
});

test("what has left its hold meanwhile is no early parcel: the channel is read before anybody is troubled", async () => {
  const id = await held();
  world.channel.touch(id, { status: "to-ship", buyer: aBuyer() });
  await shippedByATool();
  await world.run(60_000);
  expect(await world.events()).not.toContain("order.held-again");
  expect(await world.openProblems()).toEqual([]);
  expect(numberThere(id)).toBe("9400110200881234567890");
});
