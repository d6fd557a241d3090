import type { ShopifyReturn } from "../../../shopify/model.ts";
import type { ComparedUnit } from "./compare-units.ts";

export interface KnownReturn {
  status: string;
  channelLineIds: string[];
  shopifyReturnId: string | null;
}

const OVER = new Set(["CANCELED", "DECLINED"]);
const NOT_TO_BE = new Set(["rejected", "item-rejected", "withdrawn"]);

/** Units of each Shopify line that a return names. */
export function unitsOfReturn({ lines }: Pick<ShopifyReturn, "lines">): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lineItemId, quantity } of lines) units.set(lineItemId, (units.get(lineItemId) ?? 0) + quantity);
  return units;
}

/**
 * Returns that were begun in Shopify and of which the channel knows nothing, and how many units of them it does not know of. `isOurs`: it was
 * opened for a return of the channel.
 */
export function uncoveredReturns(
  found: readonly ShopifyReturn[],
  known: readonly KnownReturn[],
  units: readonly ComparedUnit[],
  isOurs: (one: ShopifyReturn) => boolean,
): { units: number; names: string[] } {
  const left = new Map<string, number>();
  // those the channel knows of, without a Shopify return of their own
  for (const { status, channelLineIds, shopifyReturnId } of known) {
    if (NOT_TO_BE.has(status) || shopifyReturnId !== null) continue;
    for (const { channelLineId, shopifyLineId } of units)
      if (shopifyLineId && channelLineIds.includes(channelLineId))
        left.set(shopifyLineId, (left.get(shopifyLineId) ?? 0) + 1);
  }
  const names: string[] = [];
  let uncovered = 0;
  for (const one of found) {
    if (OVER.has(one.status) || isOurs(one) || known.some(({ shopifyReturnId }) => shopifyReturnId === one.id))
      continue;
    let missing = 0;
    for (const [lineId, quantity] of unitsOfReturn(one)) {
      const covered = Math.min(quantity, left.get(lineId) ?? 0);
      left.set(lineId, (left.get(lineId) ?? 0) - covered);
      missing += quantity - covered;
    }
    if (missing > 0) names.push(one.name);
    uncovered += missing;
  }
  return { units: uncovered, names };
}
