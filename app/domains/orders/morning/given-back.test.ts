import { expect, test } from "vitest";
import { estimatePayout } from "./estimate-payout.ts";
import { type GivenBackOrder, givenBack } from "./given-back.ts";

// two units at 20.00, 2.00 of each paid by the platform, 1.50 tax on each, 5.00 shipping
const unit = (channelLineId: string) => ({
  ...{ channelLineId, priceMinor: 2_000n, platformDiscountMinor: 200n, taxMinor: 150n },
});
const order: GivenBackOrder = {
  ...{ buyerPaidMinor: 4_400n, taxMinor: 300n, lines: [unit("1"), unit("2")], cancellations: [], returns: [] },
};
const cancelled = (refundMinor: bigint | null, ids = ["1"], status = "completed") => ({
  ...{ status, refundMinor, channelLineIds: ids },
});
const returned = (over: object = {}) => ({
  ...{ status: "completed", kind: "return", refundMinor: 1_950n, platformMinor: null, channelLineIds: ["2"] },
  ...over,
});
const of = (over: Partial<GivenBackOrder>) => {
  const { buyerMinor, platformMinor, taxMinor } = givenBack({ ...order, ...over });
  return [buyerMinor, platformMinor, taxMinor];
};

test.each<[string, Partial<GivenBackOrder>, bigint[]]>([
  ["nothing", {}, [0n, 0n, 0n]],
  ["a unit that was cancelled", { cancellations: [cancelled(1_950n)] }, [1_950n, 200n, 150n]],
  ["a request that nobody has answered", { cancellations: [cancelled(1_950n, ["1"], "requested")] }, [0n, 0n, 0n]],
  ["a cancellation of what was never paid", { cancellations: [cancelled(null)] }, [0n, 0n, 0n]],
  ["a unit that came back", { returns: [returned()] }, [1_950n, 200n, 150n]],
  ["the platform's own word on its part", { returns: [returned({ platformMinor: 50n })] }, [1_950n, 50n, 150n]],
  [
    "half the price, and the goods stay",
    { returns: [returned({ kind: "refund", refundMinor: 900n })] },
    [900n, 0n, 75n],
  ],
  ["a return that was refused", { returns: [returned({ status: "rejected" })] }, [0n, 0n, 0n]],
  ["another one sent", { returns: [returned({ kind: "replacement", refundMinor: null })] }, [0n, 0n, 0n]],
  ["both", { cancellations: [cancelled(1_950n)], returns: [returned()] }, [3_900n, 400n, 300n]],
  ["with the shipping", { cancellations: [cancelled(4_400n, ["1", "2"])] }, [4_400n, 400n, 300n]],
  [
    "tax that units do not name, by value",
    { lines: order.lines.map((line) => ({ ...line, taxMinor: 0n })), cancellations: [cancelled(2_200n)] },
    [2_200n, 200n, 150n],
  ],
])("what went back: %s", (_name, over, wanted) => {
  expect(of(over)).toEqual(wanted);
});

test("the estimate is of what is left: after everything went back nothing is, and it never falls below", () => {
  const sold = { buyerPaidMinor: 4_400n, platformPaidMinor: 400n, money: { taxMinor: 300n, fees: [] } };
  const terms = { channelRemitsTax: true, feeBasisPoints: 600 };
  const back = (over: Partial<GivenBackOrder>) => ({ back: givenBack({ ...order, ...over }) });
  // 44.00 and 4.00 less 3.00 tax: 45.00; of one unit less: 24.00
  expect(estimatePayout({ ...sold, ...terms })).toEqual({ feeMinor: 270n, youGetMinor: 4_230n });
  expect(estimatePayout({ ...sold, ...terms, ...back({ cancellations: [cancelled(1_950n)] }) })).toEqual({
    ...{ feeMinor: 150n, youGetMinor: 2_350n },
  });
  const whole = back({ cancellations: [cancelled(4_400n, ["1", "2"])] });
  expect(estimatePayout({ ...sold, ...terms, ...whole })).toEqual({ feeMinor: 0n, youGetMinor: 0n });
  const fees = [{ name: "x", amountMinor: 100n }];
  expect(estimatePayout({ ...sold, ...terms, ...whole, money: { taxMinor: 300n, fees } })).toMatchObject({
    youGetMinor: 0n,
  });
});
