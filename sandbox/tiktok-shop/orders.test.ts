import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aLiveListing, aSku, openTestShop, type TestShop, until } from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ speed: 1 });
});
afterAll(() => shop.close());

interface Line {
  id: string;
  sku_id: string;
  display_status: string;
  original_price: string;
  seller_discount: string;
  platform_discount: string;
  sale_price: string;
  item_tax?: { tax_amount: string }[];
}
interface Order {
  id: string;
  status: string;
  update_time: number;
  create_time: number;
  line_items: Line[];
  payment: Record<string, string>;
  recipient_address: Record<string, unknown>;
  packages?: { id: string }[];
}

const read = async (id: string): Promise<Order> => {
  const answer = await shop.call<{ orders: Order[] }>("GET", "/order/202507/orders", { query: { ids: id } });
  const order = answer.data.orders[0];
  if (!order) throw new Error("no order");
  return order;
};
const search = (query: Record<string, string>, body: Record<string, unknown> = {}) =>
  shop.call<{ orders: Order[]; next_page_token?: string; total_count: number }>("POST", "/order/202309/orders/search", {
    query: { page_size: "100", ...query },
    body,
  });
const stockOf = async (skuId: string) => {
  const answer = await shop.call<{
    inventory: { skus: { total_available_quantity: number; total_committed_quantity: number }[] }[];
  }>("POST", "/product/202309/inventory/search", { body: { sku_ids: [skuId] } });
  const sku = answer.data.inventory[0]?.skus[0];
  return [sku?.total_available_quantity, sku?.total_committed_quantity];
};
const buy = async (input: unknown): Promise<string> => (await shop.door("tiktok/buy", input)).orderId;
const setStock = (productId: string, skuId: string, quantity: number, warehouse?: string) =>
  shop.call<{ errors?: { code: number }[] }>("POST", `/product/202309/products/${productId}/inventory/update`, {
    body: { skus: [{ id: skuId, inventory: [{ quantity, ...(warehouse ? { warehouse_id: warehouse } : {}) }] }] },
  });

describe("stock", () => {
  it("goes from sellable to committed with a purchase, one line per unit", async () => {
    const { skuId } = await aLiveListing(shop);
    const order = await read(await buy({ skuId, quantity: 3 }));
    expect(order.line_items).toHaveLength(3);
    expect(new Set(order.line_items.map((line) => line.id)).size).toBe(3);
    expect(await stockOf(skuId)).toEqual([2, 3]);
    expect(await shop.door("tiktok/buy", { skuId, quantity: 3 })).toEqual({ orderId: null, soldOut: [skuId] });
    expect((await shop.door("state")).tiktok.oversold).toBe(0);
    await buy({ skuId, quantity: 3, force: true });
    expect((await shop.door("state")).tiktok.oversold).toBe(1);
  });

  it("is set absolutely, on top of what open orders hold, or including it as a switch says", async () => {
    const { productId, skuId } = await aLiveListing(shop);
    await buy({ skuId, quantity: 2 });
    expect(await setStock(productId, skuId, 10)).toMatchObject({ code: 0, data: {} });
    expect(await stockOf(skuId)).toEqual([10, 2]);
    await shop.door("tiktok/settings", { stockMeaning: "total" });
    await setStock(productId, skuId, 10, shop.warehouseId);
    expect(await stockOf(skuId)).toEqual([8, 2]);
    await shop.door("tiktok/settings", { stockMeaning: "sellable" });
  });

  it("answers errors per SKU", async () => {
    const { productId, skuId } = await aLiveListing(shop);
    const code = async (quantity: number, warehouse?: string, id = skuId) =>
      (await setStock(productId, id, quantity, warehouse)).data.errors?.[0]?.code;
    expect(await code(1, "72999")).toBe(12052530);
    expect(await code(100_000)).toBe(12052055);
    expect(await code(1, undefined, "172900")).toBe(12052557);
    expect(await code(0)).toBeUndefined();
    await shop.door("tiktok/settings", { zeroStock: "refuse" });
    expect(await code(0)).toBe(12052055);
    await shop.door("tiktok/settings", { zeroStock: "accept" });
    expect(await stockOf(skuId)).toEqual([0, 0]);
  });

  it("keeps prices of a live listing, and refuses those out of range", async () => {
    const { productId, skuId } = await aLiveListing(shop);
    const price = (amount: string) =>
      shop.call("POST", `/product/202309/products/${productId}/prices/update`, {
        body: { skus: [{ id: skuId, price: { amount, currency: "USD" } }] },
      });
    expect((await price("15.50")).code).toBe(0);
    const product = await shop.call("GET", `/product/202309/products/${productId}`);
    expect(product.data).toMatchObject({ skus: [{ price: { sale_price: "15.5" } }] });
    expect((await price("8000")).code).toBe(12052570);
  });
});

