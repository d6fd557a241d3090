import type { Channel, ChannelId, ForShop } from "../../channels/port.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Vault } from "../../platform/crypto.server.ts";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { Engine } from "../../platform/engine/engine.server.ts";
import type { Logger } from "../../platform/log.server.ts";
import type { ShopGateway } from "../../shopify/model.ts";
import type { ConnectionView, ShopView } from "../shops/model.ts";

/** What this room needs to know of a connection and its shop. */
export type OrdersConnection = Pick<
  ConnectionView,
  | "id"
  | "shopId"
  | "shopDomain"
  | "channel"
  | "channelShopId"
  | "region"
  | "sellerType"
  | "status"
  | "armedFlows"
  | "ordersCutoffAt"
  | "settings"
  | "lastWebhookAt"
  | "createdAt"
> & { shop: Pick<ShopView, "currency" | "taxesIncluded"> & Partial<Pick<ShopView, "grantedScopes" | "isDevelopment">> };

/** Catalog's answer to "what is this channel SKU?". Ids of variant and item are Shopify's. */
export interface LinkedSku {
  channelSkuId: string;
  /** Null: matched by its SKU's text, not by a listing. */
  listingSkuId: string | null;
  variantId: string;
  inventoryItemId: string | null;
  sku: string | null;
}

/** Waiting units are inventory's; this room tells it of every change in the same transaction. All three are safe to repeat. */
export interface WaitingUnits {
  takeWaiting(
    tx: Tx,
    input: {
      shopId: string;
      connectionId: string;
      channelOrderId: string;
      /** When the channel made the order: a purchase after the last push has lowered the channel's own number already. */
      boughtAt?: Date;
      units: { channelLineId: string; inventoryItemId: string; listingSkuId: string | null }[];
    },
  ): Promise<void>;
  /** at: when the call that makes the order may begin. */
  markSending(tx: Tx, input: { shopId: string; connectionId: string; channelOrderId: string; at: Date }): Promise<void>;
  /** at: when Shopify's answer that the order exists was in hand. */
  markImported(
    tx: Tx,
    input: { shopId: string; connectionId: string; channelOrderId: string; at: Date },
  ): Promise<void>;
  releaseWaiting(
    tx: Tx,
    input: { shopId: string; connectionId: string; channelLineIds: string[]; why: string },
  ): Promise<void>;
}

export interface OrdersDeps {
  db: Db;
  engine: Engine;
  clock: Clock;
  log: Logger;
  vault: Vault;
  channels: (id: ChannelId) => Channel;
  shopify: (shop: { id: string; domain: string }) => ShopGateway;
  forShop: (connectionId: string) => ForShop;
  /** Null: there is no such connection any more. */
  connection: (connectionId: string) => Promise<OrdersConnection | null>;
  /** Links known right now; SKUs without a Shopify variant are left out. */
  skus: (db: Db | Tx, connectionId: string, channelSkuIds: string[]) => Promise<LinkedSku[]>;
  /** Variants of the shop that carry one of these SKUs and share it with no other. */
  variantsBySku: (
    db: Db | Tx,
    shopId: string,
    skus: string[],
  ) => Promise<{ sku: string; variantId: string; inventoryItemId: string | null }[]>;
  inventory: WaitingUnits;
}

/** The gateway of the Shopify shop behind a connection. */
export const shopifyOf = (deps: OrdersDeps, connection: OrdersConnection): ShopGateway =>
  deps.shopify({ id: connection.shopId, domain: connection.shopDomain });

export const scopeOf = (connectionId: string): `connection:${string}` => `connection:${connectionId}`;

/** Reverse of `scopeOf`. Throws on another kind of scope: such a row was wanted by mistake. */
export function connectionIdOf(scope: string): string {
  if (!scope.startsWith("connection:")) throw new Error(`orders work is by connection, not ${scope}`);
  return scope.slice("connection:".length);
}
