import { afterEach, beforeEach, expect, test } from "vitest";
import { ERASED, KEPT } from "../../app/domains/orders/privacy/what-is-kept.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

const DAY_MS = 24 * 3_600_000;
let world: World;
beforeEach(async () => {
  world = await aWorld();
  await world.engine.change((tx) => world.orders.installed(tx, { shopId: "shop-1" }));
});
afterEach(() => world.close());

/** Shopify's webhook about a fulfilment. */
const shopifyTells = (orderGid: string) =>
  world.engine.change((tx) =>
    world.orders.shopifyOrdersChanged(tx, [
      {
        ...{ shopId: "shop-1", topic: "fulfillments/update", orderGid },
        ...{ sourceIdentifier: null, updatedAt: world.clock.now() },
      },
    ]),
  );

/** An order that came home, was shipped with a number, noted on, and delivered. */
async function over(): Promise<string> {
  const id = await world.buys(aNewOrder(world.clock.now()));
  await world.run(60_000);
  const order = world.shopify.orders.at(-1);
  if (!order) throw new Error("it did not come home");
  world.shopify.fulfil(order, { company: "UPS", number: `1Z${id}` });
  await shopifyTells(order.id);
  await world.run(60_000);
  world.channel.touch(id, { status: "delivered" });
  await world.tell(id, world.clock.now());
  await world.run(60_000);
  const { id: rowId } = await world.row(id);
  const actor = { kind: "staff", id: "1" } as const;
  await world.orders.note({ shopId: "shop-1", id: rowId, text: "left with Ann", actor });
  return id;
}

async function afterDays(days: number, id: string) {
  world.clock.advance(days * DAY_MS);
  // a day's round may have been taken up to a day ago
  await world.keepHouse();
  const row = await world.row(id);
  const shown = await world.orders.getOrder({ shopId: "shop-1", id: row.id });
  const address = shown?.buyer?.buyer.address;
  return {
    ...{ street: address?.address1 || null, phone: address?.phone || null, name: address?.name || null },
    ...{ town: address?.city || null, note: row.note, number: row.shipments[0]?.trackingNumber ?? null },
  };
}

test("each part of a buyer is erased when its time is over, and nothing before", async () => {
  const id = await over();
  const everything = await afterDays(29, id);
  expect(Object.values(everything)).not.toContain(null);
  expect(await afterDays(2, id)).toEqual({ ...everything, street: null, phone: null });
  expect(await afterDays(58, id)).toEqual({ ...everything, street: null, phone: null });
  const { note, number } = everything;
  const nobody = { street: null, phone: null, name: null, town: null };
  expect(await afterDays(2, id)).toEqual({ ...nobody, note, number });
  expect(await afterDays(88, id)).toEqual({ ...nobody, note, number });
  expect(await afterDays(2, id)).toEqual({ ...nobody, note: null, number: null });
  const row = await world.row(id);
  expect(row).toMatchObject({ erased: ERASED.papers, sealedBuyer: null, importState: "done" });
  expect(row.buyerPaidMinor).toBeGreaterThan(0n);
});

/** How often the channel was told of a parcel. */
const shipCalls = () => world.troubles.calls.filter((call) => call === "ship" || call === "correct").length;

test("what the channel tells afterwards brings nothing back, here or in Shopify, and tells the channel no parcel anew", async () => {
  const id = await over();
  await afterDays(31, id);
  await afterDays(60, id);
  await afterDays(90, id);
  const before = { calls: shipCalls(), address: world.shopify.orders[0]?.address };
  expect(before.calls).toBe(1);
  world.channel.touch(id, { status: "completed" });
  await world.tell(id, world.clock.now());
  await shopifyTells(world.shopify.orders[0]?.id ?? "");
  await world.run(600_000);
  const row = await world.row(id);
  expect(row).toMatchObject({ status: "completed", sealedBuyer: null, erased: ERASED.papers });
  expect(row.shipments[0]?.trackingNumber).toBeNull();
  expect({ calls: shipCalls(), address: world.shopify.orders[0]?.address }).toEqual(before);
});

test("an order still on its way keeps its buyer, however long it takes", async () => {
  const id = await world.buys(aNewOrder(world.clock.now()));
  await world.run(60_000);
  expect((await afterDays(170, id)).street).not.toBeNull();
});

test("what a buyer has asked to see stays while the request is open", async () => {
  const id = await over();
  const { shopifyOrderId } = await world.row(id);
  world.clock.advance(20 * DAY_MS);
  await world.engine.change((tx) =>
    world.orders.buyersAsked(tx, [
      {
        ...{ shopId: "shop-1", kind: "export", externalId: "1", shopifyOrderIds: [shopifyOrderId ?? ""] },
        ...{ sealedContact: null, at: world.clock.now() },
      },
    ]),
  );
  await world.keepHouse();
  expect((await afterDays(59, id)).street).not.toBeNull();
  expect(await world.openProblems()).toContain("buyer-data-asked");
  const { severity } = await world.db.problem.findFirstOrThrow({ where: { kind: "buyer-data-asked" } });
  expect(severity).toBe("urgent");
  await afterDays(2, id);
  expect((await afterDays(2, id)).street).toBeNull();
  expect(await world.db.buyerRequest.count()).toBe(0);
  expect(await world.openProblems()).not.toContain("buyer-data-asked");
});

test("many orders go in batches, all of them, also one whose record no key opens any more", async () => {
  const id = await over();
  const {
    id: _id,
    lines: _lines,
    shipments: _s,
    cancellations: _c,
    returns: _r,
    decisions: _d,
    refunds: _f,
    ...one
  } = await world.row(id);
  const copies: (typeof one)[] = Array.from({ length: 450 }, (_, at) => ({
    ...{ ...one, channelOrderId: `copy-${at}`, sealedBuyer: null },
  }));
  copies[0] = { ...one, channelOrderId: "copy-0", sealedBuyer: "v1.lost-key.AAAA" };
  await world.db.channelOrder.createMany({
    data: copies.map((copy) => ({ ...copy, facts: {}, shopifyState: {}, priceParts: undefined })),
  });
  await afterDays(31, id);
  expect(await world.db.channelOrder.count({ where: { erased: ERASED.address } })).toBe(451);
  expect(KEPT.length).toBeGreaterThan(0);
});
