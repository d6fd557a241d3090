import { afterEach, describe, expect, test } from "vitest";
import type { Trouble } from "../catalog/other-side.ts";
import { aShopifyProduct, aShopifyVariant, aWorld, CONNECTION, SHOP, type World } from "../catalog/world.ts";

const ITEM = "gid://shopify/InventoryItem/41";
let world: World;
afterEach(() => world.close());

async function aListed(available = 10, options: Parameters<typeof aWorld>[0] = {}) {
  world = await aWorld(options);
  const listing = await world.live({}, available);
  const sku = listing.skus[0]?.channelSkuId ?? "";
  return {
    sku,
    shows: () => world.channel.quantity(sku),
    calls: (operation: string) => world.troubles.count(operation),
  };
}

test("a decrease goes out on the event's word, before anybody reads anything", async () => {
  const { shows } = await aListed();
  const before = world.troubles.calls.length;
  await world.stock(ITEM, 4);
  await world.pass();
  expect(shows()).toBe(4);
  expect(world.troubles.calls.slice(before)[0]).toBe("stock");
  await world.run(120_000);
  expect(world.troubles.calls.slice(before)).toEqual(["stock", "levels"]);
});

test("an increase goes out after Shopify and the channel were read", async () => {
  const { shows } = await aListed();
  const before = world.troubles.calls.length;
  await world.stock(ITEM, 25);
  await world.run(120_000);
  expect(shows()).toBe(25);
  expect(world.troubles.calls.slice(before)).toEqual(["levels", "read", "stock"]);
  expect(world.orders.since).toEqual([]);
});

describe("an event that comes while an older reading is being stored is not lost", () => {
  async function skipped(): Promise<{ shows: () => unknown }> {
    const { shows } = await aListed();
    await world.db.$transaction(async (tx) => {
      // as a reading holds the levels while it stores them
      await tx.$queryRaw`select 1 from "StockLevel" where "inventoryItemId" = ${ITEM} for update`;
      await world.stock(ITEM, 4);
    });
    const level = await world.db.stockLevel.findFirst({ where: { inventoryItemId: ITEM, locationId: "loc-1" } });
    expect(level).toMatchObject({ available: 10, eventReceivedAt: null });
    return { shows };
  }

  test("Shopify is read again", async () => {
    const { shows } = await skipped();
    await world.run(5_000);
    expect(shows()).toBe(4);
  });

  test("also where another location never had the item", async () => {
    const { shows } = await skipped();
    const { shopId, inventoryItemId, beganAt } = await world.db.stockLevel.findFirstOrThrow();
    const empty = { shopId, inventoryItemId, beganAt, locationId: "loc-empty", available: 0 };
    await world.db.stockLevel.create({ data: empty });
    await world.run(5_000);
    expect(shows()).toBe(4);
  });

  test("also when nobody came to it for hours", async () => {
    const { shows } = await skipped();
    world.clock.advance(3 * 3_600_000);
    await world.run(5_000);
    expect(shows()).toBe(4);
  });
});

test("several events told together count by the newest of each location", async () => {
  const { shows } = await aListed();
  const now = world.clock.now().getTime();
  const tell = (available: number, agoMs: number, locationGid = "loc-1") => ({
    shopId: SHOP,
    inventoryItemGid: ITEM,
    locationGid,
    available,
    updatedAt: new Date(now - agoMs),
  });
  await world.engine.change((tx) =>
    world.inventory.stockChanged(tx, [tell(7, 2_000), tell(3, 0), tell(9, 1_000), tell(1, 0, "elsewhere")]),
  );
  await world.pass();
  expect(shows()).toBe(3);
});

