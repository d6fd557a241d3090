import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextReturnStep, type ReturnFacts, type ReturnWorld } from "./next-return-step.ts";
import { chooseShipped, shareRestock } from "./share-units.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const facts = (over: Partial<ReturnFacts> = {}): ReturnFacts => ({
  ...{ kind: "return", status: "awaiting-item", isKept: false, importState: "done", shopifyOrderId: "gid://1" },
  ...{ shopifyState: "wanted", sentAt: null, isRestockDecided: true },
  ...over,
});
const step = (over: Partial<ReturnFacts> = {}, world: Partial<ReturnWorld> = {}) =>
  nextReturnStep(facts(over), { now: NOW, isArmed: true, found: "none", ...world });

describe("goods that come back", () => {
  test("are opened when the seller agreed, processed when they are here and decided on", () => {
    expect(step({ status: "requested" })).toEqual({ step: "nothing" });
    expect(step({ status: "offered" })).toEqual({ step: "nothing" });
    expect(step()).toEqual({ step: "open" });
    expect(step({}, { found: "open" })).toEqual({ step: "nothing" });
    expect(step({ status: "approved" })).toEqual({ step: "open" });
    expect(step({ status: "approved" }, { found: "open" })).toEqual({ step: "process" });
    expect(step({ status: "completed", isRestockDecided: false }, { found: "open" })).toEqual({ step: "ask-restock" });
    expect(step({ status: "completed" }, { found: "processed" })).toEqual({ step: "finish", how: "done" });
    expect(step({ status: "item-rejected" }, { found: "open" })).toEqual({ step: "nothing" });
  });
  test("are cancelled in Shopify when nothing comes back after all", () => {
    expect(step({ status: "withdrawn" }, { found: "open" })).toEqual({ step: "cancel" });
    expect(step({ status: "completed", isKept: true }, { found: "open" })).toEqual({ step: "cancel" });
    expect(step({ status: "rejected" })).toEqual({ step: "finish", how: "none" });
    expect(step({ status: "withdrawn", shopifyState: "opening", sentAt: ago(5) })).toMatchObject({ step: "wait" });
    expect(step({ status: "withdrawn", shopifyState: "opening", sentAt: ago(40) })).toMatchObject({ step: "finish" });
  });
});

test("refunds without goods and replacements ask nothing of the goods", () => {
  for (const kind of ["refund", "replacement", "unknown:NEW"]) {
    expect(step({ kind, status: "approved" })).toEqual({ step: "nothing" });
    expect(step({ kind, status: "completed" })).toEqual({ step: "finish", how: "none" });
  }
});

test("before the Shopify order is known, nobody concludes anything; of what is only shown, nothing is carried", () => {
  const none = { shopifyOrderId: null } as const;
  expect(step({ ...none, importState: "unknown" })).toEqual({ step: "wait-for-import" });
  expect(step({ ...none, importState: "planned" })).toEqual({ step: "wait-for-import" });
  expect(step({ ...none, importState: "shown" })).toEqual({ step: "finish", how: "none" });
});

test("nothing is sent unarmed, nor twice at a time, nor after its end", () => {
  expect(step({}, { isArmed: false })).toEqual({ step: "wait-for-arming" });
  expect(step({ shopifyState: "opening", sentAt: ago(39) })).toMatchObject({ step: "wait" });
  expect(step({ shopifyState: "opening", sentAt: ago(40) })).toEqual({ step: "open" });
  for (const shopifyState of ["done", "none", "parked"] as const)
    expect(step({ shopifyState })).toEqual({ step: "nothing" });
});

