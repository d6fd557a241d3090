import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OrderDraft, ShopifyVariant } from "../../app/shopify/model.ts";
import { aShopifyWorld, DEMO_SHOP, type ShopifyWorld } from "./support.ts";

let world: ShopifyWorld;
let variant: ShopifyVariant;

beforeAll(async () => {
  world = await aShopifyWorld({ catalog: "builtin" });
  await world.open();
  await world.shop.ensureOrderIdDefinition();
  for await (const { id } of world.shop.productsChangedSince(null)) {
    const product = await world.shop.product(id);
    const found = product?.variants.find((one) => one.tracked && one.requiresShipping);
    if (product?.status !== "ACTIVE" || !found) continue;
    variant = found;
    break;
  }
});

afterAll(async () => {
  const state = await world?.state();
  await world?.close();
  expect(state?.contractViolations).toBe(0);
});

let lastOrder = 576_000_000_000_000_000n;

function anOrder(changes: Partial<OrderDraft> = {}): OrderDraft {
  lastOrder += 1n;
  return {
    sourceIdentifier: lastOrder.toString(),
    sourceName: "tiktok-shop",
    sourceUrl: null,
    processedAt: new Date(Date.now() - 60_000),
    currency: "USD",
    taxesIncluded: false,
    test: false,
    tags: ["TikTok Shop"],
    note: "",
    attributes: [{ key: "TikTok order", value: lastOrder.toString() }],
    email: null,
    phone: null,
    shippingAddress: {
      firstName: "J",
      lastName: "D",
      address1: "1 Main St",
      address2: "",
      city: "Austin",
      provinceCode: "TX",
      zip: "78701",
      countryCode: "US",
      phone: "",
    },
    lines: [
      {
        variantId: variant.id,
        title: "Cup",
        sku: variant.sku,
        quantity: 2,
        unitPriceMinor: 1_000n,
        requiresShipping: true,
        taxable: true,
        properties: [],
        taxes: [{ title: "Sales tax", rate: "0.08", amountMinor: 160n, channelLiable: true }],
      },
    ],
    shipping: [{ title: "Standard shipping", code: "TTS_STANDARD", amountMinor: 499n, taxes: [] }],
    payments: [{ gateway: "TikTok Shop", amountMinor: 2_659n, processedAt: new Date(Date.now() - 60_000) }],
    decrementStock: true,
    ...changes,
  };
}

async function created(draft = anOrder()) {
  const result = await world.shop.createOrder(draft);
  if (result.outcome !== "created") throw new Error(JSON.stringify(result));
  return result.order;
}

const availableOf = async (itemId: string) =>
  (await world.shop.stock([itemId])).reduce((sum, level) => sum + level.available, 0);

describe("reading", () => {
  test("facts of the shop and the scopes granted", async () => {
    const facts = await world.shop.shopFacts();
    expect(facts).toMatchObject({ domain: DEMO_SHOP, currency: "USD", isDevelopment: false });
    expect(facts.grantedScopes).toEqual(expect.arrayContaining(["write_orders", "read_products"]));
  });

  test("every product with its variants, prices and pictures, in order of change", async () => {
    const seen: { id: string; updatedAt: Date }[] = [];
    for await (const one of world.shop.productsChangedSince(null)) seen.push(one);
    expect(seen.length).toBe(60);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(60);
    expect(seen.map(({ updatedAt }) => updatedAt.getTime())).toEqual(
      seen.map(({ updatedAt }) => updatedAt.getTime()).sort((a, b) => a - b),
    );

    const product = await world.shop.product(seen[0]?.id ?? "");
    expect(product?.variants.length).toBeGreaterThan(0);
    expect(product?.variants[0]?.priceMinor).toBeGreaterThan(0n);
    expect(product?.pictures[0]).toMatchObject({
      width: expect.any(Number),
      url: expect.stringContaining("/pictures/"),
    });
    await expect(world.shop.product("gid://shopify/Product/1")).resolves.toBeNull();
  });

  test("only what changed since", async () => {
    const products = await world.door<{ products: { id: string }[] } | { id: string }[]>("shopify/products");
    const [first] = Array.isArray(products) ? products : products.products;
    const since = new Date(Date.now() + 1_000);
    await expect.poll(() => Date.now() > since.getTime() + 1_000, { timeout: 5_000 }).toBe(true);
    await world.door("shopify/edit-product", { productId: first?.id, title: "Renamed" });
    const seen: string[] = [];
    for await (const { id } of world.shop.productsChangedSince(since)) seen.push(id);
    expect(seen).toEqual([first?.id]);
    expect((await world.shop.product(first?.id ?? ""))?.title).toBe("Renamed");
  });

  test("stock of items at each location", async () => {
    const locations = await world.shop.locations();
    expect(locations).toHaveLength(2);
    const levels = await world.shop.stock([variant.inventoryItemId, "gid://shopify/InventoryItem/1"]);
    expect(levels.map((level) => level.locationId).sort()).toEqual(locations.map(({ id }) => id).sort());
    await world.door("shopify/set-stock", {
      inventoryItemId: variant.inventoryItemId,
      locationId: locations[0]?.id,
      available: 7,
    });
    const after = await world.shop.stock([variant.inventoryItemId]);
    expect(after.find((level) => level.locationId === locations[0]?.id)?.available).toBe(7);
  });
});

