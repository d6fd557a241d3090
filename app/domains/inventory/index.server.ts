import { deleteInParts, type Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext, Work } from "../../platform/engine/model.ts";
import type { CatalogConnection } from "../catalog/index.server.ts";
import type { InventoryDeps } from "./deps.ts";
import { drainStock } from "./drain-stock.server.ts";
import { type StockEvent, stockChanged } from "./events.server.ts";
import { compareSkus, quantityFor, recordFirst, wantSkus } from "./first-quantities.server.ts";
import { readLocations } from "./locations.server.ts";
import { explainOffers, listLedger } from "./queries.server.ts";
import { listSentNumbers } from "./sent-numbers.server.ts";
import { markImported, markSending, releaseWaiting, takeWaiting } from "./waiting.server.ts";
import { wantStock } from "./wants.server.ts";

export type { InventoryDeps } from "./deps.ts";

/** The room that knows how many units may still be sold where, and why. */
export type Inventory = ReturnType<typeof createInventory>;

/** Builds the inventory room. */
export function createInventory(deps: InventoryDeps) {
  /** Another warehouse, location, buffer or share: every offer of the connection is worked out again. */
  async function wantAll(tx: Tx, connectionId: string): Promise<void> {
    for await (const skus of deps.catalog.stockSkuPages(connectionId)) await wantStock(deps, tx, skus);
  }

  const stockWork: Work = {
    lane: "stock",
    batchSize: 200,
    // one reading of Shopify serves the whole batch
    atOnce: 50,
    async drain(claims, ctx) {
      const connection = await deps.getConnection(claims[0]?.scope.replace(/^connection:/, "") ?? "");
      if (connection) await drainStock(deps, connection, claims, ctx);
      else await Promise.all(claims.map((claim) => ctx.end(claim, { kind: "done" })));
    },
  };

  return {
    /** Shopify says that levels changed. */
    stockChanged: (tx: Tx, events: readonly StockEvent[]) => stockChanged(deps, tx, events),
    /** A location came, went or changed. */
    wantLocations: (tx: Tx, { shopId }: { shopId: string }): Promise<void> =>
      deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: "locations" }),
    settingsChanged: (tx: Tx, { connectionId }: { connectionId: string }) => wantAll(tx, connectionId),

    takeWaiting: (tx: Tx, input: Parameters<typeof takeWaiting>[2]) => takeWaiting(deps, tx, input),
    markSending,
    markImported: (tx: Tx, input: Parameters<typeof markImported>[2]) => markImported(deps, tx, input),
    releaseWaiting: (tx: Tx, input: Parameters<typeof releaseWaiting>[2]) => releaseWaiting(deps, tx, input),

    /** For the catalog: first quantities of a new listing, and what became of them. */
    quantityFor: (connection: CatalogConnection, listingSkuIds: string[]) =>
      quantityFor(deps, connection, listingSkuIds),
    recordFirst: (tx: Tx, input: Parameters<typeof recordFirst>[2]) => recordFirst(deps, tx, input),
    compareSkus: (tx: Tx, input: Parameters<typeof compareSkus>[2]) => compareSkus(deps, tx, input),
    wantSkus: (tx: Tx, input: Parameters<typeof wantSkus>[2]) => wantSkus(deps, tx, input),

    explainOffers: (where: Parameters<typeof explainOffers>[1]) => explainOffers(deps, where),
    listLedger: (query: Parameters<typeof listLedger>[1]) => listLedger(deps, query),

    listSent: (query: Parameters<typeof listSentNumbers>[1]) => listSentNumbers(deps, query),

    /** Forgets everything this room has of a shop and its connections. */
    async forgetShop({ shopId, connectionIds }: { shopId: string; connectionIds: string[] }): Promise<void> {
      for (const table of ["WaitingUnit", "Offer", "StockLevel", "LedgerLine", "Location"])
        await deleteInParts(deps.db, { table, column: "shopId", values: [shopId] });
      await deleteInParts(deps.db, { table: "StockMemory", column: "connectionId", values: connectionIds });
    },

    works: [stockWork],
    /** Work of the shared `housekeeping` lane by subject. */
    chores: {
      async locations(claim: Claim, ctx: DrainContext) {
        const shop = await deps.getShop(claim.scope.replace(/^shop:/, ""));
        if (shop) await readLocations(deps, shop);
        await ctx.end(claim, { kind: "done" });
      },
    },
  };
}
