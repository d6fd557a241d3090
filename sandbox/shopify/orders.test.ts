import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anOrder, aShop, CREATE_ORDER, eventually, type Json, orderFor, stockOf, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

const DEFINE = `mutation MetafieldDefine($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) { createdDefinition { id namespace } userErrors { code } }
}`;
const definition = { name: "Order id", key: "channel_order_id", ownerType: "ORDER", type: "id" };
const metafields = [{ key: "channel_order_id", type: "id", value: "576" }];
const BY_ID = `query OrderByExternalId($value: String!) { orderByIdentifier(identifier: { customId: { key: "channel_order_id", value: $value } }) { id } }`;
const BY_SOURCE =
  "query OrdersBySourceIdentifier($query: String!) { orders(first: 5, query: $query) { nodes { id } } }";
const create = async (variables: Json) => (await shop.gql(CREATE_ORDER, variables)).data.orderCreate;
const stateOf = async (id: string) => (await shop.get("state")).shopify.orders.find((one: Json) => one.id === id);

describe("orderCreate", () => {
  it("sums lines, shipping and taxes in minor units, derives PAID and claims stock", async () => {
    const order = await anOrder(shop, "576");
    expect(order).toMatchObject({
      name: "#1001",
      displayFinancialStatus: "PAID",
      totalPriceSet: { shopMoney: { amount: "26.59" } },
    });
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 10, committed: 2 });
  });

  it("leaves stock alone by default, and is refused when short only if asked to obey", async () => {
    const { order } = await orderFor(shop, "1");
    await create({ order });
    expect(await stockOf(shop)).toMatchObject({ available: 10 });
    const much = { ...order, transactions: [], lineItems: [{ ...order.lineItems[0], quantity: 99 }] };
    expect(
      (await create({ order: much, options: { inventoryBehaviour: "DECREMENT_OBEYING_POLICY" } })).userErrors[0].code,
    ).toBe("INVENTORY_CLAIM_FAILED");
    expect(
      (await create({ order: much, options: { inventoryBehaviour: "DECREMENT_IGNORING_POLICY" } })).userErrors,
    ).toEqual([]);
    expect(await stockOf(shop)).toMatchObject({ available: -89 });
  });

  it("is not idempotent; the truth names the double", async () => {
    const variables = await orderFor(shop, "576");
    await create(variables);
    await create(variables);
    expect((await shop.get("state")).truth).toMatchObject({ ordersShopify: 2, doubled: 1 });
  });

  it("refuses empty orders, payments above the total and both kinds of tax lines", async () => {
    const tax = { title: "Tax", rate: "0.1" };
    for (const change of [
      { lineItems: [] },
      { transactions: [{ amountSet: { shopMoney: { amount: "26.60", currencyCode: "USD" } } }] },
      { taxLines: [tax] },
    ])
      expect((await create(await orderFor(shop, "1", change))).userErrors).toMatchObject([{ code: "INVALID" }]);
    expect((await shop.get("state")).shopify.orders).toEqual([]);
    expect(await stockOf(shop)).toEqual({ available: 10, onHand: 10, committed: 0 });
  });
});

describe("the unique id", () => {
  it("needs its definition, then finds the order and refuses a second one", async () => {
    expect((await create(await orderFor(shop, "576", { metafields }))).userErrors[0].message).toContain(
      "needs a definition",
    );
    expect((await shop.gql(BY_ID, { value: "576" })).errors[0].message).toContain("definition of type 'id'");
    expect((await shop.gql(DEFINE, { definition })).data.metafieldDefinitionCreate.userErrors).toEqual([]);
    expect((await shop.gql(DEFINE, { definition })).data.metafieldDefinitionCreate.userErrors).toEqual([
      { code: "TAKEN" },
    ]);
    const { order } = await create(await orderFor(shop, "576", { metafields }));
    expect((await shop.gql(BY_ID, { value: "576" })).data.orderByIdentifier.id).toBe(order.id);
    expect((await create(await orderFor(shop, "576", { metafields }))).userErrors[0].message).toContain(
      "already been taken",
    );
    expect((await shop.get("state")).truth).toMatchObject({ ordersShopify: 1 });
  });

  it("as a switch, lets the second one through without the field", async () => {
    await shop.gql(DEFINE, { definition });
    await shop.door("shopify/settings", { refuseTakenId: false });
    await create(await orderFor(shop, "576", { metafields }));
    expect((await create(await orderFor(shop, "576", { metafields }))).userErrors).toEqual([]);
    expect((await shop.get("state")).truth).toMatchObject({ doubled: 1 });
  });

  it("is known at once while the search index lags", async () => {
    await shop.gql(DEFINE, { definition });
    await shop.door("shopify/settings", { searchLagMs: 300 });
    const { order } = await create(await orderFor(shop, "576", { metafields }));
    const find = async () => (await shop.gql(BY_SOURCE, { query: 'source_identifier:"576"' })).data.orders.nodes;
    expect(await find()).toEqual([]);
    expect((await shop.gql(BY_ID, { value: "576" })).data.orderByIdentifier.id).toBe(order.id);
    expect(await eventually(async () => (await find())[0])).toEqual({ id: order.id });
  });
});

