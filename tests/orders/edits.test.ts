import { afterEach, describe, expect, test } from "vitest";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const home = () => {
  const [order] = world.shopify.orders;
  if (!order) throw new Error("nothing came home");
  return order;
};
const tellShopify = (topic: string) =>
  world.engine.change((tx) =>
    world.orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic, orderGid: home().id }]),
  );
const live = (id: string) => world.channel.orders.get(id)?.lines.filter((line) => line.status !== "cancelled") ?? [];
const called = (name: string) => world.troubles.calls.filter((call) => call === name).length;

/** An order of so many units that came home. */
async function bought(units = 3): Promise<string> {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units }));
  await world.run(60_000);
  return id;
}

/** As `run`, with a process that is killed and started again. */
async function run(ms: number): Promise<void> {
  try {
    await world.run(ms);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    world.afterDeath();
    await world.run(ms);
  }
}

describe("units taken off in Shopify", () => {
  test.each<[string, { amountMinor: bigint } | undefined]>([
    ["by an edit", undefined],
    ["by a refund that records the money too", { amountMinor: 2164n }],
    ["by a refund that records a part of the money", { amountMinor: 500n }],
  ])("%s are cancelled on the channel, taken off once, and the money recorded once", async (_name, refund) => {
    const id = await bought();
    world.shopify.takeOff(home(), 1, refund);
    for (let times = 0; times < 3; times += 1) await tellShopify(refund ? "refunds/create" : "orders/edited");
    await world.run(120_000);
    expect(live(id)).toHaveLength(2);
    expect(called("cancel")).toBe(1);
    expect(home().takenOff).toMatchObject([{ quantity: 1 }]);
    expect((await world.row(id)).cancellations).toMatchObject([{ status: "completed", shopifyState: "done" }]);
    expect(world.shopify.refundedMinor(home())).toBe(2164n);
    expect(await world.openProblems()).toEqual([]);
    expect((await world.row(id)).decisions).toMatchObject([{ beganIn: "shopify", state: "done" }]);
  });

  test.each<[string, Trouble]>([
    ["before its effect", "before"],
    ["after its effect", "after"],
    ["and takes effect 20 s later", { lateMs: 20_000 }],
    ["with the process killed before it", "dies"],
    ["with the process killed after it", "dies-after"],
  ])("the channel's call ends %s: one unit is cancelled", async (_name, trouble) => {
    const id = await bought();
    world.troubles.plan("cancel", trouble);
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    await run(600_000);
    expect(live(id)).toHaveLength(2);
    expect(home().takenOff).toMatchObject([{ quantity: 1 }]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("the channel would not: urgent, nowhere shown as done, the whole goes on; put back, it closes itself", async () => {
    const id = await bought();
    world.channel.uncancellable.set(id, "25005010");
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["order-units-cancelled-in-shopify"]);
    expect(await world.db.problem.findFirst({ where: { closedAt: null } })).toMatchObject({ severity: "urgent" });
    expect(live(id)).toHaveLength(3);
    expect((await world.row(id)).cancellations).toEqual([]);
    expect(called("cancel")).toBe(0);
    await world.run(3_600_000);
    expect(called("cancel")).toBe(0);
    world.shopify.putBack(home());
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual([]);
    expect((await world.row(id)).decisions).toMatchObject([{ state: "overtaken" }]);
  });

  test("what is left is shipped, and the cancelled unit is in no parcel", async () => {
    const id = await bought();
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    const [line] = home().lines;
    world.shopify.fulfil(home(), { company: "USPS", number: "9400110200881234567890" }, [
      { lineItemId: line?.id ?? "", quantity: 2 },
    ]);
    await tellShopify("fulfillments/create");
    await world.run(120_000);
    expect(live(id).map((one) => one.trackingNumber)).toEqual(["9400110200881234567890", "9400110200881234567890"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("more is taken off later: told as a second cancellation", async () => {
    const id = await bought();
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    await world.run(60_000);
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(live(id)).toHaveLength(1);
    expect(called("cancel")).toBe(2);
    expect(home().takenOff).toHaveLength(2);
  });

  test("all units are taken off: the order is cancelled on the channel", async () => {
    const id = await bought(2);
    world.shopify.takeOff(home(), 2);
    await tellShopify("refunds/create");
    await world.run(120_000);
    expect(world.channel.orders.get(id)?.status).toBe("cancelled");
    expect(await world.openProblems()).toEqual([]);
  });

  test("the buyer cancels a unit on the channel: that is no edit of staff's", async () => {
    const id = await bought();
    const [line] = live(id);
    if (line) line.status = "cancelled";
    world.channel.touch(id);
    world.channel.cancellations.set(id, {
      ...{ channelCancelId: "4035", channelOrderId: id, status: "completed", by: "buyer", reason: "no need" },
      ...{ restock: true, refundMinor: 2164n, answerBy: null, updatedAt: world.clock.now() },
      channelLineIds: [line?.channelLineId ?? ""],
    });
    await world.tell(id, world.clock.now());
    await world.run(120_000);
    await tellShopify("refunds/create");
    await world.run(120_000);
    expect(called("cancel")).toBe(0);
    expect(home().takenOff).toMatchObject([{ quantity: 1 }]);
    expect(live(id)).toHaveLength(2);
  });

  test("should nobody tell of it, the look for parcels finds it", async () => {
    const id = await bought();
    world.shopify.takeOff(home(), 1);
    await world.engine.change((tx) => world.orders.wantPolls(tx, { id: "con-1" }));
    await world.run(120_000);
    expect(live(id)).toHaveLength(2);
  });
});

describe("units added in Shopify", () => {
  test("are told as what must be done, are in no parcel, and close when they are taken off again", async () => {
    const id = await bought(2);
    const [line] = home().lines;
    if (line) line.quantity += 1;
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["order-edited-in-shopify"]);
    world.shopify.takeOff(home(), 1);
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual([]);
    expect(live(id)).toHaveLength(2);
    expect(called("cancel")).toBe(0);
  });

  test("go with the parcel: the channel is told of what was bought", async () => {
    const id = await bought(2);
    home().lines.push({ id: "gid://shopify/LineItem/new", variantId: "v", sku: null, quantity: 1 });
    await tellShopify("orders/edited");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["order-edited-in-shopify"]);
    world.shopify.fulfil(home(), { company: "USPS", number: "9400110200881234567890" });
    await tellShopify("fulfillments/create");
    await world.run(60_000);
    expect(live(id).every((one) => one.trackingNumber === "9400110200881234567890")).toBe(true);
    world.channel.touch(id, { status: "in-transit" });
    await world.tell(id, world.clock.now());
    await world.run(60_000);
    expect(await world.openProblems()).toEqual([]);
  });
});

describe("a return begun in Shopify", () => {
  /** Two units that were delivered. */
  async function delivered(): Promise<string> {
    const id = await bought(2);
    world.shopify.fulfil(home(), { company: "UPS", number: "1Z" });
    world.channel.touch(id, { status: "delivered" });
    await world.tell(id, world.clock.now());
    await world.run(60_000);
    return id;
  }
  const there = () => [...world.channel.returns.values()];

  test.each<[string, Trouble | null]>([
    ["as it should", null],
    ["before its effect", "before"],
    ["after its effect", "after"],
    ["and takes effect 20 s later", { lateMs: 20_000 }],
    ["with the process killed after it", "dies-after"],
  ])(
    "is opened on the channel once, the call ending %s; the two are one, restocked and refunded once",
    async (_name, trouble) => {
      await delivered();
      world.connection.settings.restockReturns = "restock";
      if (trouble) world.troubles.plan("beginReturn", trouble);
      world.shopify.beginReturn(home(), 1);
      for (let times = 0; times < 2; times += 1) await tellShopify("returns/approve");
      await run(300_000);
      expect(there()).toMatchObject([{ by: "seller", status: "awaiting-item" }]);
      expect(there()[0]?.channelLineIds).toHaveLength(1);
      expect(home().returns).toHaveLength(1);
      const [made] = there();
      if (made) Object.assign(made, { status: "completed", updatedAt: world.clock.now() });
      await world.engine.change((tx) =>
        world.orders.afterSalesChanged(tx, [{ connectionId: "con-1", channelOrderId: made?.channelOrderId ?? "" }]),
      );
      await world.run(120_000);
      expect(home().returns).toMatchObject([{ status: "CLOSED" }]);
      expect(home().shelved).toBe(1);
      expect(world.shopify.refundedMinor(home())).toBe(made?.refundMinor);
      expect(await world.openProblems()).toEqual([]);
    },
  );

  test("the channel does not allow it: told; called off in Shopify, it closes itself", async () => {
    const id = await delivered();
    world.channel.unreturnable.set(id, "25001003");
    const made = world.shopify.beginReturn(home(), 1);
    await tellShopify("returns/approve");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["return-begun-in-shopify"]);
    expect(there()).toEqual([]);
    made.status = "CANCELED";
    await tellShopify("returns/cancel");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual([]);
    expect(there()).toEqual([]);
  });

  test("every reason the channel offers blames somebody: none is chosen, somebody is told", async () => {
    await delivered();
    world.channel.rules.returnReason = null;
    world.shopify.beginReturn(home(), 1);
    await tellShopify("returns/approve");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["return-begun-in-shopify"]);
    expect(called("beginReturn")).toBe(0);
  });

  test("one that the app opened for a return of the channel is no other", async () => {
    const id = await delivered();
    world.channel.returns.set("4036", {
      ...{ channelReturnId: "4036", channelOrderId: id, kind: "return", status: "awaiting-item", by: "buyer" },
      ...{ reason: "too small", isKept: false, refundMinor: 100n, platformMinor: 0n, dispute: null },
      ...{ trackingNumber: null, answerBy: null, updatedAt: world.clock.now() },
      channelLineIds: live(id)
        .slice(0, 1)
        .map((line) => line.channelLineId),
    });
    await world.engine.change((tx) =>
      world.orders.afterSalesChanged(tx, [{ connectionId: "con-1", channelOrderId: id }]),
    );
    await world.run(60_000);
    expect(home().returns).toHaveLength(1);
    await tellShopify("returns/approve");
    await world.run(60_000);
    expect(called("beginReturn")).toBe(0);
    expect(await world.openProblems()).toEqual([]);
  });
});
