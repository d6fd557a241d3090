import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseReason, meaningOfShopify } from "./choose-reason.ts";
import { type DecisionFacts, nextDecisionStep } from "./next-decision-step.ts";
import { readTruth } from "./read-truth.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const OPEN = { isSo: false, isOpen: true };

test("what is so already is done, what was decided otherwise is not sent, the rest is sent once at a time", () => {
  const step = (over: Partial<DecisionFacts>, truth = OPEN) =>
    nextDecisionStep({ state: "wanted", sentAt: null, ...over }, truth, NOW);
  expect(step({})).toEqual({ step: "send" });
  expect(step({}, { isSo: true, isOpen: false })).toEqual({ step: "finish" });
  expect(step({}, { isSo: false, isOpen: false })).toEqual({ step: "overtake" });
  expect(step({ state: "sending", sentAt: ago(39) })).toMatchObject({ step: "wait" });
  expect(step({ state: "sending", sentAt: ago(40) })).toEqual({ step: "send" });
  expect(step({ state: "sending", sentAt: ago(1) }, { isSo: true, isOpen: false })).toEqual({ step: "finish" });
  for (const state of ["done", "refused", "overtaken"] as const) expect(step({ state })).toEqual({ step: "nothing" });
});

describe("what the channel shows", () => {
  const lines = ["1", "2"].map((channelLineId) => ({ channelLineId, status: "to-ship" }));
  const cancel = { kind: "cancel" as const, requestId: "", channelLineIds: [] as string[] };
  const shown = (channelLineIds: string[], status = "approved") => ({
    ...{ lines, returns: [], cancellations: [{ channelCancelId: "c", status, channelLineIds }] },
  });
  test("a cancellation is so when all its units are cancelled", () => {
    expect(readTruth(cancel, { ...shown([]), cancellations: [] })).toEqual(OPEN);
    expect(readTruth(cancel, shown(["1"]))).toEqual(OPEN);
    expect(readTruth({ ...cancel, channelLineIds: ["1"] }, shown(["1"]))).toEqual({ isSo: true, isOpen: false });
    expect(readTruth(cancel, shown(["1", "2"], "requested"))).toEqual(OPEN);
    expect(readTruth(cancel, shown(["1", "2"], "completed"))).toEqual({ isSo: true, isOpen: false });
  });
  test("an answer is so in the states it leads to, and open only while it is asked for", () => {
    const of = (kind: "approve-return" | "refuse-received", status: string) =>
      readTruth(
        { kind, requestId: "r", channelLineIds: [] },
        { lines, cancellations: [], returns: [{ channelReturnId: "r", status, channelLineIds: ["1"] }] },
      );
    expect(of("approve-return", "requested")).toEqual(OPEN);
    expect(of("approve-return", "item-sent")).toEqual({ isSo: true, isOpen: false });
    expect(of("approve-return", "withdrawn")).toEqual({ isSo: false, isOpen: false });
    expect(of("refuse-received", "item-sent")).toEqual(OPEN);
    expect(of("refuse-received", "completed")).toEqual({ isSo: false, isOpen: false });
  });
});

test("a reason is never swapped for another; a meaning from Shopify takes the nearest that fits", () => {
  const offered = [
    { code: "oos", meaning: "out-of-stock" as const, allowsPart: true },
    { code: "asked", meaning: "buyer-asked" as const, allowsPart: false },
  ];
  expect(chooseReason(offered, "asked", { isWhole: true })).toBe("asked");
  expect(chooseReason(offered, "asked", { isWhole: false })).toBeNull();
  expect(chooseReason(offered, "gone", { isWhole: true })).toBeNull();
  expect(chooseReason(offered, meaningOfShopify("INVENTORY"), { isWhole: true })).toBe("oos");
  expect(chooseReason(offered, meaningOfShopify("FRAUD"), { isWhole: true })).toBe("asked");
  expect(chooseReason([], meaningOfShopify(null), { isWhole: true })).toBeNull();
});

test("a return begun in Shopify is so when the channel has one of its units, whoever opened it", () => {
  const truth = (status: string, channelLineIds: string[]) =>
    readTruth(
      { kind: "begin-return", requestId: "gid://shopify/Return/1", channelLineIds: ["1", "2"] },
      { lines: [], cancellations: [], returns: [{ channelReturnId: "r", status, channelLineIds }] },
    );
  expect(truth("awaiting-item", ["1", "2"])).toEqual({ isSo: true, isOpen: true });
  expect(truth("awaiting-item", ["1"])).toEqual({ isSo: false, isOpen: true });
  expect(truth("withdrawn", ["1", "2"])).toEqual({ isSo: false, isOpen: true });
});

/** Against a channel that loses answers, applies a call up to 20 s after its deadline, and a process that dies at any point. */
test("any run of lost answers, late effects and deaths decides once, and ends", () => {
  const fate = fc.record({
    isAnswered: fc.boolean(),
    effectMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: null }),
    diesBefore: fc.boolean(),
  });
  let repeated = 0;
  fc.assert(
    fc.property(
      fc.array(fate, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 5 }),
      (fates, pauses) => {
        let now = NOW.getTime();
        let row: DecisionFacts = { state: "wanted", sentAt: null };
        const effects: number[] = [];
        let calls = 0;
        for (let turn = 0; turn < 60 && row.state !== "done"; turn += 1) {
          const isSo = effects.some((at) => at <= now);
          const step = nextDecisionStep(row, { isSo, isOpen: !isSo }, new Date(now));
          if (step.step === "finish") row = { ...row, state: "done" };
          else if (step.step === "wait") now = Math.max(now + 1, step.until.getTime());
          else if (step.step === "send") {
            const call = fates[calls] ?? { isAnswered: true, effectMs: 0, diesBefore: false };
            row = { state: "sending", sentAt: new Date(now) };
            calls += 1;
            if (!call.diesBefore) {
              if (call.isAnswered) effects.push(now);
              else if (call.effectMs !== null) effects.push(now + call.effectMs);
              now += call.isAnswered ? 100 : 10_000;
            }
          }
          now += pauses[turn % pauses.length] ?? 1;
        }
        if (calls > 1) repeated += 1;
        expect(row.state).toBe("done");
        expect(effects).toHaveLength(1);
      },
    ),
    { numRuns: 500 },
  );
  expect(repeated).toBeGreaterThan(50);
});
