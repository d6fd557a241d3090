import { afterEach, describe, expect, test } from "vitest";
import type { OrderFacts } from "../../app/channels/port.ts";
import { parseSettings } from "../../app/domains/shops/model.ts";
import { aNewOrder, aWorld, free, type World } from "./world.ts";

let world: World;
afterEach(() => world?.close());

const choose = (importing: object) => {
  world.connection.settings = parseSettings({ importing });
  return world.engine.change((tx) =>
    world.orders.settingsChanged(tx, { shopId: world.connection.shopId, connectionId: world.connection.id }),
  );
};

describe("platform-fulfilled", () => {
  test("comes home as shipped once it travels, and takes no unit of ours", async () => {
    world = await aWorld();
    const id = await world.buys(aNewOrder(world.clock.now(), { fulfilledBy: "platform", shippingBy: "platform" }));
    await world.run();
    expect(world.shopify.orders).toHaveLength(0);
    expect(await world.row(id)).toMatchObject({ importState: "planned", kind: "platform", kinds: ["platform"] });
    expect((await world.orders.proofLine({ shopId: "shop-1", connectionIds: ["con-1"] })).channel).toBe(0);
    world.channel.touch(id, { status: "in-transit" });
    await world.tell(id);
    await world.run();
    expect(world.shopify.orders).toHaveLength(1);
    expect(world.shopify.orders[0]?.draft).toMatchObject({
      ...{ comesShipped: true, decrementStock: false },
      tags: ["TikTok Shop", "platform-fulfilled"],
    });
    expect(await world.row(id)).toMatchObject({ importState: "done", holdState: "none" });
    expect(world.waiting.size).toBe(0);
    expect(await world.orders.proofLine({ shopId: "shop-1", connectionIds: ["con-1"] })).toMatchObject({
      channel: 1,
      shopify: 1,
    });
  });

  test("the fulfilment Shopify made of it gets the channel's number, later numbers too, and never over somebody's own", async () => {
    world = await aWorld();
    const order = aNewOrder(world.clock.now(), { fulfilledBy: "platform", shippingBy: "platform" });
    const id = await world.buys(order);
    await world.run();
    const travels = (trackingNumber: string) => {
      const lines = order.lines.map((line) => ({
        ...{ ...line, packageId: `p-${id}`, trackingNumber, status: "in-transit" as const },
      }));
      world.channel.touch(id, { status: "in-transit", lines });
    };
    travels("TBA1");
    await world.tell(id);
    await world.run();
    const home = world.shopify.orders[0];
    if (!home) throw new Error("it did not come home");
    // as Shopify makes one of an order that comes as fulfilled
    world.shopify.fulfil(home, { company: null, number: null });
    world.troubles.plan("writeTracking", "after");
    world.clock.advance(1_000);
    world.channel.touch(id, { status: "delivered" });
    await world.tell(id, world.clock.now());
    await world.run();
    expect(home.fulfillments[0]?.tracking).toEqual([{ company: null, number: "TBA1", url: null }]);
    expect(world.channel.orders.get(id)?.lines[0]?.trackingNumber).toBe("TBA1");
    expect(await world.openProblems()).toEqual([]);

    const [fulfillment] = home.fulfillments;
    if (fulfillment) fulfillment.tracking = [{ company: "UPS", number: "1Z-BY-HAND", url: null }];
    world.clock.advance(1_000);
    world.channel.touch(id, { status: "completed" });
    await world.tell(id, world.clock.now());
    await world.run();
    expect(home.fulfillments[0]?.tracking[0]?.number).toBe("1Z-BY-HAND");
  });

  test("left out by the setting it is shown with the reason", async () => {
    world = await aWorld();
    await choose({ leaveOut: ["platform"] });
    const id = await world.buys(aNewOrder(world.clock.now(), { fulfilledBy: "platform", status: "delivered" }));
    await world.run();
    expect(world.shopify.orders).toHaveLength(0);
    expect(await world.row(id)).toMatchObject({ importState: "shown", parkedReason: "kind:platform" });
  });
});