describe("money in two currencies", () => {
  test("refunds are told in the money the buyer paid with, and both currencies come out even to the cent", async () => {
    const order = await created(
      anOrder({
        ...{ currency: "EUR", exchange: { currency: "USD", rate: "1.0755" } },
        payments: [
          { gateway: "TikTok Shop", amountMinor: 2_159n, processedAt: new Date() },
          { gateway: "TikTok Shop (platform discount)", amountMinor: 500n, processedAt: new Date() },
        ],
      }),
    );
    const before = await world.shop.payments(order.id);
    expect(before?.currency).toBe("EUR");
    expect(before?.sales.map((one) => one.amountMinor)).toEqual([2_159n, 500n]);
    const [buyers, platforms] = before?.sales ?? [];
    if (!buyers || !platforms) throw new Error("two payments were made");
    const refund = (note: string, payments: { saleId: string; gateway: string; amountMinor: bigint }[]) =>
      world.shop.createRefund(order.id, { key: crypto.randomUUID(), note, currency: "EUR", lines: [], payments });
    const partOf = ({ id: saleId, gateway }: typeof buyers, amountMinor: bigint) => ({ saleId, gateway, amountMinor });
    expect(await refund("one", [partOf(buyers, 333n)])).toMatchObject({ outcome: "recorded", totalMinor: 333n });
    expect(await refund("too much", [partOf(buyers, 1_827n)])).toMatchObject({ outcome: "refused" });
    expect(await refund("rest", [partOf(buyers, 1_826n), partOf(platforms, 500n)])).toMatchObject({
      ...{ outcome: "recorded", totalMinor: 2_326n },
    });
    const after = await world.shop.payments(order.id);
    expect(after).toMatchObject({ currency: "EUR", refundedMinor: 2_659n });
    expect(after?.refunds.map((one) => [one.note, one.totalMinor])).toEqual([
      ["one", 333n],
      ["rest", 2_326n],
    ]);
    expect((await world.shop.orderState(order.id))?.financialStatus).toBe("REFUNDED");
  });
});

describe("payments that come later", () => {
  test("an order to be paid at the door is pending; what is outstanding is recorded once", async () => {
    const order = await created(anOrder({ payments: [], isPaymentOpen: true }));
    expect((await world.shop.orderState(order.id))?.financialStatus).toBe("PENDING");
    expect(await world.shop.markPaid(order.id)).toEqual({ outcome: "paid" });
    expect((await world.shop.orderState(order.id))?.financialStatus).toBe("PAID");
    expect((await world.shop.payments(order.id))?.sales.map((one) => one.amountMinor)).toEqual([2_659n]);
    expect(await world.shop.markPaid(order.id)).toMatchObject({ outcome: "refused" });
  });

  test("what the platform pays from the start stays apart", async () => {
    const platforms = { gateway: "TikTok Shop (platform discount)", amountMinor: 500n, processedAt: new Date() };
    const order = await created(anOrder({ payments: [platforms], isPaymentOpen: true }));
    expect((await world.shop.orderState(order.id))?.financialStatus).toBe("PARTIALLY_PAID");
    await world.shop.markPaid(order.id);
    const paid = (await world.shop.payments(order.id))?.sales.map((one) => [one.gateway, one.amountMinor]);
    expect(paid).toEqual([
      [platforms.gateway, 500n],
      ["manual", 2_159n],
    ]);
  });
});

test("the fulfilment of an order that came as fulfilled gets its numbers", async () => {
  const order = await created(anOrder({ comesShipped: true, decrementStock: false }));
  const [made] = (await world.shop.orderState(order.id))?.fulfillments ?? [];
  expect(made?.tracking.filter((one) => one.number)).toEqual([]);
  await world.shop.writeTracking(made?.id ?? "", { company: "UPS", numbers: ["1Z-1", "1Z-2"] });
  const [named] = (await world.shop.orderState(order.id))?.fulfillments ?? [];
  expect(named?.tracking.map((one) => one.number)).toEqual(["1Z-1", "1Z-2"]);
});

