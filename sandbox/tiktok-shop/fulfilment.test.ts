import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aLiveListing, aSku, openTestShop, type TestShop } from "./testing.ts";

let shop: TestShop;
const carriers = new Map<string, string>();
beforeAll(async () => {
  shop = await openTestShop({ speed: 1 });
  const options = await shop.call<{ delivery_options: { id: string; type: string }[] }>(
    "GET",
    `/logistics/202309/warehouses/${shop.warehouseId}/delivery_options`,
  );
  const own = options.data.delivery_options.find((option) => option.type === "SEND_BY_SELLER");
  const providers = await shop.call<{ shipping_providers: { id: string; name: string }[] }>(
    "GET",
    `/logistics/202309/delivery_options/${own?.id}/shipping_providers`,
  );
  for (const { id, name } of providers.data.shipping_providers) carriers.set(name, id);
  const platform = options.data.delivery_options.find((option) => option.type !== "SEND_BY_SELLER");
  const refused = await shop.call("GET", `/logistics/202309/delivery_options/${platform?.id}/shipping_providers`);
  expect(refused.code).toBe(21008117);
});
afterAll(() => shop.close());

let number = 0;
const ups = () => `1Z999AA10${String(++number).padStart(9, "0")}`;

const anOrder = async (quantity = 1, release = true) => {
  const { skuId } = await aLiveListing(shop);
  const { orderId } = await shop.door("tiktok/buy", { skuId, quantity });
  if (release) await shop.door("tiktok/advance", { orderId });
  return { orderId: orderId as string, skuId };
};
const read = async (id: string) => {
  const answer = await shop.call<{
    orders: { status: string; packages?: { id: string }[]; line_items: { id: string; display_status: string }[] }[];
  }>("GET", "/order/202507/orders", { query: { ids: id } });
  const order = answer.data.orders[0];
  if (!order) throw new Error("no order");
  return order;
};
const ship = (orderId: string, more: Record<string, unknown> = {}) =>
  shop.call<{ package_id: string; order_line_item_ids: string[] }>(
    "POST",
    `/fulfillment/202309/orders/${orderId}/packages`,
    {
      body: { shipping_provider_id: carriers.get("UPS"), tracking_number: ups(), ...more },
    },
  );

describe("mark as shipped", () => {
  it("makes a package, frees the committed unit and moves the order on", async () => {
    const { orderId, skuId } = await anOrder();
    expect((await read(orderId)).packages ?? []).toEqual([]);
    const shipped = await ship(orderId);
    expect(shipped.code).toBe(0);
    const order = await read(orderId);
    expect(order).toMatchObject({ status: "AWAITING_COLLECTION", packages: [{ id: shipped.data.package_id }] });
    const parcel = await shop.call("GET", `/fulfillment/202309/packages/${shipped.data.package_id}`);
    expect(parcel.data).toMatchObject({
      package_status: "PROCESSING",
      orders: [{ id: orderId, skus: [{ id: skuId, quantity: 1 }] }],
    });
    const state = await shop.door("state");
    const product = state.tiktok.products.find((entry: { skus: { id: string }[] }) => entry.skus[0]?.id === skuId);
    expect(product.skus[0]).toMatchObject({ quantity: 4, committed: 0 });
    expect((await ship(orderId)).code).toBe(21011020);
  });

  it("ships a part and then the rest", async () => {
    const { orderId } = await anOrder(3);
    const first = (await read(orderId)).line_items[0]?.id;
    expect((await ship(orderId, { order_line_item_ids: [first] })).data.order_line_item_ids).toEqual([first]);
    expect((await read(orderId)).status).toBe("PARTIALLY_SHIPPING");
    expect((await ship(orderId, { order_line_item_ids: [first] })).code).toBe(21011020);
    expect((await ship(orderId)).data.order_line_item_ids).toHaveLength(2);
    expect((await read(orderId)).status).toBe("AWAITING_COLLECTION");
  });

  it("refuses an order on hold and a cancelled one", async () => {
    const { orderId } = await anOrder(1, false);
    expect((await ship(orderId)).code).toBe(21011044);
    await shop.door("tiktok/cancel", { orderId, by: "BUYER" });
    expect((await ship(orderId)).code).toBe(21011041);
  });

  it("checks carrier and number", async () => {
    const { orderId } = await anOrder();
    const code = async (carrier: string, tracking: string) =>
      (await ship(orderId, { shipping_provider_id: carriers.get(carrier) ?? carrier, tracking_number: tracking })).code;
    expect(await code("nobody", ups())).toBe(21011022);
    expect(await code("UPS", "")).toBe(21004016);
    expect(await code("UPS", "9400111899223100001234")).toBe(21004015);
    expect(await code("FedEx", "1Z999AA10123456784")).toBe(21004015);
    expect(await code("USPS", "9400111899223100001234")).toBe(0);
    const other = await anOrder();
    expect(
      (
        await ship(other.orderId, {
          shipping_provider_id: carriers.get("USPS"),
          tracking_number: "9400111899223100001234",
        })
      ).code,
    ).toBe(21011025);
  });

  it("corrects a number once, and only after shipping", async () => {
    const { orderId } = await anOrder();
    const correct = () =>
      shop.call("POST", `/fulfillment/202309/orders/${orderId}/shipping_info/update`, {
        body: { shipping_provider_id: carriers.get("UPS"), tracking_number: ups() },
      });
    expect((await correct()).code).toBe(21011043);
    await ship(orderId);
    expect((await correct()).code).toBe(0);
    expect((await correct()).code).toBe(21011050);
  });
});

describe("other markets", () => {
  it("ship the package that exists since payment, not the order", async () => {
    const abroad = await openTestShop({ speed: 1 }, { region: "SG" });
    const { skuId } = await aLiveListing(abroad, {
      title: "Harbor Stoneware Mug, Large",
      package_weight: { unit: "KILOGRAM", value: "0.4" },
      skus: [aSku(abroad, { price: { amount: "12", currency: "SGD" } })],
    });
    const { orderId } = await abroad.door("tiktok/buy", { skuId });
    await abroad.door("tiktok/advance", { orderId });
    const shipment = { shipping_provider_id: carriers.get("UPS"), tracking_number: ups() };
    const onOrder = await abroad.call("POST", `/fulfillment/202309/orders/${orderId}/packages`, { body: shipment });
    expect(onOrder.code).toBe(21008106);
    const { tiktok } = await abroad.door("state");
    const packageId = tiktok.orders[0].packages[0].id;
    const ship = () =>
      abroad.call("POST", `/fulfillment/202309/packages/${packageId}/ship`, { body: { self_shipment: shipment } });
    expect((await ship()).code).toBe(0);
    expect((await ship()).code).toBe(21011020);
    await abroad.close();
  });
});
