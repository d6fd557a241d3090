import { afterEach, describe, expect, test } from "vitest";
import { aBuyer, anAddress } from "../../app/domains/orders/testing.ts";
import type { Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const USPS = { company: "usps", number: "9400110200" };

async function home(units = 1): Promise<{ id: string; order: World["shopify"]["orders"][number] }> {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units }));
  await world.run(60_000);
  const [order] = world.shopify.orders;
  if (!order) throw new Error("the order did not come home");
  return { id, order };
}

async function fulfilled(order: World["shopify"]["orders"][number], topic = "fulfillments/create"): Promise<void> {
  const event = { shopId: "shop-1", topic, orderGid: order.id, updatedAt: order.updatedAt };
  expect(await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [event]))).toBe(1);
}
const numbers = (id: string) => world.channel.orders.get(id)?.lines.map((line) => line.trackingNumber);
const shipments = async (id: string) => (await world.row(id)).shipments.map((one) => [one.state, one.trackingNumber]);

test("a fulfilment reaches the channel once, with the carrier the channel knows, however often it is told", async () => {
  const { id, order } = await home(2);
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  await fulfilled(order, "orders/updated");
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
  expect(world.channel.orders.get(id)?.status).toBe("awaiting-collection");
  expect(await shipments(id)).toEqual([["sent", "9400110200"]]);
  expect(world.troubles.calls.filter((call) => call === "ship")).toHaveLength(1);
});

test("two parcels of one order carry two numbers", async () => {
  const { id, order } = await home(3);
  const line = order.lines[0]?.id ?? "";
  world.shopify.fulfil(order, USPS, [{ lineItemId: line, quantity: 2 }]);
  await fulfilled(order);
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200", "9400110200", null]);
  world.shopify.fulfil(order, { company: "UPS", number: "1Z999" }, [{ lineItemId: line, quantity: 1 }]);
  await fulfilled(order);
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200", "9400110200", "1Z999"]);
});

test.each<[string, Trouble, number]>([
  ["before its effect", "before", 2],
  ["after its effect", "after", 1],
  ["and takes effect 20 s later", { lateMs: 20_000 }, 1],
])("the call times out %s: sent once, found by looking", async (_name, trouble, calls) => {
  const { id, order } = await home();
  world.troubles.plan("ship", trouble);
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(300_000);
  expect(await shipments(id)).toEqual([["sent", "9400110200"]]);
  expect(world.troubles.calls.filter((call) => call === "ship")).toHaveLength(calls);
  expect(await world.openProblems()).toEqual([]);
});

test("another number on the channel is a conflict, shown and not overwritten", async () => {
  const { id, order } = await home();
  for (const line of world.channel.orders.get(id)?.lines ?? [])
    Object.assign(line, { trackingNumber: "OTHER", packageId: "p" });
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["shipment-conflict"]);
  expect(numbers(id)).toEqual(["OTHER"]);
  expect(world.troubles.calls).not.toContain("ship");
});

test("an unknown carrier waits for the merchant; a fallback or a corrected name sends it", async () => {
  const { id, order } = await home();
  world.shopify.fulfil(order, { company: "Bob's Vans", number: "B1773" });
  await fulfilled(order);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["shipment-carrier-unknown"]);
  expect((await world.orders.listOrders({ shopId: "shop-1", view: "needs-me" })).orders).toHaveLength(1);
  world.connection.settings = { ...world.connection.settings, carrierFallbackId: "c-ups" };
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  expect(numbers(id)).toEqual(["B1773"]);
  expect(await world.openProblems()).toEqual([]);
});

test("a fulfilment without a number waits for it", async () => {
  const { id, order } = await home();
  world.shopify.fulfil(order, { company: "USPS", number: null });
  await fulfilled(order);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["shipment-tracking-missing"]);
  const [fulfillment] = order.fulfillments;
  if (fulfillment) fulfillment.tracking = [{ ...USPS, url: null }];
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200"]);
  expect(await world.openProblems()).toEqual([]);
});

test("what the buyer asked to cancel waits; when the request is withdrawn it is sent", async () => {
  const { id, order } = await home();
  world.channel.touch(id, { buyerAskedToCancel: true });
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(60_000);
  expect(numbers(id)).toEqual([null]);
  world.channel.touch(id, { buyerAskedToCancel: false });
  await world.run(400_000);
  expect(numbers(id)).toEqual(["9400110200"]);
});

