import { BudgetClosed, CallError } from "../platform/errors.ts";

/** At most this many sendings of one read. */
export const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 150;
/** A drain never sleeps: whoever has to wait longer ends and comes back. */
const LONGEST_DELAY_MS = 1_000;

export type RetryDecision = { retry: false } | { retry: true; delayMs: number };

/**
 * May a call be sent again? Only reads (a write whose answer was lost is looked for, never repeated), only what passes by itself
 * soon (a broken connection, a 5xx), never what already took its whole deadline or was told to stay away for longer than a second.
 * `attempt` counts from 1; `random` is 0 ≤ n < 1.
 */
export function decideRetry(call: {
  changes: boolean;
  attempt: number;
  error: unknown;
  random: number;
}): RetryDecision {
  const { changes, attempt, error, random } = call;
  if (changes || attempt >= MAX_ATTEMPTS) return { retry: false };
  if (error instanceof BudgetClosed || !(error instanceof CallError)) return { retry: false };
  if (error.family !== "unavailable" || error.code === "shop-paused") return { retry: false };
  const delayMs = error.retryAfterMs ?? Math.round(FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + random));
  return delayMs > LONGEST_DELAY_MS ? { retry: false } : { retry: true, delayMs };
}
