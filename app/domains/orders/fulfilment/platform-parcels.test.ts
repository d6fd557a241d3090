import { expect, test } from "vitest";
import { aLine } from "../testing.ts";
import { hasPlatformLabel, platformParcels, untoldLines } from "./platform-parcels.ts";

const unit = (id: string, packageId: string | null, trackingNumber: string | null) =>
  aLine({ channelLineId: id, packageId, trackingNumber, status: trackingNumber ? "in-transit" : "to-ship" });
const facts = {
  status: "partly-shipped" as const,
  lines: [unit("1", "p1", "TT1"), unit("2", "p1", "TT1"), unit("3", "p2", "TT2"), unit("4", "p3", null)],
};
const lines = ["1", "2", "3", "4"].map((channelLineId) => ({
  ...{ channelLineId, status: "in-transit", shopifyLineId: channelLineId < "4" ? "A" : "B" },
}));
const told = (number: string, quantity: number, status = "SUCCESS") => ({
  ...{ id: number, status, updatedAt: new Date(0) },
  tracking: [{ company: null, number, url: null }],
  lines: [{ lineItemId: "A", quantity }],
});

test("what has left goes by package; a label alone is no parcel", () => {
  expect(platformParcels(facts)).toEqual([
    { packageId: "p1", trackingNumber: "TT1", channelLineIds: ["1", "2"] },
    { packageId: "p2", trackingNumber: "TT2", channelLineIds: ["3"] },
  ]);
  const label = { ...facts, lines: facts.lines.map((line) => ({ ...line, status: "to-ship" as const })) };
  expect(platformParcels(label)).toEqual([]);
});

test("Shopify is told what it does not know under that number: nothing twice, the rest of what one place sent", () => {
  const [first] = platformParcels(facts);
  if (!first) throw new Error("no parcel");
  expect(untoldLines(first, lines, [])).toEqual([{ lineItemId: "A", quantity: 2 }]);
  expect(untoldLines(first, lines, [told("tt-1", 2)])).toEqual([]);
  expect(untoldLines(first, lines, [told("TT1", 1)])).toEqual([{ lineItemId: "A", quantity: 1 }]);
  expect(untoldLines(first, lines, [told("TT1", 2, "CANCELLED"), told("TT2", 1)])).toEqual([
    { lineItemId: "A", quantity: 2 },
  ]);
});

test("a label of the platform is for what the seller packs, not for what the platform ships from its own stock", () => {
  expect(hasPlatformLabel({ shippingBy: "platform", fulfilledBy: "seller" })).toBe(true);
  expect(hasPlatformLabel({ shippingBy: "platform", fulfilledBy: "platform" })).toBe(false);
  expect(hasPlatformLabel({ shippingBy: "seller", fulfilledBy: "seller" })).toBe(false);
});
