import type { OrderState } from "../../../shopify/model.ts";
import type { ShipmentState } from "../model.ts";
import { plainNumber } from "./judge-tracking.ts";

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
  /** Units of it were cancelled on the channel before it was told of them: the parcel holds others of their kind, or fewer. */
  rechoose: Pick<KnownShipment, "shopifyFulfillmentId" | "channelLineIds">[];
  /** Nothing of it is to be told: it was withdrawn in Shopify, or all its units were cancelled on the channel, before the channel was told. */
  cancel: string[];
  /** Told to the channel, withdrawn in Shopify since, and fulfilled anew under the same number: it is that fulfilment now. */
  adopt: { shopifyFulfillmentId: string; anew: string }[];
  /** Told to the channel, and withdrawn in Shopify since: no channel takes that back. */
  withdrawnAfterSending: string[];
}

const WITHDRAWN = new Set(["CANCELLED", "ERROR", "FAILURE"]);

/**
 * From what Shopify says was fulfilled to parcels the channel can be told of. Every unit goes into at most one shipment; planning again
 * after applying a plan gives an empty one. Shopify knows units of a line by their number only, so which of them a parcel holds is our choice:
 * it is made anew, before the channel is told, when one of them is cancelled.
 */
export function planShipments(
  lines: ShippableLine[],
  known: KnownShipment[],
  fulfillments: OrderState["fulfillments"],
): ShipmentPlan {
  const plan: ShipmentPlan = {
    ...{ create: [], update: [], rechoose: [], cancel: [], adopt: [], withdrawnAfterSending: [] },
  };
  const byId = new Map(known.map((shipment) => [shipment.shopifyFulfillmentId, shipment]));
  for (const fulfillment of fulfillments) {
    const shipment = byId.get(fulfillment.id);
    if (shipment) reviseKnown(plan, shipment, fulfillment);
  }
  const gone = new Set(plan.cancel);
  const there = known.filter((one) => one.state !== "cancelled" && !gone.has(one.shopifyFulfillmentId));
  const isLive = (unit: string) =>
    lines.some(({ channelLineId, status }) => channelLineId === unit && status !== "cancelled");
  const taken = new Set(
    there.flatMap((one) => (isTold(one) ? one.channelLineIds : one.channelLineIds.filter((unit) => isLive(unit)))),
  );
  const inOrder = fulfillments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const fulfillment of inOrder) {
    const shipment = there.find((one) => one.shopifyFulfillmentId === fulfillment.id);
    if (!shipment || isTold(shipment) || shipment.channelLineIds.every((unit) => isLive(unit))) continue;
    const { shopifyFulfillmentId } = shipment;
    const channelLineIds = rechooseUnits(lines, taken, { shipment, fulfillment });
    if (channelLineIds.length > 0) plan.rechoose.push({ shopifyFulfillmentId, channelLineIds });
    else plan.cancel.push(shopifyFulfillmentId);
  }
  for (const fulfillment of inOrder) {
    if (byId.has(fulfillment.id) || WITHDRAWN.has(fulfillment.status)) continue;
    const before = plan.withdrawnAfterSending.find((id) => isSameNumber(byId.get(id), fulfillment));
    if (before) {
      plan.withdrawnAfterSending = plan.withdrawnAfterSending.filter((id) => id !== before);
      plan.adopt.push({ shopifyFulfillmentId: before, anew: fulfillment.id });
      continue;
    }
    const channelLineIds = fulfillment.lines.flatMap((line) => takeUnits(lines, taken, line));
    if (channelLineIds.length > 0)
      plan.create.push({ shopifyFulfillmentId: fulfillment.id, channelLineIds, ...trackingOf(fulfillment) });
  }
  return plan;
}

const isSameNumber = (
  shipment: KnownShipment | undefined,
  fulfillment: OrderState["fulfillments"][number],
): boolean => {
  const { trackingNumber } = trackingOf(fulfillment);
  return trackingNumber !== null && plainNumber(shipment?.trackingNumber ?? "") === plainNumber(trackingNumber);
};

/** It was told to the channel, or may have been. */
const isTold = ({ toldNumbers }: KnownShipment): boolean => toldNumbers.length > 0;

function reviseKnown(
  plan: ShipmentPlan,
  shipment: KnownShipment,
  fulfillment: OrderState["fulfillments"][number],
): void {
  const { shopifyFulfillmentId } = shipment;
  if (shipment.state === "cancelled") return;
  if (WITHDRAWN.has(fulfillment.status)) {
    if (isTold(shipment)) plan.withdrawnAfterSending.push(shopifyFulfillmentId);
    else plan.cancel.push(shopifyFulfillmentId);
    return;
  }
  const now = trackingOf(fulfillment);
  if (now.company === shipment.company && now.trackingNumber === shipment.trackingNumber) return;
  // A parcel that is on its way keeps its number when Shopify forgets it, and its carrier when only that is renamed.
  if (isTold(shipment) && (now.trackingNumber === null || now.trackingNumber === shipment.trackingNumber)) return;
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
  const units = free.slice(0, Math.max(0, wanted.quantity));
  for (const unit of units) taken.add(unit);
  return units;
}

/** What is live of a parcel's units, and others in the place of those that were cancelled; both are `taken`. Empty: nothing of it is left. */
function rechooseUnits(
  lines: ShippableLine[],
  taken: Set<string>,
  {
    shipment: { channelLineIds },
    fulfillment,
  }: { shipment: KnownShipment; fulfillment: OrderState["fulfillments"][number] },
): string[] {
  const kept = channelLineIds.filter((unit) => taken.has(unit));
  const others = fulfillment.lines.flatMap(({ lineItemId, quantity }) => {
    const ofLine = kept.filter((unit) =>
      lines.some(({ channelLineId, shopifyLineId }) => channelLineId === unit && shopifyLineId === lineItemId),
    );
    return takeUnits(lines, taken, { lineItemId, quantity: quantity - ofLine.length });
  });
  return [...kept, ...others].sort();
}

/** A parcel has one number on the channel: the first that Shopify has. */
function trackingOf(fulfillment: OrderState["fulfillments"][number]): {
  company: string | null;
  trackingNumber: string | null;
} {
  const first = fulfillment.tracking.find((one) => one.number);
  return { company: first?.company ?? null, trackingNumber: first?.number?.trim() || null };
}