const HOLD = `mutation FulfillmentHold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { fulfillmentHold { id } fulfillmentOrder { status } userErrors { code } }
}`;
const RELEASE = `mutation FulfillmentHoldRelease($id: ID!, $holdIds: [ID!]!) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) { fulfillmentOrder { status } userErrors { code } }
}`;
const FULFIL = `mutation FulfillmentRecord($id: ID!) {
  fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: $id }], trackingInfo: { company: "UPS", number: "1Z" } }) {
    fulfillment { id status } userErrors { message }
  }
}`;

describe("holds", () => {
  const unitOf = async (id: string) => (await stateOf(id)).fulfillmentOrders[0].id as string;
  const hold = async (id: string, handle: string) =>
    (await shop.gql(HOLD, { id, hold: { reason: "OTHER", handle } })).data.fulfillmentOrderHold;

  it("a held order is not shipped; a repeated handle is refused; releasing opens it", async () => {
    const order = await anOrder(shop, "576");
    const unit = await unitOf(order.id);
    const placed = await hold(unit, "window");
    expect(placed.fulfillmentOrder.status).toBe("ON_HOLD");
    expect((await hold(unit, "window")).userErrors).toEqual([{ code: "DUPLICATE_FULFILLMENT_HOLD_HANDLE" }]);
    expect(await stateOf(order.id)).toMatchObject({ held: true, fulfillmentStatus: "ON_HOLD" });
    expect((await shop.gql(FULFIL, { id: unit })).data.fulfillmentCreate.userErrors[0].message).toContain("on_hold");
    await expect(
      shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1" }),
    ).rejects.toThrow("on_hold");
    const released = await shop.gql(RELEASE, { id: unit, holdIds: [placed.fulfillmentHold.id] });
    expect(released.data.fulfillmentOrderReleaseHold.fulfillmentOrder.status).toBe("OPEN");
    expect((await shop.gql(FULFIL, { id: unit })).data.fulfillmentCreate.fulfillment.status).toBe("SUCCESS");
    expect(await stateOf(order.id)).toMatchObject({ held: false, fulfillmentStatus: "FULFILLED" });
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 8, committed: 0 });
  });

  it("somebody takes all holds off and ships; a parcel called off is to be shipped again, held by nobody", async () => {
    const order = await anOrder(shop, "576");
    await hold(await unitOf(order.id), "window");
    await shop.door("shopify/release-holds", { orderId: order.id });
    expect(await stateOf(order.id)).toMatchObject({ held: false });
    await eventually(async () =>
      shop.received.some((one) => one.headers["x-shopify-topic"] === "fulfillment_orders/hold_released"),
    );
    const made = await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1" });
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 8, committed: 0 });
    await shop.door("shopify/fulfil-cancel", made);
    expect(await stateOf(order.id)).toMatchObject({ held: false, fulfillmentStatus: "UNFULFILLED" });
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 10, committed: 2 });
    await expect(shop.door("shopify/fulfil-cancel", made)).rejects.toThrow("cancelled already");
    await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "2" });
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 8, committed: 0 });
  });

  it("ten of one app are enough", async () => {
    const unit = await unitOf((await anOrder(shop, "576")).id);
    for (let nth = 0; nth < 10; nth += 1) expect((await hold(unit, `h${nth}`)).userErrors).toEqual([]);
    expect((await hold(unit, "h10")).userErrors).toEqual([{ code: "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED" }]);
  });
});

const CANCEL = `mutation OrderCancelImported($orderId: ID!, $restock: Boolean!) {
  orderCancel(orderId: $orderId, reason: CUSTOMER, restock: $restock, refundMethod: { originalPaymentMethodsRefund: true }) {
    job { id done } orderCancelUserErrors { code message }
  }
}`;
const JOB = "query JobState($id: ID!) { job(id: $id) { done } }";

