import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Want } from "../../platform/engine/model.ts";
import { afterSalesWant } from "./cancellations/poll-cancellations.server.ts";
import { type OrdersDeps, scopeOf } from "./deps.ts";
import { fulfilmentWant } from "./fulfilment/fulfilment-want.ts";
import { holdWant } from "./import/hold-want.ts";
import { readWant } from "./intake/read-orders.server.ts";
import { referencePollWant } from "./references/write-references.server.ts";
import { importSubject, orderObject, pollSubject } from "./subjects.ts";

/** The search by source identifier does not know a new order at once. */
const SEARCH_LAG_MS = 60_000;
/** More than anybody has open; the hourly look of parked orders sees to the rest. */
const DECIDED_ANEW = 5_000;

const importWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: importSubject(channelOrderId),
  object: orderObject(channelOrderId),
});

/** Something about these orders changed on the channel: read them. `seenAt`: the other side's time of the change. */
export async function channelOrdersChanged(
  deps: OrdersDeps,
  tx: Tx,
  events: readonly { connectionId: string; channelOrderId: string; seenAt?: Date | undefined }[],
): Promise<void> {
  await deps.engine.want(
    tx,
    events.map((event) => readWant(event.connectionId, event.channelOrderId, event.seenAt)),
  );
}

/** Cancellations or returns of these orders changed on the channel: look at them. */
export async function afterSalesChanged(
  deps: OrdersDeps,
  tx: Tx,
  events: readonly { connectionId: string; channelOrderId: string }[],
): Promise<void> {
  await deps.engine.want(
    tx,
    events.map((event) => afterSalesWant(event.connectionId, event.channelOrderId)),
  );
}

/** A connection works: its polls begin now and want themselves again from then on. Safe to repeat. */
export async function wantPolls(deps: OrdersDeps, tx: Tx, connection: { id: string }): Promise<void> {
  const scope = scopeOf(connection.id);
  await deps.engine.want(tx, [
    { lane: "orders", scope, subject: pollSubject("orders") },
    { lane: "after-sales", scope, subject: pollSubject("cancellations") },
    { lane: "after-sales", scope, subject: pollSubject("returns") },
    { lane: "fulfilment", scope, subject: pollSubject("fulfilments") },
    referencePollWant(connection.id),
  ]);
}

/**
 * The merchant changed how orders become Shopify orders: what was kept out for its kind, and what is parked, is decided anew. The setting
 * holds for orders still to be shipped and for those to come.
 */
export async function settingsChanged(
  deps: OrdersDeps,
  tx: Tx,
  connection: { shopId: string; connectionId: string },
): Promise<void> {
  const { shopId, connectionId } = connection;
  const rows = await tx.channelOrder.findMany({
    where: {
      ...{ shopId, connectionId, shopifyOrderId: null, linkedOrderId: null },
      OR: [
        { importState: "parked" },
        {
          ...{ importState: "shown", parkedReason: { startsWith: "kind:" } },
          status: { in: ["on-hold", "to-ship", "partly-shipped", "awaiting-collection"] },
        },
      ],
    },
    select: { channelOrderId: true },
    take: DECIDED_ANEW,
  });
  if (rows.length > 0)
    await deps.engine.want(
      tx,
      rows.map((row) => importWant(connectionId, row.channelOrderId)),
    );
}

export interface ShopifyOrderEvent {
  shopId: string;
  /** As Shopify writes it: "orders/cancelled", "fulfillments/create", … */
  topic: string;
  orderGid: string;
  sourceIdentifier?: string | null;
  updatedAt?: Date | null;
  /** orders/updated only, from the body: spares a look where nothing was fulfilled or cancelled. Absent: look. */
  fulfillmentStatus?: string | null;
  cancelledAt?: string | null;
}

/**
 * Shopify orders changed. Those that are not ours are none of our business; returns how many events were about ours.
 */
