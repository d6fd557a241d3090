import type { CallLog } from "./model.ts";
import { countHome } from "./truth.ts";

/** What the Shopify half counts for the truth bar. */
export interface ShopCount {
  orders: { sourceIdentifier: string | null; test: boolean; createdAt: number }[];
  /** Units on the shelves of all shops. */
  unitsOwned: number;
  /** Units promised to orders that no shelf has: `available` below zero, per item over all its places. */
  unitsShort: number;
}

/** What the channel counts for the truth bar. */
export interface ChannelCount {
  /** `isStrange`: made so on purpose that no app can bring it home before somebody acts. */
  orders: { id: string; status: string; paidAt: number; isStrange?: boolean }[];
  unitsSold: number;
  /** Units the channel itself sold without having them. */
  oversold: number;
}

/** none: nothing has been sold yet, so nothing is proven. */
export type Light = "none" | "green" | "amber" | "red";

/** The truth bar: figures that anybody can add up, each with a light. */
export interface TruthBar {
  owned: number;
  sold: number;
  oversold: { units: number; light: Light };
  /** `waiting`: of the missing ones, those that somebody must act on first. */
  orders: { channel: number; shopify: number; missing: number; waiting: number; light: Light };
  doubled: { orders: number; light: Light };
  calls: number;
}

/**
 * How long an order may be on its way before the bar calls it missing, and how long home-comings may pause (wall time). An order whose
 * worker is killed in mid-call is looked for before it is made again, which takes an app that is careful about three minutes.
 */
const ON_THE_WAY_MS = 240_000;
const PAUSE_MS = 60_000;

/**
 * Compares both sides. Orders that are on their way are amber while they are young or others still come home; after that they are
 * missing. Orders cancelled before they came home are expected on neither side.
 */
export function tellTruthBar(shop: ShopCount, channel: ChannelCount, calls: CallLog, now: number): TruthBar {
  const home = countHome(shop.orders);
  const away = channel.orders.filter(
    (order) => order.status !== "UNPAID" && order.status !== "CANCELLED" && !home.has(order.id),
  );
  const counts = [...home.values()];
  const shopify = counts.reduce((sum, one) => sum + one, 0);
  const doubled = shopify - counts.length;
  const lost = away.filter((order) => !order.isStrange);
  const oldest = lost.reduce((least, order) => Math.min(least, order.paidAt), now);
  const lastHome = shop.orders.reduce((last, order) => Math.max(last, order.createdAt), 0);
  const settles = now - oldest < ON_THE_WAY_MS || now - lastHome < PAUSE_MS;
  // a forced sale shows on the channel first and on Shopify's shelf later: the same units, not more of them
  const units = Math.max(channel.oversold, shop.unitsShort);
  const { shopify: shopCalls, tiktok } = calls.counts();
  const proven: Light = channel.orders.length === 0 && shopify === 0 ? "none" : "green";
  return {
    owned: shop.unitsOwned,
    sold: channel.unitsSold,
    oversold: { units, light: units === 0 ? proven : "red" },
    orders: {
      channel: counts.length + away.length,
      shopify,
      missing: away.length,
      waiting: away.length - lost.length,
      light: away.length > 0 ? (settles ? "amber" : "red") : doubled > 0 ? "red" : proven,
    },
    doubled: { orders: doubled, light: doubled === 0 ? proven : "red" },
    calls: shopCalls + tiktok,
  };
}
