import { describeRefund, isWhole } from "./cancellations.ts";
import type { Cancellation, Order, OrderLine, Return } from "./model.ts";
import { sumOrder } from "./order-money.ts";

/** Minor units of the buyer and of the platform. */
export interface Sides {
  buyerMinor: number;
  platformMinor: number;
}

const RETURNS_PAID = new Set(["RETURN_OR_REFUND_REQUEST_COMPLETE", "REPLACEMENT_REQUEST_REFUND_SUCCESS"]);

/** Who paid how much for an order; nothing before it is paid. */
export function paidFor(order: Order): Sides {
  if (order.paidTime === undefined) return { buyerMinor: 0, platformMinor: 0 };
  const { platformDiscount, total } = sumOrder(order);
  return { buyerMinor: total, platformMinor: platformDiscount + platformExtras(order) };
}

/** What the platform gives beside its part of the units' prices. */
const platformExtras = ({ money }: Order): number =>
  money.shippingPlatformDiscountMinor + (money.shippingCofundedDiscountMinor ?? 0) + (money.paymentDiscountMinor ?? 0);

/** What went back to whom by cancellations and returns of this order that have been paid. */
export function paidBack(order: Order, cancellations: Cancellation[], returns: Return[]): Sides {
  const back: Sides = { buyerMinor: 0, platformMinor: 0 };
  const add = (lineIds: string[], isAll: boolean) => {
    const lines: OrderLine[] = order.lines.filter((line) => lineIds.includes(line.id));
    back.buyerMinor += describeRefund(order, lines, isAll).minor;
    const extras = isAll ? platformExtras(order) : 0;
    back.platformMinor += lines.reduce((sum, line) => sum + line.platformDiscountMinor, extras);
  };
  for (const one of cancellations)
    if (one.isPaid && one.status === "CANCELLATION_REQUEST_COMPLETE") add(one.lineIds, isWhole(order, one));
  for (const one of returns) {
    if (!RETURNS_PAID.has(one.status)) continue;
    if (one.partialMinor === undefined) add(one.lineIds, one.lineIds.length === order.lines.length);
    else back.buyerMinor += one.partialMinor;
  }
  return back;
}