describe("orders", () => {
  test("an order takes stock, is found by its custom id and refused a second time", async () => {
    const before = await availableOf(variant.inventoryItemId);
    const draft = anOrder();
    const order = await created(draft);
    expect(order.lines).toEqual([{ id: expect.any(String), variantId: variant.id, sku: variant.sku, quantity: 2 }]);
    expect(await availableOf(variant.inventoryItemId)).toBe(before - 2);

    await expect(world.shop.findOrderByCustomId(draft.sourceIdentifier)).resolves.toEqual({
      id: order.id,
      name: order.name,
    });
    await expect(world.shop.findOrderByCustomId("none")).resolves.toBeNull();
    await expect(world.shop.createOrder(draft)).resolves.toEqual({ outcome: "taken" });
    // what can be held is told with the order, so that nobody has to ask for it
    expect(order.parts).toMatchObject([{ status: "OPEN", canHold: true, holds: [] }]);
    await expect(world.shop.orderLines(order.id)).resolves.toEqual({ ...order, parts: [] });
    await expect
      .poll(async () => (await world.shop.findOrdersBySourceIdentifier(draft.sourceIdentifier)).map(({ id }) => id), {
        timeout: 20_000,
      })
      .toEqual([order.id]);
  });

  test("orders changed since a time are named, and no others", async () => {
    const changedSince = async (since: Date) => {
      const ids: string[] = [];
      for await (const { id } of world.shop.ordersChangedSince(since)) ids.push(id);
      return ids;
    };
    const [first, second] = [await created(), await created()];
    await expect
      .poll(() => changedSince(new Date(0)), { timeout: 20_000 })
      .toEqual(expect.arrayContaining([first.id, second.id]));
    const since = new Date(Date.now() + 1_000);
    await expect.poll(() => Date.now() > since.getTime() + 1_000, { timeout: 5_000 }).toBe(true);
    await world.shop.updateOrder(second.id, { note: "packed" });
    await expect.poll(() => changedSince(since), { timeout: 20_000 }).toEqual([second.id]);
    const facts = async () => {
      for await (const { id: _id, updatedAt: _at, ...of } of world.shop.ordersChangedSince(since)) return of;
    };
    const untouched = { isCancelled: false, isFulfilled: false, hasUnitsOff: false, hasReturn: false };
    expect(await facts()).toEqual(untouched);
    await world.shop.createRefund(second.id, {
      ...{ key: crypto.randomUUID(), note: "", currency: "USD", payments: [] },
      lines: [{ lineItemId: second.lines[0]?.id ?? "", quantity: 1, restock: true }],
    });
    expect(await facts()).toEqual({ ...untouched, hasUnitsOff: true });
    await world.door("shopify/fulfil", { orderId: second.id, trackingCompany: "USPS", trackingNumber: "940" });
    expect(await facts()).toEqual({ ...untouched, hasUnitsOff: true, isFulfilled: true });
  });

  test("a refusal is a value with codes", async () => {
    const draft = anOrder();
    const result = await world.shop.createOrder({ ...draft, lines: [] });
    expect(result).toMatchObject({ outcome: "refused", reasons: [{ code: "INVALID", field: "order.lineItems" }] });
  });

  test("a lost answer leaves an order that is found by looking", async () => {
    await world.door("faults", { add: [{ operation: "OrderCreate", kind: "lost-answer", times: 1 }] });
    const draft = anOrder();
    await expect(world.shop.createOrder(draft)).rejects.toMatchObject({ family: "unavailable", mayHaveHappened: true });
    expect(await world.shop.findOrderByCustomId(draft.sourceIdentifier)).not.toBeNull();
    await expect(world.shop.createOrder(draft)).resolves.toEqual({ outcome: "taken" });
  });

  test("address, note and tags are written", async () => {
    const order = await created();
    const address = {
      firstName: "K",
      lastName: "E",
      address1: "2 Oak St",
      address2: "",
      city: "Waco",
      provinceCode: "TX",
      zip: "76701",
      countryCode: "US",
      phone: "",
    };
    await world.shop.updateOrder(order.id, { shippingAddress: address, note: "moved" });
    await world.shop.addTags(order.id, ["held"]);
    await expect(world.shop.updateOrder("gid://shopify/Order/1", { note: "x" })).rejects.toMatchObject({
      operation: "OrderUpdate",
    });
  });

  test("shipped with tracking, as the order tells it", async () => {
    const order = await created();
    await world.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1Z999" });
    const state = await world.shop.orderState(order.id);
    expect(state).toMatchObject({ id: order.id, cancelledAt: null, fulfillmentStatus: "FULFILLED" });
    const shipped = state?.fulfillments.flatMap((one) => one.lines).reduce((sum, line) => sum + line.quantity, 0);
    expect(shipped).toBe(2);
    expect(state?.fulfillments[0]?.tracking[0]).toMatchObject({ company: "UPS", number: "1Z999" });
  });

  test("cancelled with restock, once", async () => {
    const before = await availableOf(variant.inventoryItemId);
    const order = await created();
    const input = { reason: "CUSTOMER", restock: true, note: "Cancelled by the buyer" } as const;
    await expect(world.shop.cancelOrder(order.id, input)).resolves.toEqual({ outcome: "accepted" });
    await expect
      .poll(async () => (await world.shop.orderState(order.id))?.cancelledAt, { timeout: 20_000 })
      .toBeInstanceOf(Date);
    expect(await availableOf(variant.inventoryItemId)).toBe(before);
    await expect(world.shop.cancelOrder(order.id, input)).resolves.toMatchObject({ outcome: "refused" });
  });
});

