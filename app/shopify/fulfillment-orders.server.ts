import { readReasons, refuse } from "./answers.ts";
import type { SendForShop } from "./gateway.server.ts";
import {
  FulfillmentHoldDocument,
  FulfillmentHoldReleaseDocument,
  FulfillmentOrdersDocument,
  FulfillmentRecordDocument,
  FulfillmentTrackingDocument,
  HoldsOfFulfillmentOrderDocument,
  type HoldTargetPartsFragment,
  HoldTargetsDocument,
} from "./gql/graphql.ts";
import type { FulfillmentOrderFacts, HoldTarget, ShopGateway } from "./model.ts";

export async function readHoldTargets(
  send: SendForShop,
  orderId: string,
  { paysForRelease = false }: { paysForRelease?: boolean } = {},
): Promise<HoldTarget[]> {
  const options = paysForRelease ? { paysFor: "FulfillmentHoldRelease" } : {};
  const { order } = await send(HoldTargetsDocument, { orderId }, options);
  return order?.fulfillmentOrders.nodes.map(toHoldTarget) ?? [];
}

export async function readFulfillmentOrders(send: SendForShop, orderId: string): Promise<FulfillmentOrderFacts[]> {
  const { order } = await send(FulfillmentOrdersDocument, { orderId });
  return (order?.fulfillmentOrders.nodes ?? []).map((found) => ({
    ...toHoldTarget(found),
    lines: found.lineItems.nodes.map((line) => ({
      id: line.id,
      lineItemId: line.lineItem.id,
      remaining: line.remainingQuantity,
      total: line.totalQuantity,
    })),
  }));
}

/**
 * Shopify fact: a handle is unique per app and fulfilment order, so a second hold of it is refused as a duplicate: the first one is
 * there, and is read back for its id.
 */
export async function placeHold(
  send: SendForShop,
  fulfillmentOrderId: string,
  hold: Parameters<ShopGateway["holdFulfillment"]>[1],
): Promise<{ holdId: string | null }> {
  const { handle, note, isPaid = false } = hold;
  const input = { reason: "OTHER" as const, reasonNotes: note, handle, notifyMerchant: false };
  const variables = { id: fulfillmentOrderId, hold: input };
  const { fulfillmentOrderHold } = await send(FulfillmentHoldDocument, variables, { isPaid });
  const errors = fulfillmentOrderHold?.userErrors ?? [];
  if (errors.length === 0) return { holdId: fulfillmentOrderHold?.fulfillmentHold?.id ?? null };

  if (errors.some(({ code }) => code === "DUPLICATE_FULFILLMENT_HOLD_HANDLE" || code === "TAKEN")) {
    const holds = await readHolds(send, fulfillmentOrderId);
    const ours = holds.find(({ handle }) => handle === hold.handle);
    if (ours) return { holdId: ours.id };
  }
  refuse("FulfillmentHold", errors);
  return { holdId: null };
}

/** Always names the holds: without ids Shopify releases those of every other app too. */
export async function releaseHolds(
  send: SendForShop,
  fulfillmentOrderId: string,
  holdIds: string[],
  { isPaid = false }: { isPaid?: boolean } = {},
): Promise<void> {
  if (holdIds.length === 0) return;
  const variables = { id: fulfillmentOrderId, holdIds };
  const { fulfillmentOrderReleaseHold } = await send(FulfillmentHoldReleaseDocument, variables, { isPaid });
  const errors = fulfillmentOrderReleaseHold?.userErrors ?? [];
  if (errors.length === 0) return;
  const left = await readHolds(send, fulfillmentOrderId);
  if (left.some(({ id }) => holdIds.includes(id))) refuse("FulfillmentHoldRelease", errors);
}

/** Orders of these states have something to ship. */
const OPEN = new Set(["OPEN", "IN_PROGRESS", "INCOMPLETE"]);

