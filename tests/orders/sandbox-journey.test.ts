import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ShopAccess } from "../../app/channels/port.ts";
import { createTikTokShop } from "../../app/channels/tiktok-shop/index.server.ts";
import type { OrdersConnection } from "../../app/domains/orders/deps.ts";
import { createOrders } from "../../app/domains/orders/index.server.ts";
import { parseSettings } from "../../app/domains/shops/model.ts";
import { type Clock, systemClock } from "../../app/platform/clock.ts";
import { createVault } from "../../app/platform/crypto.server.ts";
import { createEngine, type Engine } from "../../app/platform/engine/engine.server.ts";
import { aLane, silentLog } from "../../app/platform/engine/testing.ts";
import { aLiveListing, appKey, appSecret, openTestShop, type TestShop } from "../../sandbox/tiktok-shop/testing.ts";
import { aShopifyWorld, openBudgets, type ShopifyWorld } from "../shopify/support.ts";

/** The room through the real clients of both platforms, over HTTP: one sandbox plays TikTok Shop, one Shopify. */

interface HomeOrder {
  id: string;
  sourceIdentifier: string;
  cancelledAt: string | null;
  held: boolean;
  totalMinor: number;
  lines: { sku: string; quantity: number }[];
}
interface ChannelOrder {
  id: string;
  status: string;
  packages: { trackingNumber: string }[];
}

let tiktok: TestShop;
let shopify: ShopifyWorld;
let engine: Engine;
let orders: ReturnType<typeof createOrders>;
let skuId: string;
/** Our own clock runs ahead of the wall when a test says so; the platforms' do not. */
let aheadMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
const scope = "connection:con-1" as const;
const waiting = new Map<string, string>();

beforeAll(async () => {
  tiktok = await openTestShop({ speed: 1 });
  shopify = await aShopifyWorld({ catalog: "builtin" });
  await shopify.open();
  const listing = await aLiveListing(tiktok, {});
  skuId = listing.skuId;
  await tiktok.call("POST", `/product/202309/products/${listing.productId}/inventory/update`, {
    body: { skus: [{ id: skuId, inventory: [{ quantity: 50, warehouse_id: tiktok.warehouseId }] }] },
  });
  const seeded = await shopify.door<{
    products: { variants: { id: string; sku: string; inventoryItemId: string }[] }[];
  }>("shopify/products");
  const variant = seeded.products[0]?.variants[0];
  if (!variant) throw new Error("the sandbox has no products");
  const { db, gateway } = shopify;
  const log = silentLog;
  engine = createEngine({
    db,
    clock,
    log,
    waker: async () => {},
    lanes: ["orders", "after-sales", "fulfilment", "reports"].map((name, order) => aLane({ name, order })),
  });
  const channel = createTikTokShop({
    apps: [{ market: "US", appKey, appSecrets: [appSecret], serviceId: "7000000000000000001" }],
    ...{
      apiUrl: tiktok.sandbox.url,
      authUrl: tiktok.sandbox.url,
      budgets: openBudgets().budgets,
      clock: systemClock,
      log,
    },
  });
  const access: ShopAccess = {
    ...{
      grantId: "g",
      market: "US",
      accessToken: tiktok.tokens.access_token,
      connectionId: "con-1",
      channelShopId: tiktok.shop.id,
    },
    ...{ region: "US", currency: "USD", shopKey: tiktok.shop.cipher },
  };
  const connection: OrdersConnection = {
    ...{
      id: "con-1",
      shopId: "shop-1",
      shopDomain: "reelshelf-demo.myshopify.com",
      channel: "tiktok-shop",
      channelShopId: tiktok.shop.id,
      region: "US",
      sellerType: "LOCAL",
    },
    ...{
      status: "active",
      armedFlows: ["orders", "fulfilment"],
      ordersCutoffAt: null,
      settings: parseSettings({}),
      lastWebhookAt: null,
      createdAt: new Date(),
    },
    shop: { currency: "USD", taxesIncluded: false },
  };
  orders = createOrders({
    ...{
      db,
      engine,
      clock,
      log,
      vault: createVault([randomBytes(32)]),
      channels: () => channel,
      shopify: (shop) => gateway.forShop(shop),
    },
    forShop: () => ({ get: async () => access, renew: async () => access }),
    connection: async () => connection,
    skus: async (_db, _id, ids) =>
      ids
        .filter((id) => id === skuId)
        .map((channelSkuId) => ({
          channelSkuId,
          listingSkuId: "ls-1",
          variantId: variant.id,
          inventoryItemId: variant.inventoryItemId,
          sku: variant.sku,
        })),
    variantsBySku: async () => [],
    inventory: {
      takeWaiting: async (_tx, { units }) => {
        for (const unit of units) if (!waiting.has(unit.channelLineId)) waiting.set(unit.channelLineId, "waiting");
      },
      markSending: async () => {},
      markImported: async () => {},
      releaseWaiting: async (_tx, { channelLineIds }) => {
        for (const id of channelLineIds) waiting.set(id, "released");
      },
    },
  });
});
afterAll(async () => {
  await shopify.close();
  await tiktok.close();
});

