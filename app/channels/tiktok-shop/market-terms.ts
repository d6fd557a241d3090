import type { MarketTerms } from "../port.ts";

const UNKNOWN: MarketTerms = { feeBasisPoints: null, standards: null };

/**
 * TikTok Shop fact, from its seller pages rather than its API (read in November 2026): in the US the referral fee is 6 % of what buyer and
 * platform pay without tax; at most 4 % of orders may be dispatched late, and 2.5 % cancelled by the seller's fault. Other markets have other
 * figures by category and seller: none is assumed.
 */
const TERMS: Record<string, MarketTerms> = {
  US: { feeBasisPoints: 600, standards: { lateShare: 0.04, cancelledShare: 0.025 } },
};

export const termsOf = (region: string): MarketTerms => TERMS[region] ?? UNKNOWN;
