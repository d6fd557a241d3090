import type { ShopCount } from "../kernel/truth-bar.ts";
import type { World } from "./world.ts";

/** Orders and units of a store, or of all shops, for the truth bar. */
export function countShops(world: World, store?: string): ShopCount {
  const count: ShopCount = { orders: [], unitsOwned: 0, unitsShort: 0 };
  for (const shop of world.shops.values()) {
    if (store !== undefined && shop.store !== store) continue;
    for (const { sourceIdentifier, test, createdAt } of shop.orders.values())
      count.orders.push({ sourceIdentifier, test, createdAt });
    for (const item of shop.items.values()) {
      if (!item.tracked) continue;
      let available = 0;
      for (const level of item.levels.values()) {
        available += level.available;
        count.unitsOwned += Math.max(0, level.onHand);
      }
      count.unitsShort += Math.max(0, -available);
    }
  }
  return count;
}
