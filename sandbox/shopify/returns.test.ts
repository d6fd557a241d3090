import { afterEach, beforeEach, expect, it } from "vitest";
import { anOrder, aShop, type Json, stockOf, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

const RETURNABLE = `query ReturnableItems($id: ID!) {
  returnableFulfillments(orderId: $id, first: 5) { nodes { returnableFulfillmentLineItems(first: 5) { nodes { quantity fulfillmentLineItem { id lineItem { id } } } } } }
}`;
const PARTS = `id status returnLineItems(first: 5) { nodes { id quantity processedQuantity returnReasonNote ... on ReturnLineItem { fulfillmentLineItem { id } } } }
  reverseFulfillmentOrders(first: 5) { nodes { lineItems(first: 5) { nodes { id totalQuantity fulfillmentLineItem { id } dispositions { type quantity } } } } }`;
const CREATE = `mutation ReturnOpen($input: ReturnInput!) { returnCreate(returnInput: $input) { return { ${PARTS} } userErrors { code field message } } }`;
const PROCESS = `mutation ReturnFinish($input: ReturnProcessInput!) { returnProcess(input: $input) { return { ${PARTS} } userErrors { code field message } } }`;
const CANCEL = `mutation ReturnCancel($id: ID!) { returnCancel(id: $id) { return { id status } userErrors { code } } }`;
const CANCEL_ORDER = `mutation OrderCancel($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true, refundMethod: { originalPaymentMethodsRefund: false }) { orderCancelUserErrors { message } } }`;

const returnable = async (id: string): Promise<Json[]> =>
  (await shop.gql(RETURNABLE, { id })).data.returnableFulfillments.nodes.flatMap(
    (one: Json) => one.returnableFulfillmentLineItems.nodes,
  );
const create = async (orderId: string, quantity: number, lineId: string): Promise<Json> =>
  (
    await shop.gql(CREATE, {
      input: {
        orderId,
        returnLineItems: [{ fulfillmentLineItemId: lineId, quantity, returnReasonNote: "return 4036" }],
      },
    })
  ).data.returnCreate;
const aShipped = async () => {
  const order = await anOrder(shop, "576");
  await shop.door("shopify/fulfil", { orderId: order.id, trackingCompany: "UPS", trackingNumber: "1" });
  const [line] = await returnable(order.id);
  return { id: order.id as string, lineId: line.fulfillmentLineItem.id as string };
};

it("only what was shipped, and only once, can be returned; what is open keeps the order from being cancelled", async () => {
  const unshipped = await anOrder(shop, "1");
  expect(await returnable(unshipped.id)).toEqual([]);
  const { id, lineId } = await aShipped();
  expect((await create(id, 3, lineId)).userErrors).toMatchObject([{ code: "INVALID" }]);
  const made = await create(id, 2, lineId);
  expect(made.return).toMatchObject({
    status: "OPEN",
    returnLineItems: { nodes: [{ quantity: 2, processedQuantity: 0, returnReasonNote: "return 4036" }] },
  });
  expect(await returnable(id)).toEqual([]);
  expect((await create(id, 1, lineId)).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await shop.gql(CANCEL_ORDER, { id })).data.orderCancel.orderCancelUserErrors[0].message).toMatch(
    /fulfilled|active return/,
  );
});

it("what came back is put on the shelf as told, never twice; with its last unit the return closes", async () => {
  const { id, lineId } = await aShipped();
  const { return: made } = await create(id, 2, lineId);
  const [line] = made.returnLineItems.nodes;
  const [reverse] = made.reverseFulfillmentOrders.nodes[0].lineItems.nodes;
  const { locations } = await shop.door("shopify/products");
  const process = async (restocked: number, left: number, locationId?: string): Promise<Json> => {
    const reverseFulfillmentOrderLineItemId = reverse.id;
    const dispositions = [
      { dispositionType: "RESTOCKED", quantity: restocked, reverseFulfillmentOrderLineItemId, locationId },
      { dispositionType: "NOT_RESTOCKED", quantity: left, reverseFulfillmentOrderLineItemId },
    ].filter((one) => one.quantity > 0);
    const input = { returnId: made.id, returnLineItems: [{ id: line.id, quantity: restocked + left, dispositions }] };
    return (await shop.gql(PROCESS, { input })).data.returnProcess;
  };
  expect((await process(1, 1)).userErrors).toMatchObject([{ code: "BLANK" }]);
  expect((await process(1, 1, locations[0].id)).return).toMatchObject({ status: "CLOSED" });
  expect((await process(1, 1, locations[0].id)).userErrors).toMatchObject([{ code: "INVALID_STATE" }]);
  expect(await stockOf(shop)).toEqual({ available: 9, onHand: 9, committed: 0 });
});

it("is cancelled only before anything came back; cancelling twice is cancelling once", async () => {
  const { id, lineId } = await aShipped();
  const { return: made } = await create(id, 2, lineId);
  const cancel = async () => (await shop.gql(CANCEL, { id: made.id })).data.returnCancel;
  expect(await cancel()).toMatchObject({ return: { status: "CANCELED" }, userErrors: [] });
  expect(await cancel()).toMatchObject({ return: { status: "CANCELED" }, userErrors: [] });
  expect(await returnable(id)).toMatchObject([{ quantity: 2 }]);
});
