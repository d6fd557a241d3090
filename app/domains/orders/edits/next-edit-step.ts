import type { ComparedUnit } from "./compare-units.ts";

/** A decision to cancel single units that was begun by taking them off in Shopify. */
export interface BegunInShopify {
  id: string;
  /** wanted · sending · done · refused · overtaken */
  state: string;
  channelLineIds: string[];
}

export interface EditStep {
  /** Units that the channel is to be told to cancel. */
  toCancel: string[];
  /** Decisions of which nothing came and whose units stand in Shopify again. */
  undone: string[];
}

const isCounted = ({ state }: BegunInShopify): boolean => state !== "overtaken";

/**
 * From what staff took off to what the channel must be told, once. Units are alike, so any of a line will do: those that no parcel has, the
 * last first, since parcels take the first.
 */
export function nextEditStep(
  takenOff: ReadonlyMap<string, number>,
  order: {
    units: readonly ComparedUnit[];
    /** Cancelled on the channel. */
    cancelled: ReadonlySet<string>;
    /** In a parcel that was not withdrawn. */
    shipped: ReadonlySet<string>;
    begun: readonly BegunInShopify[];
  },
): EditStep {
  const toCancel: string[] = [];
  const undone = new Set<string>();
  const counted = order.begun.filter(isCounted);
  const lineIds = new Set(order.units.flatMap((unit) => unit.shopifyLineId ?? []));
  for (const lineId of lineIds) {
    const live = order.units.filter(
      (unit) => unit.shopifyLineId === lineId && !order.cancelled.has(unit.channelLineId),
    );
    const isBegun = ({ channelLineId }: ComparedUnit) =>
      counted.some((one) => one.channelLineIds.includes(channelLineId));
    const missing = (takenOff.get(lineId) ?? 0) - live.filter(isBegun).length;
    const free = live
      .filter((unit) => !isBegun(unit))
      .toSorted((a, b) => rank(order, a) - rank(order, b) || byLast(a, b));
    toCancel.push(...free.slice(0, Math.max(0, missing)).map((unit) => unit.channelLineId));
    if (missing >= 0) continue;
    const ofLine = counted.filter(
      ({ state, channelLineIds }) =>
        (state === "refused" || state === "wanted") && live.some((unit) => channelLineIds.includes(unit.channelLineId)),
    );
    for (const one of ofLine) undone.add(one.id);
  }
  // what is taken back is looked at anew, whole: the rest of it is told again then
  return undone.size > 0 ? { toCancel: [], undone: [...undone] } : { toCancel: toCancel.sort(), undone: [] };
}

const rank = ({ shipped }: { shipped: ReadonlySet<string> }, { channelLineId }: ComparedUnit): number =>
  shipped.has(channelLineId) ? 1 : 0;

const byLast = (a: ComparedUnit, b: ComparedUnit): number => (a.channelLineId < b.channelLineId ? 1 : -1);
