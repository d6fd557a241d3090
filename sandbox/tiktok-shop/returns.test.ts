import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aLiveListing, drawPng, openTestShop, type TestShop, until, upload } from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ speed: 1 });
});
afterAll(() => shop.close());

interface Found {
  return_id: string;
  return_status: string;
  return_type: string;
  refund_amount?: { refund_total: string };
  partial_refund?: { amount: string };
  can_buyer_keep_item: boolean;
  seller_next_action_response?: { action: string; deadline: number }[];
}
interface Told {
  decisions: { decision: string; eligible: boolean; available_reject_reasons?: { name: string }[] }[];
}

const aDelivered = async (quantity = 1) => {
  const { skuId } = await aLiveListing(shop);
  const { orderId } = await shop.door("tiktok/buy", { skuId, quantity, skipHold: true });
  await shop.door("tiktok/deliver-status", { orderId, status: "DELIVERED" });
  return { orderId: orderId as string, skuId };
};
const asked = async (type = "RETURN_AND_REFUND") => {
  const { orderId } = await aDelivered(2);
  const { returnId } = await shop.door("tiktok/ask-return", { orderId, type });
  return { orderId, id: returnId as string };
};
const find = async (id: string) =>
  (
    await shop.call<{ return_orders: Found[] }>("POST", "/return_refund/202602/returns/search", {
      query: { page_size: "10" },
      body: { return_ids: [id] },
    })
  ).data.return_orders[0];
const may = async (id: string) => {
  const { data } = await shop.call<Told>("GET", "/return_refund/202601/decision_eligibility", {
    query: { return_or_cancel_id: id },
  });
  return data.decisions.filter((one) => one.eligible).map((one) => one.decision);
};
const approve = (id: string, body: Record<string, unknown>, key = "k1") =>
  shop.call("POST", `/return_refund/202309/returns/${id}/approve`, { query: { idempotency_key: key }, body });
const reject = (id: string, body: Record<string, unknown>) =>
  shop.call("POST", `/return_refund/202309/returns/${id}/reject`, { body });
const speed = (value: number) => shop.door("settings", { speed: value });