test("what the channel still holds is sent when the hold is over", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
  await world.run(30_000);
  const [order] = world.shopify.orders;
  if (!order) throw new Error("the order did not come home");
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(30_000);
  expect(numbers(id)).toEqual([null]);
  world.channel.touch(id, { status: "to-ship", buyer: aBuyer() });
  await world.tell(id, world.clock.now());
  await world.run(120_000);
  expect(numbers(id)).toEqual(["9400110200"]);
});

test("lost webhooks: the poll of open orders finds the fulfilment", async () => {
  const { id, order } = await home();
  world.shopify.fulfil(order, USPS);
  await world.run(60_000);
  expect(numbers(id)).toEqual([null]);
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200"]);
});

describe("shipped in Shopify before we know of the order there, since the answer was lost", () => {
  async function unknown() {
    world = await aWorld();
    world.troubles.plan("createOrder", { lateMs: 15_000 });
    const id = await world.buys(aNewOrder(world.clock.now()));
    await world.pass();
    await world.pass();
    world.clock.advance(15_000);
    world.troubles.settle();
    const [order] = world.shopify.orders;
    if (!order) throw new Error("the order was not made");
    expect((await world.row(id)).shopifyOrderId).toBeNull();
    return { id, order };
  }

  test("and nobody told us: the channel is told once the order is found", async () => {
    const { id, order } = await unknown();
    world.shopify.fulfil(order, USPS);
    await world.run(600_000);
    expect(numbers(id)).toEqual(["9400110200"]);
  });

  test("and cancelled there: the channel is told of that", async () => {
    const { id, order } = await unknown();
    Object.assign(order, { cancelledAt: world.clock.now(), updatedAt: world.clock.now() });
    await world.run(600_000);
    expect(world.channel.orders.get(id)?.status).toBe("cancelled");
  });

  test("or while its answer is on the way: what was told of it waits", async () => {
    world = await aWorld();
    const id = await world.buys(aNewOrder(world.clock.now()));
    await world.run(60_000);
    const [order] = world.shopify.orders as [World["shopify"]["orders"][number]];
    const { id: orderId, shopifyOrderId } = await world.row(id);
    await world.db.channelOrder.update({
      where: { id: orderId },
      data: {
        importState: "sending",
        shopifyOrderId: null,
        importLeaseUntil: new Date(world.clock.now().getTime() + 30_000),
      },
    });
    world.shopify.fulfil(order, USPS);
    const event = { shopId: "shop-1", topic: "fulfillments/create", orderGid: order.id, sourceIdentifier: id };
    await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [event]));
    await world.pass();
    await world.db.channelOrder.update({ where: { id: orderId }, data: { importState: "done", shopifyOrderId } });
    await world.run(60_000);
    expect(numbers(id)).toEqual(["9400110200"]);
  });
});

