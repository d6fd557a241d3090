/** Words of the inventory room: safe for browser and server. */

/** A reading that still does not show an event after this long: the two clocks differ, the reading counts. */
export const READING_LAG_MS = 60_000;

/** Why a number changed. */
export type LedgerNumber = "available" | "waiting" | "offer" | "channel";

export interface LedgerEntry {
  id: string;
  at: Date;
  number: LedgerNumber;
  inventoryItemId: string;
  locationId: string | null;
  before: number;
  after: number;
  why: string;
  event: string;
  actor: string;
}

/** The offer of one unit with everything it follows from. */
export interface OfferView {
  listingSkuId: string;
  inventoryItemId: string | null;
  available: { locationId: string; available: number; readAt: Date }[];
  waiting: number;
  buffer: number;
  share: number;
  /** False: Shopify does not count this variant. */
  isCounted: boolean;
  wanted: number;
  pushed: number | null;
  pushedAt: Date | null;
  isUncertain: boolean;
  unexplained: number;
}

/** Stable keys of this room's problems. */
export const stockRefusedKey = (listingSkuId: string): string => `stock-refused:${listingSkuId}`;
export const zeroRefusedKey = (listingId: string): string => `zero-refused:${listingId}`;
