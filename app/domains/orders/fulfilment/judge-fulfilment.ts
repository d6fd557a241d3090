import type { OrdersConnection } from "../deps.ts";
import type { FulfilmentRefusal } from "../model.ts";

export interface FulfilmentFacts {
  status: string;
  fulfilledBy: string;
  shippingBy: string;
  holdState: string;
  shopifyOrderId: string | null;
  cancellations: readonly { status: string }[];
  /** The seller's own cancellation is on its way to the channel. */
  isCancelling: boolean;
  request: { state: string } | null;
}

/** Decisions of the seller to cancel that the channel is still to be told of. */
export const CANCELLING = { kind: "cancel", state: { in: ["wanted", "sending"] } };

/** Whether all that is left of an order may be fulfilled in Shopify now; null: it may, else why not. */
export function judgeFulfilment(
  order: FulfilmentFacts,
  connection: Pick<OrdersConnection, "status" | "armedFlows"> | null,
): Exclude<FulfilmentRefusal, "not-found"> | null {
  if (order.status === "cancelled") return "cancelled";
  if (order.status === "unpaid") return "unpaid";
  if (order.cancellations.some((one) => one.status === "requested")) return "cancellation-open";
  if (order.isCancelling) return "cancelling";
  if (order.status === "on-hold" || order.holdState === "wanted" || order.holdState === "held") return "on-hold";
  // the channel makes the label, or even packs it: a fulfilment of ours would tell it of a parcel that it knows better
  if (order.fulfilledBy === "platform" || order.shippingBy === "platform") return "platform-ships";
  if (order.status !== "to-ship" && order.status !== "partly-shipped") return "shipped";
  if (!order.shopifyOrderId) return "not-in-shopify";
  if (connection?.status !== "active" || !connection.armedFlows.includes("fulfilment")) return "not-armed";
  return order.request?.state === "wanted" || order.request?.state === "sending" ? "under-way" : null;
}