test("a sample comes tagged and at nothing; left out, its units stay kept back until it travels; let in again, it comes", async () => {
  world = await aWorld();
  const sample = (): OrderFacts => ({ ...aNewOrder(world.clock.now()), kind: "sample", ...free() });
  const first = await world.buys(sample());
  await world.run();
  expect(world.shopify.orders[0]?.draft).toMatchObject({ tags: ["TikTok Shop", "sample"], payments: [] });
  expect(world.shopify.orders[0]?.draft.lines.map((line) => line.unitPriceMinor)).toEqual([0n]);
  expect(await world.row(first)).toMatchObject({ importState: "done", totalMinor: 0n });

  await choose({ leaveOut: ["sample"] });
  const second = await world.buys(sample());
  const line = world.channel.orders.get(second)?.lines[0]?.channelLineId ?? "";
  await world.run();
  expect(await world.row(second)).toMatchObject({ importState: "shown", parkedReason: "kind:sample" });
  expect(world.waiting.get(line)).toBe("waiting");
  expect((await world.orders.listOrders({ shopId: "shop-1", view: "all" })).orders[0]).toMatchObject({
    isKeptBack: true,
  });

  await choose({ leaveOut: [] });
  await world.run();
  expect(await world.row(second)).toMatchObject({ importState: "done" });
  expect(world.shopify.orders).toHaveLength(2);
  expect(world.waiting.get(line)).toBe("imported");
});

test("what was left out and has travelled is not brought by a change of the setting", async () => {
  world = await aWorld();
  await choose({ leaveOut: ["sample"] });
  const id = await world.buys({ ...aNewOrder(world.clock.now()), kind: "sample", ...free() });
  await world.run();
  world.channel.touch(id, { status: "in-transit" });
  await world.tell(id);
  await world.run();
  await choose({ leaveOut: [] });
  await world.run();
  expect(world.shopify.orders).toHaveLength(0);
  expect([...world.waiting.values()]).toEqual(["released"]);
});

test("orders of a shop for tests are not made, or are marked as tests", async () => {
  world = await aWorld();
  await choose({ isForTests: true });
  const id = await world.buys();
  await world.run();
  expect(await world.row(id)).toMatchObject({ kind: "test", importState: "shown", parkedReason: "kind:test" });
  expect([...world.waiting.values()]).toEqual(["released"]);
  await choose({ isForTests: true, leaveOut: [] });
  await world.buys();
  await world.run();
  expect(world.shopify.orders.at(-1)?.draft).toMatchObject({ test: true });
});

describe("a unit that belongs to no product here", () => {
  const strange = () => aNewOrder(world.clock.now(), { skuId: "1729000000000000999", units: 2 });

  test("parks the order; the setting wakes it with a line of its own", async () => {
    world = await aWorld();
    const id = await world.buys(strange());
    await world.run();
    expect(await world.row(id)).toMatchObject({ importState: "parked", parkedReason: "order-sku-unlinked" });
    await choose({ unlinked: "custom-line" });
    await world.run();
    expect(await world.row(id)).toMatchObject({ importState: "done" });
    expect(world.shopify.orders[0]?.draft.lines).toMatchObject([{ variantId: null, sku: "CUP-1", quantity: 2 }]);
    const row = await world.row(id);
    expect(new Set(row.lines.map((line) => line.shopifyLineId))).toEqual(
      new Set([world.shopify.orders[0]?.lines[0]?.id]),
    );
    expect(await world.openProblems()).toEqual([]);
  });

  test("is found by its SKU when that is wanted and clear, and parked when it is not", async () => {
    world = await aWorld();
    await choose({ unlinked: "by-sku" });
    const id = await world.buys(strange());
    await world.run();
    expect(await world.row(id)).toMatchObject({ importState: "parked" });
    world.bySku.add("CUP-1");
    await choose({ unlinked: "by-sku" });
    await world.run();
    expect(await world.row(id)).toMatchObject({ importState: "done" });
    expect(world.shopify.orders[0]?.draft.lines).toMatchObject([
      { variantId: "gid://shopify/ProductVariant/CUP-1", quantity: 2 },
    ]);
    expect([...world.waiting.values()]).toEqual(["imported", "imported"]);
  });
});

test("name, tags, note and details follow the templates", async () => {
  world = await aWorld();
  await choose({
    ...{ name: "TT-{order}", tags: ["from {channel}", "{kind}"], note: "{buyer note} / {delivery}" },
    attributes: [
      { key: "Order there", value: "{order}" },
      { key: "Original", value: "{original order}" },
    ],
  });
  const id = await world.buys({
    ...aNewOrder(world.clock.now(), { buyerMessage: "ring twice" }),
    ...{ kind: "replacement", originOrderId: "576", ...free() },
  });
  await world.run();
  expect(world.shopify.orders[0]?.draft).toMatchObject({
    ...{ name: `TT-${id}`, tags: ["from TikTok Shop", "replacement"], note: "ring twice / Standard shipping" },
    attributes: [
      { key: "Order there", value: id },
      { key: "Original", value: "576" },
    ],
  });
});
