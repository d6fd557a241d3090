import type { Tx } from "../../platform/db.server.ts";
import type { Work } from "../../platform/engine/model.ts";
import { beginDecision } from "./decisions/begin-decision.server.ts";
import { whatCanBeDecided } from "./decisions/what-can-be-decided.server.ts";
import type { OrdersDeps } from "./deps.ts";
import { ordersWorks } from "./drains.server.ts";
import {
  afterSalesChanged,
  channelOrdersChanged,
  type ShopifyOrderEvent,
  shopifyOrdersChanged,
  wantPolls,
} from "./events.server.ts";
import { ordersSince } from "./intake/poll-orders.server.ts";
import { lookAgain } from "./look-again.server.ts";
import { countOpenOrders } from "./open-orders.server.ts";
import { forgetBuyers, forgetShop } from "./privacy.server.ts";
import { getOrder, listOrders, type OrderListInput, proofLine, summarizeOrders } from "./queries.server.ts";
import { decideRestock } from "./returns/decide-restock.server.ts";
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
    /** Something about the cancellations or returns of these orders changed on the channel. */
    afterSalesChanged: (tx: Tx, events: Parameters<typeof afterSalesChanged>[2]) => afterSalesChanged(deps, tx, events),
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
    lookAgain: (input: Parameters<typeof lookAgain>[1]) => lookAgain(deps, input),
    whatCanBeDecided: (input: Parameters<typeof whatCanBeDecided>[1]) => whatCanBeDecided(deps, input),
    decide: (input: Parameters<typeof beginDecision>[1]) => beginDecision(deps, input),
    decideRestock: (input: Parameters<typeof decideRestock>[1]) => decideRestock(deps, input),
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
