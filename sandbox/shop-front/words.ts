import { toPadded } from "../tiktok-shop/decimal.ts";
import type { Cancellation, Order, OrderStatus, Return, Shop, World } from "../tiktok-shop/model.ts";

/** What each state of an order means to its buyer. */
export const BUYER_WORDS: Record<OrderStatus, string> = {
  UNPAID: "Waiting for your payment",
  ON_HOLD: "Paid – you may still change your mind",
  AWAITING_SHIPMENT: "The shop is packing it",
  PARTIALLY_SHIPPING: "A part of it is on its way",
  AWAITING_COLLECTION: "Handed to the carrier",
  IN_TRANSIT: "On its way",
  DELIVERED: "Delivered",
  COMPLETED: "Delivered",
  CANCELLED: "Cancelled",
};

/** What each state of a return means to its buyer. */
export const BUYER_RETURN_WORDS: Record<Return["status"], string> = {
  RETURN_OR_REFUND_REQUEST_PENDING: "You asked the shop. It has not answered yet.",
  AWAITING_BUYER_RESPONSE: "The shop offers you a part of the money, and you keep it.",
  AWAITING_BUYER_SHIP: "The shop agreed. Please send it back.",
  BUYER_SHIPPED_ITEM: "On its way back to the shop",
  RETURN_OR_REFUND_REQUEST_SUCCESS: "Your money is on its way",
  RETURN_OR_REFUND_REQUEST_COMPLETE: "You got your money back",
  REFUND_OR_RETURN_REQUEST_REJECT: "The shop refused",
  REJECT_RECEIVE_PACKAGE: "The shop refused what you sent back",
  RETURN_OR_REFUND_REQUEST_CANCEL: "You thought better of it",
  REPLACEMENT_REQUEST_PENDING: "You asked for another one. The shop has not answered yet.",
  REPLACEMENT_REQUEST_COMPLETE: "The shop sends another one",
  REPLACEMENT_REQUEST_REFUND_SUCCESS: "You got your money back",
  REPLACEMENT_REQUEST_REJECT: "The shop refused",
  REPLACEMENT_REQUEST_CANCEL: "You thought better of it",
};

/** An amount as people write it: $14.90. */
export function sayPrice(minor: number, currency: string): string {
  const sign = { USD: "$", GBP: "£", EUR: "€" }[currency];
  return sign ? `${sign}${toPadded(minor, currency)}` : `${toPadded(minor, currency)} ${currency}`;
}

/** The path of a picture here; null when it is gone or was never taken. */
export function pictureOf(world: World, uri: string | undefined): string | null {
  const url = world.pictures.get(uri ?? "")?.url;
  return url ? new URL(url).pathname : null;
}

/** The request of a buyer that waits for the seller's answer, if there is one. */
export function openRequestOf(world: World, order: Order): Cancellation | undefined {
  return [...world.cancellations.values()].find(
    (one) => one.orderId === order.id && one.status === "CANCELLATION_REQUEST_PENDING",
  );
}

/** Whether a seller has given an app the consent to this shop. */
export function isConnected(world: World, shop: Shop): boolean {
  return world.grants.some((grant) => !grant.revoked && grant.shopIds.has(shop.id));
}
