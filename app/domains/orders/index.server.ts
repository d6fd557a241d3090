import type { Tx } from "../../platform/db.server.ts";
import type { Work } from "../../platform/engine/model.ts";
import type { OrdersDeps } from "./deps.ts";
import { ordersWorks } from "./drains.server.ts";
import { type ShopifyOrderEvent, shopifyOrderEvent, wantOrder, wantPolls } from "./events.server.ts";
import { ordersSince } from "./intake/poll-orders.server.ts";
import { forgetBuyers, forgetShop } from "./privacy.server.ts";
import { getOrder, listOrders, type OrderListInput, proofLine, summarizeOrders } from "./queries.server.ts";

export type { LinkedSku, OrdersConnection, OrdersDeps, WaitingUnits } from "./deps.ts";
export type { ShopifyOrderEvent } from "./events.server.ts";
export type { OrderListItem, ProofLine } from "./queries.server.ts";

/** The orders room: brings channel orders home exactly once, tells the channel what was shipped, carries cancellations. */
export function createOrders(deps: OrdersDeps) {
  return {
    works: ordersWorks(deps) as Work[],
    /** Something about an order changed on the channel. */
    wantOrder: (tx: Tx, connection: { id: string }, channelOrderId: string, seenAt?: Date) =>
      wantOrder(deps, tx, connection, channelOrderId, seenAt),
    /** To be called when a connection begins (or begins again) to work. */
    wantPolls: (tx: Tx, connection: { id: string }) => wantPolls(deps, tx, connection),
    shopifyOrderEvent: (tx: Tx, event: ShopifyOrderEvent) => shopifyOrderEvent(deps, tx, event),
    /** Reads orders changed since a time right now; returns how many were new or newer. */
    ordersSince: async (connectionId: string, since: Date): Promise<number> => {
      const connection = await deps.connection(connectionId);
      return connection ? ordersSince(deps, connection, since) : 0;
    },
    listOrders: (input: OrderListInput) => listOrders(deps.db, input),
    getOrder: (input: { shopId: string; id: string }) => getOrder(deps, input),
    proofLine: (input: { shopId: string; since?: Date }) => proofLine(deps.db, input),
    summary: (input: { shopId: string }) => summarizeOrders(deps.db, input),
    forgetBuyers,
    forgetShop,
  };
}

export type Orders = ReturnType<typeof createOrders>;
