import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextRefundStep, type RefundFacts } from "./next-refund-step.ts";
import { planMoney, unitsByLine } from "./plan-refund.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const world = { now: NOW, isArmed: true, isFound: false };

test("looked for first, sent when armed, never a second time before the first can no longer land", () => {
  const step = (over: Partial<RefundFacts>, more = {}) =>
    nextRefundStep({ state: "wanted", sentAt: null, ...over }, { ...world, ...more });
  expect(step({})).toEqual({ step: "send" });
  expect(step({}, { isArmed: false })).toEqual({ step: "wait-for-arming" });
  expect(step({}, { isFound: true })).toEqual({ step: "finish" });
  expect(step({ state: "parked" })).toEqual({ step: "nothing" });
  expect(step({ state: "parked" }, { isFound: true })).toEqual({ step: "finish" });
  expect(step({ state: "done" }, { isFound: true })).toEqual({ step: "nothing" });
  expect(step({ state: "sending", sentAt: ago(39) })).toMatchObject({ step: "wait" });
  expect(step({ state: "sending", sentAt: ago(40) })).toEqual({ step: "send" });
});

/** Shopify keeps one refund per key for a day, and none of a key afterwards: then only the look is left. */
test("any run of lost answers, late effects, deaths and long pauses records one refund", () => {
  const DAY_MS = 24 * 3_600_000;
  const fate = fc.record({
    isAnswered: fc.boolean(),
    effectMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: null }),
    diesBefore: fc.boolean(),
  });
  let repeated = 0;
  fc.assert(
    fc.property(
      fc.array(fate, { maxLength: 5 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 50_000 }), fc.constant(2 * DAY_MS)), { minLength: 1, maxLength: 5 }),
      (fates, pauses) => {
        let now = NOW.getTime();
        let row: RefundFacts = { state: "wanted", sentAt: null };
        const effects: number[] = [];
        const apply = (at: number) => {
          if (!effects.some((before) => at - before < DAY_MS)) effects.push(at);
        };
        let calls = 0;
        for (let turn = 0; turn < 60 && row.state !== "done"; turn += 1) {
          const isFound = effects.some((at) => at <= now);
          const step = nextRefundStep(row, { now: new Date(now), isArmed: true, isFound });
          if (step.step === "finish") row = { ...row, state: "done" };
          else if (step.step === "wait") now = Math.max(now + 1, step.until.getTime());
          else if (step.step === "send") {
            const call = fates[calls] ?? { isAnswered: true, effectMs: 0, diesBefore: false };
            row = { state: "sending", sentAt: new Date(now) };
            calls += 1;
            if (!call.diesBefore) {
              if (call.isAnswered) apply(now);
              else if (call.effectMs !== null) apply(now + call.effectMs);
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

describe("which payment a refund comes off", () => {
  const sales = (buyer: bigint, platform: bigint, back: [bigint, bigint] = [0n, 0n]) =>
    [
      { id: "b", gateway: "TikTok Shop", amountMinor: buyer, refundedMinor: back[0] },
      { id: "p", gateway: "TikTok Shop (platform discount)", amountMinor: platform, refundedMinor: back[1] },
    ].filter((one) => one.amountMinor > 0n);
  const plan = (
    back: { buyerMinor: bigint; platformMinor: bigint | "rest" },
    paid: ReturnType<typeof sales>,
    buyerPaidMinor = 2000n,
  ) =>
    planMoney(back, {
      ...{ channelName: "TikTok Shop", buyerPaidMinor },
      payments: { currency: "USD", isCancelled: false, sales: paid, refundedMinor: 0n, refunds: [] },
    });

  test("the buyer's off the buyer's, the platform's off the platform's", () => {
    expect(plan({ buyerMinor: 1500n, platformMinor: 300n }, sales(2000n, 300n))).toMatchObject({
      amountMinor: 1800n,
      payments: [
        { saleId: "b", amountMinor: 1500n },
        { saleId: "p", amountMinor: 300n },
      ],
    });
    expect(plan({ buyerMinor: 0n, platformMinor: "rest" }, sales(0n, 300n), 0n)).toMatchObject({
      payments: [{ saleId: "p", amountMinor: 300n }],
    });
    expect(plan({ buyerMinor: 1500n, platformMinor: "rest" }, sales(2000n, 300n, [0n, 100n]))).toMatchObject({
      amountMinor: 1700n,
    });
  });
  test("more than is left is told, with both amounts, and nothing is made to fit", () => {
    expect(plan({ buyerMinor: 1501n, platformMinor: 0n }, sales(2000n, 300n, [500n, 0n]))).toEqual({
      ...{ outcome: "exceeds", channelMinor: 1501n, leftMinor: 1800n },
    });
    expect(plan({ buyerMinor: 0n, platformMinor: 301n }, sales(2000n, 300n))).toMatchObject({ outcome: "exceeds" });
  });
  test("the rest of the platform's payment that somebody refunded in Shopify counts as gone back", () => {
    const back = { buyerMinor: 2000n, platformMinor: "rest" } as const;
    expect(plan(back, sales(2000n, 300n, [2000n, 300n]))).toMatchObject({ outcome: "exceeds", channelMinor: 2300n });
    const payments = { currency: "USD", isCancelled: true, sales: sales(2000n, 300n, [2000n, 300n]) };
    expect(
      planMoney(
        { buyerMinor: 1500n, platformMinor: "rest" },
        {
          ...{ channelName: "TikTok Shop", buyerPaidMinor: 2000n },
          payments: { ...payments, refundedMinor: 2300n, refunds: [] },
          recorded: [
            { saleId: "b", amountMinor: 500n },
            { saleId: "p", amountMinor: 100n },
          ],
        },
      ),
    ).toMatchObject({ outcome: "exceeds", channelMinor: 1700n });
  });
  test("whatever is planned sums to what went back and leaves no payment below nothing", () => {
    const amount = fc.bigInt({ min: 0n, max: 5_000n });
    let planned = 0;
    fc.assert(
      fc.property(amount, amount, amount, amount, (paidBuyer, paidPlatform, buyerMinor, platformMinor) => {
        const paid = sales(paidBuyer, paidPlatform);
        const made = plan({ buyerMinor, platformMinor }, paid, paidBuyer);
        expect(made.outcome).toBe(buyerMinor <= paidBuyer && platformMinor <= paidPlatform ? "plan" : "exceeds");
        if (made.outcome !== "plan") return;
        planned += 1;
        expect(made.payments.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(buyerMinor + platformMinor);
        for (const one of made.payments)
          expect(one.amountMinor <= (paid.find((sale) => sale.id === one.saleId)?.amountMinor ?? 0n)).toBe(true);
      }),
    );
    expect(planned).toBeGreaterThan(5);
  });
});

test("units are counted by their Shopify line; one without a line stops it", () => {
  const lines = [
    { channelLineId: "1", shopifyLineId: "a" },
    { channelLineId: "2", shopifyLineId: "a" },
    { channelLineId: "3", shopifyLineId: null },
  ];
  expect(unitsByLine(lines, ["1", "2"])).toEqual(new Map([["a", 2]]));
  expect(unitsByLine(lines, ["1", "3"])).toBeNull();
  expect(unitsByLine(lines, ["unknown"])).toBeNull();
});