const homes = async () => ((await shopify.state()).shopify as { orders: HomeOrder[] }).orders;
const homesOf = async (id: string) => (await homes()).filter((one) => one.sourceIdentifier === id);
const onChannel = async (id: string) =>
  (await tiktok.door("state")).tiktok.orders.find((one: ChannelOrder) => one.id === id) as ChannelOrder;
const buy = async (more: object = {}): Promise<string> => (await tiktok.door("tiktok/buy", { skuId, ...more })).orderId;
const tell = (id: string) =>
  engine.change((tx) => orders.channelOrdersChanged(tx, [{ connectionId: "con-1", channelOrderId: id }]));

/** Runs the lanes until something is so; fails with its name after half a minute. */
async function until(name: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`never happened: ${name}`);
    for (const work of orders.works) await engine.turn(work, scope);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const isHome = async (id: string) =>
  (await shopify.db.channelOrder.findFirst({ where: { channelOrderId: id } }))?.importState === "done";

test("bought, held, released, fulfilled: both sides agree and the money sums", async () => {
  const id = await buy({ quantity: 2 });
  await tell(id);
  await tell(id);
  await until("the order is home", () => isHome(id));
  expect(await homesOf(id)).toMatchObject([{ held: true, cancelledAt: null }]);
  const [home] = await homesOf(id);
  const row = await shopify.db.channelOrder.findFirstOrThrow({ where: { channelOrderId: id } });
  expect(BigInt(home?.totalMinor ?? 0)).toBe(row.totalMinor);

  await tiktok.door("tiktok/advance", { orderId: id });
  await tell(id);
  await until("the order is released", async () => (await homesOf(id))[0]?.held === false);
  await shopify.door("shopify/fulfil", {
    orderId: home?.id,
    trackingCompany: "USPS",
    trackingNumber: "9400110200881234567890",
  });
  await engine.change((tx) =>
    orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic: "fulfillments/create", orderGid: home?.id ?? "" }]),
  );
  await until("the channel has the number", async () =>
    (await onChannel(id)).packages.some((one) => one.trackingNumber === "9400110200881234567890"),
  );
  expect(await homesOf(id)).toHaveLength(1);
});

test("shipped early by a tool: told, the parcel called off, held again, and shipped when it may be", async () => {
  const id = await buy({ quantity: 2 });
  await tell(id);
  await until("the order is held", async () => (await homesOf(id))[0]?.held === true);
  await until("the hold is known", async () => (await rowOf(id)).holdState === "held");
  const orderGid = (await homesOf(id))[0]?.id ?? "";
  const shopifyTells = async (topic: string) => {
    const [fulfillmentOrderGid = ""] = (await rowOf(id)).heldParts;
    await engine.change((tx) => orders.holdsReleased(tx, [{ shopId: "shop-1", fulfillmentOrderGid }]));
    await engine.change((tx) => orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic, orderGid }]));
  };
  const open = async (kind: string) =>
    (await shopify.db.problem.count({ where: { kind, closedAt: null, subject: `order:${(await rowOf(id)).id}` } })) > 0;
  await shopify.door("shopify/release-holds", { orderId: id });
  const parcel = { orderId: id, trackingCompany: "USPS", trackingNumber: "9400110200881234567001" };
  const made = await shopify.door("shopify/fulfil", parcel);
  await shopifyTells("fulfillments/create");
  await until("the merchant is told", () => open("order-shipped-early"));
  expect((await onChannel(id)).packages.every((one) => one.trackingNumber !== parcel.trackingNumber)).toBe(true);

  await shopify.door("shopify/fulfil-cancel", made);
  await shopifyTells("fulfillments/update");
  await until("it is held again", async () => (await homesOf(id))[0]?.held === true);
  await until("the problem closes itself", async () => !(await open("order-shipped-early")));
  await tiktok.door("tiktok/advance", { orderId: id });
  await tell(id);
  await until("the order is released", async () => (await homesOf(id))[0]?.held === false);
  await shopify.door("shopify/fulfil", parcel);
  await shopifyTells("fulfillments/create");
  await until("the channel has the number", async () =>
    (await onChannel(id)).packages.some((one) => one.trackingNumber === parcel.trackingNumber),
  );
});

