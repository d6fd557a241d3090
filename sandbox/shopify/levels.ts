import type { InventoryItem } from "./model.ts";

/** `available` of all active places of an item. */
export function availableOf(item: InventoryItem): number {
  let sum = 0;
  for (const level of item.levels.values()) if (level.isActive) sum += level.available;
  return sum;
}