test("of two events of one second, told in the wrong order, the lower number is not lost", async () => {
  const { shows } = await aListed();
  await world.stock(ITEM, 5);
  await world.run(120_000);
  expect(shows()).toBe(5);
  const level = await world.db.stockLevel.findFirstOrThrow({ where: { inventoryItemId: ITEM, locationId: "loc-1" } });
  expect(level).toMatchObject({ available: 5, eventReceivedAt: null });
  world.shopify.setStock(ITEM, 4);
  const event = { shopId: SHOP, inventoryItemGid: ITEM, locationGid: "loc-1", updatedAt: level.shopifyUpdatedAt };
  await world.engine.change((tx) =>
    world.inventory.stockChanged(tx, [
      { ...event, available: 4 },
      { ...event, available: 5 },
    ]),
  );
  await world.run(5_000);
  expect(shows()).toBe(4);
});

test("an event that is old, repeated or told out of order changes nothing for the worse", async () => {
  const { shows, calls } = await aListed();
  await world.stock(ITEM, 4);
  await world.run(5_000);
  const pushes = calls("stock");
  await world.tellStock(ITEM);
  await world.tellStock(ITEM, { available: 9, at: new Date(world.clock.now().getTime() - 30_000) });
  await world.tellStock(ITEM, { available: 1, at: new Date(world.clock.now().getTime() - 120_000) });
  await world.run(120_000);
  expect([shows(), calls("stock")]).toEqual([4, pushes]);
});

test("a purchase on the channel, its import and its webhooks cost no push at all", async () => {
  const { sku, shows, calls } = await aListed();
  world.clock.advance(10_000);
  const order = world.buys(sku);
  if (!order) throw new Error("sold out");
  await world.learns(order);
  await world.run(5_000);
  await world.imports(order, ITEM);
  await world.run(30_000);
  expect([shows(), calls("stock")]).toEqual([9, 0]);
  expect(await world.db.waitingUnit.findFirst()).toMatchObject({ leftWhy: "contained in a reading" });
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 9, pushed: 10, soldSincePush: 1 });
  await world.run(120_000);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 9, pushed: 9, soldSincePush: 0 });
  expect(calls("stock")).toBe(0);
});

test("a unit leaves waiting only with a reading begun after the import was answered", async () => {
  const { sku } = await aListed();
  world.clock.advance(10_000);
  const order = world.buys(sku);
  if (!order) throw new Error("sold out");
  await world.learns(order);
  await world.stock(ITEM, 9);
  await world.run(5_000);
  expect(await world.db.waitingUnit.findFirst()).toMatchObject({ leftAt: null });
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 8 });
  await world.engine.change((tx) =>
    world.inventory.markImported(tx, { shopId: SHOP, channelOrderId: order.channelOrderId, at: world.clock.now() }),
  );
  world.clock.advance(1);
  await world.run(5_000);
  expect((await world.db.waitingUnit.findFirstOrThrow()).leftAt).not.toBeNull();
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 9 });
});

test("a purchase in another connection of the shop, or of an order not home yet, lowers this offer at once", async () => {
  const { shows } = await aListed();
  world.clock.advance(10_000);
  await world.engine.change((tx) =>
    world.inventory.takeWaiting(tx, {
      shopId: SHOP,
      connectionId: "con-2",
      channelOrderId: "o",
      units: [{ channelLineId: "l1", inventoryItemId: ITEM, listingSkuId: "elsewhere" }],
    }),
  );
  await world.run(5_000);
  expect(shows()).toBe(9);
});

test("an order told twice waits once; released before its import it leaves at once, imported it stays until read", async () => {
  const { sku, shows } = await aListed();
  world.clock.advance(10_000);
  const [first, second] = [world.buys(sku), world.buys(sku)];
  if (!first || !second) throw new Error("sold out");
  for (const order of [first, first, second]) await world.learns(order);
  await world.run(1_000);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 8 });
  world.channel.giveBack(sku);
  await world.cancels(first);
  await world.cancels(first);
  await world.learns(first);
  await world.run(5_000);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 9 });
  expect(shows()).toBe(9);
  await world.imports(second, ITEM, "lost");
  await world.cancels(second);
  expect(await world.db.waitingUnit.findFirst({ where: { channelLineId: second.channelLineId } })).toMatchObject({
    leftWhy: null,
  });
  await world.run(5_000);
  expect(await world.db.waitingUnit.findFirst({ where: { channelLineId: second.channelLineId } })).toMatchObject({
    leftWhy: "contained in a reading",
  });
  // Shopify puts the unit back, the channel gave it back
  world.channel.giveBack(sku);
  await world.stock(ITEM, 10);
  await world.run(5_000);
  expect(shows()).toBe(10);
});