describe("the life of an order", () => {
  it("begins on hold with a blank address and is released with a full one", async () => {
    const { skuId } = await aLiveListing(shop);
    const id = await buy({ skuId });
    expect(await read(id)).toMatchObject({
      status: "ON_HOLD",
      is_on_hold_order: true,
      recipient_address: { name: "", address_line1: "" },
    });
    await shop.door("tiktok/advance", { orderId: id });
    const order = await read(id);
    expect(order.status).toBe("AWAITING_SHIPMENT");
    expect(order.recipient_address.address_line1).not.toBe("");
    expect(order.recipient_address.name).not.toContain("*");
  });

  it("is released by itself after an hour divided by speed", async () => {
    const { skuId } = await aLiveListing(shop);
    await shop.door("settings", { speed: 36_000 });
    const id = await buy({ skuId });
    await until("the release", async () => (await read(id)).status === "AWAITING_SHIPMENT");
    await shop.door("settings", { speed: 1 });
  });

  it("may begin unpaid and masked", async () => {
    const { skuId } = await aLiveListing(shop);
    const id = await buy({ skuId, unpaid: true });
    const order = await read(id);
    expect(order.status).toBe("UNPAID");
    expect(order.recipient_address.name).toContain("***");
    expect(await stockOf(skuId)).toEqual([4, 1]);
    await shop.door("tiktok/pay", { orderId: id });
    expect((await read(id)).status).toBe("ON_HOLD");
  });
});

describe("money", () => {
  it("sums, and is written without padding", async () => {
    const prices = ["12.00", "4.90", "149.00", "0.07"];
    const skus = prices.map((amount, index) =>
      aSku(shop, {
        seller_sku: `S-${index}`,
        price: { amount, currency: "USD" },
        sales_attributes: [{ name: "Size", value_name: String(index) }],
        inventory: [{ warehouse_id: shop.warehouseId, quantity: 99 }],
      }),
    );
    const { productId } = await aLiveListing(shop, { skus });
    const product = await shop.call<{ skus: { id: string }[] }>("GET", `/product/202309/products/${productId}`);
    const lines = product.data.skus.map((sku, index) => ({ skuId: sku.id, quantity: (index % 2) + 1 }));
    let discounted = 0;
    let taxed = 0;
    for (let round = 0; round < 25; round++) {
      const order = await read(await buy({ lines }));
      const cents = (text: string | undefined) => Math.round(Number(text || "0") * 100);
      const sum = (pick: (line: Line) => string) =>
        order.line_items.reduce((total, line) => total + cents(pick(line)), 0);
      const { payment } = order;
      expect(cents(payment.original_total_product_price)).toBe(sum((line) => line.original_price));
      expect(cents(payment.seller_discount)).toBe(sum((line) => line.seller_discount));
      expect(cents(payment.platform_discount)).toBe(sum((line) => line.platform_discount));
      expect(cents(payment.sub_total)).toBe(sum((line) => line.sale_price));
      expect(cents(payment.product_tax)).toBe(sum((line) => line.item_tax?.[0]?.tax_amount ?? "0"));
      expect(cents(payment.total_amount)).toBe(
        cents(payment.sub_total) +
          cents(payment.shipping_fee) +
          cents(payment.tax) +
          cents(payment.retail_delivery_fee),
      );
      for (const amount of Object.values(payment)) expect(amount).not.toMatch(/\.\d*0$/);
      if (cents(payment.seller_discount) > 0) discounted += 1;
      if (cents(payment.tax) > 0) taxed += 1;
    }
    expect(discounted).toBeGreaterThan(2);
    expect(taxed).toBeGreaterThan(2);
  });
});

