import type { CancelMeaning } from "../../../channels/port.ts";

export interface OfferedReason {
  code: string;
  meaning: CancelMeaning;
  allowsPart: boolean;
}

/**
 * The channel's reason for a cancellation: the one wanted (by its code or, from Shopify, by its meaning) where the channel offers it. A
 * wanted code that is not offered is never swapped for another; a meaning is, by the nearest one: it came from a place that knows fewer.
 * Null: none fits.
 */
export function chooseReason(
  offered: readonly OfferedReason[],
  wanted: string | null,
  { isWhole }: { isWhole: boolean },
): string | null {
  const fitting = offered.filter((one) => isWhole || one.allowsPart);
  const exact = fitting.find((one) => one.code === wanted);
  if (exact) return exact.code;
  if (!wanted?.startsWith("meaning:")) return null;
  const meaning = wanted.slice("meaning:".length);
  const near = fitting.find((one) => one.meaning === meaning) ?? fitting.find((one) => one.meaning === "buyer-asked");
  return (near ?? fitting[0])?.code ?? null;
}

/** What Shopify's reason of a cancellation means on a channel. */
export function meaningOfShopify(reason: string | null): `meaning:${CancelMeaning}` {
  return reason === "INVENTORY" ? "meaning:out-of-stock" : "meaning:buyer-asked";
}
