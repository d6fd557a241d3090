import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, type World } from "../web/support.ts";

/** The whole app against both platforms: an order bought before orders were armed, and what is offered while it is on its way. */

const actor = { kind: "staff" as const, id: "1" };
const ON_SALE = ["listings", "stock", "price"] as const;
let world: World;
let shopId: string;
let connectionId: string;
let skuId: string;

beforeAll(async () => {
  world = await aWorld({ catalog: "builtin" });
  const { services, db } = world;
  shopId = (await world.install()).id;
  await world.connect(shopId);
  connectionId = (await db.connection.findFirstOrThrow()).id;
  await world.working("the catalog is read", async () => (await db.product.count()) === 60);
  await world.working(
    "the readiness is known",
    async () => (await services.shops.readiness({ shopId, connectionId }))?.ok,
  );
  expect(await services.shops.arm({ shopId, connectionId, flows: [...ON_SALE], actor })).toMatchObject({
    outcome: "armed",
  });
  const product = await db.product.findFirstOrThrow({ where: { title: "Harbor Stoneware Mug" } });
  const where = { shopId, connectionId, actor };
  await services.catalog.select({ ...where, productIds: [product.id] });
  await world.working("it is checked", async () => (await db.listing.findFirst())?.status !== "selected");
  await services.catalog.applyDefaults({ ...where, listingIds: "all" });
  await services.catalog.send({ ...where, listingIds: "all" });
  await world.working("it is on sale", async () => (await db.listing.findFirst())?.status === "live");
  skuId = (await db.listingSku.findFirstOrThrow({ where: { channelSkuId: { not: null } }, orderBy: { id: "asc" } }))
    .channelSkuId as string;
}, 60_000);
afterAll(() => world.close());

interface Channel {
  tiktok: { products: { skus: { id: string; quantity: number }[] }[]; orders: { id: string; status: string }[] };
}
const channel = async () => (await (await fetch(`${world.sandbox.url}/__sandbox/state`)).json()) as Channel;
const onSale = async () =>
  (await channel()).tiktok.products.flatMap((one) => one.skus).find((sku) => sku.id === skuId)?.quantity;
const row = (channelOrderId: string) => world.db.channelOrder.findFirst({ where: { channelOrderId } });
const owned = async () => {
  const sku = await world.db.listingSku.findFirstOrThrow({
    where: { channelSkuId: skuId },
    include: { variant: true },
  });
  const { settings } = await world.db.connection.findFirstOrThrow();
  const { locationIds } = settings as { locationIds: string[] };
  const level = await world.db.stockLevel.aggregate({
    where: { inventoryItemId: sku.variant?.inventoryItemId ?? "", locationId: { in: locationIds } },
    _sum: { available: true },
  });
  return level._sum.available ?? 0;
};
const buy = async (quantity: number) =>
  (await world.door<{ orderId: string }>("tiktok/buy", { lines: [{ skuId, quantity }] })).orderId;

test("its units are not offered again until they travel, or until the order is found in Shopify", {
  timeout: 60_000,
}, async () => {
  const { services, db } = world;
  const [travels, found] = [await buy(2), await buy(1)];
  await world.working("both are known", async () => (await row(travels)) && (await row(found)));
  expect(
    await services.shops.arm({
      ...{ shopId, connectionId, flows: ["orders"], actor },
      ordersFrom: new Date(Date.now() + 1_000),
    }),
  ).toMatchObject({ outcome: "armed" });
  await world.working(
    "both are only shown",
    async () => (await db.channelOrder.count({ where: { importState: "shown" } })) === 2,
  );
  const all = await owned();
  expect(all).toBeGreaterThan(3);
  await world.working("their units are kept back", async () => (await onSale()) === all - 3);

  // the channel's own number counts purchases as well: only a stock push shows what we offer
  const { inventoryItemId: inventoryItemGid } = await db.waitingUnit.findFirstOrThrow();
  const { locationId: locationGid } = await db.stockLevel.findFirstOrThrow({
    where: { inventoryItemId: inventoryItemGid },
  });
  const look = { shopId, inventoryItemGid, locationGid, available: null, updatedAt: null };
  await services.engine.change((tx) => services.inventory.stockChanged(tx, [look]));
  await world.working("they are kept back after a fresh look", async () => (await onSale()) === all - 3);
  expect(await db.waitingUnit.count({ where: { leftAt: null, importedAt: null } })).toBe(3);

  await world.door("tiktok/deliver-status", { orderId: travels, status: "IN_TRANSIT" });
  await world.working("what travels is offered again", async () => (await onSale()) === all - 1);

  const variantId = (
    await db.listingSku.findFirstOrThrow({ where: { channelSkuId: skuId }, include: { variant: true } })
  ).variant?.shopifyId;
  await world.door("shopify/settings", { searchLagMs: 0 });
  await world.door("shopify/order", {
    input: { sourceIdentifier: found, lineItems: [{ variantId, quantity: 1 }] },
    options: { inventoryBehaviour: "DECREMENT_IGNORING_POLICY" },
  });
  // any reading of the order looks again
  await services.engine.change((tx) =>
    services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId: found }]),
  );
  await world.working("the other app's order is linked", async () => (await row(found))?.linkedOrderId);
  expect(await row(found)).toMatchObject({ importState: "shown", shopifyOrderId: null });
  await world.working("no unit waits", async () => (await db.waitingUnit.count({ where: { leftAt: null } })) === 0);
  // Shopify's number contains it now: one less there, and nothing more kept back
  expect(await owned()).toBe(all - 1);
  expect(await onSale()).toBe(all - 1);
});
