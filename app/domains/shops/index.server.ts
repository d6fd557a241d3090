import type { ForGrant, ForShop } from "../../channels/port.ts";
import type { Actor } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Scope, Work } from "../../platform/engine/model.ts";
import { createAccess } from "./access.server.ts";
import { armFlows, disarmFlows, type SettingsOutcome, saveSettings } from "./arming.server.ts";
import { checkReadiness } from "./check-readiness.server.ts";
import { claimConsent, finishConsent } from "./connect.server.ts";
import { isClaimable, keepUnclaimed, lookAtTicket, makeConsentTicket, startConsent } from "./consent-ticket.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { disconnect, keepConnected, type ListingsAtEnd } from "./disconnect.server.ts";
import { type Chores, shopsChores, tokensWork } from "./drains.server.ts";
import { isGateOpen } from "./gates.server.ts";
import { showGuide } from "./guide.server.ts";
import {
  askErasure,
  askToOpen,
  forgetShop,
  installShop,
  toBeErased,
  uninstallShop,
  wantShopFacts,
} from "./installation.server.ts";
import type { ArmOutcome, ConnectionView, ConsentOutcome, Flow, Readiness, ShopView } from "./model.ts";
import { type ParkReason, parkGrant } from "./park-grant.server.ts";
import { pauseAll, resumeAll, type SwitchOutcome } from "./pause.server.ts";
import * as queries from "./queries.server.ts";
import { resumeSelling, stopSelling } from "./stop-selling.server.ts";
import type { AboutConnection } from "./store.server.ts";

export type { ShopsDeps, ShopsHooks } from "./deps.ts";
export { type Chores, housekeepingWork } from "./drains.server.ts";

/** The room that knows who installed the app, who consented on which channel, and what may be written. */
export interface Shops {
  install(input: { domain: string }): Promise<{ shopId: string }>;
  /** `at`: when the shop removed the app. */
  uninstall(input: { domain: string; at: Date }): Promise<void>;
  /** Shopify asks that everything about a shop that left be erased. */
  askErasure(tx: Tx, event: { shopId: string; at: Date }): Promise<void>;
  toBeErased(shopId: string): Promise<{ connectionIds: string[] } | null>;
  forgetShop(tx: Tx, shopId: string): Promise<boolean>;
  /** The shop's scopes or facts changed: read again. */
  wantFacts(tx: Tx, shopId: string): Promise<void>;
  needsOpening(domain: string): Promise<void>;

  getShop(shopId: string): Promise<ShopView | null>;
  getShopByDomain(domain: string): Promise<ShopView | null>;
  getConnection(shopId: string, connectionId: string): Promise<ConnectionView | null>;
  getConnectionById(connectionId: string): Promise<ConnectionView | null>;
  getConnectionWithShop(connectionId: string): Promise<(ConnectionView & { shop: ShopView }) | null>;
  listConnections(shopId: string): Promise<ConnectionView[]>;
  /** Those the merchant disconnected; a new consent brings them back as they were. */
  listFormerConnections(shopId: string): Promise<ConnectionView[]>;
  connectionForChannelShop(channel: string, channelShopId: string): Promise<ConnectionView | null>;
  grantIdOf(channel: string, externalId: string): Promise<string | null>;

  makeConsentTicket(input: {
    shopId: string;
    staffId: string;
    channel: string;
    market?: string;
    /** A connection of this shop the consent is meant for. */
    connectionId?: string;
  }): Promise<{ ticket: string; url: string }>;
  lookAtTicket(input: { channel: string; ticket: string }): Promise<{ shopDomain: string; shopName: string } | null>;
  startConsent(input: { channel: string; ticket: string }): Promise<string | null>;
  finishConsent(input: { channel: string; code: string | null; state: string }): Promise<ConsentOutcome>;
  keepUnclaimed(input: { channel: string; code: string }): Promise<{ claim: string }>;
  isClaimable(claim: string): Promise<boolean>;
  claimConsent(input: { shopId: string; staffId: string; claim: string }): Promise<ConsentOutcome>;

  forGrant(grantId: string): ForGrant;
  forShop(connectionId: string): ForShop;
  parkGrant(input: { grantId: string; reason: ParkReason }): Promise<void>;
  /** The channel says that a consent ended: look, do not believe. */
  wantGrantLook(tx: Tx, grantId: string): Promise<void>;

