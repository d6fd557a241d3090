import type { Tx } from "../../platform/db.server.ts";
import type { Work } from "../../platform/engine/model.ts";
import { askImport } from "./backfill/ask-range.server.ts";
import { importBackfill, listBackfills, startBackfill } from "./backfill/backfills.server.ts";
import { reachOf } from "./backfill/reach.ts";
import type { OrdersDeps } from "./deps.ts";
import { ordersWorks } from "./drains.server.ts";
import {
  channelOrdersChanged,
  type ShopifyOrderEvent,
  settingsChanged,
  shopifyOrdersChanged,
  wantPolls,
} from "./events.server.ts";
import { carrierQuestion, chooseCarrier } from "./fulfilment/carrier-choices.server.ts";
import { findLabels } from "./fulfilment/find-labels.server.ts";
import { ordersSince } from "./intake/poll-orders.server.ts";
import { lookAgain } from "./look-again.server.ts";
import { countOpenOrders } from "./open-orders.server.ts";
import { forgetBuyers, forgetShop } from "./privacy.server.ts";
import { getOrder, listOrders, type OrderListInput, proofLine, summarizeOrders } from "./queries.server.ts";
import { tellTimeline } from "./timeline.ts";

export type { LinkedSku, OrdersConnection, OrdersDeps, WaitingUnits } from "./deps.ts";
export type { ShopifyOrderEvent } from "./events.server.ts";
export type { OrderListItem, ProofLine } from "./queries.server.ts";

/** The orders room: brings channel orders home exactly once, tells the channel what was shipped, carries cancellations. */
export function createOrders(deps: OrdersDeps) {
  return {
    works: ordersWorks(deps) as Work[],
    /** Something about these orders changed on the channel. */
    channelOrdersChanged: (tx: Tx, events: Parameters<typeof channelOrdersChanged>[2]) =>
      channelOrdersChanged(deps, tx, events),
    /** To be called when a connection begins (or begins again) to work. */
    wantPolls: (tx: Tx, connection: { id: string }) => wantPolls(deps, tx, connection),
    shopifyOrdersChanged: (tx: Tx, events: readonly ShopifyOrderEvent[]) => shopifyOrdersChanged(deps, tx, events),
    /** Reads orders changed since a time right now; returns how many were new or newer. */
    ordersSince: async (connectionId: string, since: Date): Promise<number> => {
      const connection = await deps.connection(connectionId);
      return connection ? ordersSince(deps, connection, since) : 0;
    },
    listOrders: (input: OrderListInput) => listOrders(deps.db, input),
    getOrder: (input: { shopId: string; id: string }) => getOrder(deps, input),
    /** To be called when the merchant changed a connection's settings, in that transaction. */
    settingsChanged: (tx: Tx, connection: { shopId: string; connectionId: string }) =>
      settingsChanged(deps, tx, connection),
    askImport: (input: Parameters<typeof askImport>[1]) => askImport(deps, input),
    startBackfill: (input: Parameters<typeof startBackfill>[1]) => startBackfill(deps, input),
    importBackfill: (input: Parameters<typeof importBackfill>[1]) => importBackfill(deps, input),
    listBackfills: (input: Parameters<typeof listBackfills>[1]) => listBackfills(deps, input),
    /** Orders made in Shopify before this are not shown to the app any more; null: all are. */
    reach: (grantedScopes: readonly string[]) => reachOf(grantedScopes, deps.clock.now()),
    /** Which carrier somebody has to name for an order's parcels; null: none. */
    carrierQuestion: (input: Parameters<typeof carrierQuestion>[1]) => carrierQuestion(deps.db, input),
    findLabels: (input: Parameters<typeof findLabels>[1]) => findLabels(deps, input),
    chooseCarrier: (input: Parameters<typeof chooseCarrier>[1]) => chooseCarrier(deps, input),
    lookAgain: (input: Parameters<typeof lookAgain>[1]) => lookAgain(deps, input),
    /** What happened to an order, on both sides, out of what `getOrder` and its activity say. */
    timeline: (story: Parameters<typeof tellTimeline>[0]) => tellTimeline(story),
    proofLine: (input: Parameters<typeof proofLine>[1]) => proofLine(deps.db, input),
    openOrders: (input: Parameters<typeof countOpenOrders>[1]) => countOpenOrders(deps.db, input),
    summary: (input: { shopId: string }) => summarizeOrders(deps.db, input),
    forgetBuyers,
    forgetShop: (input: { shopId: string }) => forgetShop(deps.db, input),
  };
}

export type Orders = ReturnType<typeof createOrders>;