/**
 * Shopify fact §10: a fulfilment is of one place, so units that lie in several fulfilment orders become several fulfilments; the first that
 * has any of the units is recorded, and whoever calls again goes on with the rest. Left out lines would mean all of them, so they are named.
 */
export async function recordFulfillment(
  send: SendForShop,
  orderId: string,
  parcel: Parameters<ShopGateway["recordFulfillment"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["recordFulfillment"]>>> {
  const wanted = new Map(parcel.lines.map(({ lineItemId, quantity }) => [lineItemId, quantity]));
  const orders = await readFulfillmentOrders(send, orderId);
  const isHeld = orders.some(({ status }) => status === "ON_HOLD" || status === "SCHEDULED");
  for (const order of orders.filter(({ status }) => OPEN.has(status))) {
    const units = order.lines.flatMap(({ id, lineItemId, remaining }) => {
      const quantity = Math.min(remaining, wanted.get(lineItemId) ?? 0);
      return quantity > 0 ? [{ id, quantity, lineItemId }] : [];
    });
    if (units.length === 0) continue;
    const { fulfillmentCreate } = await send(FulfillmentRecordDocument, {
      fulfillment: {
        lineItemsByFulfillmentOrder: [
          {
            fulfillmentOrderId: order.id,
            fulfillmentOrderLineItems: units.map(({ id, quantity }) => ({ id, quantity })),
          },
        ],
        trackingInfo: { number: parcel.trackingNumber, ...(parcel.company ? { company: parcel.company } : {}) },
        notifyCustomer: false,
      },
    });
    const id = fulfillmentCreate?.fulfillment?.id;
    if (!id) return { outcome: "refused", reasons: readReasons(fulfillmentCreate?.userErrors ?? []) };
    return { outcome: "recorded", id, lines: units.map(({ lineItemId, quantity }) => ({ lineItemId, quantity })) };
  }
  return { outcome: isHeld ? "held" : "nothing-open" };
}

/** Safe to repeat: a fulfilment has the numbers it was last given. */
export async function writeTracking(
  send: SendForShop,
  id: string,
  { company, numbers }: Parameters<ShopGateway["writeTracking"]>[1],
): Promise<void> {
  const tracking = { numbers, ...(company ? { company } : {}) };
  const { fulfillmentTrackingInfoUpdate } = await send(FulfillmentTrackingDocument, { id, tracking });
  refuse("FulfillmentTracking", fulfillmentTrackingInfoUpdate?.userErrors ?? []);
}

/**
 * Sent once: the call is not idempotent, so an error with `mayHaveHappened` means reading what remains before anything else. Left-out lines
 * mean all that remain.
 */
export async function fulfilWhole(
  send: SendForShop,
  fulfillmentOrderId: string,
  tracking: Parameters<ShopGateway["fulfil"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["fulfil"]>>> {
  const { company, number } = tracking;
  const trackingInfo = { ...(company ? { company } : {}), ...(number ? { number } : {}) };
  const { fulfillmentCreate } = await send(FulfillmentRecordDocument, {
    fulfillment: {
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId }],
      ...(company || number ? { trackingInfo } : {}),
    },
  });
  const reasons = readReasons(fulfillmentCreate?.userErrors ?? []);
  return reasons.length === 0 ? { outcome: "fulfilled" } : { outcome: "refused", reasons };
}

async function readHolds(send: SendForShop, id: string): Promise<{ id: string; handle?: string | null }[]> {
  const { fulfillmentOrder } = await send(HoldsOfFulfillmentOrderDocument, { id });
  return fulfillmentOrder?.fulfillmentHolds ?? [];
}

export function toHoldTarget(found: HoldTargetPartsFragment): HoldTarget {
  const actions = found.supportedActions.map(({ action }) => action);
  return {
    id: found.id,
    status: found.status,
    canHold: actions.includes("HOLD"),
    canReleaseHold: actions.includes("RELEASE_HOLD"),
    holds: found.fulfillmentHolds.map(({ id, handle }) => ({ id, handle: handle ?? null })),
  };
}
