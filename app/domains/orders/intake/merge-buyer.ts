import type { OrderFacts } from "../../../channels/port.ts";

/** Everything about the buyer that is kept, always sealed. */
export interface BuyerData {
  buyer: NonNullable<OrderFacts["buyer"]>;
  message: string;
}

/**
 * What to keep of two readings. An absent buyer changes nothing (the channel hides buyers while an order is unpaid, on hold or cancelled),
 * and masked data never replaces good data.
 */
export function mergeBuyer(
  known: BuyerData | null,
  read: Pick<OrderFacts, "buyer" | "buyerMessage">,
): BuyerData | null {
  if (!read.buyer) return known;
  if (known && !known.buyer.isMasked && read.buyer.isMasked) return known;
  return { buyer: read.buyer, message: read.buyerMessage || (known?.message ?? "") };
}

/** True when both say the same. */
export const isSameBuyer = (a: BuyerData | null, b: BuyerData | null): boolean => canonical(a) === canonical(b);

function canonical(data: BuyerData | null): string {
  if (!data) return "";
  const { email, isMasked } = data.buyer;
  // Older addresses are kept without these two; what they say stands in the other parts as well.
  const { areas: _areas, fullText: _fullText, ...address } = data.buyer.address;
  return JSON.stringify([email, isMasked, data.message, Object.entries(address).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
