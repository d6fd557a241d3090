import type { Order, Shop } from "../shopify/model.ts";
import { toDecimal } from "../shopify/money.ts";
import { suggestRefund } from "../shopify/orders/refund.ts";
import { totals, unfulfilledQuantity } from "../shopify/orders/status.ts";
import type { Doors } from "./store-pages.ts";

type Fields = Record<string, string>;

/** What the forms of an order page do; each answers a sentence for the toast and throws one when it cannot be. */
export const orderActions: Record<string, (doors: Doors, shop: Shop, order: Order, fields: Fields) => Promise<string>> =
  {
    async fulfil(doors, shop, order, fields) {
      const unit = order.fulfillmentOrderIds
        .map((id) => shop.fulfillmentOrders.get(id))
        .find((one) => one?.locationId === fields.place);
      const here = new Set(unit?.lines.map((part) => part.lineId));
      const lines = chosenLines(order, fields).filter((one) => here.has(one.lineId));
      if (lines.length === 0) throw new Error("Choose at least one unit to ship.");
      const { trackingCompany, trackingNumber = "" } = fields;
      if (!trackingNumber.trim()) throw new Error("A tracking number is needed; the channel shows it to the buyer.");
      await doors.fulfil?.({
        shop: shop.domain,
        orderId: order.id,
        lines,
        trackingCompany,
        trackingNumber: trackingNumber.trim(),
      });
      return "Shipped. The app carries the tracking number to the channel.";
    },

    async "release-holds"(doors, shop, order) {
      await doors["release-holds"]?.({ shop: shop.domain, orderId: order.id });
      return "Released. It can be shipped now, whatever the channel says.";
    },

    async "fulfil-cancel"(doors, shop, _order, { fulfillmentId }) {
      await doors["fulfil-cancel"]?.({ shop: shop.domain, fulfillmentId });
      return "Called off. Its units are to be shipped again.";
    },

    async edit(doors, shop, order, fields) {
      const changed = order.lines.flatMap((line, at) => {
        const wanted = Number(fields[`quantity-${at}`] ?? unfulfilledQuantity(line));
        if (!Number.isInteger(wanted) || wanted < 0) throw new Error("A quantity is a whole number.");
        return [{ lineId: line.id, quantity: wanted - unfulfilledQuantity(line) }];
      });
      const raise = changed.filter((one) => one.quantity > 0);
      const less = changed.filter((one) => one.quantity < 0).map((one) => ({ ...one, quantity: -one.quantity }));
      if (raise.length + less.length === 0) throw new Error("Change a quantity first.");
      await doors["edit-order"]?.({ shop: shop.domain, orderId: order.id, raise, takeOff: less });
      return "The order was edited.";
    },

    async return(doors, shop, order, fields) {
      const lines = chosenLines(order, fields);
      if (lines.length === 0) throw new Error("Choose at least one unit to come back.");
      await doors["begin-return"]?.({ shop: shop.domain, orderId: order.id, lines });
      return "The return is open.";
    },

    async "cancel-return"(doors, shop, _order, { returnId }) {
      await doors["cancel-return"]?.({ shop: shop.domain, returnId });
      return "The return was cancelled.";
    },

    async cancel(doors, shop, order, { reason, restock, refund }) {
      await doors.cancel?.({
        shop: shop.domain,
        orderId: order.id,
        reason,
        restock: restock === "1",
        refund: refund === "1",
      });
      return "The order is being cancelled.";
    },

    async "ask-data"(doors, shop, order) {
      await doors["data-request"]?.({ shop: shop.domain, orderId: order.id });
      return "The app was told. It shows the request, with a file to download.";
    },

    async "forget-buyer"(doors, shop, order) {
      await doors["forget-buyer"]?.({ shop: shop.domain, orderId: order.id });
      return "The app was told to forget the buyer.";
    },

    async refund(doors, shop, order, fields) {
      const lines = chosenLines(order, fields);
      const withShipping = fields.shipping === "1";
      if (lines.length === 0 && !withShipping) throw new Error("Choose at least one unit, or the shipping.");
      const wanted = lines.map(({ lineId, quantity }) => ({ lineItemId: lineId, quantity }));
      const { split } = suggestRefund(order, wanted, withShipping);
      await doors.refund?.({
        shop: shop.domain,
        input: {
          orderId: order.id,
          refundLineItems: wanted.flatMap((one) => restockParts(order, one, fields.restock ?? "")),
          shipping: withShipping ? { fullRefund: true } : null,
          transactions: split
            .filter((one) => one.amountMinor > 0)
            .map(({ sale, amountMinor }) => ({
              orderId: order.id,
              gateway: sale.gateway,
              kind: "REFUND",
              amount: toDecimal(amountMinor, order.currency),
              parentId: sale.id,
            })),
        },
      });
      return `Refunded. ${toDecimal(totals(order).refunded, order.currency)} ${order.currency} went back in all.`;
    },
  };

/** Lines with a quantity above zero. */
function chosenLines(order: Order, fields: Fields): { lineId: string; quantity: number }[] {
  return order.lines.flatMap((line, at) => {
    const quantity = Number(fields[`quantity-${at}`] ?? 0);
    if (!Number.isInteger(quantity) || quantity < 0) throw new Error("A quantity is a whole number.");
    return quantity > 0 ? [{ lineId: line.id, quantity }] : [];
  });
}

/** Units that go back on a shelf: unshipped ones by taking the claim back, shipped ones as a return. */
function restockParts(order: Order, { lineItemId, quantity }: { lineItemId: string; quantity: number }, place: string) {
  if (!place) return [{ lineItemId, quantity, restockType: "NO_RESTOCK" }];
  const line = order.lines.find((one) => one.id === lineItemId);
  const unshipped = Math.min(quantity, line ? line.quantity - line.removed - line.fulfilled : 0);
  return [
    ...(unshipped > 0 ? [{ lineItemId, quantity: unshipped, restockType: "CANCEL" }] : []),
    ...(quantity > unshipped
      ? [{ lineItemId, quantity: quantity - unshipped, restockType: "RETURN", locationId: place }]
      : []),
  ];
}
