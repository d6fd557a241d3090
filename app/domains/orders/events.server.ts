import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Want } from "../../platform/engine/model.ts";
import { afterSalesWant } from "./cancellations/poll-cancellations.server.ts";
import { type OrdersDeps, scopeOf } from "./deps.ts";
import { fulfilmentWant } from "./fulfilment/poll-shipments.server.ts";
import { readWant } from "./intake/read-orders.server.ts";
import { importSubject, orderObject, pollSubject } from "./subjects.ts";

/** The search by source identifier does not know a new order at once. */
const SEARCH_LAG_MS = 60_000;

const importWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: importSubject(channelOrderId),
  object: orderObject(channelOrderId),
});

/** Something about an order changed on the channel: read it. `seenAt`: the other side's time of the change. */
export async function wantOrder(
  deps: OrdersDeps,
  tx: Tx,
  connection: { id: string },
  channelOrderId: string,
  seenAt?: Date,
): Promise<void> {
  await deps.engine.want(tx, readWant(connection.id, channelOrderId, seenAt));
}

/** A connection works: its polls begin now and want themselves again from then on. Safe to repeat. */
export async function wantPolls(deps: OrdersDeps, tx: Tx, connection: { id: string }): Promise<void> {
  const scope = scopeOf(connection.id);
  await deps.engine.want(tx, [
    { lane: "orders", scope, subject: pollSubject("orders") },
    { lane: "after-sales", scope, subject: pollSubject("cancellations") },
    { lane: "fulfilment", scope, subject: pollSubject("fulfilments") },
  ]);
}

export interface ShopifyOrderEvent {
  shopId: string;
  /** As Shopify writes it: "orders/cancelled", "fulfillments/create", … */
  topic: string;
  orderGid: string;
  sourceIdentifier?: string | null;
  updatedAt?: Date;
  /** orders/updated only, from the body: spares a look where nothing was fulfilled or cancelled. Absent: look. */
  fulfillmentStatus?: string | null;
  cancelledAt?: string | null;
}

/** A Shopify order changed. Orders that are not ours are none of our business: false. */
export async function shopifyOrderEvent(deps: OrdersDeps, tx: Tx, event: ShopifyOrderEvent): Promise<boolean> {
  const order = await findByShopify(tx, event);
  if (!order) return false;
  const isCancelled =
    event.topic === "orders/cancelled" || (event.topic === "orders/updated" && Boolean(event.cancelledAt));
  const isFulfilled =
    event.topic.startsWith("fulfillments/") || (event.topic === "orders/updated" && event.fulfillmentStatus !== null);
  if (isCancelled) await deps.engine.want(tx, afterSalesWant(order.connectionId, order.channelOrderId));
  // perhaps another app brought home what we only show; the search that finds it lags behind
  if (order.isOnlyShown && event.sourceIdentifier && !isCancelled)
    await deps.engine.want(tx, {
      ...importWant(order.connectionId, order.channelOrderId),
      dueAt: after(deps.clock.now(), SEARCH_LAG_MS),
    });
  if (isFulfilled)
    await deps.engine.want(tx, fulfilmentWant(order.connectionId, order.channelOrderId, event.updatedAt));
  return true;
}

async function findByShopify(
  tx: Tx,
  event: ShopifyOrderEvent,
): Promise<{ connectionId: string; channelOrderId: string; isOnlyShown: boolean } | null> {
  const { shopId, orderGid: shopifyOrderId, sourceIdentifier } = event;
  const select = { connectionId: true, channelOrderId: true, importState: true, linkedOrderId: true };
  const known =
    (await tx.channelOrder.findFirst({ where: { shopId, shopifyOrderId }, select })) ??
    (sourceIdentifier
      ? await tx.channelOrder.findFirst({ where: { shopId, channelOrderId: sourceIdentifier }, select })
      : null);
  if (!known) return null;
  const { connectionId, channelOrderId, importState, linkedOrderId } = known;
  return { connectionId, channelOrderId, isOnlyShown: importState === "shown" && linkedOrderId === null };
}
