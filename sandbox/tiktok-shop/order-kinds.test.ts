import { afterAll, beforeAll, expect, it } from "vitest";
import { orderKinds } from "./order-kinds.ts";
import { aLiveListing, openTestShop, type TestShop } from "./testing.ts";

let shop: TestShop;
let skuId: string;
beforeAll(async () => {
  shop = await openTestShop({ speed: 1 });
  const listing = await aLiveListing(shop);
  skuId = listing.skuId;
  await shop.call("POST", `/product/202309/products/${listing.productId}/inventory/update`, {
    body: { skus: [{ id: skuId, inventory: [{ quantity: 100, warehouse_id: shop.warehouseId }] }] },
  });
});
afterAll(() => shop.close());

type Answer = Record<string, unknown> & { payment: Record<string, string>; line_items: Record<string, unknown>[] };
const buy = async (kind: string, more: object = {}): Promise<string> =>
  (await shop.door("tiktok/buy", { skuId, kind, ...more })).orderId;
const read = async (id: string): Promise<Answer> => {
  const answer = await shop.call<{ orders: Answer[] }>("GET", "/order/202507/orders", { query: { ids: id } });
  const [order] = answer.data.orders;
  if (!order) throw new Error("no order");
  return order;
};
const sellable = async () =>
  (await shop.door("state")).tiktok.products[0].skus.find((sku: { id: string }) => sku.id === skuId).quantity;

const marks: Record<(typeof orderKinds)[number], object> = {
  sample: { is_sample_order: true, fulfillment_type: "FULFILLMENT_BY_SELLER" },
  replacement: { is_replacement_order: true, is_exchange_order: false },
  exchange: { is_exchange_order: true, is_replacement_order: false },
  "zero-price": { order_type: "ZERO_LOTTERY" },
  gift: { is_sample_order: false },
  "pre-order": { order_type: "PRE_ORDER", release_date: expect.any(Number) },
  backorder: { order_type: "BACK_ORDER" },
  "made-to-order": { order_type: "MADE_TO_ORDER", handling_duration: { days: "10", type: "BUSINESS_DAY" } },
  subscription: { is_subscription_order: true },
  split: { split_or_combine_tag: "SPLIT" },
  combined: { split_or_combine_tag: "COMBINED", auto_combine_group_id: expect.any(String) },
  platform: { fulfillment_type: "FULFILLMENT_BY_TIKTOK", shipping_type: "TIKTOK" },
};

it.each(orderKinds)("an order of the kind %s says so, and its amounts sum", async (kind) => {
  const order = await read(await buy(kind));
  expect(order).toMatchObject(marks[kind]);
  const sum = (field: string) => order.line_items.reduce((all, line) => all + Number(line[field]), 0);
  expect(Number(order.payment.original_total_product_price)).toBeCloseTo(sum("original_price"), 2);
  if (["sample", "replacement", "exchange"].includes(kind)) {
    expect(order.payment.total_amount).toBe("0");
    expect(Number(order.line_items[0]?.gift_retail_price)).toBeGreaterThan(0);
  }
  if (kind === "gift") expect(order.line_items.map((line) => line.is_gift)).toEqual([false, true]);
  if (kind === "zero-price") expect(order.line_items[0]).toMatchObject({ sale_price: "0", sku_type: "ZERO_LOTTERY" });
  expect((await shop.door("state")).contractViolations ?? 0).toBe(0);
});

it("a replacement names the order it replaces", async () => {
  const id = (await shop.door("tiktok/buy", { skuId })).orderId;
  expect(await read(await buy("replacement", { originOrderId: id }))).toMatchObject({ replaced_order_id: id });
});

it("what the platform ships takes no unit of the seller, is masked for good and cannot be shipped by hand", async () => {
  const before = await sellable();
  const id = await buy("platform", { skipHold: true });
  expect(await sellable()).toBe(before);
  const order = await read(id);
  expect(order.recipient_address).toMatchObject({ address_line1: "***" });
  const refused = await shop.call("POST", `/fulfillment/202309/orders/${id}/packages`, {
    body: { shipping_provider_id: "7117859084333745963", tracking_number: "1Z999AA10123456784" },
  });
  expect(refused.code).toBe(21008025);
});

it("a kind nobody knows is refused with those there are", async () => {
  await expect(buy("birthday")).rejects.toThrow(/birthday.*sample/);
});

it("an order on hold cannot be shipped by the platform, and is not marked as if it had been", async () => {
  const id = (await shop.door("tiktok/buy", { skuId })).orderId;
  await expect(shop.door("tiktok/platform-ships", { orderId: id })).rejects.toThrow();
  expect(await read(id)).toMatchObject({ status: "ON_HOLD", shipping_type: "SELLER" });
});

it("nobody pays at the door where the market has no such thing", async () => {
  await expect(shop.door("tiktok/buy", { skuId, cashOnDelivery: true })).rejects.toThrow("pays at the door");
});
