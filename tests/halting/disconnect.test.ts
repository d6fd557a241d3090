import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../web/support.ts";
import { ACTOR, aSellingWorld, type SellingWorld } from "./world.ts";

let world: SellingWorld;
beforeAll(async () => {
  world = await aSellingWorld({ count: 8 });
}, 180_000);
afterAll(() => world.close());

const buy = async () => {
  const sku = await world.db.listingSku.findFirstOrThrow({
    where: { listing: { status: "live" }, channelSkuId: { not: null } },
  });
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId: sku.channelSkuId, quantity: 1 });
  return orderId;
};
const connection = () => world.db.connection.findUniqueOrThrow({ where: { id: world.connectionId } });
const channelCalls = async () => {
  const all = (await world.calls()) as { operation: string; platform?: string }[];
  return all.filter((call) => !/^[A-Z]/.test(call.operation) && call.operation !== "token").length;
};

test("ended while an import's answer is lost: nothing more is sent; a new consent carries on, nothing lost, nothing doubled", async () => {
  const { services, db, where } = world;
  const before = await connection();
  await world.door("faults", {
    add: [{ platform: "shopify", operation: "OrderCreate", kind: "lost-answer", times: 1 }],
  });
  const first = await buy();
  await until(
    "the import's answer to be lost",
    async () => (await db.channelOrder.findFirst({ where: { channelOrderId: first } }))?.importState === "unknown",
    30_000,
  );
  const open = await services.orders.openOrders(where);
  expect(open).toMatchObject({ notHome: 1 });
  expect(await services.shops.disconnect({ ...where, listings: "leave", actor: ACTOR })).toBe("changed");
  expect(await services.shops.disconnect({ ...where, listings: "leave", actor: ACTOR })).toBe("already");
  expect(await connection()).toMatchObject({ status: "disconnected", sealedAccess: "" });
  expect(await db.grant.findFirstOrThrow()).toMatchObject({ status: "needs-consent", sealedTokens: "" });
  for (const lane of ["orders", "stock", "listings", "price", "fulfilment", "housekeeping"])
    expect(await services.shops.gate(lane, `connection:${world.connectionId}`)).toBe(false);
  expect(await services.shops.listConnections(where.shopId)).toEqual([]);
  expect(await services.shops.listFormerConnections(where.shopId)).toHaveLength(1);

  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const calls = await channelCalls();
  const second = await buy();
  const sku = await db.variant.findFirstOrThrow({ where: { skus: { some: { listing: { status: "live" } } } } });
  await world.door("shopify/set-stock", { inventoryItemId: sku.inventoryItemId, available: 2 });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await channelCalls()).toBe(calls);
  expect(await db.channelOrder.count()).toBe(1);
  expect(await db.listing.count({ where: { status: "live" } })).toBeGreaterThan(3);

  expect(await world.connect(where.shopId)).toMatchObject({
    outcome: "connected",
    connections: [{ id: world.connectionId }],
  });
  const after = await connection();
  expect(after).toMatchObject({ status: "active", endedAt: null, settings: before.settings as object });
  expect(after.armedFlows).toEqual(before.armedFlows);
  expect(after.ordersCutoffAt).toEqual(before.ordersCutoffAt);
  await until(
    "both orders to be home",
    async () => {
      const { shopify } = await world.state();
      const home = shopify.orders.map((one) => one.sourceIdentifier);
      const known = await db.channelOrder.count({ where: { shopifyOrderId: { not: null } } });
      return [first, second].every((id) => home.includes(id)) && known === 2;
    },
    120_000,
  );
  expect((await world.state()).truth).toMatchObject({ doubled: 0, missing: 0 });
  expect((await world.events()).filter((event) => event.startsWith("connection.")).slice(-2)).toEqual([
    "connection.disconnected",
    "connection.consented-again",
  ]);
}, 240_000);

test("taking off sale first: it ends by itself when nothing is on sale; called off before, it stays", async () => {
  const { services, where } = world;
  await until("listings to be live", async () => (await world.live()) > 3, 60_000);
  const fault = { platform: "tiktok", operation: "deactivateProducts", kind: "503" };
  await world.door("faults", { add: [fault] });
  expect(await services.shops.disconnect({ ...where, listings: "take-off", actor: ACTOR })).toBe("ending");
  expect(await services.shops.disconnect({ ...where, listings: "take-off", actor: ACTOR })).toBe("ending");
  expect(await services.shops.keepConnected({ ...where, actor: ACTOR })).toBe("changed");
  expect(await connection()).toMatchObject({ status: "active", endingAt: null });
  expect(await services.shops.disconnect({ ...where, listings: "take-off", actor: ACTOR })).toBe("ending");
  await world.workers[0]?.kill();
  await world.door("faults", { clear: true });
  await world.expireLeases();
  world.startWorker();
  await until("the connection to end", async () => (await connection()).status === "disconnected", 90_000);
  expect(await world.live()).toBe(0);
  const told = await world.db.activity.findMany({
    where: { event: "connection.disconnected" },
    orderBy: { id: "desc" },
  });
  expect(told[0]).toMatchObject({ actorKind: "staff", actorId: ACTOR.id, data: { listings: "take-off" } });

  // nothing goes back on sale without a click
  await world.connect(where.shopId);
  expect((await connection()).sellingStoppedAt).not.toBeNull();
  await services.shops.resumeSelling({ ...where, actor: ACTOR });
  await until("listings to be live again", async () => (await world.live()) > 3, 90_000);
}, 240_000);

test("renewing one shop does not bring back another that was disconnected", async () => {
  const { services, db, where } = world;
  await services.shops.disconnect({ ...where, listings: "leave", actor: ACTOR });
  const other = await db.connection.create({
    data: { ...copyOf(await connection()), channelShopId: "7000000000000000999", status: "active", endedAt: null },
  });
  const { ticket } = await services.shops.makeConsentTicket({
    shopId: where.shopId,
    staffId: ACTOR.id,
    channel: "tiktok-shop",
    connectionId: other.id,
  });
  const address = await services.shops.startConsent({ channel: "tiktok-shop", ticket });
  await services.shops.finishConsent({ channel: "tiktok-shop", ...(await world.consent(address ?? "")) });
  expect(await connection()).toMatchObject({ status: "disconnected", sealedAccess: "" });
}, 60_000);

function copyOf({ id: _id, settings, readiness, watermarks, ...rest }: Awaited<ReturnType<typeof connection>>) {
  return { ...rest, settings: settings ?? {}, readiness: readiness ?? {}, watermarks: watermarks ?? {} };
}
