import type { Channel, ChannelId, ForShop } from "../../channels/port.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { Engine } from "../../platform/engine/engine.server.ts";
import type { Scope } from "../../platform/engine/model.ts";
import type { Logger } from "../../platform/log.server.ts";
import type { ShopGateway } from "../../shopify/model.ts";
import type { CatalogConnection, StockSku } from "../catalog/index.server.ts";

/** What this room asks of the catalog. */
export interface CatalogForStock {
  stockSkus(db: Db | Tx, connectionId: string, listingSkuIds: string[]): Promise<StockSku[]>;
  stockSkusOfItems(db: Db | Tx, shopId: string, inventoryItemIds: string[]): Promise<StockSku[]>;
  stockSkuPages(connectionId: string): AsyncIterable<StockSku[]>;
  /** Its stock call was refused as if it were not there: read it again. */
  wantListingLook(tx: Tx, input: { connectionId: string; channelProductId: string }): Promise<void>;
  /** It was taken off sale because nothing is left and the channel refuses the number 0. */
  recordSoldOut(tx: Tx, input: { connectionId: string; listingId: string }): Promise<void>;
}

/** What the inventory room needs from outside; composition hands it in. */
export interface InventoryDeps {
  db: Db;
  engine: Engine;
  clock: Clock;
  log: Logger;
  channels: (id: ChannelId) => Channel;
  shopify: (shop: { id: string; domain: string }) => ShopGateway;
  forShop: (connectionId: string) => ForShop;
  /** Null: there is no such connection any more. */
  getConnection: (connectionId: string) => Promise<CatalogConnection | null>;
  /** Null: there is no such shop. */
  getShop: (shopId: string) => Promise<{ id: string; domain: string } | null>;
  catalog: CatalogForStock;
  /** Reads the channel's orders changed since then; their waiting units are taken before it resolves. */
  ordersSince: (connectionId: string, since: Date) => Promise<unknown>;
}

export type InventoryConnection = CatalogConnection;

export const scopeOf = (connectionId: string): Scope => `connection:${connectionId}`;
/** As the catalog names the lease of a listing: stock, price and content of one product are never written at the same time. */
export const listingObject = (listingId: string): string => `listing:${listingId}`;
