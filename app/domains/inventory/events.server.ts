import type { Tx } from "../../platform/db.server.ts";
import type { InventoryDeps } from "./deps.ts";
import { wantStock } from "./wants.server.ts";

/** An event this much older than our reading is an old story told late. */
const STALE_MS = 60_000;

export interface StockEvent {
  locationId: string;
  /** Null: Shopify does not say. */
  available: number | null;
  updatedAt: Date;
}

/**
 * Something happened to an item's stock in Shopify. The number of a newer event may lower offers at once; raising needs a reading, which is
 * wanted here. Items nobody sells are no business of ours. In the transaction that records the delivery.
 */
export async function wantItem(
  deps: InventoryDeps,
  tx: Tx,
  input: { shopId: string; inventoryItemId: string; event?: StockEvent },
): Promise<void> {
  const { shopId, inventoryItemId, event } = input;
  const isNews = await noteEvent(deps, tx, input);
  if (!isNews) return;
  const skus = await deps.catalog.stockSkusOfItems(tx, shopId, [inventoryItemId]);
  await wantStock(deps, tx, skus, {
    urgency: event?.available === 0 ? 2 : 1,
    ...(event ? { seenAt: event.updatedAt } : {}),
  });
}

/** False: what it says is known already. */
async function noteEvent(
  { clock }: InventoryDeps,
  tx: Tx,
  { shopId, inventoryItemId, event }: { shopId: string; inventoryItemId: string; event?: StockEvent },
): Promise<boolean> {
  const eventReceivedAt = clock.now();
  if (!event) {
    await tx.stockLevel.updateMany({ where: { shopId, inventoryItemId }, data: { eventReceivedAt } });
    return true;
  }
  const id = { shopId, inventoryItemId, locationId: event.locationId };
  // a reading that is being stored holds the row: nobody waits for it here, what is wanted below looks again after it
  const [level] = await tx.$queryRaw<
    { available: number; beganAt: Date; shopifyUpdatedAt: Date | null; eventReceivedAt: Date | null }[]
  >`
    select available, "beganAt", "shopifyUpdatedAt", "eventReceivedAt" from "StockLevel"
    where "shopId" = ${shopId} and "inventoryItemId" = ${inventoryItemId} and "locationId" = ${event.locationId} for update skip locked`;
  // never read, or being read right now: the reading that is due anyway will tell
  if (!level) return true;
  const isOld =
    event.updatedAt < new Date(level.beganAt.getTime() - STALE_MS) ||
    (level.shopifyUpdatedAt !== null && event.updatedAt < level.shopifyUpdatedAt);
  if (isOld) return false;
  // the number we have; an older story told later can at worst ask for a reading too many
  if (level.eventReceivedAt === null && level.available === event.available) return false;
  await tx.stockLevel.update({
    where: { shopId_inventoryItemId_locationId: id },
    data: { eventAvailable: event.available, eventReceivedAt, shopifyUpdatedAt: event.updatedAt },
  });
  return true;
}
