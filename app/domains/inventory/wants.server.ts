import type { Tx } from "../../platform/db.server.ts";
import type { StockSku } from "../catalog/index.server.ts";
import { type InventoryDeps, listingObject, scopeOf } from "./deps.ts";

/** Compare and push these units. Running out goes first. */
export async function wantStock(
  deps: Pick<InventoryDeps, "engine">,
  tx: Tx,
  skus: readonly Pick<StockSku, "listingSkuId" | "listingId" | "connectionId">[],
  options: { urgency?: number; seenAt?: Date; withinMs?: number } = {},
): Promise<void> {
  const wants = skus.map(({ listingSkuId, listingId, connectionId }) => ({
    lane: "stock",
    scope: scopeOf(connectionId),
    subject: listingSkuId,
    object: listingObject(listingId),
    ...options,
  }));
  if (wants.length > 0) await deps.engine.want(tx, wants);
}
