import type { CallLog } from "./model.ts";

interface OrderLike {
  id?: string;
  status?: string;
  sourceIdentifier?: string | null;
  test?: boolean;
}
interface StateLike {
  orders?: OrderLike[];
  oversold?: number;
}

/** What both sides together prove: every channel order home once, nothing sold twice. */
export interface Truth {
  ordersChannel: number;
  ordersShopify: number;
  doubled: number;
  missing: number;
  oversold: number;
  calls: { shopify: number; tiktok: number };
}

/**
 * Compares the two platforms. Unpaid channel orders are not expected in Shopify; cancelled ones may be missing there
 * (they may have been cancelled before they came home), all others may not.
 */
export function tellTruth(shopify: StateLike, tiktok: StateLike, calls: CallLog): Truth {
  const home = countHome(shopify.orders ?? []);
  const channel = (tiktok.orders ?? []).filter((order) => order.status !== "UNPAID");
  const counts = [...home.values()];
  return {
    ordersChannel: channel.length,
    ordersShopify: counts.reduce((sum, one) => sum + one, 0),
    doubled: counts.reduce((sum, one) => sum + one - 1, 0),
    missing: channel.filter((order) => order.status !== "CANCELLED" && !home.has(order.id ?? "")).length,
    oversold: tiktok.oversold ?? 0,
    calls: calls.counts(),
  };
}

/** How many Shopify orders each channel order has. */
export function countHome(orders: OrderLike[]): Map<string, number> {
  const home = new Map<string, number>();
  for (const order of orders) {
    if (order.test || !order.sourceIdentifier) continue;
    home.set(order.sourceIdentifier, (home.get(order.sourceIdentifier) ?? 0) + 1);
  }
  return home;
}
