import type { PlanName, Shop } from "./model.ts";

/** Shopify fact: points a second by plan, and a bucket of twenty times the rate (Standard is known, the rest by inference). */
const RATES: Record<PlanName, number> = {
  Standard: 100,
  Advanced: 200,
  Plus: 1_000,
  Enterprise: 2_000,
  Development: 100,
};
const BUCKET_SECONDS = 20;

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** The bucket now, refilled for the time gone by. */
export function refill(shop: Shop, now: number): ThrottleStatus {
  const restoreRate = RATES[shop.plan];
  const maximumAvailable = restoreRate * BUCKET_SECONDS;
  const { bucket } = shop;
  bucket.available = Math.min(maximumAvailable, bucket.available + ((now - bucket.updatedAt) / 1000) * restoreRate);
  bucket.updatedAt = now;
  return { maximumAvailable, currentlyAvailable: Math.floor(bucket.available), restoreRate };
}

/** Takes points; may be called only after `refill` showed enough. Negative amounts give back. */
export function take(shop: Shop, points: number): void {
  shop.bucket.available -= points;
}

/** Shopify fact: development and trial shops accept 5 orders a minute. Answers whether one more may be made, and counts it. */
export function mayCreateOrder(shop: Shop, now: number, perMinute: number): boolean {
  if (shop.plan !== "Development") return true;
  shop.orderCreatedAt = shop.orderCreatedAt.filter((at) => now - at < 60_000);
  if (shop.orderCreatedAt.length >= perMinute) return false;
  shop.orderCreatedAt.push(now);
  return true;
}
