import { deleteInParts, type Tx } from "../../platform/db.server.ts";
import type { Work } from "../../platform/engine/model.ts";
import { choose, openChoices } from "./choices.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { type Chores, catalogChores, catalogWorks } from "./drains.server.ts";
import { listingSkuByChannelSku, stockSkuPages, stockSkus, stockSkusOfItems, variantsBySku } from "./links.server.ts";
import { listListings } from "./list-listings.server.ts";
import { listPlan } from "./list-plan.server.ts";
import { overrideListing } from "./overrides.server.ts";
import { deleteView, listViews, renameView, saveView } from "./product-views.server.ts";
import { getListing, listProducts, previewPlan, readProgress, summarize } from "./queries.server.ts";
import { createReference } from "./reference.server.ts";
import { applyDefaults, selectProducts, sendListings, unselectProducts } from "./selection.server.ts";
import { startSelling, stopSelling } from "./sell-product.server.ts";
import { countOnSale, countSelling } from "./selling.server.ts";
import { nameSkus } from "./sku-names.server.ts";
import { findSoldProduct } from "./sold-product.server.ts";
import { readTrial, tryFirst } from "./try-first.server.ts";
import { wantChecks, wantLooksOf, wantProducts, wantProductsOfItems } from "./wants.server.ts";

export type { CatalogConnection, CatalogDeps, FirstQuantities, StockForListings } from "./deps.ts";
export type { LinkedSku, StockSku } from "./links.server.ts";

/** The room that knows which products are sold where, what a listing should be, and what became of it. */
export type Catalog = ReturnType<typeof createCatalog>;