describe("a return", () => {
  it("goes its way: approved, sent, received, refunded; each decision only where it fits", async () => {
    const { id, orderId } = await asked();
    expect(await may(id)).toEqual(["APPROVE_RETURN", "OFFER_PARTIAL_REFUND", "DIRECT_REFUND", "REJECT_RETURN"]);
    expect(await find(id)).toMatchObject({
      return_status: "RETURN_OR_REFUND_REQUEST_PENDING",
      seller_next_action_response: [{ action: "SELLER_RESPOND_RETURN" }],
    });
    expect((await approve(id, { decision: "APPROVE_RECEIVED_PACKAGE" })).code).toBe(25020004);
    expect((await approve(id, { decision: "APPROVE_REFUND" })).code).toBe(25020004);
    expect((await approve(id, { decision: "APPROVE_RETURN" })).code).toBe(0);
    expect((await approve(id, { decision: "APPROVE_RETURN" })).code).toBe(0);
    expect((await approve(id, { decision: "APPROVE_RETURN" }, "k2")).code).toBe(25020004);
    expect(await find(id)).toMatchObject({ return_status: "AWAITING_BUYER_SHIP" });
    await shop.door("tiktok/continue-return", { returnId: id, what: "ship" });
    expect(await may(id)).toEqual(["APPROVE_RECEIVED_PACKAGE", "REJECT_RECEIVED_PACKAGE"]);
    await speed(600);
    expect((await approve(id, { decision: "APPROVE_RECEIVED_PACKAGE" }, "k3")).code).toBe(0);
    await until("it is refunded", async () => (await find(id))?.return_status === "RETURN_OR_REFUND_REQUEST_COMPLETE");
    await speed(1);
    const { data } = await shop.call<{ orders: { payment: { total_amount: string } }[] }>(
      "GET",
      "/order/202507/orders",
      {
        query: { ids: orderId },
      },
    );
    const { total_amount: paid } = data.orders[0]?.payment ?? {};
    expect(Number(paid)).toBeGreaterThan(0);
    expect(await find(id)).toMatchObject({ refund_amount: { refund_total: paid } });
  });

  it("is refused with a reason of the platform and a picture that lies there", async () => {
    const { id } = await asked();
    const { data } = await shop.call<Told>("GET", "/return_refund/202601/decision_eligibility", {
      query: { return_or_cancel_id: id },
    });
    const reason = data.decisions.find((one) => one.decision === "REJECT_RETURN")?.available_reject_reasons?.[0]?.name;
    expect((await reject(id, { decision: "REJECT_RETURN", reject_reason: "no" })).code).toBe(25001014);
    const wrong = { decision: "REJECT_RETURN", reject_reason: reason, images: [{ image_id: "nowhere" }] };
    expect((await reject(id, wrong)).code).toBe(36009004);
    const picture = await upload(shop, drawPng(600, 600), "DESCRIPTION_IMAGE");
    expect((await reject(id, { ...wrong, images: [{ image_id: picture.data.uri }] })).code).toBe(0);
    expect(await find(id)).toMatchObject({ return_status: "REFUND_OR_RETURN_REQUEST_REJECT" });
    expect(await may(id)).toEqual([]);
  });

  it("may end with a part, if the buyer agrees", async () => {
    const { id } = await asked();
    const offer = (amount: string) =>
      approve(id, { decision: "OFFER_PARTIAL_REFUND", partial_refund: { amount, currency: "USD" } });
    expect((await offer("999")).code).toBe(25005005);
    expect((await offer("5")).code).toBe(0);
    await shop.door("tiktok/continue-return", { returnId: id, what: "decline" });
    expect(await find(id)).toMatchObject({ return_status: "RETURN_OR_REFUND_REQUEST_PENDING" });
    expect(
      (await approve(id, { decision: "OFFER_PARTIAL_REFUND", partial_refund: { amount: "6", currency: "USD" } }, "k9"))
        .code,
    ).toBe(0);
    await shop.door("tiktok/continue-return", { returnId: id, what: "accept" });
    expect(await find(id)).toMatchObject({ can_buyer_keep_item: true, refund_amount: { refund_total: "6" } });
  });

  it("can be withdrawn, and asked for again", async () => {
    const { id, orderId } = await asked();
    await shop.door("tiktok/continue-return", { returnId: id, what: "withdraw" });
    expect(await find(id)).toMatchObject({ return_status: "RETURN_OR_REFUND_REQUEST_CANCEL" });
    expect((await shop.door("tiktok/ask-return", { orderId, type: "REFUND" })).returnId).not.toBe(id);
  });

  it("is approved by silence", async () => {
    const { orderId } = await aDelivered();
    await speed(3_000_000);
    const { returnId: id } = await shop.door("tiktok/ask-return", { orderId, type: "REFUND" });
    await until("it is refunded", async () => (await find(id))?.return_status === "RETURN_OR_REFUND_REQUEST_COMPLETE");
    await speed(1);
  });

  it("of a patient buyer waits for 48 real hours, whatever the speed", async () => {
    const [{ orderId }, other] = [await aDelivered(), await aDelivered()];
    await speed(3_000_000);
    const { returnId: id } = await shop.door("tiktok/ask-return", { orderId, type: "REFUND", patient: true });
    const wish = { orderId: other.orderId, type: "REFUND" };
    const { returnId: hasty } = await shop.door("tiktok/ask-return", wish);
    await until("the other is answered", async () => !(await find(hasty))?.seller_next_action_response);
    await speed(1);
    const [action] = (await find(id))?.seller_next_action_response ?? [];
    expect((action?.deadline ?? 0) - Date.now() / 1000).toBeGreaterThan(47 * 3_600);
  });
});

it("another one in its place is an order of its own, at no price, and takes its units", async () => {
  const { id, orderId } = await asked("REPLACEMENT");
  expect(await may(id)).toEqual(["APPROVE_REPLACEMENT", "ISSUE_REPLACEMENT_REFUND", "REJECT_REPLACEMENT"]);
  const before = (await shop.door("state")).tiktok.orders.length;
  expect((await approve(id, { decision: "APPROVE_REPLACEMENT" })).code).toBe(0);
  const { orders } = (await shop.door("state")).tiktok;
  expect(orders).toHaveLength(before + 1);
  const { data } = await shop.call<{ orders: Record<string, unknown>[] }>("GET", "/order/202507/orders", {
    query: { ids: orders.at(-1).id },
  });
  expect(data.orders[0]).toMatchObject({
    ...{ is_replacement_order: true, replaced_order_id: orderId, status: "AWAITING_SHIPMENT" },
    payment: { total_amount: "0" },
  });
});

