import { afterEach, expect, test } from "vitest";
import { aBuyer } from "../../app/domains/orders/testing.ts";
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
  world.shopify.fulfil(order, { company: "Bob's Vans", number: "B1" });
  await fulfilled(order);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["shipment-carrier-unknown"]);
  expect((await world.orders.listOrders({ shopId: "shop-1", view: "needs-me" })).orders).toHaveLength(1);
  world.connection.settings = { ...world.connection.settings, carrierFallbackId: "c-ups" };
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  expect(numbers(id)).toEqual(["B1"]);
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

test("a changed number after the channel was told is shown", async () => {
  const { order } = await home();
  world.shopify.fulfil(order, USPS);
  await fulfilled(order);
  await world.run(60_000);
  const [fulfillment] = order.fulfillments;
  if (fulfillment) fulfillment.tracking = [{ company: "USPS", number: "NEW", url: null }];
  await fulfilled(order, "fulfillments/update");
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["shipment-changed"]);
});

test("an order that is not ours is none of our business", async () => {
  await home();
  const event = { shopId: "shop-1", topic: "fulfillments/create", orderGid: "gid://shopify/Order/999" };
  expect(await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [event]))).toBe(0);
  const other = { shopId: "shop-2", topic: "fulfillments/create", orderGid: world.shopify.orders[0]?.id ?? "" };
  expect(await world.engine.change((tx) => world.orders.shopifyOrdersChanged(tx, [other]))).toBe(0);
});
