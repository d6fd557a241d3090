import { BudgetClosed, CallError } from "../../../platform/errors.ts";

export interface Attempt {
  effect: "read" | "repeatable" | "write";
  error: unknown;
  /** 1 for the first sending. */
  attempt: number;
}

const MAX_ATTEMPTS = 3;
/** A timeout already cost the whole deadline: once more, then the row's own back-off takes over. */
const MAX_ATTEMPTS_AFTER_TIMEOUT = 2;

/**
 * Milliseconds to wait before sending again, or null for not again. Pure. Only what is harmless twice is sent again: a write whose
 * answer is lost may still land later than a newer one, so its caller has to hear of it. A write that never left is safe.
 * Throttling is not answered here: it closes the budget and ends the work until then.
 */
export function decideRetry({ effect, error, attempt }: Attempt, jitter: () => number = Math.random): number | null {
  if (!(error instanceof CallError) || error instanceof BudgetClosed) return null;
  if (error.family !== "unavailable" && error.family !== "timeout") return null;
  if (error.mayHaveHappened && effect === "write") return null;
  if (attempt >= (error.family === "timeout" ? MAX_ATTEMPTS_AFTER_TIMEOUT : MAX_ATTEMPTS)) return null;
  return Math.round(150 * 4 ** (attempt - 1) * (0.75 + jitter() / 2));
}

/** Layer: sends again where `decideRetry` says so. Everything inside runs anew for each attempt, the signature included. */
export function withRetry<A extends { effect: Attempt["effect"] }, R>(
  wait: (ms: number) => Promise<void>,
  send: (request: A, attempt: number) => Promise<R>,
): (request: A) => Promise<R> {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(request, attempt);
      } catch (error) {
        const pauseMs = decideRetry({ effect: request.effect, error, attempt });
        if (pauseMs === null) throw error;
        await wait(pauseMs);
      }
    }
  };
}
