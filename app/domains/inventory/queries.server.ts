import type { InventoryDeps } from "./deps.ts";
import type { LedgerEntry, LedgerNumber, OfferView } from "./model.ts";
import { loadStates } from "./state.server.ts";

/** The offers of these units with what they follow from, for the listing's page. */
export async function explainOffers(
  deps: InventoryDeps,
  where: { shopId: string; connectionId: string; listingSkuIds: string[] },
): Promise<OfferView[]> {
  const connection = await deps.getConnection(where.connectionId);
  if (connection?.shopId !== where.shopId) return [];
  const { settings, shopId } = connection;
  const states = await loadStates(
    deps,
    deps.db,
    connection,
    await deps.catalog.stockSkus(deps.db, connection.id, where.listingSkuIds),
  );
  const items = states.flatMap((state) => state.sku.inventoryItemId ?? []);
  const [levels, waiting] = await Promise.all([
    deps.db.stockLevel.findMany({
      where: { shopId, inventoryItemId: { in: items }, locationId: { in: settings.locationIds } },
    }),
    deps.db.waitingUnit.groupBy({
      by: ["inventoryItemId"],
      where: { shopId, inventoryItemId: { in: items }, leftAt: null },
      _count: true,
    }),
  ]);
  return states.map(({ sku, wanted, known }) => ({
    listingSkuId: sku.listingSkuId,
    inventoryItemId: sku.inventoryItemId,
    available: levels
      .filter((level) => level.inventoryItemId === sku.inventoryItemId)
      .map(({ locationId, available, beganAt }) => ({ locationId, available, readAt: beganAt })),
    waiting: waiting.find((row) => row.inventoryItemId === sku.inventoryItemId)?._count ?? 0,
    buffer: settings.buffer,
    share: settings.share,
    wanted,
    pushed: known.pushed,
    pushedAt: known.pushedAt,
    isUncertain: known.uncertainUntil !== null && known.uncertainUntil > deps.clock.now(),
    unexplained: known.unexplained,
  }));
}

/** Why a number is what it is: newest first; `cursor` is the last id of the page before. */
export async function listLedger(
  deps: Pick<InventoryDeps, "db">,
  query: { shopId: string; inventoryItemId: string; cursor?: string; limit?: number },
): Promise<LedgerEntry[]> {
  const { shopId, inventoryItemId, cursor, limit = 50 } = query;
  const rows = await deps.db.ledgerLine.findMany({
    where: { shopId, inventoryItemId, ...(cursor ? { id: { lt: BigInt(cursor) } } : {}) },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ id, at, number, locationId, listingSkuId, before, after, why, event, actor }) => ({
    id: id.toString(),
    number: number as LedgerNumber,
    ...{ at, locationId, listingSkuId, before, after, why, event, actor },
  }));
}
