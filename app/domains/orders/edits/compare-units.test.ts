import { expect, test } from "vitest";
import { type ComparedUnit, compareUnits } from "./compare-units.ts";
import { nextEditStep } from "./next-edit-step.ts";
import { uncoveredReturns } from "./uncovered-returns.ts";

const unit = (channelLineId: string, shopifyLineId = "L", status = "to-ship"): ComparedUnit => ({
  ...{ channelLineId, shopifyLineId, status },
});
const UNITS = [unit("1"), unit("2"), unit("3")];
const line = (quantity: number, unfulfilledQuantity: number, over: object = {}) => ({
  ...{ id: "L", quantity, unfulfilledQuantity, currentQuantity: unfulfilledQuantity, sku: null, variantId: "V" },
  ...over,
});
const shipped = (quantity: number, status = "SUCCESS") => ({
  ...{ id: "F", status, updatedAt: new Date(0), tracking: [], lines: [{ lineItemId: "L", quantity }] },
});
const compare = (
  lines: ReturnType<typeof line>[],
  {
    fulfillments = [],
    cancelled = [],
    fees = 0,
  }: { fulfillments?: ReturnType<typeof shipped>[]; cancelled?: string[]; fees?: number } = {},
) => {
  const { takenOff, added } = compareUnits({ lines, fulfillments }, UNITS, { cancelled: new Set(cancelled), fees });
  return { off: takenOff.get("L") ?? 0, added };
};

test.each<[string, ReturnType<typeof compare>, { off: number; added: number }]>([
  ["as it was made", compare([line(3, 3)]), { off: 0, added: 0 }],
  ["one shipped", compare([line(3, 2)], { fulfillments: [shipped(1)] }), { off: 0, added: 0 }],
  ["one taken off", compare([line(3, 2)]), { off: 1, added: 0 }],
  ["one shipped and one taken off", compare([line(3, 1)], { fulfillments: [shipped(1)] }), { off: 1, added: 0 }],
  ["a parcel called off", compare([line(3, 3)], { fulfillments: [shipped(2, "CANCELLED")] }), { off: 0, added: 0 }],
  ["the channel's cancellation, off", compare([line(3, 2)], { cancelled: ["2"] }), { off: 0, added: 0 }],
  ["the channel's cancellation, not off yet", compare([line(3, 3)], { cancelled: ["2"] }), { off: 0, added: 0 }],
  ["one by the channel, one by staff", compare([line(3, 1)], { cancelled: ["2"] }), { off: 1, added: 0 }],
  ["a unit added to the line", compare([line(4, 4)]), { off: 0, added: 1 }],
  ["added and taken off again", compare([line(4, 3)]), { off: 0, added: 0 }],
  ["added, and one cancelled by the channel", compare([line(4, 3)], { cancelled: ["1"] }), { off: 0, added: 1 }],
  ["another product added", compare([line(3, 3), line(2, 2, { id: "M" })]), { off: 0, added: 2 }],
  ["our fee line", compare([line(3, 3), line(1, 1, { id: "M", variantId: null })], { fees: 1 }), { off: 0, added: 0 }],
  ["a line of no product added", compare([line(3, 3), line(1, 1, { id: "M", variantId: null })]), { off: 0, added: 1 }],
])("what staff changed: %s", (_name, found, wanted) => {
  expect(found).toEqual(wanted);
});

const step = (off: number, over: Partial<Parameters<typeof nextEditStep>[1]> = {}) =>
  nextEditStep(new Map([["L", off]]), {
    ...{ units: UNITS, cancelled: new Set<string>(), shipped: new Set<string>(), begun: [] },
    ...over,
  });
const begun = (state: string, channelLineIds: string[]) => [{ id: "d", state, channelLineIds }];

test("units that are off are told once, those no parcel has, the last first", () => {
  expect(step(1)).toEqual({ toCancel: ["3"], undone: [] });
  expect(step(2, { shipped: new Set(["2"]) })).toEqual({ toCancel: ["1", "3"], undone: [] });
  for (const state of ["wanted", "sending", "done", "refused"])
    expect(step(1, { begun: begun(state, ["3"]) })).toEqual({ toCancel: [], undone: [] });
  expect(step(2, { begun: begun("done", ["3"]) })).toEqual({ toCancel: ["2"], undone: [] });
  expect(step(1, { begun: begun("overtaken", ["3"]) })).toEqual({ toCancel: ["3"], undone: [] });
  // carried: the channel has cancelled it, so it is staff's no more
  expect(step(0, { begun: begun("done", ["3"]), cancelled: new Set(["3"]) })).toEqual({ toCancel: [], undone: [] });
});

test("what stands in Shopify again is not told, and what was refused is over", () => {
  expect(step(0, { begun: begun("refused", ["3"]) })).toEqual({ toCancel: [], undone: ["d"] });
  expect(step(0, { begun: begun("wanted", ["3"]) })).toEqual({ toCancel: [], undone: ["d"] });
  // a call is under way, or was taken: its end is seen first
  expect(step(0, { begun: begun("sending", ["3"]) })).toEqual({ toCancel: [], undone: [] });
});

const returned = (id: string, quantity: number, over: object = {}) => ({
  ...{ id, name: `#1-${id}`, status: "OPEN" },
  lines: [{ id: "r", lineItemId: "L", quantity, processed: 0, note: "", reverseLineId: null, locationId: null }],
  ...over,
});
const known = (channelLineIds: string[], over: object = {}) => ({
  ...{ status: "awaiting-item", channelLineIds, shopifyReturnId: null, ...over },
});
const uncovered = (found: ReturnType<typeof returned>[], there: ReturnType<typeof known>[] = []) =>
  uncoveredReturns(found, there, UNITS, ({ id }) => id === "ours");

test("a return begun in Shopify is one the channel knows nothing of, for units that no return of the channel names", () => {
  expect(uncovered([returned("R1", 2)])).toEqual([{ id: "R1", channelLineIds: ["1", "2"] }]);
  expect(uncovered([returned("R1", 1), returned("R2", 2)])).toEqual([
    { id: "R1", channelLineIds: ["1"] },
    { id: "R2", channelLineIds: ["2", "3"] },
  ]);
  for (const status of ["CANCELED", "DECLINED", "REQUESTED"])
    expect(uncovered([returned("R1", 2, { status })])).toEqual([]);
  expect(uncovered([returned("ours", 1)])).toEqual([]);
  expect(uncovered([returned("R1", 2)], [known(["1", "2"])])).toEqual([]);
  expect(uncovered([returned("R1", 2)], [known(["1"])])).toEqual([{ id: "R1", channelLineIds: ["2"] }]);
  expect(uncovered([returned("R1", 1)], [known(["1"], { status: "withdrawn" })])).toHaveLength(1);
  expect(uncovered([returned("R1", 1)], [known(["1"], { shopifyReturnId: "R1" })])).toEqual([]);
  expect(uncovered([returned("R1", 1)], [known(["1"], { shopifyReturnId: "ours" })])).toEqual([
    { id: "R1", channelLineIds: ["2"] },
  ]);
});