export async function shopifyOrdersChanged(
  deps: OrdersDeps,
  tx: Tx,
  events: readonly ShopifyOrderEvent[],
): Promise<number> {
  let ours = 0;
  for (const [shopId, own] of Map.groupBy(events, (event) => event.shopId)) {
    const find = await findOrders(tx, shopId, own);
    for (const event of own) {
      const order = find(event);
      if (!order) continue;
      ours += 1;
      await deps.engine.want(tx, wantsOf(order, event, deps.clock.now()));
    }
  }
  return ours;
}

/** Shopify names only the part of an order that is held no longer: those that are to be held are looked at. */
export async function holdsReleased(
  deps: OrdersDeps,
  tx: Tx,
  events: readonly { shopId: string; fulfillmentOrderGid: string }[],
): Promise<void> {
  for (const [shopId, own] of Map.groupBy(events, (event) => event.shopId)) {
    const rows = await tx.channelOrder.findMany({
      where: {
        ...{ shopId, holdState: "held", status: "on-hold" },
        heldParts: { hasSome: own.map((event) => event.fulfillmentOrderGid) },
      },
      select: { connectionId: true, channelOrderId: true },
    });
    if (rows.length > 0)
      await deps.engine.want(
        tx,
        rows.map((row) => holdWant(row.connectionId, row.channelOrderId)),
      );
  }
}

/** Units were refunded, taken off, added, or are on their way back. */
const EDITS = new Set([
  ...["refunds/create", "orders/edited"],
  ...["returns/request", "returns/approve", "returns/cancel", "returns/close", "returns/reopen", "returns/decline"],
]);

interface OrderRef {
  connectionId: string;
  channelOrderId: string;
  status: string;
  importState: string;
  linkedOrderId: string | null;
}

function wantsOf(order: OrderRef, event: ShopifyOrderEvent, now: Date): Want[] {
  const { connectionId, channelOrderId } = order;
  const { topic, cancelledAt, fulfillmentStatus, updatedAt } = event;
  const isCancelled = topic === "orders/cancelled" || (topic === "orders/updated" && Boolean(cancelledAt));
  const isFulfilled = topic.startsWith("fulfillments/") || (topic === "orders/updated" && fulfillmentStatus !== null);
  // perhaps another app brought home what we only show; the search that finds it lags behind
  const isOnlyShown = order.importState === "shown" && order.linkedOrderId === null;
  const isPerhapsLinked = isOnlyShown && event.sourceIdentifier && !isCancelled;
  return [
    ...(isPerhapsLinked ? [{ ...importWant(connectionId, channelOrderId), dueAt: after(now, SEARCH_LAG_MS) }] : []),
    ...(isCancelled || EDITS.has(topic) ? [afterSalesWant(connectionId, channelOrderId)] : []),
    ...(isFulfilled ? [fulfilmentWant(connectionId, channelOrderId, updatedAt ?? undefined)] : []),
    // fulfilled, or called off again, while the channel does not let it be shipped yet
    ...(isFulfilled && order.status === "on-hold" ? [holdWant(connectionId, channelOrderId)] : []),
  ];
}

/** By Shopify's id; one that we do not know yet by the channel's, which Shopify keeps as the order's source. */
async function findOrders(
  tx: Tx,
  shopId: string,
  events: readonly ShopifyOrderEvent[],
): Promise<(event: ShopifyOrderEvent) => OrderRef | undefined> {
  const sources = events.flatMap((event) => event.sourceIdentifier ?? []);
  const rows = await tx.channelOrder.findMany({
    where: {
      shopId,
      OR: [
        { shopifyOrderId: { in: events.map((event) => event.orderGid) } },
        ...(sources.length > 0 ? [{ channelOrderId: { in: sources } }] : []),
      ],
    },
    select: {
      ...{ connectionId: true, channelOrderId: true, shopifyOrderId: true },
      ...{ importState: true, linkedOrderId: true, status: true },
    },
  });
  return ({ orderGid, sourceIdentifier }) =>
    rows.find((row) => row.shopifyOrderId === orderGid) ??
    rows.find((row) => row.channelOrderId === (sourceIdentifier ?? ""));
}