/** Builds the catalog room. */
export function createCatalog(deps: CatalogDeps) {
  const tools = { deps, reference: createReference(deps) };

  /** The connection is there, or works again: its listings are looked at, and what was checked with other settings is checked again. */
  const checkAll = async (tx: Tx, { connectionId }: { connectionId: string }) => {
    const listings = await tx.listing.findMany({
      where: { connectionId, unselectedAt: null },
      select: { id: true, connectionId: true },
    });
    await wantChecks(deps, tx, listings);
  };

  return {
    /** The shop is there: its whole catalog is read. In the transaction of the installation. */
    installed: (tx: Tx, { shopId }: { shopId: string }): Promise<void> =>
      deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: "products" }),
    connected: (tx: Tx, { connectionId }: { shopId: string; connectionId: string }): Promise<void> =>
      deps.engine.want(tx, { lane: "housekeeping", scope: scopeOf(connectionId), subject: "listings" }),
    settingsChanged: (tx: Tx, input: { shopId: string; connectionId: string }): Promise<void> => checkAll(tx, input),
    /** Selling was stopped for a connection, or goes on. In the transaction that says so. */
    sellingChanged: (tx: Tx, { connectionId }: { connectionId: string }): Promise<void> =>
      deps.engine.want(tx, { lane: "housekeeping", scope: scopeOf(connectionId), subject: "selling" }),
    /** Listings on sale or on their way there. */
    countOnSale: (connectionId: string): Promise<number> => countOnSale(deps, connectionId),
    /** On sale, in review, and off sale only because selling is stopped. */
    selling: (where: Parameters<typeof countSelling>[1]) => countSelling(deps, where),

    /** Shopify products changed, came or went. */
    productsChanged: (tx: Tx, events: Parameters<typeof wantProducts>[2]): Promise<void> =>
      wantProducts(deps, tx, events),
    /** Weight or tracking of variants changed: their products are read. */
    itemsChanged: (tx: Tx, events: Parameters<typeof wantProductsOfItems>[2]): Promise<void> =>
      wantProductsOfItems(deps, tx, events),
    /** The channel says that something happened to listings: they are read. */
    listingsChanged: (tx: Tx, events: Parameters<typeof wantLooksOf>[2]): Promise<void> =>
      wantLooksOf(deps, tx, events),
    /** One listing is to be read again. */
    wantListingLook: (tx: Tx, input: { connectionId: string; channelProductId: string }): Promise<void> =>
      wantLooksOf(deps, tx, [input]),

    /** Stock took it off sale because nothing is left; the merchant sends it again when there is. */
    async recordSoldOut(tx: Tx, input: { connectionId: string; listingId: string }): Promise<void> {
      await tx.listing.updateMany({
        where: { id: input.listingId, connectionId: input.connectionId },
        data: { status: "stopped", sendAt: null },
      });
    },

    select: (input: Parameters<typeof selectProducts>[1]) => selectProducts(deps, input),
    unselect: (input: Parameters<typeof unselectProducts>[1]) => unselectProducts(deps, input),
    applyDefaults: (input: Parameters<typeof applyDefaults>[1]) => applyDefaults(deps, input),
    openChoices: (where: Parameters<typeof openChoices>[1]) => openChoices(deps, where),
    choose: (input: Parameters<typeof choose>[1]) => choose(deps, input),
    send: (input: Parameters<typeof sendListings>[1]) => sendListings(deps, input),
    startSelling: (input: Parameters<typeof startSelling>[1]) => startSelling(deps, input),
    stopSelling: (input: Parameters<typeof stopSelling>[1]) => stopSelling(deps, input),
    /** The first few products, tried before all others. */
    trial: (where: Parameters<typeof readTrial>[1]) => readTrial(deps, where),
    tryFirst: (input: Parameters<typeof tryFirst>[1]) => tryFirst(deps, input),
    override: (input: Parameters<typeof overrideListing>[1]) => overrideListing(deps, input),

    listListings: (query: Parameters<typeof listListings>[1]) => listListings(deps, query),
    listViews: (where: Parameters<typeof listViews>[1]) => listViews(deps, where),
    saveView: (input: Parameters<typeof saveView>[1]) => saveView(deps, input),
    renameView: (input: Parameters<typeof renameView>[1]) => renameView(deps, input),
    deleteView: (where: Parameters<typeof deleteView>[1]) => deleteView(deps.db, where),
    listProducts: (query: Parameters<typeof listProducts>[1]) => listProducts(deps, query),
    getListing: (where: Parameters<typeof getListing>[1]) => getListing(deps, where),
    findSoldProduct: (query: Parameters<typeof findSoldProduct>[1]) => findSoldProduct(deps, query),
    previewPlan: (query: Parameters<typeof previewPlan>[1]) => previewPlan(tools, query),
    listPlan: (query: Parameters<typeof listPlan>[1]) => listPlan(deps, query),
    summary: (query: Parameters<typeof summarize>[1]) => summarize(deps, query),
    nameSkus: (where: Parameters<typeof nameSkus>[1]) => nameSkus(deps, where),
    progress: (query: Parameters<typeof readProgress>[1]) => readProgress(deps, query),

    listingSkuByChannelSku,
    variantsBySku,
    stockSkus,
    stockSkusOfItems,
    stockSkuPages: (connectionId: string) => stockSkuPages(deps.db, connectionId),

    /** Forgets everything this room has of a shop and its connections. */
    async forgetShop({ shopId, connectionIds }: { shopId: string; connectionIds: string[] }): Promise<void> {
      for (const table of ["AppliedPlan", "ListingSku", "Listing", "Variant", "Product", "ProductView"])
        await deleteInParts(deps.db, { table, column: "shopId", values: [shopId] });
      for (const table of ["ChannelReference", "UploadedPicture"])
        await deleteInParts(deps.db, { table, column: "connectionId", values: connectionIds });
      const values = [shopId, ...connectionIds];
      await deleteInParts(deps.db, { table: "CatalogWatermark", column: "ownerId", values });
    },

    works: catalogWorks(tools) as Work[],
    chores: catalogChores(deps) as Chores,
  };
}
