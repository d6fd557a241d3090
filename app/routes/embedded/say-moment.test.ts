import { expect, test } from "vitest";
import { sayMoment } from "./say-moment.ts";

test.each([
  ["placed", {}, "The order was placed"],
  ["paid", {}, "The order was paid"],
  ["status-on-hold", {}, "On hold: the buyer may still cancel"],
  ["status-delivered", {}, "Delivered to the buyer"],
  ["status-unknown:LOST", { to: "unknown:LOST" }, "Moved to a state this version has no word for (unknown:LOST)"],
  ["cancellation-requested", { by: "buyer" }, "A cancellation was asked for by the buyer"],
  ["cancellation-completed", { by: "seller" }, "Cancelled by you"],
  ["cancellation-completed", { by: "somebody-new" }, "Cancelled by somebody"],
  ["order-imported", { shopifyOrderName: "#1001", how: "created" }, "Order #1001 was made"],
  ["order-imported", { shopifyOrderName: "#1001", how: "found" }, "Order #1001 was found: an earlier try had made it"],
  [
    "order-parked",
    { reason: "order-sku-unlinked" },
    "Parked: An item in it was listed without Reelshelf and belongs to no product here.",
  ],
  [
    "order-shown-only",
    { why: "before-cutoff" },
    "Decided to make no Shopify order: it is from before you turned orders on",
  ],
  ["order-fulfilled-in-shopify", { count: 2 }, "Fulfilled: 2 parcels"],
  ["shipment-sent", { number: "1Z9" }, "Tracking number 1Z9 was accepted"],
  [
    "shipment-parked",
    { why: "shipment-carrier-unknown" },
    "Tracking could not be sent: TikTok Shop does not know the carrier",
  ],
  ["order-sung-about", {}, "Something happened that this version has no words for (order-sung-about)"],
])("%s %j is told in plain words", (code, values, sentence) => {
  expect(sayMoment(code, values)).toBe(sentence);
});
