import { type Reason, readReasons, refuse } from "./answers.ts";
import { toHoldTarget } from "./fulfillment-orders.server.ts";
import type { SendForShop } from "./gateway.server.ts";
import {
  FulfillmentLinesPageDocument,
  OrderByCustomIdDocument,
  OrderCancelDocument,
  OrderCreateDocument,
  OrderLinesPageDocument,
  type OrderLinesPageQuery,
  OrderMarkPaidDocument,
  OrderNoteDocument,
  OrderStateDocument,
  type OrderStateQuery,
  OrdersBySourceIdentifierDocument,
  OrdersChangedPageDocument,
  OrderTagsAddDocument,
  OrderUpdateDocument,
} from "./gql/graphql.ts";
import type { ChangedOrder, CreatedOrder, OrderCreateResult, OrderDraft, OrderState, ShopGateway } from "./model.ts";
import { ORDER_ID_FIELD, toAddressInput, toOrderInput } from "./order-input.ts";
import { walkChanges } from "./walk-changes.ts";

/** Shopify works longest on this one; nothing else waits so long. */
const CREATE_DEADLINE_MS = 30_000;
const PAGE = 250;

type Line = NonNullable<OrderLinesPageQuery["order"]>["lineItems"]["nodes"][number];
type PageInfo = { hasNextPage: boolean; endCursor?: string | null };
type Fulfillment = NonNullable<OrderStateQuery["order"]>["fulfillments"][number];

/** Paid with its slot. Sent once, with 30 s to answer: an error with `mayHaveHappened` means look before doing anything else. */
export async function createOrder(send: SendForShop, draft: OrderDraft): Promise<OrderCreateResult> {
  const { orderCreate } = await send(OrderCreateDocument, toOrderInput(draft), {
    ...{ deadlineMs: CREATE_DEADLINE_MS, isPaid: true },
  });
  const order = orderCreate?.order;
  if (order) {
    const further = order.lineItems.pageInfo.hasNextPage
      ? await readLines(send, order.id, order.lineItems.pageInfo)
      : [];
    const parts = order.fulfillmentOrders.nodes.map(toHoldTarget);
    return { outcome: "created", order: { ...toCreated(order, [...order.lineItems.nodes, ...further]), parts } };
  }
  const reasons = readReasons(orderCreate?.userErrors ?? []);
  return reasons.some(isValueTaken) ? { outcome: "taken" } : { outcome: "refused", reasons };
}

/**
 * Another order has our unique metafield's value. Shopify publishes no code of its own for it in this mutation, so: the code TAKEN,
 * or any complaint about the metafield that speaks of being taken or unique. Whoever gets "taken" looks the order up, so a wrong
 * guess here costs a look and never an order.
 */
function isValueTaken({ code, field, message }: Reason): boolean {
  if (!field.toLowerCase().includes("metafield")) return false;
  return code === "TAKEN" || /taken|unique|already|in use/i.test(message);
}

export async function findByCustomId(send: SendForShop, value: string): Promise<{ id: string; name: string } | null> {
  const { namespace, key } = ORDER_ID_FIELD;
  const { orderByIdentifier } = await send(OrderByCustomIdDocument, { namespace, key, value });
  return orderByIdentifier ? { id: orderByIdentifier.id, name: orderByIdentifier.name } : null;
}

/** By the search index: it lags, and it matches words, so what it finds is compared. */
export async function findBySource(
  send: SendForShop,
  value: string,
): Promise<Awaited<ReturnType<ShopGateway["findOrdersBySourceIdentifier"]>>> {
  const quoted = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const { orders } = await send(OrdersBySourceIdentifierDocument, { query: `source_identifier:"${quoted}"` });
  return orders.nodes
    .filter((order) => order.sourceIdentifier === value)
    .map(({ id, name, createdAt, cancelledAt }) => ({
      id,
      name,
      createdAt: new Date(createdAt),
      cancelledAt: cancelledAt ? new Date(cancelledAt) : null,
    }));
}

/** Of these states nothing was fulfilled. */
const UNTOUCHED = new Set<string>([
  "UNFULFILLED",
  "ON_HOLD",
  "SCHEDULED",
  "OPEN",
  "PENDING_FULFILLMENT",
  "REQUEST_DECLINED",
]);

/** Orders updated since a time, ascending by update time, each version once. */
export async function* walkChangedOrders(send: SendForShop, since: Date): AsyncGenerator<ChangedOrder> {
  const changed = walkChanges(async (page) => (await send(OrdersChangedPageDocument, page)).orders, since);
  for await (const one of changed)
    yield {
      ...{ id: one.id, updatedAt: new Date(one.updatedAt) },
      isCancelled: Boolean(one.cancelledAt),
      isFulfilled: !UNTOUCHED.has(one.displayFulfillmentStatus),
      hasUnitsOff: one.currentSubtotalLineItemsQuantity !== one.subtotalLineItemsQuantity,
      hasReturn: one.returnStatus !== "NO_RETURN",
    };
}

