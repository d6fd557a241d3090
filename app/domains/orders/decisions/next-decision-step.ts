/** wanted · sending: a call is under way or its end was not seen · done · refused by the channel · overtaken: somebody decided otherwise. */
export type DecisionState = "wanted" | "sending" | "done" | "refused" | "overtaken";

export interface DecisionFacts {
  state: DecisionState;
  sentAt: Date | null;
}

/** What the channel shows right now. */
export interface DecisionTruth {
  /** What was decided is so already, by whomever. */
  isSo: boolean;
  /** Nothing else was decided meanwhile. */
  isOpen: boolean;
}

export type DecisionStep =
  | { step: "nothing" }
  | { step: "finish" }
  | { step: "overtake" }
  | { step: "wait"; until: Date }
  | { step: "send" };

/** A call whose end was not seen is not made again before its effect can no longer come: deadline 10 s and a margin. */
const DECISION_MAY_LAND_MS = 40_000;

/** What is due about a decision of the seller. The channel's own word decides; a call is repeated only when the old one can no longer land. */
export function nextDecisionStep(decision: DecisionFacts, truth: DecisionTruth, now: Date): DecisionStep {
  if (decision.state !== "wanted" && decision.state !== "sending") return { step: "nothing" };
  if (truth.isSo) return { step: "finish" };
  if (!truth.isOpen) return { step: "overtake" };
  if (decision.state === "sending" && decision.sentAt) {
    const until = new Date(decision.sentAt.getTime() + DECISION_MAY_LAND_MS);
    if (now < until) return { step: "wait", until };
  }
  return { step: "send" };
}
