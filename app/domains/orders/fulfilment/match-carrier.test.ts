import { expect, test } from "vitest";
import { companyKey, matchCarrier, type RememberedCarrier } from "./match-carrier.ts";

const carriers = [
  { id: "1", name: "USPS" },
  { id: "2", name: "FedEx" },
  { id: "3", name: "DHL eCommerce" },
];

const match = (company: string | null, fallbackId: string | null, remembered: RememberedCarrier[] = []) =>
  matchCarrier(carriers, company, { fallbackId, remembered });

test.each([
  ["usps", "1"],
  ["U.S.P.S.", "1"],
  ["United States Postal Service", "1"],
  ["Federal Express", "2"],
  ["DHL e-Commerce", "3"],
])("%s is carrier %s", (company, id) => {
  expect(match(company, null)).toMatchObject({ outcome: "matched", carrier: { id } });
});

test("one DHL is not the other", () => expect(match("DHL Express", null)).toEqual({ outcome: "none" }));

test("an unknown or missing name takes the merchant's fallback, but only one the channel offers", () => {
  expect(match("Bob's Vans", "2")).toMatchObject({ outcome: "fallback", carrier: { id: "2" } });
  expect(match(null, "2")).toMatchObject({ outcome: "fallback", carrier: { id: "2" } });
  expect(match("Bob's Vans", "9")).toEqual({ outcome: "none" });
  expect(matchCarrier([], "USPS", { fallbackId: "1", remembered: [] })).toEqual({ outcome: "none" });
});

test("what somebody chose before goes first, by id, else by name where ids differ, and only where it is offered", () => {
  const chosen = (carrierId: string, carrierName: string) => [
    { company: companyKey("Bob's Vans"), carrierId, carrierName },
  ];
  expect(match("bobs vans", "2", chosen("1", "USPS"))).toMatchObject({ outcome: "remembered", carrier: { id: "1" } });
  expect(match("Bob's Vans", "2", chosen("77", "Fed Ex"))).toMatchObject({
    outcome: "remembered",
    carrier: { id: "2" },
  });
  expect(match("Bob's Vans", null, chosen("77", "Yodel"))).toEqual({ outcome: "none" });
  expect(match("Someone else", null, chosen("1", "USPS"))).toEqual({ outcome: "none" });
  // a choice beats the same name: the merchant knows better
  expect(match("UPS", null, [{ company: "ups", carrierId: "1", carrierName: "USPS" }])).toMatchObject({
    carrier: { id: "1" },
  });
});
