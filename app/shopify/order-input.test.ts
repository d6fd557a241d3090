import { expect, test } from "vitest";
import type { OrderDraft } from "./model.ts";
import { toOrderInput } from "./order-input.ts";
import { toGrams } from "./products.server.ts";

const draft: OrderDraft = {
  sourceIdentifier: "576123456789012345",
  sourceName: "tiktok-shop",
  sourceUrl: null,
  processedAt: new Date("2026-11-22T09:58:11Z"),
  currency: "USD",
  taxesIncluded: false,
  test: false,
  tags: ["TikTok Shop"],
  note: "",
  attributes: [],
  email: null,
  phone: null,
  shippingAddress: {
    firstName: "J",
    lastName: "",
    address1: "1 Main St",
    address2: "",
    city: "Austin",
    provinceCode: "TX",
    zip: "78701",
    countryCode: "US",
    phone: "",
  },
  lines: [
    {
      variantId: "gid://shopify/ProductVariant/1",
      title: "Cup",
      sku: "SKU-1",
      quantity: 2,
      unitPriceMinor: 1_805n,
      requiresShipping: true,
      taxable: true,
      properties: [],
      taxes: [{ title: "Sales tax", rate: "0.0825", amountMinor: 297n, channelLiable: true }],
    },
  ],
  shipping: [],
  payments: [{ gateway: "TikTok Shop", amountMinor: 3_907n, processedAt: new Date("2026-11-22T09:58:11Z") }],
  decrementStock: true,
};

test("tells what Shopify would otherwise assume wrongly: shipping, stock, receipts, tax liability", () => {
  const { order, options } = toOrderInput(draft);
  expect(options).toEqual({
    inventoryBehaviour: "DECREMENT_IGNORING_POLICY",
    sendReceipt: false,
    sendFulfillmentReceipt: false,
  });
  expect(order.lineItems).toMatchObject([{ requiresShipping: true, taxLines: [{ channelLiable: true }] }]);
});

test("carries the unique id twice: as the metafield and as the source identifier", () => {
  const { order } = toOrderInput(draft);
  expect(order.sourceIdentifier).toBe("576123456789012345");
  expect(order.metafields).toEqual([
    { namespace: "$app", key: "channel_order_id", type: "id", value: "576123456789012345" },
  ]);
});

test("writes money as decimal text in the order's currency", () => {
  const { order } = toOrderInput(draft);
  expect(order.lineItems?.[0]?.priceSet).toEqual({ shopMoney: { amount: "18.05", currencyCode: "USD" } });
  expect(toOrderInput({ ...draft, currency: "JPY" }).order.transactions?.[0]?.amountSet.shopMoney.amount).toBe("3907");
});

test("leaves empty parts of an address out, and the address when there is none", () => {
  expect(toOrderInput(draft).order.shippingAddress).toEqual({
    firstName: "J",
    address1: "1 Main St",
    city: "Austin",
    provinceCode: "TX",
    zip: "78701",
    countryCode: "US",
  });
  expect(toOrderInput({ ...draft, shippingAddress: null }).order).not.toHaveProperty("shippingAddress");
});

test("an order without payment is pending", () => {
  expect(toOrderInput({ ...draft, payments: [] }).order.financialStatus).toBe("PAID");
  expect(toOrderInput(draft).order).not.toHaveProperty("financialStatus");
});

test("weights become whole grams; none and zero are no weight", () => {
  expect(toGrams({ value: 1.5, unit: "POUNDS" })).toBe(680);
  expect(toGrams({ value: 0.2, unit: "GRAMS" })).toBe(1);
  expect(toGrams({ value: 0, unit: "KILOGRAMS" })).toBeNull();
  expect(toGrams({ value: 3, unit: "STONES" })).toBeNull();
  expect(toGrams(null)).toBeNull();
});
