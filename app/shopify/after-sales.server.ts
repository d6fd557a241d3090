import { formatDecimal, parseDecimal } from "../platform/money.ts";
import { readReasons } from "./answers.ts";
import type { SendForShop } from "./gateway.server.ts";
import {
  OrderPaymentsDocument,
  OrderReturnsDocument,
  RefundCreateDocument,
  type RefundInput,
  ReturnableItemsDocument,
  ReturnCancelDocument,
  ReturnCreateDocument,
  type ReturnPartsFragment,
  ReturnProcessDocument,
} from "./gql/graphql.ts";
import type { OrderPayments, ShopGateway, ShopifyReturn } from "./model.ts";

const MAX_NOTE = 255;

/** What was paid and paid back; null: the order is gone. */
export async function readPayments(send: SendForShop, id: string): Promise<OrderPayments | null> {
  const { order } = await send(OrderPaymentsDocument, { id });
  if (!order) return null;
  const currency = order.presentmentCurrencyCode;
  const done = order.transactions.filter((one) => one.status === "SUCCESS");
  const minor = (amount: string) => parseDecimal(amount, currency);
  const refunds = done.filter((one) => one.kind === "REFUND");
  return {
    currency,
    isCancelled: Boolean(order.cancelledAt),
    sales: done
      .filter((one) => one.kind === "SALE" || one.kind === "CAPTURE")
      .map((sale) => ({
        ...{ id: sale.id, gateway: sale.gateway ?? "", amountMinor: minor(sale.amountSet.presentmentMoney.amount) },
        refundedMinor: refunds
          .filter((one) => one.parentTransaction?.id === sale.id)
          .reduce((sum, one) => sum + minor(one.amountSet.presentmentMoney.amount), 0n),
      })),
    refundedMinor: refunds.reduce((sum, one) => sum + minor(one.amountSet.presentmentMoney.amount), 0n),
    refunds: order.refunds.map(({ id: refundId, note, totalRefundedSet }) => ({
      ...{ id: refundId, note: note ?? "", totalMinor: minor(totalRefundedSet.presentmentMoney.amount) },
    })),
  };
}