test("an increase meets orders nobody told us of: they are read first and counted", async () => {
  const { sku, shows } = await aListed();
  world.clock.advance(10_000);
  const order = world.buys(sku);
  if (!order) throw new Error("sold out");
  world.orders.onLook = () => world.learns(order);
  await world.stock(ITEM, 20);
  await world.run(5_000);
  expect(world.orders.since).toHaveLength(1);
  expect(shows()).toBe(19);
});

test("units missing without any order are kept back, and offered again when nobody claimed them", async () => {
  const { sku, shows } = await aListed();
  world.clock.advance(10_000);
  world.buys(sku);
  await world.stock(ITEM, 20);
  await world.run(30_000);
  expect(shows()).toBe(19);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 20, unexplained: 1 });
  await world.run(6 * 60_000);
  expect(shows()).toBe(20);
  expect(await world.db.offer.findFirst()).toMatchObject({ unexplained: 0 });
});

test("kept back units are counted once when their order shows up late", async () => {
  const { sku, shows } = await aListed();
  world.clock.advance(10_000);
  const order = world.buys(sku);
  if (!order) throw new Error("sold out");
  await world.stock(ITEM, 20);
  await world.run(10_000);
  await world.learns(order);
  await world.run(60_000);
  expect(shows()).toBe(19);
  await world.run(6 * 60_000);
  expect(shows()).toBe(19);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 19, unexplained: 0 });
});

const lost: [string, Trouble][] = [
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["and comes 20 s late", { lateMs: 20_000 }],
  ["while the process dies before it", "dies"],
  ["while the process dies after it", "dies-after"],
];

test.each(lost)("a push times out %s: the channel ends with the right number", async (_name, trouble) => {
  const { shows } = await aListed();
  world.troubles.plan("stock", trouble);
  await world.stock(ITEM, 4);
  await world.pass();
  await world.stock(ITEM, 7);
  await world.run(600_000);
  expect(shows()).toBe(7);
  expect(await world.db.offer.findFirst()).toMatchObject({ wanted: 7, pushed: 7, uncertainUntil: null });
});

test("Shopify does not answer: a decrease that is known goes out, an increase waits", async () => {
  const { sku, shows } = await aListed();
  world.clock.advance(10_000);
  world.troubles.plan("levels", "unavailable", "unavailable", "unavailable");
  const order = world.buys(sku);
  if (!order) throw new Error("sold out");
  await world.learns(order);
  await world.stock(ITEM, 5);
  await world.pass();
  expect(shows()).toBe(4);
  await world.run(60_000);
  expect(shows()).toBe(4);
});

test("zero is sent where it is taken, and remembered", async () => {
  const { shows } = await aListed();
  await world.stock(ITEM, 0);
  await world.run(5_000);
  expect(shows()).toBe(0);
  expect(await world.db.stockMemory.findFirst()).toMatchObject({ connectionId: CONNECTION, acceptsZero: true });
});

test("where zero is refused a sold out listing goes off sale, with an urgent problem", async () => {
  await aListed(10, { takesZero: false });
  await world.stock(ITEM, 0);
  await world.run(5_000);
  expect(world.channel.only().status).toBe("stopped");
  expect(await world.listing()).toMatchObject({ status: "stopped", sendAt: null });
  expect(await world.problems()).toEqual(["sold-out-stopped"]);
  expect(await world.db.stockMemory.findFirst()).toMatchObject({ acceptsZero: false });
});

