/** parked: Shopify refused, or the amounts do not fit: somebody must look. */
export type RefundState = "wanted" | "sending" | "done" | "parked";

export interface RefundFacts {
  state: RefundState;
  sentAt: Date | null;
}

export interface RefundWorld {
  now: Date;
  isArmed: boolean;
  /** A refund with our note was found on the order. */
  isFound: boolean;
}

export type RefundStep =
  | { step: "nothing" }
  | { step: "finish" }
  | { step: "wait"; until: Date }
  | { step: "wait-for-arming" }
  | { step: "send" };

/** A call whose end was not seen is not made again before its effect can no longer come: deadline 10 s and a margin. */
const REFUND_MAY_LAND_MS = 40_000;

/**
 * What is due about one refund. The key keeps a repeat from counting twice for a day; looking for the note first keeps it so for ever.
 */
export function nextRefundStep(refund: RefundFacts, { now, isArmed, isFound }: RefundWorld): RefundStep {
  if (refund.state === "done") return { step: "nothing" };
  if (isFound) return { step: "finish" };
  if (refund.state === "parked") return { step: "nothing" };
  if (refund.state === "sending" && refund.sentAt) {
    const until = new Date(refund.sentAt.getTime() + REFUND_MAY_LAND_MS);
    if (now < until) return { step: "wait", until };
  }
  return isArmed ? { step: "send" } : { step: "wait-for-arming" };
}
