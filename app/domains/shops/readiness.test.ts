import { describe, expect, test } from "vitest";
import { judgeReadiness, proposeSettings } from "./judge-readiness.ts";
import { parseSettings, type ReadinessFacts } from "./model.ts";
import { warningDue } from "./tend-grant.server.ts";

const facts: ReadinessFacts = {
  checkedAt: "2026-01-05T08:00:00.000Z",
  prerequisites: [{ item: "SHOP_STATUS", failed: false, reasons: [] }],
  warehouses: [
    { id: "w1", name: "Returns", kind: "return", isEnabled: true, isDefault: true, region: "US" },
    { id: "w2", name: "Main", kind: "sales", isEnabled: true, isDefault: false, region: "US" },
    { id: "w3", name: "Default", kind: "sales", isEnabled: true, isDefault: true, region: "US" },
    { id: "w4", name: "Closed", kind: "sales", isEnabled: false, isDefault: true, region: "US" },
  ],
  locations: [
    { id: "l1", name: "Shop", isActive: true, fulfillsOnlineOrders: false },
    { id: "l2", name: "Store", isActive: true, fulfillsOnlineOrders: true },
    { id: "l3", name: "Old", isActive: false, fulfillsOnlineOrders: true },
  ],
  sellerShips: true,
  carriers: [],
  missingShopifyScopes: [],
  missingChannelScopes: [],
  shopCurrency: "USD",
};
const chosen = parseSettings({ warehouseId: "w2", locationIds: ["l1"] });
const codes = (change: Partial<ReadinessFacts>, settings = chosen, currency = "USD") =>
  judgeReadiness({ ...facts, ...change }, settings, { currency }).failing.map((item) => item.code);

describe("readiness", () => {
  test("nothing fails when everything is there", () => {
    expect(judgeReadiness(facts, chosen, { currency: "USD" })).toMatchObject({ ok: true, failing: [] });
  });

  test.each([
    ["prerequisite-failed", codes({ prerequisites: [{ item: "BANK", failed: true, reasons: ["No bank account"] }] })],
    ["shopify-scopes-missing", codes({ missingShopifyScopes: ["read_orders"] })],
    ["channel-scopes-missing", codes({ missingChannelScopes: ["seller.order.info"] })],
    ["currency-differs", codes({ shopCurrency: "EUR" })],
    ["no-warehouse", codes({ warehouses: facts.warehouses.slice(0, 1) })],
    ["warehouse-not-chosen", codes({}, parseSettings({ locationIds: ["l1"] }))],
    ["warehouse-unusable", codes({}, parseSettings({ warehouseId: "w4", locationIds: ["l1"] }))],
    ["no-location", codes({ locations: facts.locations.slice(2) })],
    ["location-not-chosen", codes({}, parseSettings({ warehouseId: "w2", locationIds: ["l3"] }))],
  ])("%s blocks", (code, found) => {
    expect(found).toEqual([code]);
  });

  test("without seller shipping it is said, and does not block", () => {
    const readiness = judgeReadiness({ ...facts, sellerShips: false }, chosen, { currency: "USD" });
    expect(readiness).toMatchObject({ ok: true, failing: [{ code: "no-seller-shipping", blocks: false }] });
  });

  test("never looked at means not ready", () => {
    expect(judgeReadiness(null, chosen, { currency: "USD" })).toMatchObject({ ok: false, checkedAt: null });
  });
});

test("proposes the default sales warehouse and a location that fulfils, and only what nobody has chosen", () => {
  expect(proposeSettings(facts, parseSettings({}))).toMatchObject({ warehouseId: "w3", locationIds: ["l2"] });
  expect(proposeSettings(facts, parseSettings({ warehouseId: "w2" }))).toMatchObject({
    warehouseId: "w2",
    locationIds: ["l2"],
  });
  expect(proposeSettings(facts, chosen)).toBeNull();
});

test("old settings without newer fields are readable, wrong ones are not", () => {
  expect(parseSettings(null)).toMatchObject({
    buffer: 0,
    share: 1,
    defaultWeightGrams: 500,
    sourceName: "tiktok-shop",
  });
  expect(() => parseSettings({ share: 1.5 })).toThrow();
});

const DAY_MS = 24 * 3_600_000;
test.each([
  [30 * DAY_MS + 1, null],
  [30 * DAY_MS, 30],
  [7 * DAY_MS + 1, 30],
  [7 * DAY_MS, 7],
  [DAY_MS + 1, 7],
  [DAY_MS, 1],
])("with %d ms left the warning due is %s", (leftMs, due) => {
  expect(warningDue(leftMs)).toBe(due);
});
