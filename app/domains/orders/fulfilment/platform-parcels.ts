import type { OrderFacts } from "../../../channels/port.ts";
import type { OrderState } from "../../../shopify/model.ts";
import { plainNumber } from "./judge-tracking.ts";
import type { ShippableLine } from "./plan-shipment.ts";

/** A parcel the platform has on its way by its own label or from its own warehouse. */
export interface PlatformParcel {
  packageId: string;
  trackingNumber: string;
  channelLineIds: string[];
}

/** How the row of a parcel the platform ships begins where others have Shopify's fulfilment. */
export const PLATFORM_MARK = "channel:";
export const isPlatformMark = ({ shopifyFulfillmentId }: { shopifyFulfillmentId: string }): boolean =>
  shopifyFulfillmentId.startsWith(PLATFORM_MARK);

/** From here on a parcel has left or is being handed over; before, a number is only a label that may be thrown away. */
const SHIPPED = new Set<string>(["awaiting-collection", "in-transit", "delivered", "completed"]);
const WITHDRAWN = new Set(["CANCELLED", "ERROR", "FAILURE"]);

/**
 * The platform makes the label for what the seller packs: its word on a parcel is carried to Shopify, never the other way. What it ships from
 * its own stock comes home as fulfilled, so nothing is left to carry.
 */
export const hasPlatformLabel = (facts: Pick<OrderFacts, "shippingBy" | "fulfilledBy">): boolean =>
  facts.shippingBy === "platform" && facts.fulfilledBy !== "platform";

/** Whether any of it has left, so that Shopify is to be told. */
export const hasLeft = (status: string): boolean => SHIPPED.has(status) || status === "partly-shipped";

/** The parcels of an order that have left, by package. */
export function platformParcels(facts: Pick<OrderFacts, "lines" | "status">): PlatformParcel[] {
  const gone = facts.lines.filter((line) => SHIPPED.has(line.status) && line.packageId && line.trackingNumber);
  return [...Map.groupBy(gone, (line) => line.packageId ?? "")].map(([packageId, lines]) => ({
    packageId,
    trackingNumber: lines[0]?.trackingNumber ?? "",
    channelLineIds: lines.map((line) => line.channelLineId).sort(),
  }));
}

/** What Shopify does not know yet of a parcel, by Shopify line: its units without those of fulfilments under the same number. */
export function untoldLines(
  parcel: PlatformParcel,
  lines: ShippableLine[],
  fulfillments: OrderState["fulfillments"],
): { lineItemId: string; quantity: number }[] {
  const wanted = new Map<string, number>();
  for (const { channelLineId, shopifyLineId } of lines) {
    if (shopifyLineId && parcel.channelLineIds.includes(channelLineId))
      wanted.set(shopifyLineId, (wanted.get(shopifyLineId) ?? 0) + 1);
  }
  const number = plainNumber(parcel.trackingNumber);
  for (const { status, tracking, lines: told } of fulfillments) {
    if (WITHDRAWN.has(status) || !tracking.some((one) => plainNumber(one.number ?? "") === number)) continue;
    for (const { lineItemId, quantity } of told) wanted.set(lineItemId, (wanted.get(lineItemId) ?? 0) - quantity);
  }
  return [...wanted].flatMap(([lineItemId, quantity]) => (quantity > 0 ? [{ lineItemId, quantity }] : []));
}