describe("cancelling", () => {
  const cancel = async (orderId: string, restock: boolean) =>
    (await shop.gql(CANCEL, { orderId, restock })).data.orderCancel;
  const finish = (id: string) => eventually(async () => (await shop.gql(JOB, { id })).data.job.done);

  it("is a job; afterwards the stock is back once and the payment refunded", async () => {
    const order = await anOrder(shop, "576");
    const { job } = await cancel(order.id, true);
    expect(job.done).toBe(false);
    expect((await cancel(order.id, true)).orderCancelUserErrors).toMatchObject([{ code: "INVALID" }]);
    await finish(job.id);
    expect(await stateOf(order.id)).toMatchObject({
      financialStatus: "REFUNDED",
      held: false,
      refunds: [{ amountMinor: 2659 }],
    });
    expect((await stateOf(order.id)).cancelledAt).toBeTruthy();
    expect(await stockOf(shop)).toEqual({ available: 10, onHand: 10, committed: 0 });
    expect((await cancel(order.id, true)).orderCancelUserErrors).toMatchObject([{ code: "INVALID" }]);
    expect(await stockOf(shop)).toMatchObject({ available: 10 });
  });

  it("without restocking the goods are written off", async () => {
    const { job } = await cancel((await anOrder(shop, "576")).id, false);
    await finish(job.id);
    expect(await stockOf(shop)).toEqual({ available: 8, onHand: 8, committed: 0 });
  });

  it("is refused once something was shipped", async () => {
    const order = await anOrder(shop, "576");
    await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1" });
    expect((await cancel(order.id, true)).orderCancelUserErrors[0].message).toContain("fulfilled");
  });
});

const REFUND = `mutation RefundRecord($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id totalRefundedSet { shopMoney { amount } } } userErrors { message } }
}`;

describe("refunds", () => {
  it("record money and restock by line, never more than was bought or paid", async () => {
    const order = await anOrder(shop, "576");
    const line = (quantity: number, restockType: string) => [
      { lineItemId: order.lineItems.nodes[0].id, quantity, restockType },
    ];
    const back = (amount: string) => [{ orderId: order.id, gateway: "TikTok Shop", kind: "REFUND", amount }];
    const refund = async (key: string, input: Json) =>
      (await shop.gql(REFUND, { input: { orderId: order.id, ...input }, key })).data.refundCreate;
    expect((await refund("a", { refundLineItems: line(1, "CANCEL"), transactions: back("10.80") })).userErrors).toEqual(
      [],
    );
    expect(await stockOf(shop)).toEqual({ available: 9, onHand: 10, committed: 1 });
    expect(await stateOf(order.id)).toMatchObject({
      financialStatus: "PARTIALLY_REFUNDED",
      lines: [{ quantity: 2, currentQuantity: 1 }],
    });
    expect((await refund("b", { refundLineItems: line(2, "CANCEL") })).userErrors[0].message).toContain("more items");
    expect((await refund("c", { transactions: back("99.00") })).userErrors[0].message).toContain("greater than");
    expect((await refund("d", { refundLineItems: line(1, "RETURN") })).userErrors[0].message).toContain(
      "fulfilled items",
    );
  });
});

describe("edits and returns of staff", () => {
  const LINE = `query OrderLines($id: ID!) { order(id: $id) { returnStatus lineItems(first: 5) { nodes { id quantity currentQuantity unfulfilledQuantity } } } }`;
  const linesOf = async (id: string): Promise<Json> => (await shop.gql(LINE, { id })).data.order;
  const topics = () => shop.received.map((one) => one.headers["x-shopify-topic"]);

  it("an edit takes unshipped units off or adds some, moves the stock, and is told", async () => {
    const order = await anOrder(shop, "576");
    const lineId = order.lineItems.nodes[0].id;
    await shop.door("shopify/edit-order", { orderId: order.id, takeOff: [{ lineId, quantity: 1 }] });
    expect((await linesOf(order.id)).lineItems.nodes).toMatchObject([
      { quantity: 2, currentQuantity: 1, unfulfilledQuantity: 1 },
    ]);
    expect(await stockOf(shop)).toEqual({ available: 9, onHand: 10, committed: 1 });
    await shop.door("shopify/edit-order", { orderId: order.id, raise: [{ lineId, quantity: 2 }] });
    expect((await linesOf(order.id)).lineItems.nodes).toMatchObject([
      { quantity: 4, currentQuantity: 3, unfulfilledQuantity: 3 },
    ]);
    expect(await stockOf(shop)).toEqual({ available: 7, onHand: 10, committed: 3 });
    await eventually(async () => topics().includes("orders/edited"));
    await expect(
      shop.door("shopify/edit-order", { orderId: order.id, takeOff: [{ lineId, quantity: 4 }] }),
    ).rejects.toThrow("not shipped");
  });

  it("a return of shipped units is told when it begins and when it is called off", async () => {
    const order = await anOrder(shop, "576");
    const lines = [{ lineId: order.lineItems.nodes[0].id, quantity: 1 }];
    await expect(shop.door("shopify/begin-return", { orderId: order.id, lines })).rejects.toThrow();
    await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1" });
    const { returnId } = await shop.door("shopify/begin-return", { orderId: order.id, lines });
    expect((await linesOf(order.id)).returnStatus).toBe("IN_PROGRESS");
    await eventually(async () => topics().includes("returns/approve"));
    await shop.door("shopify/cancel-return", { returnId });
    await eventually(async () => topics().includes("returns/cancel"));
    expect((await linesOf(order.id)).returnStatus).toBe("NO_RETURN");
  });
});