export async function readOrderState(send: SendForShop, id: string): Promise<OrderState | null> {
  const { order } = await send(OrderStateDocument, { id });
  if (!order) return null;
  const lines = [...order.lineItems.nodes, ...(await readLines(send, id, order.lineItems.pageInfo))];
  const fulfillments: OrderState["fulfillments"] = [];
  for (const fulfillment of order.fulfillments) fulfillments.push(await toFulfillment(send, fulfillment));
  return {
    id: order.id,
    name: order.name,
    updatedAt: new Date(order.updatedAt),
    cancelledAt: order.cancelledAt ? new Date(order.cancelledAt) : null,
    cancelReason: order.cancelReason ?? null,
    financialStatus: order.displayFinancialStatus ?? "",
    fulfillmentStatus: order.displayFulfillmentStatus,
    returnStatus: order.returnStatus,
    sourceIdentifier: order.sourceIdentifier ?? null,
    lines: lines.map((line) => {
      const { currentQuantity, unfulfilledQuantity } = line;
      return { ...toLine(line), currentQuantity, unfulfilledQuantity };
    }),
    fulfillments,
  };
}

/** Empty as well when the order is gone. */
export async function readOrderNote(
  send: SendForShop,
  id: string,
  { paysForUpdate = false }: { paysForUpdate?: boolean } = {},
): Promise<string> {
  const { order } = await send(OrderNoteDocument, { id }, paysForUpdate ? { paysFor: "OrderUpdate" } : {});
  return order?.note ?? "";
}

/** The order found by looking, as `createOrder` would have told it; null when it is gone. */
export async function readCreatedOrder(send: SendForShop, id: string): Promise<CreatedOrder | null> {
  const { order } = await send(OrderLinesPageDocument, { id, first: PAGE, after: null });
  if (!order) return null;
  return toCreated(order, [...order.lineItems.nodes, ...(await readLines(send, id, order.lineItems.pageInfo))]);
}

export async function updateOrder(
  send: SendForShop,
  id: string,
  change: Parameters<ShopGateway["updateOrder"]>[1],
  { isPaid = false }: { isPaid?: boolean } = {},
): Promise<void> {
  const { shippingAddress, ...texts } = change;
  const input = { id, ...texts, ...(shippingAddress ? { shippingAddress: toAddressInput(shippingAddress) } : {}) };
  const { orderUpdate } = await send(OrderUpdateDocument, { input }, { isPaid });
  refuse("OrderUpdate", orderUpdate?.userErrors ?? []);
}

export async function addTags(send: SendForShop, id: string, tags: string[]): Promise<void> {
  if (tags.length === 0) return;
  const { tagsAdd } = await send(OrderTagsAddDocument, { id, tags });
  refuse("OrderTagsAdd", tagsAdd?.userErrors ?? []);
}

/** Without a refund: money is recorded by refunds of their own, each with its key. */
export async function cancelOrder(
  send: SendForShop,
  id: string,
  input: Parameters<ShopGateway["cancelOrder"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["cancelOrder"]>>> {
  const { orderCancel } = await send(OrderCancelDocument, {
    id,
    reason: input.reason,
    restock: input.restock,
    refundMethod: { originalPaymentMethodsRefund: false },
    staffNote: input.note.slice(0, 255),
  });
  const reasons = readReasons(orderCancel?.orderCancelUserErrors ?? []);
  if (reasons.length === 0) return { outcome: "accepted" };
  return { outcome: "refused", reasons: reasons.map(({ code, message }) => ({ code, message })) };
}

/** Not repeated by the gateway: whoever repeats it reads the order's financial status first. */
export async function markPaid(send: SendForShop, id: string): ReturnType<ShopGateway["markPaid"]> {
  const { orderMarkAsPaid } = await send(OrderMarkPaidDocument, { input: { id } });
  const reasons = readReasons(orderMarkAsPaid?.userErrors ?? []);
  return reasons.length === 0
    ? { outcome: "paid" }
    : { outcome: "refused", reasons: reasons.map(({ message }) => message) };
}

async function readLines(send: SendForShop, id: string, start: PageInfo): Promise<Line[]> {
  const lines: Line[] = [];
  let { hasNextPage, endCursor } = start;
  while (hasNextPage) {
    const { order } = await send(OrderLinesPageDocument, { id, first: PAGE, after: endCursor ?? null });
    if (!order) break;
    lines.push(...order.lineItems.nodes);
    ({ hasNextPage, endCursor } = order.lineItems.pageInfo);
  }
  return lines;
}

async function toFulfillment(send: SendForShop, found: Fulfillment): Promise<OrderState["fulfillments"][number]> {
  const lines = [...found.fulfillmentLineItems.nodes];
  let { hasNextPage, endCursor } = found.fulfillmentLineItems.pageInfo;
  while (hasNextPage) {
    const { fulfillment } = await send(FulfillmentLinesPageDocument, {
      id: found.id,
      first: PAGE,
      after: endCursor ?? null,
    });
    if (!fulfillment) break;
    lines.push(...fulfillment.fulfillmentLineItems.nodes);
    ({ hasNextPage, endCursor } = fulfillment.fulfillmentLineItems.pageInfo);
  }
  return {
    id: found.id,
    status: found.status,
    updatedAt: new Date(found.updatedAt),
    tracking: found.trackingInfo.map(({ company, number, url }) => ({
      company: company || null,
      number: number || null,
      url: url || null,
    })),
    lines: lines.map((line) => ({ lineItemId: line.lineItem.id, quantity: line.quantity ?? 0 })),
  };
}

type BareLine = Omit<Line, "currentQuantity" | "unfulfilledQuantity">;

function toCreated(order: { id: string; name: string }, lines: BareLine[]): CreatedOrder {
  return { id: order.id, name: order.name, lines: lines.map(toLine), parts: [] };
}

function toLine(line: BareLine): CreatedOrder["lines"][number] {
  return { id: line.id, variantId: line.variant?.id ?? null, sku: line.sku || null, quantity: line.quantity };
}
