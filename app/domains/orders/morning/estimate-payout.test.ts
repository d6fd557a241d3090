import { expect, test } from "vitest";
import { estimatePayout } from "./estimate-payout.ts";

const order = {
  ...{ buyerPaidMinor: 2_663n, platformPaidMinor: 200n, money: { taxMinor: 164n, fees: [] } },
  ...{ channelRemitsTax: true, feeBasisPoints: 600 },
};

test.each([
  // 28.63 paid, 1.64 of it tax: 26.99, of which 6 % is 1.6194
  ["a share of what both pay without tax", {}, 162n, 2_537n],
  ["tax the seller has to remit stays with the seller", { channelRemitsTax: false }, 162n, 2_701n],
  [
    "what the buyer pays for the platform's services does not",
    { money: { taxMinor: 164n, fees: [{ name: "x", amountMinor: 99n }] } },
    156n,
    2_444n,
  ],
  ["no fee at all", { feeBasisPoints: 0 }, 0n, 2_699n],
  [
    "halves are rounded up",
    { buyerPaidMinor: 175n, platformPaidMinor: 0n, money: { taxMinor: 0n, fees: [] } },
    11n,
    164n,
  ],
])("%s", (_what, over, feeMinor, youGetMinor) => {
  expect(estimatePayout({ ...order, ...over })).toEqual({ feeMinor, youGetMinor });
});

test("without a rate nothing is guessed", () => {
  expect(estimatePayout({ ...order, feeBasisPoints: null })).toEqual({ feeMinor: null, youGetMinor: null });
});
