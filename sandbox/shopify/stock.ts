import { numberOf } from "./ids.ts";
import type { InventoryItem, Level, Shop } from "./model.ts";
import { tellLevelChanged, tellProductChanged } from "./webhooks/emit.ts";
import type { World } from "./world.ts";

/** Makes the stock record of an item at a location. */
export function createLevel(
  world: World,
  shop: Shop,
  item: InventoryItem,
  locationId: string,
  available: number,
): Level {
  const now = world.now();
  const level: Level = {
    // Shopify fact: an inventory level's id is the location's number with the item's behind a question mark.
    id: `gid://shopify/InventoryLevel/${numberOf(locationId)}?inventory_item_id=${numberOf(item.id)}`,
    itemId: item.id,
    locationId,
    isActive: true,
    available,
    onHand: available,
    committed: 0,
    incoming: 0,
    reserved: 0,
    damaged: 0,
    safetyStock: 0,
    qualityControl: 0,
    createdAt: now,
    updatedAt: now,
  };
  item.levels.set(locationId, level);
  shop.levels.set(level.id, level);
  return level;
}

/** Changes of one level; onHand must be given with what moves it. Tells listeners when `available` changed. */
export function moveStock(
  world: World,
  shop: Shop,
  level: Level,
  change: { available?: number; onHand?: number; committed?: number },
): void {
  const before = level.available;
  level.available += change.available ?? 0;
  level.onHand += change.onHand ?? 0;
  level.committed += change.committed ?? 0;
  level.updatedAt = world.now();
  if (level.available === before) return;
  touchProduct(world, shop, level.itemId);
  // Shopify fact: inventory_levels/update shows changes of `available` only; products/update fires for stock too.
  tellLevelChanged(world, shop, level);
}

function touchProduct(world: World, shop: Shop, itemId: string): void {
  const variant = shop.variants.get(shop.items.get(itemId)?.variantId ?? "");
  const product = shop.products.get(variant?.productId ?? "");
  if (!product) return;
  product.updatedAt = world.now();
  tellProductChanged(world, shop, product);
}

/** An amount of one line looking for a place. */
export interface Claim {
  item: InventoryItem;
  quantity: number;
}

/**
 * Which place serves the claims: the first active one that can serve all of them, else per item the place with most,
 * else the first. (Not settled: which one Shopify's routing takes; tests must not lean on it.)
 */
export function choosePlaces(shop: Shop, claims: Claim[]): Map<string, string> {
  const places = [...shop.locations.values()].filter((place) => place.isActive).map((place) => place.id);
  const need = new Map<string, Claim>();
  for (const { item, quantity } of claims)
    need.set(item.id, { item, quantity: quantity + (need.get(item.id)?.quantity ?? 0) });
  const wanted = [...need.values()];
  const one = places.find((place) =>
    wanted.every(({ item, quantity }) => (item.levels.get(place)?.available ?? -1) >= quantity),
  );
  const stocked = (item: InventoryItem) => places.filter((place) => item.levels.get(place)?.isActive);
  return new Map(
    wanted.map(({ item }) => {
      const best = stocked(item).sort(
        (a, b) => (item.levels.get(b)?.available ?? 0) - (item.levels.get(a)?.available ?? 0),
      )[0];
      return [item.id, one ?? best ?? places[0] ?? ""];
    }),
  );
}