describe("order search", () => {
  it("walks pages in ascending update time and filters half open", async () => {
    const { skuId } = await aLiveListing(shop, {
      skus: [aSku(shop, { inventory: [{ warehouse_id: shop.warehouseId, quantity: 99 }] })],
    });
    for (let index = 0; index < 5; index++) await buy({ skuId });
    const seen: Order[] = [];
    let token = "";
    do {
      const query = {
        page_size: "4",
        sort_field: "update_time",
        sort_order: "ASC",
        ...(token ? { page_token: token } : {}),
      };
      const { data } = await search(query);
      seen.push(...data.orders);
      token = data.next_page_token ?? "";
    } while (token);
    expect(new Set(seen.map((order) => order.id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
    const times = seen.map((order) => order.update_time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const newest = times.at(-1) ?? 0;
    const before = await search({}, { update_time_lt: newest });
    const from = await search({}, { update_time_ge: newest });
    expect(before.data.total_count + from.data.total_count).toBe(seen.length);
  });

  it("sees changes only after the lag, while the detail sees them at once", async () => {
    const { skuId } = await aLiveListing(shop);
    await shop.door("tiktok/settings", { orderSearchLagMs: 400 });
    const started = Date.now();
    const id = await buy({ skuId });
    expect((await read(id)).id).toBe(id);
    const isFound = async () => (await search({})).data.orders.some((order) => order.id === id);
    expect(await isFound()).toBe(false);
    await until("the index", isFound);
    expect(Date.now() - started).toBeGreaterThanOrEqual(400);
    await shop.door("tiktok/settings", { orderSearchLagMs: 0 });
  });

  it("takes at most 50 ids and leaves foreign ones out, or refuses them as a switch says", async () => {
    const detail = (ids: string) => shop.call<{ orders: Order[] }>("GET", "/order/202507/orders", { query: { ids } });
    expect((await detail(Array.from({ length: 51 }, (_, index) => String(index)).join(","))).code).toBe(36009004);
    expect((await detail("576")).data.orders).toEqual([]);
    await shop.door("tiktok/settings", { foreignOrderId: "refuse" });
    expect((await detail("576")).code).toBe(21008111);
    await shop.door("tiktok/settings", { foreignOrderId: "omit" });
  });

  it("keeps references to the order elsewhere", async () => {
    const { skuId } = await aLiveListing(shop);
    const order = await read(await buy({ skuId }));
    const external = {
      id: "6001",
      platform: "SHOPIFY",
      line_items: [{ id: "7001", origin_id: order.line_items[0]?.id }],
    };
    const add = (id: string) =>
      shop.call("POST", "/order/202406/orders/external_orders", {
        body: { orders: [{ id, external_order: external }] },
      });
    expect((await add(order.id)).data).toEqual({});
    expect((await add("576")).data).toMatchObject({ errors: [{ code: "21008111" }] });
    const found = await shop.call("POST", "/order/202406/orders/external_order_search", {
      query: { platform: "SHOPIFY", external_order_id: "6001" },
      body: {},
    });
    expect(found.data).toMatchObject({ orders: [{ id: order.id }] });
    const kept = await shop.call("GET", `/order/202406/orders/${order.id}/external_orders`, {
      query: { platform: "SHOPIFY" },
    });
    expect(kept.data).toMatchObject({ external_orders: [{ id: "6001" }] });
    const money = await shop.call("GET", `/order/202407/orders/${order.id}/price_detail`);
    expect(money.data).toMatchObject({ payment: order.payment.total_amount });
  });
});
