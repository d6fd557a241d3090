import type { InventoryDeps } from "./deps.ts";

/** Reads the shop's locations and stores them; those that are gone are kept as inactive. */
export async function readLocations(deps: InventoryDeps, shop: { id: string; domain: string }): Promise<void> {
  const readAt = deps.clock.now();
  const locations = await deps.shopify(shop).locations();
  await deps.db.$transaction(async (tx) => {
    for (const { id: shopifyId, name, isActive } of locations) {
      const key = { shopId: shop.id, shopifyId };
      await tx.location.upsert({
        where: { shopId_shopifyId: key },
        create: { ...key, name, isActive, readAt },
        update: { name, isActive, readAt },
      });
    }
    await tx.location.updateMany({
      where: { shopId: shop.id, shopifyId: { notIn: locations.map((one) => one.id) } },
      data: { isActive: false, readAt },
    });
  });
}
