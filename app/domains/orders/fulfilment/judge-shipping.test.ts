import { expect, test } from "vitest";
import { aLine, anOrder } from "../testing.ts";
import { judgeShipping } from "./judge-shipping.ts";

const shipment = { channelLineIds: ["1"], trackingNumber: "940", toldNumbers: [] as string[] };
const order = (over: Parameters<typeof anOrder>[0] = {}, line: Parameters<typeof aLine>[0] = {}) =>
  anOrder({ lines: [aLine({ channelLineId: "1", ...line }), aLine({ channelLineId: "2" })], ...over });

test("the channel's own word decides", () => {
  expect(judgeShipping(order(), shipment)).toEqual({ verdict: "ready" });
  expect(judgeShipping(order({}, { trackingNumber: "9 40", packageId: "p" }), shipment)).toEqual({
    verdict: "already-sent",
    packageId: "p",
  });
  expect(judgeShipping(order({}, { trackingNumber: "941" }), shipment)).toEqual({
    verdict: "conflict",
    trackingNumber: "941",
  });
  expect(judgeShipping(order({ status: "on-hold" }), shipment)).toEqual({ verdict: "on-hold" });
  expect(judgeShipping(order({ status: "cancelled" }), shipment)).toEqual({ verdict: "cancelled" });
  expect(judgeShipping(order({}, { status: "cancelled" }), shipment)).toEqual({ verdict: "cancelled" });
  const both = { ...shipment, channelLineIds: ["1", "2"] };
  expect(judgeShipping(order({}, { status: "cancelled" }), both)).toEqual({ verdict: "cancelled" });
  const told = aLine({ channelLineId: "2", trackingNumber: "940", packageId: "p" });
  expect(
    judgeShipping({ ...order(), lines: [aLine({ channelLineId: "1", status: "cancelled" }), told] }, both),
  ).toMatchObject({ verdict: "already-sent" });
  expect(judgeShipping(order({ buyerAskedToCancel: true }), shipment)).toEqual({ verdict: "cancellation-open" });
  expect(judgeShipping(order({ shippingBy: "platform" }), shipment)).toEqual({ verdict: "platform-ships" });
});

test("a number of ours that is no longer wanted is corrected; nobody else's is", () => {
  const there = order({}, { trackingNumber: "94-0 old", packageId: "p" });
  expect(judgeShipping(there, { ...shipment, toldNumbers: ["940OLD", "older"] })).toEqual({
    verdict: "correct",
    packageId: "p",
  });
  expect(judgeShipping(there, { ...shipment, toldNumbers: ["941"] })).toMatchObject({ verdict: "conflict" });
});
