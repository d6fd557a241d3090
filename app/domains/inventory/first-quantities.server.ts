import type { Tx } from "../../platform/db.server.ts";
import type { FirstQuantities } from "../catalog/index.server.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { writeLedger } from "./ledger.server.ts";
import { readStock } from "./readings.server.ts";
import { loadStates, storeWanted } from "./state.server.ts";
import { wantStock } from "./wants.server.ts";

/** What a new listing may offer, read from Shopify for this very call. Null: no warehouse or location is chosen. Throws CallError. */
export async function quantityFor(
  deps: InventoryDeps,
  connection: InventoryConnection,
  listingSkuIds: string[],
): Promise<FirstQuantities | null> {
  const { warehouseId, locationIds } = connection.settings;
  if (!warehouseId || locationIds.length === 0) return null;
  const skus = await deps.catalog.stockSkus(deps.db, connection.id, listingSkuIds);
  const items = skus.flatMap((sku) => (sku.isTracked ? (sku.inventoryItemId ?? []) : []));
  if (items.length > 0) await readStock(deps, connection, items, new Set(listingSkuIds));
  const states = await loadStates(deps, deps.db, connection, skus);
  await storeWanted(deps, connection, states, "listing");
  return { warehouseId, quantities: new Map(states.map(({ sku, wanted }) => [sku.listingSkuId, wanted])) };
}

/** The channel took these with the create. Anything that changed since they were read is compared at once. */
export async function recordFirst(
  deps: InventoryDeps,
  tx: Tx,
  input: {
    shopId: string;
    connectionId: string;
    warehouseId: string;
    quantities: ReadonlyMap<string, number>;
    sentAt: Date;
  },
): Promise<void> {
  const { shopId, connectionId, warehouseId, quantities, sentAt } = input;
  const skus = await deps.catalog.stockSkus(tx, connectionId, [...quantities.keys()]);
  for (const { listingSkuId, inventoryItemId } of skus) {
    const pushed = quantities.get(listingSkuId) ?? 0;
    const known = await tx.offer.findUnique({ where: { listingSkuId }, select: { pushed: true } });
    const data = {
      warehouseId,
      pushed,
      pushedAt: sentAt,
      soldSincePush: 0,
      uncertainUntil: null,
      unexplained: 0,
      unexplainedSince: null,
      verifyAt: null,
      refusedCode: null,
    };
    await tx.offer.upsert({
      where: { listingSkuId },
      create: { listingSkuId, shopId, connectionId, wanted: pushed, wantedAt: sentAt, ...data },
      update: data,
    });
    const line = {
      shopId,
      connectionId,
      listingSkuId,
      inventoryItemId: inventoryItemId ?? "",
      number: "channel" as const,
      before: known?.pushed ?? 0,
      after: pushed,
      why: "first",
      event: "listing created",
      actor: "job:listings",
    };
    await writeLedger(tx, [line], sentAt);
  }
  await wantStock(deps, tx, skus);
}

/** What these are counted by has changed: their offers are worked out again. */
export async function compareSkus(
  deps: InventoryDeps,
  tx: Tx,
  input: { connectionId: string; listingSkuIds: string[] },
): Promise<void> {
  await wantStock(deps, tx, await deps.catalog.stockSkus(tx, input.connectionId, input.listingSkuIds), { urgency: 1 });
}

/** Nobody knows what the channel offers of these: compared, then sent. */
export async function wantSkus(
  deps: InventoryDeps,
  tx: Tx,
  input: { connectionId: string; listingSkuIds: string[] },
): Promise<void> {
  const skus = await deps.catalog.stockSkus(tx, input.connectionId, input.listingSkuIds);
  await tx.offer.updateMany({
    where: { listingSkuId: { in: input.listingSkuIds } },
    data: { pushed: null, soldSincePush: 0 },
  });
  await wantStock(deps, tx, skus);
}
