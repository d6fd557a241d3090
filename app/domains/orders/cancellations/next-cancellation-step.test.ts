import { expect, test } from "vitest";
import { type CancelledOrder, type KnownCancellation, nextCancellationStep } from "./next-cancellation-step.ts";

const order = (over: Partial<CancelledOrder> = {}): CancelledOrder => ({
  status: "cancelled",
  importState: "done",
  shopifyOrderId: "gid://1",
  channelLineIds: ["1", "2"],
  liveLineIds: ["1", "2"],
  ...over,
});
const cancellation = (over: Partial<KnownCancellation> = {}): KnownCancellation => ({
  ...{
    channelCancelId: "c1",
    status: "completed",
    by: "buyer",
    restock: true,
    channelLineIds: ["1", "2"],
    shopifyState: "wanted",
  },
  ...over,
});

test("a completed cancellation cancels the Shopify order with the channel's restock flag, once", () => {
  expect(nextCancellationStep(order(), [cancellation()])).toEqual({
    step: "cancel",
    channelCancelIds: ["c1"],
    restock: true,
  });
  expect(nextCancellationStep(order(), [cancellation({ restock: false })])).toMatchObject({ restock: false });
  expect(nextCancellationStep(order(), [cancellation({ shopifyState: "sending" })])).toMatchObject({ step: "cancel" });
  expect(nextCancellationStep(order(), [cancellation({ shopifyState: "done" })])).toEqual({ step: "nothing" });
});

test("a request is shown, an approval counts when the order itself is cancelled, a withdrawal is nothing", () => {
  const open = order({ status: "to-ship" });
  expect(nextCancellationStep(open, [cancellation({ status: "requested" })])).toEqual({
    step: "show-request",
    channelCancelId: "c1",
  });
  expect(nextCancellationStep(open, [cancellation({ status: "approved" })])).toEqual({ step: "nothing" });
  expect(nextCancellationStep(order(), [cancellation({ status: "approved" })])).toMatchObject({ step: "cancel" });
  expect(nextCancellationStep(open, [cancellation({ status: "withdrawn" })])).toEqual({ step: "nothing" });
});

test("while the import is not known to have failed, nobody concludes anything", () => {
  expect(nextCancellationStep(order({ shopifyOrderId: null, importState: "unknown" }), [cancellation()])).toEqual({
    step: "wait-for-import",
  });
  expect(nextCancellationStep(order({ shopifyOrderId: null, importState: "sending" }), [cancellation()])).toEqual({
    step: "wait-for-import",
  });
  expect(nextCancellationStep(order({ shopifyOrderId: null, importState: "shown" }), [cancellation()])).toEqual({
    step: "settle",
    channelCancelIds: ["c1"],
  });
});

test("before the import, some units wait for it: they come with the order and are taken off then", () => {
  const planned = order({ status: "to-ship", shopifyOrderId: null, importState: "planned" });
  const half = cancellation({ channelLineIds: ["1"] });
  expect(nextCancellationStep(planned, [half])).toEqual({ step: "wait-for-import" });
  expect(nextCancellationStep({ ...planned, liveLineIds: ["2"] }, [half])).toEqual({ step: "wait-for-import" });
  expect(nextCancellationStep({ ...planned, liveLineIds: ["2"], importState: "shown" }, [half])).toMatchObject({
    step: "settle",
  });
});

test("some units only are taken off; two halves are a whole", () => {
  const open = order({ status: "to-ship" });
  const half = (id: string) => cancellation({ channelCancelId: `c${id}`, channelLineIds: [id] });
  expect(nextCancellationStep(open, [half("1")])).toEqual({ step: "take-off", channelCancelIds: ["c1"] });
  expect(nextCancellationStep(open, [half("1"), half("2")])).toMatchObject({
    step: "cancel",
    channelCancelIds: ["c1", "c2"],
  });
});