describe("holds", () => {
  test("placing twice and releasing twice is the same as once", async () => {
    const order = await created();
    const [target] = await world.shop.holdTargets(order.id);
    expect(target).toMatchObject({ canHold: true, holds: [] });
    const id = target?.id ?? "";
    const first = await world.shop.holdFulfillment(id, {
      handle: "buyer-may-cancel",
      note: "The buyer may still cancel",
    });
    const second = await world.shop.holdFulfillment(id, {
      handle: "buyer-may-cancel",
      note: "The buyer may still cancel",
    });
    expect(first.holdId).toBeTruthy();
    expect(second).toEqual(first);
    expect((await world.shop.holdTargets(order.id)).flatMap(({ holds }) => holds)).toEqual([
      { id: first.holdId, handle: "buyer-may-cancel" },
    ]);

    await world.shop.releaseHold(id, [first.holdId ?? ""]);
    await world.shop.releaseHold(id, [first.holdId ?? ""]);
    const [after] = await world.shop.fulfillmentOrders(order.id);
    expect(after).toMatchObject({ holds: [], canHold: true });
    expect(after?.lines.reduce((sum, line) => sum + line.remaining, 0)).toBe(2);
  });
});

describe("the order id definition", () => {
  test("is made once and read back; orders sent without it are noticed and it is made again", async () => {
    await world.shop.ensureOrderIdDefinition();
    await world.door("reset");
    await world.db.shopifySession.deleteMany({});
    await world.open();
    const draft = anOrder({ lines: anOrder().lines.map((line) => ({ ...line, variantId: null })) });
    await expect(world.shop.createOrder(draft)).resolves.toMatchObject({ outcome: "refused" });
    await world.shop.ensureOrderIdDefinition();
    await expect(world.shop.createOrder(draft)).resolves.toMatchObject({ outcome: "created" });
  });
});

describe("limits", () => {
  test("what the answers tell about the bucket is what the budget learns", async () => {
    expect(world.budgets.learned.slice(0, 1)).toEqual([
      { key: `shopify:${DEMO_SHOP}`, available: expect.any(Number), perSecond: 1_000, burst: 19_800 },
    ]);
    expect(world.budgets.learned[0]?.available).toBeGreaterThan(19_000);
  });

  test("a development shop takes five orders a minute; the sixth is not made, and only the budget of orders learns it", async () => {
    await world.door("shopify/settings", { plan: "Development" });
    world.budgets.closed.length = 0;
    world.budgets.learned.length = 0;
    const draft = () => anOrder({ lines: anOrder().lines.map((line) => ({ ...line, variantId: null })) });
    for (let n = 0; n < 5; n += 1) await created(draft());
    await expect(world.shop.createOrder(draft())).resolves.toEqual({ outcome: "no-slot" });
    expect(world.budgets.closed).toEqual([]);
    expect(world.budgets.learned.filter(({ window }) => window)).toMatchObject([
      { key: `shopify:${DEMO_SHOP}:orders`, window: { most: 5 } },
    ]);
    await expect(world.shop.shopFacts()).resolves.toMatchObject({ isDevelopment: true });
  });
});