test("a budget for stopping listings that is used up holds up no decrease of others", async () => {
  const { sku } = await aListed(10, { takesZero: false });
  const other = "gid://shopify/InventoryItem/52";
  const variant = aShopifyVariant({ id: "gid://shopify/ProductVariant/52", inventoryItemId: other, sku: "MUG-2" });
  const second =
    (await world.live({ id: "gid://shopify/Product/52", variants: [variant] })).skus[0]?.channelSkuId ?? "";
  await world.db.stockMemory.create({ data: { connectionId: CONNECTION, acceptsZero: false } });
  await world.stock(ITEM, 0);
  await world.stock(other, 4);
  world.troubles.plan("deactivate", ...Array.from({ length: 20 }, () => "budget" as const));
  await world.pass();
  expect(world.troubles.count("deactivate")).toBeGreaterThan(0);
  expect([world.channel.quantity(sku), world.channel.quantity(second)]).toEqual([10, 4]);
});

test("a refused number is an urgent problem that closes when a number is taken", async () => {
  const { shows } = await aListed();
  world.troubles.plan("stock", { refused: "12052393" });
  await world.stock(ITEM, 4);
  await world.run(5_000);
  expect(await world.problems()).toEqual(["stock-refused"]);
  expect(shows()).toBe(10);
  await world.run(16 * 60_000);
  expect(shows()).toBe(4);
  expect(await world.problems()).toEqual([]);
});

test("the ledger explains every number and adds up to it", async () => {
  const { sku } = await aListed();
  world.clock.advance(10_000);
  for (let n = 0; n < 3; n++) {
    const order = world.buys(sku);
    if (!order) throw new Error("sold out");
    await world.learns(order);
    await world.run(3_000);
    if (n === 0) await world.cancels(order);
    else await world.imports(order, ITEM);
    await world.run(10_000);
  }
  await world.stock(ITEM, 30);
  await world.run(120_000);
  const lines = await world.db.ledgerLine.findMany({ orderBy: { id: "asc" } });
  const balance = (number: string) =>
    lines.filter((line) => line.number === number).reduce((sum, line) => sum + line.after - line.before, 0);
  const offer = await world.db.offer.findFirstOrThrow();
  expect(lines.length).toBeGreaterThan(10);
  expect({
    available: balance("available"),
    waiting: balance("waiting"),
    offer: balance("offer"),
    channel: balance("channel"),
  }).toEqual({ available: 30, waiting: 0, offer: offer.wanted, channel: offer.pushed });
  for (const number of ["available", "waiting", "offer", "channel"]) {
    const chain = lines.filter((line) => line.number === number);
    for (const [index, line] of chain.entries()) if (index > 0) expect(line.before).toBe(chain[index - 1]?.after);
    expect(chain.every((line) => line.why && line.event && line.actor)).toBe(true);
  }
});

test("a variant that is gone from Shopify is sold out on the channel", async () => {
  world = await aWorld();
  const other = aShopifyVariant({
    id: "gid://shopify/ProductVariant/42",
    inventoryItemId: "gid://shopify/InventoryItem/42",
    sku: "MUG-BLACK",
    options: [{ name: "Color", value: "Black" }],
  });
  const listing = await world.live({ variants: [aShopifyVariant(), other] });
  world.clock.advance(1_000);
  world.shopify.put(aShopifyProduct());
  await world.tellProduct("gid://shopify/Product/7");
  await world.run(30_000);
  const shown = Object.fromEntries(
    listing.skus.map((sku) => [sku.sellerSku, world.channel.quantity(sku.channelSkuId)]),
  );
  expect(shown).toEqual({ "MUG-SAGE": 10, "MUG-BLACK": 0 });
  expect(world.channel.only().skus).toHaveLength(2);
});

test("other settings work every offer out again", async () => {
  const { shows } = await aListed();
  Object.assign(world.connection.settings, { buffer: 3, share: 0.5 });
  await world.engine.change((tx) => world.inventory.settingsChanged(tx, { connectionId: CONNECTION }));
  await world.run(5_000);
  expect(shows()).toBe(3);
  expect(
    await world.inventory.explainOffers({
      ...world.where,
      listingSkuIds: (await world.listing()).skus.map((one) => one.id),
    }),
  ).toMatchObject([{ available: [{ available: 10 }], waiting: 0, buffer: 3, wanted: 3, pushed: 3 }]);
});