describe("a return the seller opens for the buyer", () => {
  const TYPE = "RETURN_AND_REFUND";
  const eligible = async (orderId: string) =>
    (
      await shop.call<{ sku_eligibility: { line_item_eligibility: Record<string, unknown>[] }[] }>(
        "GET",
        `/return_refund/202602/orders/${orderId}/aftersale_eligibility`,
        { query: { request_types: TYPE, initiate_aftersale_user: "SELLER" } },
      )
    ).data.sku_eligibility.flatMap((one) => one.line_item_eligibility);
  const open = (orderId: string, ids: string[], key: string, reason = "seller_return_reason_no_longer_needed") =>
    shop.call<{ return_id: string; return_status: string }>("POST", "/return_refund/202602/returns", {
      query: { idempotency_key: key },
      body: { order_id: orderId, order_line_item_ids: ids, return_type: TYPE, return_reason: reason },
    });

  it("is one per unit and key, only of what was delivered, and awaits the goods", async () => {
    const { skuId } = await aLiveListing(shop);
    const { orderId } = await shop.door("tiktok/buy", { skuId, quantity: 2, skipHold: true });
    expect(await eligible(orderId)).toMatchObject([{ eligible: false, ineligible_code: 25001003, request_type: TYPE }]);
    await shop.door("tiktok/deliver-status", { orderId, status: "DELIVERED" });
    const [may] = await eligible(orderId);
    expect(may).toMatchObject({ eligible: true, available_reason_names: expect.any(Array) });
    const [first = "", second = ""] = (may?.order_line_items_ids ?? []) as string[];
    expect((await open(orderId, [first], "k", "made-up")).code).toBe(25001014);
    const made = await open(orderId, [first], "k");
    expect(made.data.return_status).toBe("AWAITING_BUYER_SHIP");
    expect((await open(orderId, [first], "k")).data.return_id).toBe(made.data.return_id);
    expect((await open(orderId, [first], "k2")).code).toBe(25001011);
    expect(await find(made.data.return_id)).toMatchObject({ role: "SELLER", return_type: TYPE });
    expect((await eligible(orderId)).find((one) => one.eligible)?.order_line_items_ids).toEqual([second]);
  });
});

describe("what may be cancelled", () => {
  const eligible = async (orderId: string) =>
    (
      await shop.call<{ sku_eligibility: { line_item_eligibility: Record<string, unknown>[] }[] }>(
        "GET",
        `/return_refund/202602/orders/${orderId}/aftersale_eligibility`,
        { query: { request_types: "CANCEL", initiate_aftersale_user: "SELLER" } },
      )
    ).data.sku_eligibility.flatMap((one) => one.line_item_eligibility);

  it("is told with its reasons; while a buyer asks, nothing may be", async () => {
    const { skuId } = await aLiveListing(shop);
    const { orderId } = await shop.door("tiktok/buy", { skuId, quantity: 2, skipHold: true });
    expect(await eligible(orderId)).toMatchObject([
      { eligible: true, order_line_items_ids: [{}, {}].map(() => expect.any(String)) },
    ]);
    const { cancelId } = await shop.door("tiktok/cancel", { orderId, by: "BUYER", request: true });
    expect(await eligible(orderId)).toMatchObject([{ eligible: false, ineligible_code: 25001011 }]);
    expect(await may(cancelId)).toEqual(["APPROVE_REQUEST_CANCEL", "REJECT_REQUEST_CANCEL"]);
    await shop.door("tiktok/answer-cancellation", { cancelId, answer: "approve" });
    expect(await eligible(orderId)).toMatchObject([{ eligible: false, ineligible_code: 25001003 }]);
    expect(await may(cancelId)).toEqual([]);
  });
});
