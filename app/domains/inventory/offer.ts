/** What goes into the offer of one unit in one warehouse of the channel. */
export interface OfferInput {
  /** Shopify's "available" at each location that feeds the warehouse; may be negative and stays so in the sum. */
  available: readonly number[];
  /** Units of known channel orders, of all connections, that these numbers do not contain yet. */
  waiting: number;
  /** Units always kept back. */
  buffer: number;
  /** Part of the rest that is offered, 0 < share ≤ 1. */
  share: number;
  /** The merchant's own ceiling; null: none. */
  cap: number | null;
  channelMax: number;
}

/** 0.29 × 100 is 28.999… in floating point; nobody means to lose that unit. */
const ROUNDING = 1e-9;

/** How many units the channel may still sell: never negative, never above a ceiling. */
export function offer({ available, waiting, buffer, share, cap, channelMax }: OfferInput): number {
  const own = available.reduce((sum, one) => sum + one, 0) - waiting - buffer;
  const offered = Math.floor(own * share + ROUNDING);
  return Math.max(0, Math.min(offered, cap ?? channelMax, channelMax));
}

/** A level as it counts right now: an event that no reading has followed yet may lower it, never raise it. */
export function effectiveAvailable(level: { available: number; eventAvailable: number | null }): number {
  return level.eventAvailable === null ? level.available : Math.min(level.available, level.eventAvailable);
}
