import type { Tx } from "../../../platform/db.server.ts";
import type { Want } from "../../../platform/engine/model.ts";
import type { StaffActor } from "../../shops/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import type { FulfilmentRefusal } from "../model.ts";
import { recordOrderActivity } from "../problems.server.ts";
import { fulfilSubject, orderObject } from "../subjects.ts";
import { CANCELLING, judgeFulfilment } from "./judge-fulfilment.ts";

/** So many at once: more than a page, less than a shop. */
const MOST = 250;
const TEXT_MOST = 100;
/** Somebody waits for it. */
const URGENCY = 5;

export interface Parcel {
  id: string;
  company: string | null;
  trackingNumber: string | null;
}

/** What became of one order: asked, or why it cannot be. */
export interface Asked {
  id: string;
  channelOrderId: string | null;
  refusal: FulfilmentRefusal | null;
}

export const fulfilWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "fulfilment",
  scope: scopeOf(connectionId),
  subject: fulfilSubject(channelOrderId),
  object: orderObject(channelOrderId),
  urgency: URGENCY,
});

/**
 * Asks that all that is left of these orders be fulfilled in Shopify, each with its tracking number or without one. Each order is judged by
 * itself: what cannot be fulfilled keeps no other from it. Safe to press twice.
 */
export async function askFulfilment(
  deps: OrdersDeps,
  input: { shopId: string; parcels: Parcel[]; actor: StaffActor },
): Promise<Asked[]> {
  const parcels = input.parcels.slice(0, MOST);
  const rows = await deps.db.channelOrder.findMany({
    where: { shopId: input.shopId, id: { in: parcels.map((one) => one.id) } },
    select: { connectionId: true },
    distinct: ["connectionId"],
  });
  const connections = new Map<string, OrdersConnection | null>();
  for (const { connectionId } of rows) connections.set(connectionId, await deps.connection(connectionId));
  return deps.engine.change(async (tx) => {
    const asked: Asked[] = [];
    for (const parcel of parcels) asked.push(await askOne(deps, tx, input, parcel, connections));
    return asked;
  });
}

async function askOne(
  deps: OrdersDeps,
  tx: Tx,
  { shopId, actor }: { shopId: string; actor: StaffActor },
  parcel: Parcel,
  connections: Map<string, OrdersConnection | null>,
): Promise<Asked> {
  const order = await tx.channelOrder.findFirst({
    where: { id: parcel.id, shopId },
    include: {
      cancellations: { select: { status: true } },
      decisions: { where: CANCELLING, select: { id: true } },
      fulfilmentRequest: { select: { state: true } },
    },
  });
  if (!order) return { id: parcel.id, channelOrderId: null, refusal: "not-found" };
  const { id, connectionId, channelOrderId } = order;
  const { shippingBy } = factsFromJson(order.facts);
  const refusal = judgeFulfilment(
    { ...order, shippingBy, request: order.fulfilmentRequest, isCancelling: order.decisions.length > 0 },
    connections.get(connectionId) ?? null,
  );
  if (refusal) return { id, channelOrderId, refusal };
  const request = {
    company: parcel.company?.trim().slice(0, TEXT_MOST) || null,
    trackingNumber: parcel.trackingNumber?.trim().slice(0, TEXT_MOST) || null,
    ...{ state: "wanted", sentAt: null, reason: null, askedBy: actor.id, askedAt: deps.clock.now() },
  };
  await tx.fulfilmentRequest.upsert({
    where: { orderId: id },
    create: { orderId: id, shopId, connectionId, ...request },
    update: request,
  });
  await deps.engine.want(tx, fulfilWant(connectionId, channelOrderId));
  await recordOrderActivity(tx, order, { event: "order.fulfilment-asked", actor });
  return { id, channelOrderId, refusal: null };
}
