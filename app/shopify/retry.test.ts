import { describe, expect, test } from "vitest";
import { BudgetClosed, CallError } from "../platform/errors.ts";
import { decideRetry, MAX_ATTEMPTS } from "./retry.ts";

const unavailable = (facts: { retryAfterMs?: number; code?: string } = {}) =>
  new CallError("x", { family: "unavailable", ...facts });
const read = { changes: false, attempt: 1, random: 0.5 };

describe("decideRetry", () => {
  test("repeats a read whose connection broke, later each time", () => {
    const first = decideRetry({ ...read, error: unavailable() });
    const second = decideRetry({ ...read, attempt: 2, error: unavailable() });
    expect(first).toEqual({ retry: true, delayMs: 150 });
    expect(second).toEqual({ retry: true, delayMs: 300 });
  });

  test("never repeats a write", () => {
    expect(decideRetry({ ...read, changes: true, error: unavailable() })).toEqual({ retry: false });
  });

  test("stops at the last attempt", () => {
    expect(decideRetry({ ...read, attempt: MAX_ATTEMPTS - 1, error: unavailable() }).retry).toBe(true);
    expect(decideRetry({ ...read, attempt: MAX_ATTEMPTS, error: unavailable() }).retry).toBe(false);
  });

  test("keeps to Retry-After up to a second, then leaves the waiting to the caller", () => {
    expect(decideRetry({ ...read, error: unavailable({ retryAfterMs: 1_000 }) })).toEqual({
      retry: true,
      delayMs: 1_000,
    });
    expect(decideRetry({ ...read, error: unavailable({ retryAfterMs: 1_001 }) })).toEqual({ retry: false });
  });

  test.each([
    ["a paused shop", unavailable({ code: "shop-paused" })],
    ["a deadline used up", new CallError("x", { family: "timeout" })],
    ["a refusal", new CallError("x", { family: "invalid" })],
    ["a closed budget", new BudgetClosed("k", new Date())],
    ["an error of ours", new TypeError("x")],
  ])("does not repeat after %s", (_what, error) => {
    expect(decideRetry({ ...read, error })).toEqual({ retry: false });
  });
});