test("answers lost after orderCreate and the hold: still one order, held", async () => {
  const operations = ["OrderCreate", "FulfillmentHold"];
  await shopify.door("faults", {
    add: operations.map((operation) => ({ platform: "shopify", operation, kind: "lost-answer", times: 1 })),
  });
  const id = await buy();
  await tell(id);
  const state = () => shopify.db.channelOrder.findFirst({ where: { channelOrderId: id } });
  await until("the answer was lost", async () => (await state())?.importState === "unknown");
  expect(await state()).toMatchObject({ importState: "unknown", shopifyOrderId: null });
  expect(await homesOf(id)).toHaveLength(1);
  // The first look comes at the deadline of the lost call, 30 s after it was sent.
  aheadMs += 31_000;
  await until("the order is home", () => isHome(id));
  expect(await homesOf(id)).toMatchObject([{ held: true }]);
});

test("the buyer cancels: cancelled in Shopify, units given back once", async () => {
  const id = await buy();
  await tell(id);
  await until("the order is home", () => isHome(id));
  await tiktok.door("tiktok/cancel", { orderId: id, by: "BUYER" });
  await tell(id);
  await tell(id);
  await until("the order is cancelled in Shopify", async () => Boolean((await homesOf(id))[0]?.cancelledAt));
  expect(await homesOf(id)).toHaveLength(1);
  expect([...waiting.values()]).toContain("released");
});

test("Shopify accepts a cancellation and never carries it out: a second try, then a problem that closes itself", async () => {
  const id = await buy();
  await tell(id);
  await until("the order is home", () => isHome(id));
  await shopify.door("shopify/settings", { cancelJobRuns: false });
  await tiktok.door("tiktok/cancel", { orderId: id, by: "BUYER" });
  await tell(id);
  const acceptedTimes = async () =>
    (await shopify.db.orderCancellation.findFirst({ where: { order: { channelOrderId: id } } }))?.acceptedTimes;
  const problem = () => shopify.db.problem.findFirst({ where: { kind: "cancellation-not-done" } });
  await until("the first call was accepted", async () => (await acceptedTimes()) === 1);
  aheadMs += 41_000;
  await until("the second call was accepted", async () => (await acceptedTimes()) === 2);
  expect(await problem()).toBeNull();
  aheadMs += 41_000;
  await until("the merchant is told", async () => (await problem()) !== null);
  expect(await problem()).toMatchObject({ severity: "urgent", closedAt: null, data: { channelOrderId: id } });

  expect((await orders.listOrders({ shopId: "shop-1", view: "needs-me" })).orders).toMatchObject([
    { channelOrderId: id, needsMe: true },
  ]);

  // looked at slowly from now on, and never sent a third time
  aheadMs += 300_000;
  await until("it is looked at again", async () => {
    const row = await shopify.db.dueRow.findFirst({ where: { lane: "after-sales", subject: id } });
    return row?.dueAt ? row.dueAt.getTime() > clock.now().getTime() + 60_000 : false;
  });
  expect(await acceptedTimes()).toBe(2);
  await shopify.door("shopify/settings", { cancelJobRuns: true });
  await shopify.door("shopify/cancel", { orderId: id });
  await until("Shopify shows it cancelled", async () => Boolean((await homesOf(id))[0]?.cancelledAt));
  aheadMs += 300_000;
  await until("the problem closes itself", async () => (await problem())?.closedAt != null);
});

