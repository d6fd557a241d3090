import type { ShopifyReturn } from "../../../shopify/model.ts";
import type { ComparedUnit } from "./compare-units.ts";

export interface KnownReturn {
  status: string;
  channelLineIds: string[];
  shopifyReturnId: string | null;
}

/** A return that was begun in Shopify and of whose units the channel knows nothing. */
export interface UncoveredReturn {
  id: string;
  /** Which units of the channel it stands for; fewer than it names where the order has no more. */
  channelLineIds: string[];
}

/** What is only asked for is no return yet. */
const BEGUN = new Set(["OPEN", "CLOSED"]);
const NOT_TO_BE = new Set(["rejected", "item-rejected", "withdrawn"]);

/** Units of each Shopify line that a return names. */
export function unitsOfReturn({ lines }: Pick<ShopifyReturn, "lines">): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lineItemId, quantity } of lines) units.set(lineItemId, (units.get(lineItemId) ?? 0) + quantity);
  return units;
}

/**
 * Returns begun in Shopify that the channel does not know of. Units are alike: one is covered when the channel has a return of as many units
 * of its line that has no Shopify return of its own yet. `isOurs`: it was opened for a return of the channel.
 */
export function uncoveredReturns(
  found: readonly ShopifyReturn[],
  known: readonly KnownReturn[],
  units: readonly ComparedUnit[],
  isOurs: (one: ShopifyReturn) => boolean,
): UncoveredReturn[] {
  const there = known.filter(({ status }) => !NOT_TO_BE.has(status));
  const waiting = new Set(there.filter((one) => one.shopifyReturnId === null).flatMap((one) => one.channelLineIds));
  const taken = new Set(there.flatMap((one) => one.channelLineIds));
  return found.flatMap((one) => {
    if (!BEGUN.has(one.status) || isOurs(one) || known.some(({ shopifyReturnId }) => shopifyReturnId === one.id))
      return [];
    const channelLineIds = [...unitsOfReturn(one)].flatMap(([lineId, quantity]) => {
      const ours = units.filter((unit) => unit.shopifyLineId === lineId && unit.status !== "cancelled");
      const covered = ours.filter((unit) => waiting.has(unit.channelLineId)).slice(0, quantity);
      for (const unit of covered) waiting.delete(unit.channelLineId);
      const free = ours.filter((unit) => !taken.has(unit.channelLineId)).slice(0, quantity - covered.length);
      for (const unit of free) taken.add(unit.channelLineId);
      return free.map((unit) => unit.channelLineId);
    });
    return channelLineIds.length > 0 ? [{ id: one.id, channelLineIds: channelLineIds.sort() }] : [];
  });
}
