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
}

export interface ShipmentPlan {
  create: Omit<KnownShipment, "state">[];
  /** Not yet told to the channel, and something changed in Shopify. */
  update: Omit<KnownShipment, "state" | "channelLineIds">[];
  /** Withdrawn in Shopify before the channel was told. */
  cancel: string[];
  /** Told to the channel already, and changed or withdrawn in Shopify since. */
  changedAfterSending: { shopifyFulfillmentId: string; what: "tracking" | "withdrawn" }[];
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
  const plan: ShipmentPlan = { create: [], update: [], cancel: [], changedAfterSending: [] };
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
  const isToldAlready = shipment.state === "sent" || shipment.state === "sending";
  if (shipment.state === "cancelled") return;
  if (WITHDRAWN.has(fulfillment.status)) {
    if (isToldAlready)
      plan.changedAfterSending.push({ shopifyFulfillmentId: shipment.shopifyFulfillmentId, what: "withdrawn" });
    else plan.cancel.push(shipment.shopifyFulfillmentId);
    return;
  }
  const now = trackingOf(fulfillment);
  if (now.company === shipment.company && now.trackingNumber === shipment.trackingNumber) return;
  if (!isToldAlready) plan.update.push({ shopifyFulfillmentId: shipment.shopifyFulfillmentId, ...now });
  else if (now.trackingNumber !== shipment.trackingNumber)
    plan.changedAfterSending.push({ shopifyFulfillmentId: shipment.shopifyFulfillmentId, what: "tracking" });
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
