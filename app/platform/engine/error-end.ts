import { after } from "../clock.ts";
import { BudgetClosed, CallError } from "../errors.ts";
import { LATE_EFFECT_MARGIN_MS } from "./model.ts";

/** How rows end whose work threw. */
export type ErrorEnd =
  | { kind: "later"; at: Date; reason: string; isFailure: boolean; isSuspect: boolean; recheckAt?: Date }
  | { kind: "back" };

const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 15 * 60_000;
const ASK_AGAIN_MS = 60_000;
/** A closed budget rests its lane and scope for at most so long; a row whose budget is closed longer steps aside for the others. */
const LONGEST_REST_MS = 1_000;

/** Doubling from one second to a quarter of an hour, spread by a fifth either way. `random` gives 0 ≤ x < 1. */
function backOffMs(failures: number, random: () => number): number {
  const base = Math.min(FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 20), LONGEST_BACK_OFF_MS);
  return Math.round(base * (0.8 + 0.4 * random()));
}

/**
 * The end of rows by the family of the error. `batch`: how many rows the drain held when it threw: an error nobody expected spoils
 * all of them, so from then on each is worked by itself and only the guilty one stays behind.
 */
export function endOfError(
  error: unknown,
  facts: { failures: number; batch: number; now: Date; random: () => number },
): ErrorEnd {
  const { now } = facts;
  if (error instanceof BudgetClosed) {
    if (error.retryAt <= after(now, LONGEST_REST_MS)) return { kind: "back" };
    return { kind: "later", at: error.retryAt, reason: "budget closed", isFailure: false, isSuspect: false };
  }
  const backOff = after(now, backOffMs(facts.failures, facts.random));
  if (error instanceof CallError) {
    const asked = error.retryAfterMs === undefined ? backOff : after(now, error.retryAfterMs);
    const isStopped = error.family === "auth" || error.family === "permission";
    return {
      kind: "later",
      at: isStopped ? after(now, ASK_AGAIN_MS) : asked,
      reason: [error.family, error.operation, error.code].filter(Boolean).join(" "),
      isFailure: true,
      isSuspect: isUnexpected(error) && facts.batch > 1,
      ...(error.mayHaveHappened ? { recheckAt: after(now, LATE_EFFECT_MARGIN_MS) } : {}),
    };
  }
  const reason = error instanceof Error ? error.name : "unknown";
  return { kind: "later", at: backOff, reason, isFailure: true, isSuspect: facts.batch > 1 };
}

/** When the (lane, scope) may be worked again after a budget was found closed. */
export const restAfter = (error: BudgetClosed, now: Date): Date =>
  new Date(Math.min(error.retryAt.getTime(), now.getTime() + LONGEST_REST_MS));

const isUnexpected = ({ family }: CallError) =>
  family === "unknown" || family === "invalid" || family === "conflict" || family === "notFound";
