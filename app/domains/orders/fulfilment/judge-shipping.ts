import type { OrderFacts } from "../../../channels/port.ts";
import { plainNumber } from "./judge-tracking.ts";

export type ShippingVerdict =
  | { verdict: "ready" }
  /** The channel has these units on their way under this number already. */
  | { verdict: "already-sent"; packageId: string | null }
  /** It has a number of ours that is not the wanted one any more. */
  | { verdict: "correct"; packageId: string | null }
  | { verdict: "conflict"; trackingNumber: string }
  | { verdict: "on-hold" }
  | { verdict: "cancellation-open" }
  | { verdict: "cancelled" }
  /** The channel makes the label itself. */
  | { verdict: "platform-ships" };

type LineFacts = Pick<OrderFacts["lines"][number], "channelLineId" | "status" | "packageId" | "trackingNumber">;
type ShippingFacts = Pick<OrderFacts, "status" | "shippingBy" | "buyerAskedToCancel"> & { lines: LineFacts[] };

/** What the channel's own word on an order means for telling it of a parcel. */
export function judgeShipping(
  order: ShippingFacts,
  shipment: { channelLineIds: string[]; trackingNumber: string; toldNumbers: string[] },
): ShippingVerdict {
  const lines = order.lines.filter((line) => shipment.channelLineIds.includes(line.channelLineId));
  const shipped = lines.filter((line) => line.trackingNumber);
  const other = shipped.find((line) => !isSameNumber(line.trackingNumber, shipment.trackingNumber));
  if (other?.trackingNumber) {
    const isOurs = shipment.toldNumbers.some((told) => isSameNumber(told, other.trackingNumber));
    if (isOurs) return { verdict: "correct", packageId: other.packageId };
    return { verdict: "conflict", trackingNumber: other.trackingNumber };
  }
  const live = lines.filter((line) => line.status !== "cancelled" || line.trackingNumber);
  // what was cancelled of it before it was told is not on its way
  if (live.length > 0 && shipped.length === live.length)
    return { verdict: "already-sent", packageId: shipped[0]?.packageId ?? null };
  if (order.status === "cancelled" || lines.some((line) => line.status === "cancelled"))
    return { verdict: "cancelled" };
  if (order.status === "on-hold" || order.status === "unpaid") return { verdict: "on-hold" };
  if (order.buyerAskedToCancel) return { verdict: "cancellation-open" };
  if (order.shippingBy === "platform") return { verdict: "platform-ships" };
  return { verdict: "ready" };
}

const isSameNumber = (a: string | null, b: string | null): boolean => plainNumber(a ?? "") === plainNumber(b ?? "");
