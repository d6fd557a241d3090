import type { FulfillmentOrder, Order, OrderLine, Shop } from "../model.ts";

export interface Totals {
  lines: number;
  subtotal: number;
  shipping: number;
  tax: number;
  total: number;
  /** After refunds and removed quantities. */
  current: number;
  paid: number;
  refunded: number;
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** All sums of an order in minor units. Taxes count on top unless prices contain them. */
export function totals(order: Order): Totals {
  const lines = sum(order.lines.map((line) => line.unitMinor * line.quantity));
  const shipping = sum(order.shippingLines.map((line) => line.amountMinor));
  const taxes = [
    ...order.taxLines,
    ...order.lines.flatMap((line) => line.taxLines),
    ...order.shippingLines.flatMap((line) => line.taxLines),
  ];
  const tax = sum(taxes.map((line) => line.amountMinor));
  const total = lines - order.discountMinor + shipping + (order.taxesIncluded ? 0 : tax);
  const taxOnTop = order.taxesIncluded ? 0 : 1;
  const gone = sum(
    order.refunds.flatMap((one) => [
      one.shippingMinor,
      ...one.lines.map((line) => line.subtotalMinor + taxOnTop * line.taxMinor),
    ]),
  );
  const editedOff = sum(order.lines.map((line) => line.unitMinor * (line.editedOff ?? 0)));
  // what came back by a return is worth nothing any more, whether it was refunded yet or not
  const cameBack = sum(
    order.lines.map(
      (line) =>
        line.unitMinor * line.returned +
        taxOnTop *
          Math.round((sum(line.taxLines.map((one) => one.amountMinor)) * line.returned) / Math.max(1, line.quantity)),
    ),
  );
  const done = order.transactions.filter((one) => one.status === "SUCCESS");
  const paid = sum(done.filter((one) => one.kind === "SALE" || one.kind === "CAPTURE").map((one) => one.amountMinor));
  const refunded = sum(done.filter((one) => one.kind === "REFUND").map((one) => one.amountMinor));
  return {
    lines,
    subtotal: lines - order.discountMinor,
    shipping,
    tax,
    total,
    current: Math.max(0, total - gone - cameBack - editedOff),
    paid,
    refunded,
  };
}

/** Derived from the transactions; a status given at creation holds until a transaction says otherwise. */
export function financialStatus(order: Order): string {
  const { total, paid, refunded } = totals(order);
  if (order.givenFinancialStatus && refunded === 0) return order.givenFinancialStatus;
  if (refunded > 0) return refunded >= paid ? "REFUNDED" : "PARTIALLY_REFUNDED";
  if (paid === 0 && order.cancelledAt !== null) return "VOIDED";
  if (paid >= total) return "PAID";
  return paid > 0 ? "PARTIALLY_PAID" : "PENDING";
}

/** Quantity still on the order. */
export const currentQuantity = (line: OrderLine): number => line.quantity - line.refunded - line.returned;
/** Quantity still to be shipped. */
export const unfulfilledQuantity = (line: OrderLine): number =>
  Math.max(0, line.quantity - line.removed - line.fulfilled);

/** The status a fulfillment order shows: held ones are ON_HOLD. */
export function unitStatus(unit: FulfillmentOrder): string {
  return unit.holds.length > 0 && (unit.status === "OPEN" || unit.status === "IN_PROGRESS") ? "ON_HOLD" : unit.status;
}

/** The order's display status over all its fulfillment orders. */
export function displayStatus(shop: Shop, order: Order): string {
  const shipped = order.lines.some((line) => line.fulfilled > 0);
  const open = order.lines.some((line) => unfulfilledQuantity(line) > 0);
  if (shipped) return open ? "PARTIALLY_FULFILLED" : "FULFILLED";
  const units = order.fulfillmentOrderIds
    .map((id) => shop.fulfillmentOrders.get(id))
    .filter((one) => one !== undefined);
  if (units.some((unit) => unitStatus(unit) === "ON_HOLD")) return "ON_HOLD";
  return "UNFULFILLED";
}
