import type { Channel, ChannelId, ForShop } from "../../channels/port.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { Engine } from "../../platform/engine/engine.server.ts";
import type { Scope } from "../../platform/engine/model.ts";
import type { Logger } from "../../platform/log.server.ts";
import type { ShopGateway } from "../../shopify/model.ts";
import type { ConnectionView } from "../shops/model.ts";

/** What this room needs to know of a connection. */
export type CatalogConnection = Pick<
  ConnectionView,
  | "id"
  | "shopId"
  | "shopDomain"
  | "channel"
  | "region"
  | "currency"
  | "sellerType"
  | "status"
  | "armedFlows"
  | "settings"
  | "sellingStoppedAt"
>;

/** What a listing's first quantities were; null: nobody chose a warehouse or a location yet. */
export interface FirstQuantities {
  warehouseId: string;
  /** By listing SKU id; read from Shopify for this call. */
  quantities: ReadonlyMap<string, number>;
}

/** What the catalog wants of whoever knows stock. */
export interface StockForListings {
  quantityFor(connection: CatalogConnection, listingSkuIds: string[]): Promise<FirstQuantities | null>;
  /** The channel acknowledged these as the first quantities of a new listing. In the transaction that stores the listing. */
  recordFirst(
    tx: Tx,
    input: {
      shopId: string;
      connectionId: string;
      warehouseId: string;
      quantities: ReadonlyMap<string, number>;
      sentAt: Date;
    },
  ): Promise<void>;
  /** Work the offers of these SKUs out again: what they are counted by has changed. */
  compareSkus(tx: Tx, input: { connectionId: string; listingSkuIds: string[] }): Promise<void>;
  /** Compare and push again: the SKUs are (back) on the channel and nobody knows what it offers. */
  wantSkus(tx: Tx, input: { connectionId: string; listingSkuIds: string[] }): Promise<void>;
}

export interface Picture {
  bytes: Uint8Array;
  fileName: string;
}

/** What the catalog room needs from outside; composition hands it in. */
export interface CatalogDeps {
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
  stock: StockForListings;
  /** Reads a product picture; null: it is not there or no picture. Throws CallError when its host does not answer. Default: over HTTP. */
  fetchPicture?: (url: string) => Promise<Picture | null>;
}

export const scopeOf = (connectionId: string): Scope => `connection:${connectionId}`;

/** The id in a scope of the given kind; null: the scope is of another kind. */
export function idOfScope(scope: string, kind: "connection" | "shop"): string | null {
  return scope.startsWith(`${kind}:`) ? scope.slice(kind.length + 1) : null;
}