test("twenty orders nobody told of are found by the poll and come home once each", async () => {
  await tiktok.door("tiktok/settings", { orderSearchLagMs: 0 });
  const ids: string[] = [];
  for (let times = 0; times < 20; times += 1) ids.push(await buy());
  await engine.change((tx) => orders.wantPolls(tx, { id: "con-1" }));
  await until("all are home", async () => {
    const done = await shopify.db.channelOrder.count({ where: { channelOrderId: { in: ids }, importState: "done" } });
    return done === ids.length;
  });
  const all = (await homes()).map((one) => one.sourceIdentifier);
  expect(all.filter((id) => ids.includes(id)).sort()).toEqual(ids.sort());
  const totals = await shopify.db.channelOrder.findMany({
    where: { channelOrderId: { in: ids } },
    select: { channelOrderId: true, totalMinor: true },
  });
  for (const { channelOrderId, totalMinor } of totals)
    expect((await homesOf(channelOrderId))[0]?.totalMinor).toBe(Number(totalMinor));
});

interface HomeMoney {
  id: string;
  cancelledAt: string | null;
  refunds: { amountMinor: number; note: string | null }[];
  returns: { status: string; lines: { processed: number; dispositions: { type: string; quantity: number }[] }[] }[];
  lines: { currentQuantity: number }[];
}
const moneyOf = async (id: string) => (await homesOf(id))[0] as unknown as HomeMoney;
const rowOf = (channelOrderId: string) => shopify.db.channelOrder.findFirstOrThrow({ where: { channelOrderId } });
const lookAfter = (id: string) =>
  engine.change((tx) => orders.afterSalesChanged(tx, [{ connectionId: "con-1", channelOrderId: id }]));
const STAFF = { kind: "staff", id: "7" } as const;
/** What the sandbox does a minute or days later, it does at once. */
const hurry = (speed: number) => tiktok.door("settings", { speed });

async function isRefunded(id: string): Promise<boolean> {
  await lookAfter(id);
  const { buyerPaidMinor, platformPaidMinor } = await rowOf(id);
  const refunded = (await moneyOf(id)).refunds.reduce((sum, one) => sum + one.amountMinor, 0);
  return BigInt(refunded) === buyerPaidMinor + platformPaidMinor;
}

