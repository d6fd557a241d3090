import { describe, expect, test } from "vitest";
import { aBuyer, anAddress, anOrder } from "../testing.ts";
import { factsFromJson, factsToJson } from "./facts-json.ts";
import { isSameBuyer, mergeBuyer } from "./merge-buyer.ts";
import { pollIntervalMs } from "./poll-orders.server.ts";

describe("stored facts", () => {
  test("come back as they were, without the buyer", () => {
    const facts = anOrder({
      shipByAt: new Date("2026-01-08T00:00:00Z"),
      buyerMessage: "ring twice",
      money: { fees: [{ name: "Fee", amountMinor: 27n }] },
    });
    const stored = JSON.parse(JSON.stringify(factsToJson(facts)));
    const { buyer: _buyer, buyerMessage: _message, ...rest } = facts;
    expect(factsFromJson(stored)).toEqual(rest);
    expect(JSON.stringify(stored)).not.toMatch(/Main St|ring twice|relay/);
  });
});

describe("buyer data", () => {
  const good = { buyer: aBuyer(), message: "" };
  const read = (buyer: ReturnType<typeof aBuyer> | null) => ({ buyer, buyerMessage: "" });

  test("masked never replaces good, hidden never removes anything, better replaces masked", () => {
    const masked = aBuyer({ isMasked: true, address: anAddress({ name: "J***" }) });
    expect(mergeBuyer(good, read(masked))).toBe(good);
    expect(mergeBuyer(good, read(null))).toBe(good);
    expect(mergeBuyer({ buyer: masked, message: "" }, read(aBuyer()))?.buyer.isMasked).toBe(false);
    expect(mergeBuyer(null, read(masked))?.buyer).toBe(masked);
  });
  test("the same data in another order of fields is the same", () => {
    const turned = {
      buyer: {
        ...aBuyer(),
        address: Object.fromEntries(Object.entries(anAddress()).reverse()) as ReturnType<typeof anAddress>,
      },
      message: "",
    };
    expect(isSameBuyer(good, turned)).toBe(true);
    expect(isSameBuyer(good, { ...good, message: "x" })).toBe(false);
  });
});

test("the poll comes every two minutes, every half minute while webhooks are silent or left something out", () => {
  const now = new Date("2026-01-05T08:00:00Z");
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  expect(pollIntervalMs({ lastWebhookAt: minutesAgo(10), untold: 0, now })).toBe(120_000);
  expect(pollIntervalMs({ lastWebhookAt: minutesAgo(11), untold: 0, now })).toBe(30_000);
  expect(pollIntervalMs({ lastWebhookAt: minutesAgo(1), untold: 1, now })).toBe(30_000);
  expect(pollIntervalMs({ lastWebhookAt: null, untold: 0, now })).toBe(30_000);
});