  arm(input: {
    shopId: string;
    connectionId: string;
    flows: Flow[];
    actor: Actor;
    ordersFrom?: Date;
  }): Promise<ArmOutcome>;
  disarm(input: { shopId: string; connectionId: string; flows: Flow[]; actor: Actor }): Promise<boolean>;
  saveSettings(input: {
    shopId: string;
    connectionId: string;
    change: Record<string, unknown>;
    actor: Actor;
  }): Promise<SettingsOutcome>;
  /** Nothing is written until `resumeAll`; reading goes on. */
  pauseAll(input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome>;
  resumeAll(input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome>;
  /** Everything goes off sale and stays off until `resumeSelling`. */
  stopSelling(input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome>;
  resumeSelling(input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome>;
  disconnect(
    input: AboutConnection & { actor: Actor; listings: ListingsAtEnd },
  ): Promise<SwitchOutcome | "consent-needed" | "ending">;
  keepConnected(input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome>;
  /** Puts the set-up guide away for this shop, or brings it back. */
  showGuide(input: { shopId: string; isShown: boolean; actor: Actor }): Promise<void>;
  readiness(where: { shopId: string; connectionId: string }): Promise<Readiness | null>;
  /** Looks at both platforms now. Null: no such connection, or it is parked. Throws CallError. */
  recheck(where: { shopId: string; connectionId: string }): Promise<Readiness | null>;

  gate(lane: string, scope: Scope): Promise<boolean>;
  noteWebhooks(tx: Tx, events: readonly { connectionId: string; at: Date }[]): Promise<void>;

  works: Work[];
  chores: Chores;
}

/** Builds the shops room. */
export function createShops(deps: ShopsDeps): Shops {
  const access = createAccess(deps);
  return {
    install: (input) => installShop(deps, input),
    uninstall: (input) => uninstallShop(deps, input),
    askErasure: (tx, event) => askErasure(deps, tx, event),
    toBeErased: (shopId) => toBeErased(deps, shopId),
    forgetShop,
    wantFacts: (tx, shopId) => wantShopFacts(deps, tx, shopId),
    async needsOpening(domain) {
      const shop = await queries.getShopByDomain(deps, domain);
      if (shop) await askToOpen(deps, shop.id);
    },

    getShop: (shopId) => queries.getShop(deps, shopId),
    getShopByDomain: (domain) => queries.getShopByDomain(deps, domain),
    getConnection: (shopId, connectionId) => queries.getConnection(deps, shopId, connectionId),
    getConnectionById: (connectionId) => queries.getConnectionById(deps, connectionId),
    getConnectionWithShop: (connectionId) => queries.getConnectionWithShop(deps, connectionId),
    listConnections: (shopId) => queries.listConnections(deps, shopId),
    listFormerConnections: (shopId) => queries.listFormerConnections(deps, shopId),
    connectionForChannelShop: (channel, channelShopId) =>
      queries.connectionForChannelShop(deps, channel, channelShopId),
    grantIdOf: (channel, externalId) => queries.grantIdOf(deps, channel, externalId),

    makeConsentTicket: (input) => makeConsentTicket(deps, input),
    lookAtTicket: (input) => lookAtTicket(deps, input),
    startConsent: (input) => startConsent(deps, input),
    finishConsent: (input) => finishConsent(deps, input),
    keepUnclaimed: (input) => keepUnclaimed(deps, input),
    isClaimable: (claim) => isClaimable(deps, claim),
    claimConsent: (input) => claimConsent(deps, input),

    forGrant: access.forGrant,
    forShop: access.forShop,
    parkGrant: (input) => parkGrant(deps, input),
    wantGrantLook: (tx, grantId) =>
      deps.engine.want(tx, { lane: "tokens", scope: `grant:${grantId}`, subject: `grant:${grantId}`, urgency: 1 }),

    arm: (input) => armFlows(deps, input),
    disarm: (input) => disarmFlows(deps, input),
    saveSettings: (input) => saveSettings(deps, input),
    pauseAll: (input) => pauseAll(deps, input),
    resumeAll: (input) => resumeAll(deps, input),
    stopSelling: (input) => stopSelling(deps, input),
    resumeSelling: (input) => resumeSelling(deps, input),
    disconnect: (input) => disconnect(deps, input),
    keepConnected: (input) => keepConnected(deps, input),
    showGuide: (input) => showGuide(deps, input),
    readiness: (where) => queries.readReadiness(deps, where),
    async recheck(where) {
      const found = await queries.getConnection(deps, where.shopId, where.connectionId);
      return found && checkReadiness(deps, access.forShop(found.id), found.id);
    },

    gate: (lane, scope) => isGateOpen(deps, lane, scope),
    noteWebhooks: queries.noteWebhooks,

    works: [tokensWork(deps, access)],
    chores: shopsChores(deps, access),
  };
}