/** Against a Shopify without idempotency: answers lost, effects up to 20 s late, processes that die; the channel moves on meanwhile. */
test("any run of lost answers, late effects and deaths leaves one live return, each unit processed once", () => {
  const fate = fc.record({
    isAnswered: fc.boolean(),
    effectMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: null }),
    diesBefore: fc.boolean(),
  });
  const path = fc.constantFrom(
    ["awaiting-item", "item-sent", "approved", "completed"],
    ["awaiting-item", "withdrawn"],
    ["completed"],
    ["awaiting-item", "item-sent", "completed"],
  );
  let repeated = 0;
  fc.assert(
    fc.property(
      path,
      fc.array(fate, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 5 }),
      (statuses, fates, pauses) => {
        let now = NOW.getTime();
        let row = facts({ status: statuses[0] });
        let at = 0;
        const made: { openedAt: number; state: "open" | "processed" | "cancelled"; processed: number }[] = [];
        const pending: { at: number; run: () => void }[] = [];
        const settle = () => {
          for (const one of pending.splice(0)) {
            if (one.at <= now) one.run();
            else pending.push(one);
          }
        };
        let calls = 0;
        const call = (effect: () => void, state: ReturnFacts["shopifyState"]) => {
          const fated = fates[calls] ?? { isAnswered: true, effectMs: 0, diesBefore: false };
          calls += 1;
          row = { ...row, shopifyState: state, sentAt: new Date(now) };
          if (fated.diesBefore) return;
          if (fated.isAnswered) {
            effect();
            row = { ...row, sentAt: null, shopifyState: "open" };
          } else if (fated.effectMs !== null) pending.push({ at: now + fated.effectMs, run: effect });
          now += fated.isAnswered ? 100 : 10_000;
        };
        for (let turn = 0; turn < 120; turn += 1) {
          settle();
          const live = made.find((one) => one.state !== "cancelled") ?? made[0];
          if (live?.state === "open" && row.shopifyState === "opening")
            row = { ...row, shopifyState: "open", sentAt: null };
          const next = nextReturnStep(row, { now: new Date(now), isArmed: true, found: live?.state ?? "none" });
          if (next.step === "open") call(() => made.push({ openedAt: now, state: "open", processed: 0 }), "opening");
          else if (next.step === "process")
            call(() => {
              if (live?.state === "open") Object.assign(live, { state: "processed", processed: live.processed + 1 });
            }, "closing");
          else if (next.step === "cancel")
            call(() => {
              if (live?.state === "open") live.state = "cancelled";
            }, "cancelling");
          else if (next.step === "wait") now = Math.max(now + 1, next.until.getTime());
          else if (next.step === "finish") row = { ...row, shopifyState: next.how };
          else if (next.step === "nothing" && at < statuses.length - 1) {
            at += 1;
            row = { ...row, status: statuses[at] ?? "" };
          } else if (next.step === "nothing") break;
          now += pauses[turn % pauses.length] ?? 1;
        }
        now += 60_000;
        settle();
        if (calls > 2) repeated += 1;
        const live = made.filter((one) => one.state !== "cancelled");
        const isBack = statuses.at(-1) !== "withdrawn";
        expect(live).toHaveLength(isBack ? 1 : 0);
        expect(live.every((one) => one.processed === 1)).toBe(true);
        expect(row.shopifyState).toBe(isBack ? "done" : "none");
      },
    ),
    { numRuns: 500 },
  );
  expect(repeated).toBeGreaterThan(50);
});

describe("units", () => {
  const returnable = [
    { fulfillmentLineId: "f1", lineItemId: "a", quantity: 1 },
    { fulfillmentLineId: "f2", lineItemId: "a", quantity: 2 },
  ];
  test("are taken from what was shipped, parcel by parcel; more than was shipped is none", () => {
    expect(chooseShipped(new Map([["a", 2]]), returnable)).toEqual([
      { fulfillmentLineId: "f1", quantity: 1 },
      { fulfillmentLineId: "f2", quantity: 1 },
    ]);
    expect(chooseShipped(new Map([["a", 4]]), returnable)).toBeNull();
    expect(chooseShipped(new Map([["b", 1]]), returnable)).toBeNull();
  });
  test("go on the shelf they came from as decided, the rest does not; without a place nothing does", () => {
    const line = {
      id: "r1",
      lineItemId: "a",
      quantity: 2,
      processed: 0,
      note: "",
      reverseLineId: "v",
      locationId: "l",
    };
    expect(shareRestock([line, { ...line, id: "r2", quantity: 1 }], new Map([["a", 2]]))).toMatchObject([
      { id: "r1", restock: 2, leave: 0 },
      { id: "r2", restock: 0, leave: 1 },
    ]);
    expect(shareRestock([{ ...line, processed: 1 }], new Map([["a", 2]]))).toMatchObject([{ restock: 1, leave: 0 }]);
    expect(shareRestock([{ ...line, locationId: null }], new Map([["a", 2]]))).toMatchObject([
      { restock: 0, leave: 2 },
    ]);
  });
});
