import { toPadded } from "../tiktok-shop/decimal.ts";
import type { Cancellation, Order, OrderStatus, Shop, World } from "../tiktok-shop/model.ts";

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
