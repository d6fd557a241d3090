import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../web/support.ts";
import { ACTOR, aSellingWorld, type SellingWorld } from "./world.ts";

let world: SellingWorld;
beforeAll(async () => {
  // more than one call takes, so that there is a middle
  world = await aSellingWorld({ count: 28 });
}, 180_000);
afterAll(() => world.close());

const selling = () => world.services.catalog.selling(world.where);

test("the worker is killed in the middle of stopping: all go off sale, and exactly those come back", async () => {
  const { services, db, where, connectionId } = world;
  // two are off sale for reasons of their own: one unpicked, one taken down on the channel
  const [unpicked, takenDown] = await db.listing.findMany({
    where: { status: "live" },
    take: 2,
    orderBy: { id: "asc" },
  });
  await services.catalog.unselect({ ...where, productIds: [unpicked?.productId ?? ""], actor: ACTOR });
  await services
    .channel("tiktok-shop")
    .listings.deactivate(services.shops.forShop(connectionId), [takenDown?.channelProductId ?? ""]);
  await until("both to be off", async () => (await db.listing.count({ where: { status: "stopped" } })) === 2, 30_000);
  const before = await world.live();
  expect(before).toBeGreaterThan(20);
  expect((await selling()).live).toBe(before);

  await world.door("faults", {
    add: [{ platform: "tiktok", operation: "deactivateProducts", kind: "latency", ms: 1_500 }],
  });
  expect(await services.shops.stopSelling({ ...where, actor: ACTOR })).toBe("changed");
  expect(await services.shops.stopSelling({ ...where, actor: ACTOR })).toBe("already");
  const left = await until(
    "some to be off sale, not all",
    async () => {
      const now = await world.live();
      return now < before && now > 0 ? now : null;
    },
    60_000,
  );
  await world.workers[0]?.kill();
  expect(left).toBeGreaterThan(0);
  await world.door("faults", { clear: true });
  await world.expireLeases();
  world.startWorker();
  await until("nothing to be on sale", async () => (await world.live()) === 0, 90_000);
  await until("us to know it", async () => (await selling()).live === 0, 60_000);
  expect(await selling()).toEqual({ live: 0, inReview: 0, off: before, refused: 0 });
  expect((await world.events()).filter((event) => event === "connection.selling-stopped")).toHaveLength(1);
  expect(await db.activity.findFirst({ where: { event: "connection.selling-stopped" } })).toMatchObject({
    actorKind: "staff",
    actorId: ACTOR.id,
  });

  // while it is stopped nothing new goes on sale either, whatever is sent
  await services.catalog.select({ ...where, productIds: [unpicked?.productId ?? ""], actor: ACTOR });
  await services.catalog.send({ ...where, listingIds: [unpicked?.id ?? ""], actor: ACTOR });
  await services.catalog.unselect({ ...where, productIds: [unpicked?.productId ?? ""], actor: ACTOR });

  expect(await services.shops.resumeSelling({ ...where, actor: ACTOR })).toBe("changed");
  expect(await services.shops.resumeSelling({ ...where, actor: ACTOR })).toBe("already");
  await until("all to be back", async () => (await world.live()) === before, 90_000);
  await until("us to know it, too", async () => (await selling()).live === before, 60_000);
  const off = await db.listing.findMany({ where: { status: "stopped" }, select: { id: true } });
  expect(off.map((one) => one.id).sort()).toEqual([unpicked?.id, takenDown?.id].sort());
}, 300_000);

test("a lost answer to the stop is no reason to stay off sale for ever", async () => {
  const { services, where } = world;
  const before = await world.live();
  expect(await selling()).toMatchObject({ live: before, inReview: 0 });
  await world.door("faults", {
    add: [{ platform: "tiktok", operation: "deactivateProducts", kind: "lost-answer", times: 1 }],
  });
  await services.shops.stopSelling({ ...where, actor: ACTOR });
  await until("us to know that all is off", async () => (await selling()).live === 0, 90_000);
  expect(await world.live()).toBe(0);
  expect(await services.shops.resumeSelling({ ...where, actor: ACTOR })).toBe("changed");
  await until("all to be back", async () => (await world.live()) === before, 90_000);
}, 200_000);

test("paused, nothing is sent and everything is read; taking off sale goes out all the same", async () => {
  const { services, where, db } = world;
  await until("rest", async () => (await selling()).live > 20, 60_000);
  expect(await services.shops.pauseAll({ ...where, actor: ACTOR })).toBe("changed");
  expect(await services.shops.pauseAll({ ...where, actor: ACTOR })).toBe("already");
  const writes = async () =>
    (await world.calls()).filter((call) =>
      /^(updateInventory|updatePrices|partialEditProduct|createProduct|activateProducts|deactivateProducts|OrderCreate)$/.test(
        call.operation,
      ),
    ).length;
  // what was under way when the button was pressed may still be answered
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const sent = await writes();
  const sku = (await db.listingSku.findFirstOrThrow({
    where: { listing: { status: "live" }, channelSkuId: { not: null } },
    include: { variant: true },
  })) as { channelSkuId: string; variant: { inventoryItemId: string } };
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId: sku.channelSkuId, quantity: 1 });
  await world.door("shopify/set-stock", { inventoryItemId: sku.variant.inventoryItemId, available: 3 });
  await until("the order to be read", () => db.channelOrder.findFirst({ where: { channelOrderId: orderId } }), 30_000);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await writes()).toBe(sent);
  expect((await services.shops.getConnection(where.shopId, where.connectionId))?.chosenFlows).toHaveLength(5);

  await services.shops.stopSelling({ ...where, actor: ACTOR });
  await until("nothing to be on sale", async () => (await world.live()) === 0, 60_000);
  await services.shops.resumeSelling({ ...where, actor: ACTOR });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await world.live()).toBe(0);
  expect(await services.shops.resumeAll({ ...where, actor: ACTOR })).toBe("changed");
  await until("everything to be back", async () => (await world.live()) > 20, 90_000);
  await until("the order to be home", async () => (await world.state()).truth.missing === 0, 60_000);
  expect((await world.state()).truth.doubled).toBe(0);
}, 250_000);