describe("lost webhooks: the poll asks Shopify which orders were changed", () => {
  const POLL_MS = 5 * 60_000;
  /** Polls, each when it is due, and what they ask for. */
  async function polls(times: number): Promise<void> {
    for (let poll = 0; poll < times; poll += 1) {
      await world.run(POLL_MS);
      while (await world.pass());
    }
  }
  async function polled(units = 2) {
    const { id, order } = await home(units);
    await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
    await polls(2);
    return { id, order };
  }
  /** Shipped, told, and on its way. */
  async function left() {
    const { id, order } = await polled();
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    world.clock.advance(1_000);
    for (const line of world.channel.orders.get(id)?.lines ?? []) line.status = "in-transit";
    world.channel.touch(id, { status: "in-transit" });
    await world.tell(id, world.clock.now());
    await polls(2);
    return { id, order };
  }
  const called = (name: string) => world.troubles.calls.filter((call) => call === name).length;
  function changes(order: World["shopify"]["orders"][number], number: string): void {
    const [fulfillment] = order.fulfillments;
    if (fulfillment) fulfillment.tracking = [{ company: "UPS", number, url: null }];
    order.updatedAt = world.clock.now();
  }

  test("a fulfilment is found", async () => {
    const { id, order } = await polled();
    world.shopify.fulfil(order, USPS);
    await polls(1);
    expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
  });

  test("a number that was corrected after the parcel had left is found", async () => {
    const { id, order } = await left();
    changes(order, "1Z99987");
    await polls(1);
    expect(numbers(id)).toEqual(["1Z99987", "1Z99987"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("a parcel that was called off is found", async () => {
    const { order } = await left();
    world.shopify.callOff(order);
    order.updatedAt = world.clock.now();
    await polls(1);
    expect(await world.openProblems()).toEqual(["shipment-changed"]);
  });

  test("units that were taken off, and a cancellation, are found", async () => {
    const { id, order } = await polled();
    world.shopify.takeOff(order, 1);
    order.updatedAt = world.clock.now();
    await polls(1);
    expect(world.channel.orders.get(id)?.lines.map((line) => line.status)).toEqual(["to-ship", "cancelled"]);
    Object.assign(order, { cancelledAt: world.clock.now(), updatedAt: world.clock.now() });
    await polls(1);
    expect(world.channel.orders.get(id)?.status).toBe("cancelled");
  });

  test("an order that nobody touches is not read again, however many polls come by", async () => {
    const { order } = await left();
    const before = called("orderState");
    await polls(24);
    expect(called("orderState")).toBe(before);
    expect(called("ordersChanged")).toBeGreaterThanOrEqual(24);
    changes(order, "1Z99987");
    await polls(24);
    expect(called("orderState")).toBeGreaterThan(before);
    expect(called("orderState")).toBeLessThanOrEqual(before + 2);
  });

  test("a poll that could not be made is made up for", async () => {
    const { id, order } = await left();
    changes(order, "1Z99987");
    world.troubles.plan("ordersChanged", "budget", "budget", "before");
    await polls(4);
    expect(numbers(id)).toEqual(["1Z99987", "1Z99987"]);
  });

  test("should the search have missed it, a whole round finds a fulfilment within the hour", async () => {
    const { id, order } = await polled();
    world.shopify.fulfil(order, USPS);
    order.updatedAt = new Date(0);
    await polls(2);
    expect(numbers(id)).toEqual([null, null]);
    await polls(12);
    expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
  });
});

test("the poll comes to every open order, however many there are", async () => {
  const { id, order } = await home();
  world.shopify.fulfil(order, USPS);
  // the search does not know of it
  order.updatedAt = new Date(0);
  const { id: _id, lines, shipments: _s, cancellations, returns, decisions, refunds, ...row } = await world.row(id);
  const older = Array.from({ length: 210 }, (_, at) => ({
    ...{ ...row, facts: row.facts ?? {}, shopifyState: {}, priceParts: undefined, channelOrderId: `older-${at}` },
    ...{
      shopifyOrderId: `gid://shopify/Order/older-${at}`,
      createdAt: new Date(row.createdAt.getTime() - 1_000_000 + at),
    },
  }));
  await world.db.channelOrder.createMany({ data: older });
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  const poll = { subject: "poll:fulfilments" };
  for (let passes = 0; passes < 12; passes += 1) await world.pass();
  expect(numbers(id)).toEqual([null]);
  const { dueAt } = await world.db.dueRow.findFirstOrThrow({ where: poll });
  expect((dueAt?.getTime() ?? 0) - world.clock.now().getTime()).toBeLessThanOrEqual(60_000);
  world.clock.advance(60_000);
  for (let passes = 0; passes < 12 && numbers(id)?.[0] === null; passes += 1) await world.pass();
  expect(numbers(id)).toEqual(["9400110200"]);
});

/** The first unit, at once, and of the order itself we hear later: its webhook is lost. */
async function cancelsFirst(id: string): Promise<void> {
  const order = world.channel.orders.get(id);
  const [line] = order?.lines ?? [];
  if (!order || !line) throw new Error("there is nothing to cancel");
  line.status = "cancelled";
  world.channel.touch(id);
  world.channel.cancellations.set(id, {
    ...{ channelCancelId: `4035${id}`, channelOrderId: id, status: "completed", by: "seller", reason: "none left" },
    ...{ restock: true, refundMinor: null, channelLineIds: [line.channelLineId] },
    ...{ answerBy: null, updatedAt: world.clock.now() },
  });
  const changed = [{ connectionId: world.connection.id, channelOrderId: id }];
  await world.engine.change((tx) => world.orders.afterSalesChanged(tx, changed));
  await world.run(5_000);
}
const one = (order: World["shopify"]["orders"][number]) => [{ lineItemId: order.lines[0]?.id ?? "", quantity: 1 }];

describe("a unit cancelled on the channel while the rest is shipped in Shopify", () => {
  test("the parcel holds the other one", async () => {
    const { id, order } = await home(2);
    await cancelsFirst(id);
    expect(order.takenOff).toMatchObject([{ quantity: 1 }]);
    expect((await world.row(id)).lines.map((line) => line.status)).toEqual(["to-ship", "to-ship"]);
    world.shopify.fulfil(order, USPS, one(order));
    await fulfilled(order);
    await world.run(60_000);
    expect(numbers(id)).toEqual([null, "9400110200"]);
    expect(await shipments(id)).toEqual([["sent", "9400110200"]]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("one that was refused for it once is told with the other one by the next look", async () => {
    const { id, order } = await home(2);
    await cancelsFirst(id);
    world.shopify.fulfil(order, USPS, one(order));
    const { id: orderId, shopId, connectionId, lines } = await world.row(id);
    await world.db.shipment.create({
      data: {
        ...{ orderId, shopId, connectionId, shopifyFulfillmentId: order.fulfillments[0]?.id ?? "" },
        ...{ company: "usps", trackingNumber: "9400110200", channelLineIds: [lines[0]?.channelLineId ?? ""] },
        ...{ state: "parked", reason: "shipment-refused" },
      },
    });
    await fulfilled(order, "orders/updated");
    await world.run(60_000);
    expect(numbers(id)).toEqual([null, "9400110200"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("whose call timed out before its effect is sent with the other one", async () => {
    const { id, order } = await home(2);
    world.troubles.plan("ship", "before");
    world.shopify.fulfil(order, USPS, one(order));
    await fulfilled(order);
    await world.pass();
    expect(await shipments(id)).toEqual([["sending", "9400110200"]]);
    await cancelsFirst(id);
    await world.run(300_000);
    expect(numbers(id)).toEqual([null, "9400110200"]);
    expect(await shipments(id)).toEqual([["sent", "9400110200"]]);
    expect(await world.openProblems()).toEqual([]);
  });
});

describe("a unit cancelled on the channel and shipped in Shopify all the same", () => {
  test("is said, and the rest is told; called off and shipped anew under its number, all is well", async () => {
    const { id, order } = await home(2);
    world.shopify.fulfil(order, USPS);
    await cancelsFirst(id);
    await fulfilled(order);
    await world.run(60_000);
    expect(numbers(id)).toEqual([null, "9400110200"]);
    expect(order.takenOff).toEqual([]);
    expect(await world.openProblems()).toEqual(["cancellation-units-shipped"]);
    await fulfilled(order, "orders/updated");
    await world.run(60_000);
    expect((await world.events()).filter((event) => event === "cancellation.parked")).toHaveLength(1);

    world.shopify.callOff(order);
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(order.takenOff).toMatchObject([{ quantity: 1 }]);
    expect(await world.openProblems()).toEqual(["shipment-changed"]);

    world.shopify.fulfil(order, USPS, one(order));
    await fulfilled(order);
    await world.run(60_000);
    expect(await world.openProblems()).toEqual([]);
    expect(await shipments(id)).toEqual([["sent", "9400110200"]]);
    expect(world.troubles.calls.filter((call) => call === "ship")).toHaveLength(1);
  });

  test("and nothing else: the channel is told of no parcel, and it closes when that is called off", async () => {
    world = await aWorld();
    const facts = aNewOrder(world.clock.now(), { units: 2 });
    Object.assign(facts.lines[1] ?? {}, { channelSkuId: "1729000000000000002" });
    const id = await world.buys(facts);
    await world.run(60_000);
    const order = world.shopify.orders[0] as World["shopify"]["orders"][number];
    const sku = (await world.row(id)).lines.find((line) => line.channelLineId === facts.lines[0]?.channelLineId);
    world.shopify.fulfil(order, USPS, [{ lineItemId: sku?.shopifyLineId ?? "", quantity: 1 }]);
    await cancelsFirst(id);
    await fulfilled(order);
    await world.run(60_000);
    expect(numbers(id)).toEqual([null, null]);
    expect(world.troubles.calls).not.toContain("ship");
    expect(await world.openProblems()).toEqual(["cancellation-units-shipped"]);
    world.shopify.callOff(order);
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(order.takenOff).toMatchObject([{ lineItemId: sku?.shopifyLineId, quantity: 1 }]);
    expect(await world.openProblems()).toEqual([]);
  });
});

describe("a number corrected after the channel was told", () => {
  async function corrected(number: string, before?: () => void) {
    const { id, order } = await home(2);
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    before?.();
    await change(order, number);
    return { id, order };
  }
  async function change(order: World["shopify"]["orders"][number], number: string | null) {
    const [fulfillment] = order.fulfillments;
    if (fulfillment) fulfillment.tracking = number === null ? [] : [{ company: "UPS", number, url: null }];
    await fulfilled(order, "fulfillments/update");
    await world.run(120_000);
  }

  test("reaches it, once, carrier and all", async () => {
    const { id, order } = await corrected("1Z99987");
    expect(numbers(id)).toEqual(["1Z99987", "1Z99987"]);
    expect(await shipments(id)).toEqual([["sent", "1Z99987"]]);
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(world.troubles.calls.filter((call) => call === "correct")).toHaveLength(1);
    expect(await world.openProblems()).toEqual([]);
  });

  test.each<[string, Trouble]>([
    ["before its effect", "before"],
    ["after its effect", "after"],
    ["and takes effect 20 s later", { lateMs: 20_000 }],
  ])("whose call times out %s is there in the end, and counts once", async (_name, trouble) => {
    const { id } = await corrected("1Z99987", () => world.troubles.plan("correct", trouble));
    await world.run(300_000);
    expect(numbers(id)).toEqual(["1Z99987", "1Z99987"]);
    expect(await world.row(id)).toMatchObject({ shipments: [{ state: "sent", corrections: 1 }] });
    expect(await world.openProblems()).toEqual([]);
  });

  test("a second time is not sent, but shown; the number the channel has, set again, settles it", async () => {
    const { id, order } = await corrected("1Z99987");
    await change(order, "1Z11111");
    expect(numbers(id)).toEqual(["1Z99987", "1Z99987"]);
    expect(await world.openProblems()).toEqual(["shipment-correction-refused"]);
    expect(world.troubles.calls.filter((call) => call === "correct")).toHaveLength(1);
    await change(order, "1Z99987");
    expect(await world.openProblems()).toEqual([]);
    expect(await shipments(id)).toEqual([["sent", "1Z99987"]]);
  });

  test("too late, or refused there, is shown", async () => {
    const { id } = await corrected("1Z99987", () => {
      world.channel.rules.withinHours = 1;
      world.clock.advance(3_700_000);
    });
    expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
    expect(await world.openProblems()).toEqual(["shipment-correction-refused"]);
    expect(world.troubles.calls).not.toContain("correct");
    await world.close();

    await corrected("1Z99987", () => {
      world.channel.rules.corrections = 0;
    });
    expect(await world.openProblems()).toEqual(["shipment-correction-refused"]);
    expect(world.troubles.calls.filter((call) => call === "correct")).toHaveLength(1);
  });

  test("a number that Shopify forgets stays where it is", async () => {
    const { id, order } = await corrected("9400110200");
    await change(order, null);
    expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("a number of somebody else's is never overwritten", async () => {
    const { id } = await corrected("1Z99987", () => {
      for (const order of world.channel.orders.values()) for (const line of order.lines) line.trackingNumber = "OTHER1";
    });
    expect(numbers(id)).toEqual(["OTHER1", "OTHER1"]);
    expect(await world.openProblems()).toEqual(["shipment-conflict"]);
  });

  test("a parcel withdrawn in Shopify after the channel was told is shown", async () => {
    const { id, order } = await corrected("9400110200");
    const [fulfillment] = order.fulfillments;
    if (fulfillment) fulfillment.status = "CANCELLED";
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["shipment-changed"]);
    expect(numbers(id)).toEqual(["9400110200", "9400110200"]);
  });
});

test.each([
  ["n/a", "placeholder"],
  ["https://track.example/94001", "address"],
  ["94#11020", "characters"],
  ["9400110200", "carrier"],
])("the number %s is not sent: it could only be refused; a right one goes", async (number, why) => {
  const { id, order } = await home();
  world.channel.rules.format = /^94\d{20}$/;
  world.shopify.fulfil(order, { company: "USPS", number });
  await fulfilled(order);
  await world.run(60_000);
  expect(world.troubles.calls).not.toContain("ship");
  const problem = await world.db.problem.findFirst({ where: { kind: "shipment-tracking-invalid", closedAt: null } });
  expect(problem?.data).toMatchObject({ why, carrier: "USPS" });
  const [fulfillment] = order.fulfillments;
  if (fulfillment) fulfillment.tracking = [{ company: "USPS", number: "9400 1102 0083 0000 0000 01", url: null }];
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  expect(numbers(id)).toEqual(["9400110200830000000001"]);
  expect(await world.openProblems()).toEqual([]);
});

describe("rules of the channel about splitting", () => {
  test("a part is not sent where orders may not be split; everything at once is", async () => {
    const { id, order } = await home(3);
    world.channel.rules.split = { canSplit: false, mustSplit: false, reason: "one SKU" };
    const line = order.lines[0]?.id ?? "";
    world.shopify.fulfil(order, USPS, [{ lineItemId: line, quantity: 1 }]);
    await fulfilled(order);
    await world.run(60_000);
    expect(world.troubles.calls).not.toContain("ship");
    expect(await world.openProblems()).toEqual(["shipment-split-refused"]);
    const [part] = order.fulfillments;
    if (part) part.status = "CANCELLED";
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    expect(numbers(id)).toEqual(["9400110200", "9400110200", "9400110200"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("everything at once is not sent where an order has to be split; its parts are", async () => {
    const { id, order } = await home(2);
    world.channel.rules.split = { canSplit: true, mustSplit: true, reason: null };
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["shipment-split-refused"]);
    const [whole] = order.fulfillments;
    if (whole) whole.status = "CANCELLED";
    const line = order.lines[0]?.id ?? "";
    for (const number of ["9400110201", "9400110202"])
      world.shopify.fulfil(order, { company: "USPS", number }, [{ lineItemId: line, quantity: 1 }]);
    await fulfilled(order);
    await world.run(60_000);
    expect(numbers(id)).toEqual(["9400110201", "9400110202"]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("a single unit is never asked about", async () => {
    const { order } = await home();
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    expect(world.troubles.calls).not.toContain("splitRules");
  });
});

describe("a carrier the channel does not know", () => {
  const bob = { company: "Bob's Vans", number: "B17730" };
  const actor = { kind: "staff" as const, id: "7" };

  async function asked() {
    const { id, order } = await home();
    world.shopify.fulfil(order, bob);
    await fulfilled(order);
    await world.run(60_000);
    const row = await world.row(id);
    return { id, order, rowId: row.id };
  }

  test("is asked for once: the choice is remembered for the next parcel, and nobody else's shop sees it", async () => {
    const { id, rowId } = await asked();
    const question = await world.orders.carrierQuestion({ shopId: "shop-1", id: rowId });
    expect(question).toEqual({ companies: ["Bob's Vans"], carriers: world.channel.carriers });
    expect(await world.orders.carrierQuestion({ shopId: "shop-2", id: rowId })).toBeNull();
    const choice = { id: rowId, company: "Bob's Vans", carrierId: "c-ups", actor };
    expect(await world.orders.chooseCarrier({ ...choice, shopId: "shop-2" })).toEqual({ outcome: "not-found" });
    expect(await world.orders.chooseCarrier({ ...choice, shopId: "shop-1", carrierId: "c-none" })).toEqual({
      outcome: "not-offered",
    });
    expect(await world.orders.chooseCarrier({ ...choice, shopId: "shop-1" })).toEqual({ outcome: "chosen" });
    await world.run(60_000);
    expect(numbers(id)).toEqual(["B17730"]);
    expect(await world.openProblems()).toEqual([]);
    expect(await world.orders.carrierQuestion({ shopId: "shop-1", id: rowId })).toBeNull();

    const next = await world.buys();
    await world.run(60_000);
    const [, second] = world.shopify.orders;
    if (!second) throw new Error("the second order did not come home");
    second.fulfillments.push({
      ...{ id: "gid://shopify/Fulfillment/next", status: "SUCCESS", updatedAt: world.clock.now() },
      tracking: [{ company: "BOBS VANS", number: "B17731", url: null }],
      lines: [{ lineItemId: second.lines[0]?.id ?? "", quantity: 1 }],
    });
    await fulfilled(second);
    await world.run(60_000);
    expect(numbers(next)).toEqual(["B17731"]);
    expect(await world.db.carrierChoice.findMany()).toMatchObject([
      { shopId: "shop-1", company: "bobsvans", carrierId: "c-ups", source: "merchant" },
    ]);
  });

  test("is learned where somebody told the channel by hand; that never replaces what a person chose", async () => {
    const { id, order } = await asked();
    for (const line of world.channel.orders.get(id)?.lines ?? [])
      Object.assign(line, { trackingNumber: "B17730", packageId: "p-hand", status: "awaiting-collection" });
    world.channel.rules.packageCarrier = { id: "c-usps", name: "USPS" };
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(await world.db.carrierChoice.findMany()).toMatchObject([{ carrierId: "c-usps", source: "learned" }]);
    expect(await world.openProblems()).toEqual([]);
    expect(await shipments(id)).toEqual([["sent", "B17730"]]);
  });
});

describe("what the platform ships itself", () => {
  async function labelled(units = 2) {
    world = await aWorld();
    const id = await world.buys(aNewOrder(world.clock.now(), { units, shippingBy: "platform" }));
    await world.run(60_000);
    const [order] = world.shopify.orders;
    if (!order) throw new Error("the order did not come home");
    return { id, order };
  }
  async function ships(id: string, parcels: Record<string, number[]>) {
    world.clock.advance(1_000);
    const lines = world.channel.orders.get(id)?.lines ?? [];
    for (const [number, units] of Object.entries(parcels))
      for (const unit of units)
        Object.assign(lines[unit] ?? {}, { trackingNumber: number, packageId: `p-${number}`, status: "in-transit" });
    const isAll = lines.every((line) => line.trackingNumber);
    world.channel.touch(id, { status: isAll ? "in-transit" : "partly-shipped" });
    await world.tell(id, world.clock.now());
  }
  const told = (order: World["shopify"]["orders"][number]) =>
    order.fulfillments.map((one) => [one.tracking[0]?.number, one.lines.reduce((sum, line) => sum + line.quantity, 0)]);

  test("is fulfilled in Shopify under its number and carrier, each parcel once, and never told back", async () => {
    const { id, order } = await labelled(3);
    world.channel.rules.packageCarrier = { id: "c-tt", name: "TikTok Shipping" };
    await ships(id, { TT10001: [0, 1] });
    await world.run(60_000);
    expect(told(order)).toEqual([["TT10001", 2]]);
    expect(order.fulfillments[0]?.tracking[0]?.company).toBe("TikTok Shipping");
    await fulfilled(order);
    await world.run(60_000);
    await ships(id, { TT10001: [0, 1], TT10002: [2] });
    await world.run(60_000);
    await fulfilled(order, "orders/updated");
    await world.run(60_000);
    expect(told(order)).toEqual([
      ["TT10001", 2],
      ["TT10002", 1],
    ]);
    expect(world.troubles.calls).not.toContain("ship");
    expect(await world.openProblems()).toEqual([]);
  });

  test.each<[string, Trouble, number]>([
    ["before its effect", "before", 2],
    ["after its effect", "after", 1],
    ["and takes effect 20 s later", { lateMs: 20_000 }, 1],
  ])("whose call times out %s is one fulfilment in the end", async (_name, trouble, calls) => {
    const { id, order } = await labelled();
    world.troubles.plan("recordFulfillment", trouble);
    await ships(id, { TT10001: [0, 1] });
    await world.run(300_000);
    expect(told(order)).toEqual([["TT10001", 2]]);
    expect(world.troubles.calls.filter((call) => call === "recordFulfillment")).toHaveLength(calls);
  });

  test("what somebody fulfilled by hand in Shopify is left as it is", async () => {
    const { id, order } = await labelled();
    world.shopify.fulfil(order, { company: null, number: null });
    await ships(id, { TT10001: [0, 1] });
    await world.run(60_000);
    await fulfilled(order);
    await world.run(60_000);
    expect(order.fulfillments).toHaveLength(1);
    expect(await world.openProblems()).toEqual([]);
  });

  test("a number of somebody's own is not told, and said; called off, the platform's parcel takes its place", async () => {
    const { id, order } = await labelled();
    world.shopify.fulfil(order, USPS);
    await fulfilled(order);
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["shipment-by-platform"]);
    await ships(id, { TT10001: [0, 1] });
    await world.run(60_000);
    await fulfilled(order, "orders/updated");
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["shipment-by-platform"]);
    expect(world.troubles.calls).not.toContain("ship");
    world.shopify.callOff(order);
    await fulfilled(order, "fulfillments/update");
    await world.run(60_000);
    expect(order.fulfillments.filter((one) => one.status === "SUCCESS").map((one) => one.tracking[0]?.number)).toEqual([
      "TT10001",
    ]);
    expect(await world.openProblems()).toEqual([]);
  });

  test("a hold in Shopify is waited for", async () => {
    const { id, order } = await labelled();
    const [target] = order.targets;
    target?.holds.push({ id: "h1", handle: "another-app" });
    await ships(id, { TT10001: [0, 1] });
    await world.run(60_000);
    expect(told(order)).toEqual([]);
    target?.holds.pop();
    await world.run(120_000);
    expect(told(order)).toEqual([["TT10001", 2]]);
  });

  test("its labels are fetched when somebody asks, of this shop's orders and of nothing else", async () => {
    const { id } = await labelled();
    const ask = async (shopId = "shop-1") => world.orders.findLabels({ shopId, id: (await world.row(id)).id });
    expect(await ask()).toEqual({ outcome: "not-found" });
    await ships(id, { TT10001: [0, 1] });
    await world.run(60_000);
    world.channel.rules.isLabelReady = false;
    expect(await ask()).toEqual({ outcome: "not-ready" });
    world.channel.rules.isLabelReady = true;
    const labels = [{ packageId: "p-TT10001", url: "https://labels.example/p-TT10001.pdf" }];
    expect(await ask()).toEqual({ outcome: "found", labels });
    expect(await ask("shop-2")).toEqual({ outcome: "not-found" });

    const own = await world.buys();
    await world.run(60_000);
    expect(await world.orders.findLabels({ shopId: "shop-1", id: (await world.row(own)).id })).toEqual({
      outcome: "not-found",
    });
  });

  test("shipped before it was home, it is fulfilled once it is", async () => {
    world = await aWorld();
    const facts = aNewOrder(world.clock.now(), { units: 1, shippingBy: "platform", status: "in-transit" });
    for (const line of facts.lines) Object.assign(line, { trackingNumber: "TT10009", packageId: "p-9" });
    await world.buys(facts);
    await world.run(60_000);
    expect(world.shopify.orders).toHaveLength(1);
    expect(told(world.shopify.orders[0] as World["shopify"]["orders"][number])).toEqual([["TT10009", 1]]);
  });
});

test("an address changed after the parcel was packed is written, and somebody is told while it can be stopped", async () => {
  const { id, order } = await home();
  const moves = async (address1: string) => {
    world.clock.advance(1_000);
    world.channel.touch(id, { buyer: aBuyer({ address: anAddress({ address1 }) }) });
    await world.tell(id, world.clock.now());
    await world.run(60_000);
  };
  await moves("2 Main St");
  expect(order.address?.address1).toBe("2 Main St");
  expect(await world.openProblems()).toEqual([]);
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(60_000);
  await moves("3 Main St");
  expect(order.address?.address1).toBe("3 Main St");
  expect(await world.openProblems()).toEqual(["order-address-late"]);
  world.clock.advance(1_000);
  world.channel.touch(id, { status: "in-transit" });
  await world.tell(id, world.clock.now());
  await world.run(60_000);
  expect(await world.openProblems()).toEqual([]);
  // nobody can stop it any more
  await moves("4 Main St");
  expect(order.address?.address1).toBe("4 Main St");
  expect(await world.openProblems()).toEqual([]);
});

test("an order that is not ours is none of our business", async () => {
  await home();
  const event = { shopId: "shop-1", topic: "fulfillments/create", orderGid: "gid://shopify/Order/999" };
  expect(await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [event]))).toBe(0);
  const other = { shopId: "shop-2", topic: "fulfillments/create", orderGid: world.shopify.orders[0]?.id ?? "" };
  expect(await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [other]))).toBe(0);
});
