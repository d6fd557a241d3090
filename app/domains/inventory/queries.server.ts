import type { InventoryDeps } from "./deps.ts";
import type { LedgerEntry, LedgerNumber, OfferView } from "./model.ts";
import { effectiveAvailable } from "./offer.ts";
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
  return states.map(({ sku, wanted, known, isCounted }) => ({
    listingSkuId: sku.listingSkuId,
    inventoryItemId: sku.inventoryItemId,
    available: levels
      .filter((level) => level.inventoryItemId === sku.inventoryItemId)
      .map((level) => ({
        locationId: level.locationId,
        available: effectiveAvailable(level),
        readAt: level.beganAt,
      })),
    waiting: waiting.find((row) => row.inventoryItemId === sku.inventoryItemId)?._count ?? 0,
    buffer: settings.buffer,
    share: settings.share,
    ...{ wanted, isCounted },
    pushed: known.pushed,
    pushedAt: known.pushedAt,
    isUncertain: known.uncertainUntil !== null && known.uncertainUntil > deps.clock.now(),
    unexplained: known.unexplained,
  }));
}

/** Why the numbers of these items are what they are, as one connection sees it: newest first. */
export async function listLedger(
  deps: Pick<InventoryDeps, "db">,
  query: { shopId: string; connectionId: string; inventoryItemIds: string[]; limit: number },
): Promise<LedgerEntry[]> {
  const { shopId, connectionId, inventoryItemIds, limit } = query;
  const rows = await deps.db.ledgerLine.findMany({
    where: {
      ...{ shopId, inventoryItemId: { in: inventoryItemIds } },
      // what another connection offers is its own affair; waiting units count for all
      OR: [{ number: { in: ["available", "waiting"] } }, { connectionId }],
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ id, at, number, inventoryItemId, locationId, before, after, why, event, actor }) => ({
    id: id.toString(),
    number: number as LedgerNumber,
    ...{ at, inventoryItemId, locationId, before, after, why, event, actor },
  }));
}