/** Safe to repeat with the same key and input for a day. Shopify only records it: money moves on the channel. */
export async function createRefund(
  send: SendForShop,
  orderId: string,
  { key, note, currency, lines, payments }: Parameters<ShopGateway["createRefund"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["createRefund"]>>> {
  const { refundCreate } = await send(RefundCreateDocument, {
    idempotencyKey: key,
    input: {
      // Shopify fact §11: amounts are in the currency the buyer paid in, and it has to be said
      ...{ orderId, note, notify: false, currency: currency as RefundInput["currency"] },
      refundLineItems: lines.map(({ lineItemId, quantity, restock }) => ({
        ...{ lineItemId, quantity },
        restockType: restock ? ("CANCEL" as const) : ("NO_RESTOCK" as const),
      })),
      transactions: payments.map(({ saleId, gateway, amountMinor }) => ({
        ...{ orderId, gateway, parentId: saleId, kind: "REFUND" as const },
        amount: formatDecimal(amountMinor, currency),
      })),
    },
  });
  const refund = refundCreate?.refund;
  if (refund)
    return {
      outcome: "recorded",
      refundId: refund.id,
      totalMinor: parseDecimal(refund.totalRefundedSet.presentmentMoney.amount, currency),
    };
  const reasons = readReasons(refundCreate?.userErrors ?? []);
  // Shopify fact: a second call while the first still runs is told so; this mutation gives no codes
  if (reasons.some(({ message }) => /concurrent|in progress/i.test(message))) return { outcome: "busy" };
  return { outcome: "refused", reasons: reasons.map(({ message }) => message) };
}

/** Empty as well when the order is gone. */
export async function readReturns(send: SendForShop, orderId: string): Promise<ShopifyReturn[]> {
  const { order } = await send(OrderReturnsDocument, { id: orderId });
  const places = new Map(
    (order?.fulfillments ?? []).flatMap(({ location, fulfillmentLineItems }) =>
      fulfillmentLineItems.nodes.map((line) => [line.id, location?.id ?? null] as const),
    ),
  );
  return (order?.returns.nodes ?? []).map((one) => toReturn(one, places));
}

export async function readReturnable(
  send: SendForShop,
  orderId: string,
): Promise<Awaited<ReturnType<ShopGateway["returnable"]>>> {
  const { returnableFulfillments } = await send(ReturnableItemsDocument, { orderId });
  return returnableFulfillments.nodes.flatMap(({ returnableFulfillmentLineItems }) =>
    returnableFulfillmentLineItems.nodes.map(({ quantity, fulfillmentLineItem }) => ({
      ...{ fulfillmentLineId: fulfillmentLineItem.id, lineItemId: fulfillmentLineItem.lineItem.id, quantity },
    })),
  );
}

/** Sent once: an error with `mayHaveHappened` means look for the note before doing anything else. */
export async function openReturn(
  send: SendForShop,
  orderId: string,
  { note, lines, requestedAt }: Parameters<ShopGateway["openReturn"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["openReturn"]>>> {
  const { returnCreate } = await send(ReturnCreateDocument, {
    returnInput: {
      ...{ orderId, requestedAt: requestedAt.toISOString() },
      returnLineItems: lines.map(({ fulfillmentLineId, quantity }) => ({
        ...{ fulfillmentLineItemId: fulfillmentLineId, quantity, returnReasonNote: note.slice(0, MAX_NOTE) },
      })),
    },
  });
  if (returnCreate?.return) return { outcome: "opened", return: toReturn(returnCreate.return, new Map()) };
  return {
    outcome: "refused",
    reasons: readReasons(returnCreate?.userErrors ?? []).map(({ message }) => message),
  };
}

/** Confirms what came back and puts it on the shelf or not. Without money: that is recorded by a refund of its own. */
export async function processReturn(
  send: SendForShop,
  returnId: string,
  lines: Parameters<ShopGateway["processReturn"]>[1],
): Promise<Awaited<ReturnType<ShopGateway["processReturn"]>>> {
  const { returnProcess } = await send(ReturnProcessDocument, {
    input: {
      returnId,
      notifyCustomer: false,
      returnLineItems: lines.map(({ id, reverseLineId, restock, leave, locationId }) => ({
        id,
        quantity: restock + leave,
        dispositions: [
          { quantity: restock, dispositionType: "RESTOCKED" as const, ...(locationId ? { locationId } : {}) },
          { quantity: leave, dispositionType: "NOT_RESTOCKED" as const },
        ]
          .filter(({ quantity }) => quantity > 0)
          .map((one) => ({ ...one, reverseFulfillmentOrderLineItemId: reverseLineId })),
      })),
    },
  });
  const reasons = readReasons(returnProcess?.userErrors ?? []).map(({ message }) => message);
  return reasons.length === 0 ? { outcome: "processed" } : { outcome: "refused", reasons };
}

/** Absolute; a return that cannot be cancelled any more is a refusal. */
export async function cancelReturn(
  send: SendForShop,
  returnId: string,
): Promise<Awaited<ReturnType<ShopGateway["cancelReturn"]>>> {
  const { returnCancel } = await send(ReturnCancelDocument, { id: returnId });
  const reasons = readReasons(returnCancel?.userErrors ?? []).map(({ message }) => message);
  return reasons.length === 0 ? { outcome: "cancelled" } : { outcome: "refused", reasons };
}

function toReturn(found: ReturnPartsFragment, places: ReadonlyMap<string, string | null>): ShopifyReturn {
  const reverse = new Map(
    found.reverseFulfillmentOrders.nodes.flatMap(({ lineItems }) =>
      lineItems.nodes.flatMap(({ id, fulfillmentLineItem }) =>
        fulfillmentLineItem ? [[fulfillmentLineItem.id, id] as const] : [],
      ),
    ),
  );
  return {
    id: found.id,
    name: found.name,
    status: found.status,
    lines: found.returnLineItems.nodes.flatMap((line) => {
      if (!("fulfillmentLineItem" in line)) return [];
      const { id, quantity, processedQuantity, returnReasonNote, fulfillmentLineItem } = line;
      return [
        {
          ...{ id, quantity, processed: processedQuantity, note: returnReasonNote },
          lineItemId: fulfillmentLineItem.lineItem.id,
          reverseLineId: reverse.get(fulfillmentLineItem.id) ?? null,
          locationId: places.get(fulfillmentLineItem.id) ?? null,
        },
      ];
    }),
  };
}
