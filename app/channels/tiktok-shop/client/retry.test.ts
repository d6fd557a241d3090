import { expect, test } from "vitest";
import { BudgetClosed, CallError, type ErrorFamily } from "../../../platform/errors.ts";
import { decideRetry } from "./retry.ts";
import { parseRetryAfter } from "./retry-after.ts";

const failed = (family: ErrorFamily, mayHaveHappened = false) => new CallError("x", { family, mayHaveHappened });
const half = () => 0.5;

test.each([
  { what: "a read that timed out, once", effect: "read", error: failed("timeout"), attempt: 1, again: true },
  { what: "but not twice", effect: "read", error: failed("timeout"), attempt: 2, again: false },
  {
    what: "a read the platform could not answer",
    effect: "read",
    error: failed("unavailable"),
    attempt: 2,
    again: true,
  },
  { what: "but not a third time", effect: "read", error: failed("unavailable"), attempt: 3, again: false },
  {
    what: "a keyed creation whose answer was lost",
    effect: "repeatable",
    error: failed("timeout", true),
    attempt: 1,
    again: true,
  },
  { what: "no write whose answer was lost", effect: "write", error: failed("timeout", true), attempt: 1, again: false },
  {
    what: "no write that met a server error",
    effect: "write",
    error: failed("unavailable", true),
    attempt: 1,
    again: false,
  },
  { what: "a write that never left", effect: "write", error: failed("unavailable", false), attempt: 1, again: true },
  { what: "nothing that was refused", effect: "read", error: failed("invalid"), attempt: 1, again: false },
  { what: "nothing for an unknown code", effect: "read", error: failed("unknown"), attempt: 1, again: false },
  { what: "nothing that was throttled", effect: "read", error: failed("rateLimit"), attempt: 1, again: false },
  {
    what: "nothing without budget",
    effect: "read",
    error: new BudgetClosed("k", new Date()),
    attempt: 1,
    again: false,
  },
  { what: "nothing for a bug", effect: "read", error: new TypeError("x"), attempt: 1, again: false },
] as const)("sends again: $what", ({ effect, error, attempt, again }) => {
  expect(decideRetry({ effect, error, attempt }, half) !== null).toBe(again);
});

test("pauses grow and stay short: a long wait belongs to the row", () => {
  const pause = (attempt: number) => decideRetry({ effect: "read", error: failed("unavailable"), attempt }, half);
  expect([pause(1), pause(2)]).toEqual([150, 600]);
});

test("Retry-After is read in seconds and as a date", () => {
  const now = new Date("2026-11-20T10:00:00.000Z");
  expect(parseRetryAfter("2", now)).toBe(2_000);
  expect(parseRetryAfter("Fri, 20 Nov 2026 10:00:05 GMT", now)).toBe(5_000);
  expect(parseRetryAfter("Fri, 20 Nov 2026 09:00:00 GMT", now)).toBe(0);
  expect(parseRetryAfter(null, now)).toBeUndefined();
  expect(parseRetryAfter("soon", now)).toBeUndefined();
});
