import type { OrderState } from "../../../shopify/model.ts";
import type { ShipmentState } from "../model.ts";

export interface ShippableLine {
  channelLineId: string;
  shopifyLineId: string | null;
  status: string;
}

export interface KnownShipment {
  shopifyFulfillmentId: string;
  state: ShipmentState;
  company: string | null;
  trackingNumber: string | null;
  channelLineIds: string[];
  /** Numbers the channel was given for it; none: it was never told of this parcel. */
  toldNumbers: string[];
}

export interface ShipmentPlan {
  create: Omit<KnownShipment, "state" | "toldNumbers">[];
  /** Carrier or number changed in Shopify. What the channel was told of already, it is to be told of again: a correction. */
  update: Omit<KnownShipment, "state" | "channelLineIds" | "toldNumbers">[];
  /** Withdrawn in Shopify before the channel was told. */
  cancel: string[];
  /** Told to the channel, and withdrawn in Shopify since: no channel takes that back. */
  withdrawnAfterSending: string[];
}

const WITHDRAWN = new Set(["CANCELLED", "ERROR", "FAILURE"]);

/**
 * From what Shopify says was fulfilled to parcels the channel can be told of. Every unit goes into at most one shipment; planning again
 * after applying a plan gives an empty one.
 */
export function planShipments(
  lines: ShippableLine[],
  known: KnownShipment[],
  fulfillments: OrderState["fulfillments"],
): ShipmentPlan {
  const plan: ShipmentPlan = { create: [], update: [], cancel: [], withdrawnAfterSending: [] };
  const byId = new Map(known.map((shipment) => [shipment.shopifyFulfillmentId, shipment]));
  for (const fulfillment of fulfillments) {
    const shipment = byId.get(fulfillment.id);
    if (shipment) reviseKnown(plan, shipment, fulfillment);
  }
  const gone = new Set(plan.cancel);
  const taken = new Set(
    known
      .filter((one) => one.state !== "cancelled" && !gone.has(one.shopifyFulfillmentId))
      .flatMap((one) => one.channelLineIds),
  );
  for (const fulfillment of [...fulfillments].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (byId.has(fulfillment.id) || WITHDRAWN.has(fulfillment.status)) continue;
    const channelLineIds = fulfillment.lines.flatMap((line) => takeUnits(lines, taken, line));
    if (channelLineIds.length > 0)
      plan.create.push({ shopifyFulfillmentId: fulfillment.id, channelLineIds, ...trackingOf(fulfillment) });
  }
  return plan;
}

function reviseKnown(
  plan: ShipmentPlan,
  shipment: KnownShipment,
  fulfillment: OrderState["fulfillments"][number],
): void {
  const { shopifyFulfillmentId } = shipment;
  if (shipment.state === "cancelled") return;
  const isTold = shipment.toldNumbers.length > 0;
  if (WITHDRAWN.has(fulfillment.status)) {
    if (isTold) plan.withdrawnAfterSending.push(shopifyFulfillmentId);
    else plan.cancel.push(shopifyFulfillmentId);
    return;
  }
  const now = trackingOf(fulfillment);
  if (now.company === shipment.company && now.trackingNumber === shipment.trackingNumber) return;
  // A parcel that is on its way keeps its number when Shopify forgets it, and its carrier when only that is renamed.
  if (isTold && (now.trackingNumber === null || now.trackingNumber === shipment.trackingNumber)) return;
  plan.update.push({ shopifyFulfillmentId, ...now });
}

function takeUnits(
  lines: ShippableLine[],
  taken: Set<string>,
  wanted: { lineItemId: string; quantity: number },
): string[] {
  const free = lines
    .filter(
      (line) =>
        line.shopifyLineId === wanted.lineItemId && line.status !== "cancelled" && !taken.has(line.channelLineId),
    )
    .map((line) => line.channelLineId)
    .sort();
  const units = free.slice(0, wanted.quantity);
  for (const unit of units) taken.add(unit);
  return units;
}

/** A parcel has one number on the channel: the first that Shopify has. */
function trackingOf(fulfillment: OrderState["fulfillments"][number]): {
  company: string | null;
  trackingNumber: string | null;
} {
  const first = fulfillment.tracking.find((one) => one.number);
  return { company: first?.company ?? null, trackingNumber: first?.number?.trim() || null };
}
