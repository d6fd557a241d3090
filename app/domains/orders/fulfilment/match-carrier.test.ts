import { expect, test } from "vitest";
import { matchCarrier } from "./match-carrier.ts";

const carriers = [
  { id: "1", name: "USPS" },
  { id: "2", name: "FedEx" },
  { id: "3", name: "DHL eCommerce" },
];

test.each([
  ["usps", "1"],
  ["U.S.P.S.", "1"],
  ["United States Postal Service", "1"],
  ["Federal Express", "2"],
  ["DHL e-Commerce", "3"],
])("%s is carrier %s", (company, id) => {
  expect(matchCarrier(carriers, company, null)).toMatchObject({ outcome: "matched", carrier: { id } });
});

test("one DHL is not the other", () =>
  expect(matchCarrier(carriers, "DHL Express", null)).toEqual({ outcome: "none" }));

test("an unknown or missing name takes the merchant's fallback, but only one the channel offers", () => {
  expect(matchCarrier(carriers, "Bob's Vans", "2")).toMatchObject({ outcome: "fallback", carrier: { id: "2" } });
  expect(matchCarrier(carriers, null, "2")).toMatchObject({ outcome: "fallback", carrier: { id: "2" } });
  expect(matchCarrier(carriers, "Bob's Vans", "9")).toEqual({ outcome: "none" });
  expect(matchCarrier([], "USPS", "1")).toEqual({ outcome: "none" });
});
