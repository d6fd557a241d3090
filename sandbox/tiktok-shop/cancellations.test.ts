import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aLiveListing, openTestShop, type TestShop, until } from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ speed: 600 });
});
afterAll(() => shop.close());

const base = "/return_refund/202602/cancellations";
const anOrder = async (quantity = 1, status: "held" | "released" = "released") => {
  await shop.door("settings", { speed: 1 });
  const { skuId } = await aLiveListing(shop);
  const { orderId } = await shop.door("tiktok/buy", { skuId, quantity });
  if (status === "released") await shop.door("tiktok/advance", { orderId });
  return { orderId: orderId as string, skuId };
};
const truth = async (orderId: string, skuId: string) => {
  const { tiktok } = await shop.door("state");
  const order = tiktok.orders.find((entry: { id: string }) => entry.id === orderId);
  const sku = tiktok.products
    .flatMap((entry: { skus: unknown[] }) => entry.skus)
    .find((entry: { id: string }) => entry.id === skuId) as { quantity: number; committed: number };
  return { status: order.status, quantity: sku.quantity, committed: sku.committed };
};
interface Found {
  cancellations: {
    cancel_id: string;
    cancel_status: string;
    should_replenish_stock: boolean;
    cancel_type: string;
    order_id: string;
    seller_next_action_response?: { action: string; deadline: number }[];
  }[];
  total_count: number;
}
const find = async (orderId: string) =>
  (await shop.call<Found>("POST", `${base}/search`, { body: { order_ids: [orderId] } })).data.cancellations[0];

describe("a buyer", () => {
  it("cancels at once while the order is on hold; the unit goes back", async () => {
    const { orderId, skuId } = await anOrder(2, "held");
    await shop.door("tiktok/cancel", { orderId, by: "BUYER" });
    expect(await truth(orderId, skuId)).toEqual({ status: "CANCELLED", quantity: 5, committed: 0 });
    expect(await find(orderId)).toMatchObject({ cancel_type: "CANCEL", should_replenish_stock: true });
  });

  it("asks, and the seller agrees, once per idempotency key", async () => {
    const { orderId, skuId } = await anOrder();
    const { cancelId } = await shop.door("tiktok/cancel", { orderId, by: "BUYER", request: true });
    expect(await find(orderId)).toMatchObject({
      cancel_id: cancelId,
      cancel_type: "BUYER_CANCEL",
      cancel_status: "CANCELLATION_REQUEST_PENDING",
    });
    const approve = () =>
      shop.call("POST", `/return_refund/202309/cancellations/${cancelId}/approve`, {
        query: { idempotency_key: "k" },
        body: {},
      });
    expect((await approve()).code).toBe(0);
    expect((await approve()).code).toBe(0);
    expect(await truth(orderId, skuId)).toEqual({ status: "CANCELLED", quantity: 5, committed: 0 });
  });

  it("asks, and the seller says no: the order goes on", async () => {
    const { orderId, skuId } = await anOrder();
    const { cancelId } = await shop.door("tiktok/cancel", { orderId, by: "BUYER", request: true });
    const reject = (reason: string) =>
      shop.call("POST", `/return_refund/202309/cancellations/${cancelId}/reject`, { body: { reject_reason: reason } });
    expect((await reject("no idea")).code).toBe(25001014);
    expect((await reject("seller_reject_apply_product_has_been_packed")).code).toBe(0);
    expect(await truth(orderId, skuId)).toEqual({ status: "AWAITING_SHIPMENT", quantity: 4, committed: 1 });
  });

  it("who is patient waits for 48 real hours, whatever the speed; another one is answered by silence", async () => {
    const [patient, hasty] = [await anOrder(), await anOrder()];
    await shop.door("settings", { speed: 3_000_000 });
    const ask = { by: "BUYER", request: true };
    await shop.door("tiktok/cancel", { ...ask, orderId: patient.orderId, patient: true });
    await shop.door("tiktok/cancel", { ...ask, orderId: hasty.orderId });
    await until(
      "the hasty one is cancelled",
      async () => (await truth(hasty.orderId, hasty.skuId)).status === "CANCELLED",
    );
    await shop.door("settings", { speed: 1 });
    expect((await truth(patient.orderId, patient.skuId)).status).toBe("AWAITING_SHIPMENT");
    const [action] = (await find(patient.orderId))?.seller_next_action_response ?? [];
    expect((action?.deadline ?? 0) - Date.now() / 1000).toBeGreaterThan(47 * 3_600);
  });

  it("may leave the stock where it is", async () => {
    const { orderId, skuId } = await anOrder();
    await shop.door("tiktok/cancel", { orderId, by: "BUYER", replenish: false });
    expect(await truth(orderId, skuId)).toEqual({ status: "CANCELLED", quantity: 4, committed: 0 });
    expect(await find(orderId)).toMatchObject({ should_replenish_stock: false });
  });
});

describe("the seller", () => {
  const cancel = (body: Record<string, unknown>) =>
    shop.call<{ cancel_id: string; cancel_status: string }>("POST", base, { body });

  it("cancels with a fitting reason; the refund completes it", async () => {
    const { orderId } = await anOrder();
    expect((await cancel({ order_id: orderId, cancel_reason: "because" })).code).toBe(25001014);
    expect((await cancel({ order_id: orderId, cancel_reason: "seller_cancel_unpaid_reason_out_of_stock" })).code).toBe(
      25001021,
    );
    await shop.door("settings", { speed: 600 });
    const done = await cancel({ order_id: orderId, cancel_reason: "seller_cancel_paid_reason_address_not_deliver" });
    expect(done).toMatchObject({ code: 0, data: { cancel_status: "CANCELLATION_REQUEST_SUCCESS" } });
    await until("the refund", async () => (await find(orderId))?.cancel_status === "CANCELLATION_REQUEST_COMPLETE");
    expect((await cancel({ order_id: orderId, cancel_reason: "seller_cancel_reason_out_of_stock" })).code).toBe(
      25001011,
    );
  });

  it("cancels single units only for want of stock, which is then not put back", async () => {
    const { orderId, skuId } = await anOrder(3);
    const skus = [{ sku_id: skuId, quantity: 1 }];
    expect((await cancel({ order_id: orderId, cancel_reason: "seller_cancel_reason_wrong_price", skus })).code).toBe(
      25005010,
    );
    expect((await cancel({ order_id: orderId, cancel_reason: "seller_cancel_reason_out_of_stock", skus })).code).toBe(
      0,
    );
    expect(await truth(orderId, skuId)).toEqual({ status: "AWAITING_SHIPMENT", quantity: 2, committed: 2 });
  });
});