test("a buyer's request, approved in the app: cancelled on both sides, refunded to the cent, once", async () => {
  const id = await buy({ quantity: 2, skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  const { cancelId } = await tiktok.door("tiktok/cancel", { orderId: id, by: "BUYER", request: true });
  await tell(id);
  await until(
    "the request is known",
    async () => (await shopify.db.orderCancellation.count({ where: { channelCancelId: cancelId } })) === 1,
  );
  const { id: orderId } = await rowOf(id);
  const possible = await orders.whatCanBeDecided({ shopId: "shop-1", id: orderId });
  expect(possible?.answers).toMatchObject([
    { requestId: cancelId, decisions: [{ kind: "approve-cancellation" }, { kind: "refuse-cancellation" }] },
  ]);
  const decision = {
    shopId: "shop-1",
    orderId,
    actor: STAFF,
    kind: "approve-cancellation",
    requestId: cancelId,
    reason: null,
  } as const;
  await hurry(600);
  expect(await orders.decide(decision)).toEqual({ outcome: "told" });
  await until("the refund is recorded", async () => {
    await tell(id);
    return isRefunded(id);
  });
  await hurry(1);
  expect(await onChannel(id)).toMatchObject({ status: "CANCELLED" });
  expect((await moneyOf(id)).cancelledAt).not.toBeNull();
});

test("cancelled in Shopify: TikTok Shop follows with the reason that fits", async () => {
  const id = await buy({ skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  const orderGid = (await moneyOf(id)).id;
  await shopify.door("shopify/cancel", { orderId: id, reason: "INVENTORY", refund: false });
  await until("Shopify shows it cancelled", async () => Boolean((await moneyOf(id)).cancelledAt));
  await engine.change((tx) =>
    orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic: "orders/cancelled", orderGid }]),
  );
  await until("TikTok Shop shows it cancelled", async () => (await onChannel(id)).status === "CANCELLED");
  await hurry(600);
  await tell(id);
  await until("the decision is told", async () =>
    Boolean(await shopify.db.sellerDecision.findFirst({ where: { state: "done", order: { channelOrderId: id } } })),
  );
  await hurry(1);
  expect(await shopify.db.sellerDecision.findFirst({ where: { order: { channelOrderId: id } } })).toMatchObject({
    reason: "seller_cancel_reason_out_of_stock",
  });
});

test("one unit of two is cancelled: taken off and refunded, the other one goes on", async () => {
  const id = await buy({ quantity: 2, skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  const { id: orderId } = await rowOf(id);
  const possible = await orders.whatCanBeDecided({ shopId: "shop-1", id: orderId });
  const channelLineIds = possible?.cancel?.channelLineIds.slice(0, 1) ?? [];
  const reason = possible?.cancel?.reasons.find((one) => one.allowsPart)?.code ?? "";
  // the refund is made a minute ÷ speed after the cancellation
  await hurry(600);
  await orders.decide({
    shopId: "shop-1",
    orderId,
    actor: STAFF,
    kind: "cancel",
    requestId: "",
    reason,
    channelLineIds,
  });
  // two units at two prices are two lines
  const unitsLeft = async () => (await moneyOf(id)).lines.reduce((sum, line) => sum + line.currentQuantity, 0);
  await until("the unit is off", async () => (await unitsLeft()) === 1);
  const refundOf = async () =>
    (await shopify.db.orderCancellation.findFirstOrThrow({ where: { orderId } })).refundMinor;
  await lookAfter(id);
  await until("the money is recorded", async () => {
    await lookAfter(id);
    const refunded = (await moneyOf(id)).refunds.reduce((sum, one) => sum + one.amountMinor, 0);
    return refunded > 0;
  });
  await hurry(1);
  const { platformDiscountMinor } = await shopify.db.channelOrderLine.findFirstOrThrow({
    where: { orderId, channelLineId: channelLineIds[0] ?? "" },
  });
  const refunded = (await moneyOf(id)).refunds.reduce((sum, one) => sum + one.amountMinor, 0);
  expect(BigInt(refunded)).toBe(((await refundOf()) ?? 0n) + platformDiscountMinor);
  expect((await moneyOf(id)).cancelledAt).toBeNull();
});

test("returned and refunded: a Shopify return, the shelf as decided, the money to the cent", async () => {
  const id = await buy({ quantity: 2, skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  await shopify.door("shopify/fulfil", { orderId: id, trackingCompany: "UPS", trackingNumber: "1Z999AA10123456784" });
  await tiktok.door("tiktok/deliver-status", { orderId: id, status: "DELIVERED" });
  const { returnId } = await tiktok.door("tiktok/ask-return", { orderId: id });
  await tell(id);
  await lookAfter(id);
  const known = (where: object) => shopify.db.orderReturn.count({ where: { channelReturnId: returnId, ...where } });
  await until("the return is known", async () => (await known({})) === 1);
  const { id: orderId } = await rowOf(id);
  const decide = (kind: "approve-return" | "approve-received") =>
    orders.decide({ shopId: "shop-1", orderId, actor: STAFF, kind, requestId: returnId, reason: null });
  await decide("approve-return");
  await until("Shopify has an open return", async () => (await moneyOf(id)).returns[0]?.status === "OPEN");
  await tiktok.door("tiktok/continue-return", { returnId, what: "ship" });
  await lookAfter(id);
  await until("it is on its way back", async () => (await known({ status: "item-sent" })) === 1);
  await hurry(600);
  await decide("approve-received");
  await until("somebody is asked about the goods", async () =>
    Boolean(await shopify.db.problem.findFirst({ where: { kind: "return-restock", closedAt: null } })),
  );
  const [first = ""] = (await shopify.db.orderReturn.findFirstOrThrow({ where: { orderId } })).channelLineIds;
  await orders.decideRestock({ shopId: "shop-1", orderId, requestId: returnId, restockLineIds: [first], actor: STAFF });
  await until("the return is closed", async () => (await moneyOf(id)).returns[0]?.status === "CLOSED");
  await until("the refund is recorded", () => isRefunded(id));
  await hurry(1);
  // two units at two prices are two lines
  const lines = (await moneyOf(id)).returns.flatMap((one) => one.lines);
  expect(lines.reduce((sum, line) => sum + line.processed, 0)).toBe(2);
  expect(lines.flatMap((line) => line.dispositions)).toMatchObject([
    { type: "RESTOCKED", quantity: 1 },
    { type: "NOT_RESTOCKED", quantity: 1 },
  ]);
  expect(await shopify.db.problem.count({ where: { closedAt: null, kind: { startsWith: "return" } } })).toBe(0);
});

const shopifyTells = async (id: string, topic: string) => {
  const orderGid = (await moneyOf(id)).id;
  await engine.change((tx) => orders.shopifyOrdersChanged(tx, [{ shopId: "shop-1", topic, orderGid }]));
};
const linesAtHome = async (id: string) => (await moneyOf(id)).lines as unknown as { id: string; quantity: number }[];

test("a unit taken off in Shopify is cancelled on TikTok Shop, once; one added is told", async () => {
  const id = await buy({ quantity: 3, skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  const [line] = await linesAtHome(id);
  // fees are lines too
  const left = async () => (await moneyOf(id)).lines.reduce((sum, one) => sum + one.currentQuantity, 0);
  const before = await left();
  await shopify.door("shopify/edit-order", { orderId: id, takeOff: [{ lineId: line?.id, quantity: 1 }] });
  await hurry(600);
  await shopifyTells(id, "orders/edited");
  const { id: orderId } = await rowOf(id);
  const cancelled = () => shopify.db.orderCancellation.findMany({ where: { orderId, status: "completed" } });
  await until("TikTok Shop has cancelled it", async () => {
    await lookAfter(id);
    return (await cancelled()).some((one) => one.shopifyState === "done");
  });
  await hurry(1);
  expect((await cancelled()).map((one) => one.channelLineIds.length)).toEqual([1]);
  expect(await left()).toBe(before - 1);

  const open = (kind: string) =>
    shopify.db.problem.count({ where: { kind, closedAt: null, subject: `order:${orderId}` } });
  await shopify.door("shopify/edit-order", { orderId: id, raise: [{ lineId: line?.id, quantity: 1 }] });
  await shopifyTells(id, "orders/edited");
  await until("the merchant is told", async () => (await open("order-edited-in-shopify")) === 1);
  await shopify.door("shopify/edit-order", { orderId: id, takeOff: [{ lineId: line?.id, quantity: 1 }] });
  await shopifyTells(id, "orders/edited");
  await until("it closes itself", async () => (await open("order-edited-in-shopify")) === 0);
  expect(await cancelled()).toHaveLength(1);
});

test("a return begun in Shopify is opened on TikTok Shop, and the two are one", async () => {
  const id = await buy({ quantity: 2, skipHold: true });
  await tell(id);
  await until("the order is home", () => isHome(id));
  await shopify.door("shopify/fulfil", { orderId: id, trackingCompany: "UPS", trackingNumber: "1Z999AA10123456799" });
  await tiktok.door("tiktok/deliver-status", { orderId: id, status: "DELIVERED" });
  await tell(id);
  await until("it is delivered", async () => (await rowOf(id)).status === "delivered");
  const [line] = await linesAtHome(id);
  await shopify.door("shopify/begin-return", { orderId: id, lines: [{ lineId: line?.id, quantity: 1 }] });
  await shopifyTells(id, "returns/approve");
  const { id: orderId } = await rowOf(id);
  await until("TikTok Shop has it, joined to Shopify's", async () => {
    await lookAfter(id);
    return (await shopify.db.orderReturn.count({ where: { orderId, shopifyReturnId: { not: null } } })) === 1;
  });
  expect(await shopify.db.orderReturn.findMany({ where: { orderId } })).toMatchObject([
    { openedBy: "seller", status: "awaiting-item", shopifyState: "open" },
  ]);
  expect((await moneyOf(id)).returns).toHaveLength(1);
  expect(await shopify.db.problem.count({ where: { closedAt: null, subject: `order:${orderId}` } })).toBe(0);
});
