import type { Channel, ChannelId } from "../../channels/port.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Vault } from "../../platform/crypto.server.ts";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { Engine } from "../../platform/engine/engine.server.ts";
import type { Logger } from "../../platform/log.server.ts";
import type { ShopGateway } from "../../shopify/model.ts";

/** Called inside the transaction of the change. */
export interface ShopsHooks {
  installed(tx: Tx, shop: { shopId: string }): Promise<void>;
  connected(tx: Tx, connection: { shopId: string; connectionId: string }): Promise<void>;
  /** Selling was stopped, or goes on. */
  sellingChanged(tx: Tx, connection: { shopId: string; connectionId: string }): Promise<void>;
  settingsChanged(tx: Tx, connection: { shopId: string; connectionId: string }): Promise<void>;
}

/** What the shops room needs from outside; composition hands it in. */
export interface ShopsDeps {
  db: Db;
  engine: Engine;
  clock: Clock;
  log: Logger;
  vault: Vault;
  /** Throws for a channel that is not registered. */
  channels: (id: ChannelId) => Channel;
  channelIds: readonly ChannelId[];
  shopify: (shop: { id: string; domain: string }) => ShopGateway;
  /** Every shop's offline tokens: forgotten at uninstallation, kept from ageing before. */
  shopifyTokens: {
    forget(domain: string, options: { issuedBefore?: Date }): Promise<void>;
    renewIfOld(domain: string): Promise<"renewed" | "young" | "needs-opening">;
  };
  /** Scopes the app declares; compared with what the shop granted. */
  neededShopifyScopes: readonly string[];
  /** What other rooms want done the moment a shop is there or a connection works (again): their polls and first reads. */
  hooks: ShopsHooks;
  /** Listings of a connection that are on sale, or on their way there. Asked by an ending. */
  countOnSale: (connectionId: string) => Promise<number>;
  /** Names of all lanes; after a consent every one of them is woken for the connection. */
  laneNames: readonly string[];
  /** The app's public address, without a slash at the end. */
  appUrl: string;
}
