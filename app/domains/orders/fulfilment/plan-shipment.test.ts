import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderState } from "../../../shopify/model.ts";
import { type KnownShipment, planShipments, type ShippableLine } from "./plan-shipment.ts";

type Fulfillment = OrderState["fulfillments"][number];
const NOW = new Date("2026-01-05T08:00:00Z");
const lines: ShippableLine[] = ["1", "2", "3", "4"].map((id) => ({
  channelLineId: id,
  shopifyLineId: id < "4" ? "A" : "B",
  status: "to-ship",
}));
const fulfillment = (over: Partial<Fulfillment> = {}): Fulfillment => ({
  ...{
    id: "f1",
    status: "SUCCESS",
    updatedAt: NOW,
    tracking: [{ company: "USPS", number: " 940 ", url: null }],
    lines: [{ lineItemId: "A", quantity: 2 }],
  },
  ...over,
});
const known = (over: Partial<KnownShipment> = {}): KnownShipment => ({
  shopifyFulfillmentId: "f1",
  state: "wanted",
  company: "USPS",
  trackingNumber: "940",
  channelLineIds: ["1", "2"],
  toldNumbers: [],
  ...over,
});

test("a fulfilment of two of three takes two units", () => {
  expect(planShipments(lines, [], [fulfillment()]).create).toEqual([
    { shopifyFulfillmentId: "f1", channelLineIds: ["1", "2"], company: "USPS", trackingNumber: "940" },
  ]);
});

test("the next parcel takes the unit that is left, and cancelled units are not shipped", () => {
  const second = fulfillment({
    id: "f2",
    lines: [
      { lineItemId: "A", quantity: 1 },
      { lineItemId: "B", quantity: 1 },
    ],
  });
  const some = lines.map((line) => (line.channelLineId === "4" ? { ...line, status: "cancelled" } : line));
  expect(planShipments(some, [known()], [fulfillment(), second]).create).toMatchObject([{ channelLineIds: ["3"] }]);
});

const cancelled = (...ids: string[]) =>
  lines.map((line) => (ids.includes(line.channelLineId) ? { ...line, status: "cancelled" } : line));

test("units cancelled before the channel was told of them are others of their line, or none", () => {
  const plan = (ids: string[], shipments = [known()]) => planShipments(cancelled(...ids), shipments, [fulfillment()]);
  expect(plan(["1"]).rechoose).toEqual([{ shopifyFulfillmentId: "f1", channelLineIds: ["2", "3"] }]);
  expect(plan(["1", "3"]).rechoose).toEqual([{ shopifyFulfillmentId: "f1", channelLineIds: ["2"] }]);
  expect(plan(["3"]).rechoose).toEqual([]);
  // nothing of it is left to tell
  expect(plan(["1", "2", "3"])).toMatchObject({ rechoose: [], create: [], cancel: ["f1"] });
  // what the channel was told, or may have been, is no choice any more
  for (const state of ["sending", "sent", "parked"] as const)
    expect(plan(["1"], [known({ state, toldNumbers: ["940"] })]).rechoose).toEqual([]);
});

test("a unit in the place of a cancelled one is in no other parcel", () => {
  const second = known({ shopifyFulfillmentId: "f2", channelLineIds: ["3"] });
  const one = fulfillment({ id: "f2", lines: [{ lineItemId: "A", quantity: 1 }] });
  expect(planShipments(cancelled("1"), [known(), second], [fulfillment(), one]).rechoose).toEqual([
    { shopifyFulfillmentId: "f1", channelLineIds: ["2"] },
  ]);
  const third = fulfillment({ id: "f3", lines: [{ lineItemId: "A", quantity: 1 }] });
  expect(planShipments(cancelled("1"), [known()], [fulfillment(), third])).toMatchObject({
    ...{ rechoose: [{ channelLineIds: ["2", "3"] }], create: [] },
  });
});

test("a fulfilment withdrawn before the channel was told is cancelled, and its units are free again", () => {
  const again = fulfillment({ id: "f2" });
  const plan = planShipments(lines, [known()], [fulfillment({ status: "CANCELLED" }), again]);
  expect(plan.cancel).toEqual(["f1"]);
  expect(plan.create).toMatchObject([{ shopifyFulfillmentId: "f2", channelLineIds: ["1", "2"] }]);
});

test("a number that changes after the channel was told is a correction; what is withdrawn by then is shown", () => {
  const other = fulfillment({ tracking: [{ company: "USPS", number: "941", url: null }] });
  const sent = known({ state: "sent", toldNumbers: ["940"] });
  expect(planShipments(lines, [sent], [other]).update).toMatchObject([{ trackingNumber: "941" }]);
  expect(planShipments(lines, [known({ state: "parked" })], [other]).update).toMatchObject([{ trackingNumber: "941" }]);
  for (const state of ["sending", "sent", "wanted", "parked"] as const)
    expect(
      planShipments(lines, [known({ state, toldNumbers: ["940"] })], [fulfillment({ status: "CANCELLED" })]),
    ).toMatchObject({ cancel: [], withdrawnAfterSending: ["f1"] });
});

test("a parcel that was told, called off and fulfilled anew under its number is the same parcel", () => {
  const sent = known({ state: "sent", toldNumbers: ["940"] });
  const off = fulfillment({ status: "CANCELLED" });
  const anew = (number: string) =>
    fulfillment({
      id: "f2",
      tracking: [{ company: "USPS", number, url: null }],
      lines: [{ lineItemId: "A", quantity: 1 }],
    });
  expect(planShipments(lines, [sent], [off, anew("9-40")])).toMatchObject({
    ...{ adopt: [{ shopifyFulfillmentId: "f1", anew: "f2" }], create: [], withdrawnAfterSending: [] },
  });
  expect(planShipments(lines, [sent], [off, anew("941")])).toMatchObject({
    ...{ adopt: [], create: [{ shopifyFulfillmentId: "f2" }], withdrawnAfterSending: ["f1"] },
  });
});

test("a parcel on its way keeps its number when Shopify forgets it, and its carrier when only that is renamed", () => {
  const sent = known({ state: "sent", toldNumbers: ["940"] });
  expect(planShipments(lines, [sent], [fulfillment({ tracking: [] })]).update).toEqual([]);
  const renamed = fulfillment({ tracking: [{ company: "UPS", number: "940", url: null }] });
  expect(planShipments(lines, [sent], [renamed]).update).toEqual([]);
});

test("planning again after applying plans nothing, and no unit is ever in two parcels", () => {
  const some = fc.array(
    fc.record({ a: fc.nat(3), b: fc.nat(2), status: fc.constantFrom("SUCCESS", "SUCCESS", "CANCELLED") }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, (shape) => {
      const fulfillments = shape.map(({ a, b, status }, index) =>
        fulfillment({
          id: `f${index}`,
          status,
          lines: [
            { lineItemId: "A", quantity: a },
            { lineItemId: "B", quantity: b },
          ],
        }),
      );
      const plan = planShipments(lines, [], fulfillments);
      const units = plan.create.flatMap((one) => one.channelLineIds);
      expect(new Set(units).size).toBe(units.length);
      const applied = plan.create.map((one) => ({ ...one, state: "wanted" as const, toldNumbers: [] }));
      expect(planShipments(lines, applied, fulfillments)).toEqual({
        create: [],
        update: [],
        rechoose: [],
        cancel: [],
        adopt: [],
        withdrawnAfterSending: [],
      });
    }),
  );
});
