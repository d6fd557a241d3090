import type { CancellationCarriage, ImportState } from "../model.ts";

export interface CancelledOrder {
  status: string;
  importState: ImportState;
  shopifyOrderId: string | null;
  /** All units of the order. */
  channelLineIds: string[];
  /** Units that the last reading of the order does not call cancelled. */
  liveLineIds: string[];
}

export interface KnownCancellation {
  channelCancelId: string;
  status: string;
  by: string;
  restock: boolean;
  channelLineIds: string[];
  shopifyState: CancellationCarriage;
}

export type CancellationStep =
  | { step: "nothing" }
  /** The buyer waits for an answer of the seller. */
  | { step: "show-request"; channelCancelId: string }
  /** Cancelled, but what became of the Shopify order is not yet known. The import wants us again when it is. */
  | { step: "wait-for-import" }
  /** Nothing is there to cancel. */
  | { step: "settle"; channelCancelIds: string[] }
  | { step: "cancel"; channelCancelIds: string[]; restock: boolean }
  /** Some units only: each cancellation's are taken off the Shopify order, which goes on. */
  | { step: "take-off"; channelCancelIds: string[] };

const isRead = (order: CancelledOrder, lineIds: string[]): boolean =>
  lineIds.length > 0 && lineIds.every((id) => !order.liveLineIds.includes(id));

/**
 * What a channel's cancellations ask of Shopify. Only a final one is carried: completed, or approved where the order itself is read as
 * cancelled, or those units of it: nobody may ship them while the refund is still being made.
 */
export function nextCancellationStep(order: CancelledOrder, cancellations: KnownCancellation[]): CancellationStep {
  const isFinal = (one: KnownCancellation) =>
    one.status === "completed" ||
    (one.status === "approved" && (order.status === "cancelled" || isRead(order, one.channelLineIds)));
  const open = cancellations.filter(
    (one) => isFinal(one) && (one.shopifyState === "wanted" || one.shopifyState === "sending"),
  );
  const request = cancellations.find((one) => one.status === "requested" && order.status !== "cancelled");
  if (open.length === 0)
    return request ? { step: "show-request", channelCancelId: request.channelCancelId } : { step: "nothing" };

  const channelCancelIds = open.map((one) => one.channelCancelId);
  const covered = new Set(cancellations.filter(isFinal).flatMap((one) => one.channelLineIds));
  const isWhole =
    order.status === "cancelled" ||
    (order.channelLineIds.length > 0 && order.channelLineIds.every((id) => covered.has(id)));
  if (order.shopifyOrderId === null) {
    const isOpen = order.importState === "sending" || order.importState === "unknown";
    // It comes home with these units, as it was bought; the import's end, or its being given up, wants us again.
    const isComing = order.status !== "cancelled" && order.importState !== "shown";
    if (isOpen || isComing) return { step: "wait-for-import" };
    return { step: "settle", channelCancelIds };
  }
  if (!isWhole) return { step: "take-off", channelCancelIds };
  return { step: "cancel", channelCancelIds, restock: open.every((one) => one.restock) };
}
