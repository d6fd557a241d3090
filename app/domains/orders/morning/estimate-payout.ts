import type { OrderFacts } from "../../../channels/port.ts";
import { type GivenBack, NOTHING_BACK } from "./given-back.ts";

export interface Payout {
  /** The channel's fee by the rate given. Null: no rate is known. */
  feeMinor: bigint | null;
  /** What is left for the seller. Null: the fee is not known. */
  youGetMinor: bigint | null;
}

const WHOLE = 10_000n;

/**
 * What an order will bring, about. The fee is a share of what buyer and platform pay, without tax (that is how TikTok Shop publishes its
 * referral fee for the US); what the buyer pays for the platform's own services, and tax the platform remits, never reach the seller.
 * What went back is taken off, the fee on it too. Creators' commissions, labels and the platform's adjustments are not in it: they are known from
 * statements only.
 */
export function estimatePayout(order: {
  buyerPaidMinor: bigint;
  platformPaidMinor: bigint;
  money: Pick<OrderFacts["money"], "taxMinor" | "fees">;
  /** Left out: nothing went back. */
  back?: GivenBack;
  channelRemitsTax: boolean;
  /** In hundredths of a percent. */
  feeBasisPoints: number | null;
}): Payout {
  const { money, feeBasisPoints, back = NOTHING_BACK } = order;
  if (feeBasisPoints === null) return { feeMinor: null, youGetMinor: null };
  const buyerFeesMinor = money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
  const taxMinor = money.taxMinor - back.taxMinor;
  const paidMinor = order.buyerPaidMinor + order.platformPaidMinor - back.buyerMinor - back.platformMinor;
  const leftMinor = paidMinor - taxMinor - buyerFeesMinor;
  // with everything else the buyer's fees went back as well
  const baseMinor = leftMinor > 0n ? leftMinor : 0n;
  const feeMinor = (baseMinor * BigInt(feeBasisPoints) + WHOLE / 2n) / WHOLE;
  return { feeMinor, youGetMinor: baseMinor - feeMinor + (order.channelRemitsTax ? 0n : taxMinor) };
}
