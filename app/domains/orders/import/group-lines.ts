/** A unit of a channel order that is to become part of a Shopify line. */
export interface GroupableUnit {
  channelLineId: string;
  /** Null: of no product here. Such units are told apart by the channel's own SKU. */
  variantId: string | null;
  channelSkuId?: string;
  unitPriceMinor: bigint;
  /** Cancelled since: where there is no room for all, it is not there. */
  isCancelled?: boolean;
}

export interface UnitGroup<U extends GroupableUnit> {
  variantId: string | null;
  unitPriceMinor: bigint;
  units: [U, ...U[]];
}

/**
 * A channel line is one unit; a Shopify line has a quantity. Units of one variant at one price become one line. The result depends on the
 * units alone, not on the order they were read in, so that it can be worked out again for an order found by looking.
 */
export function groupUnits<U extends GroupableUnit>(units: U[]): UnitGroup<U>[] {
  const groups = new Map<string, UnitGroup<U>>();
  for (const unit of [...units].sort(byId)) {
    const key = `${unit.variantId ?? `no variant ${unit.channelSkuId}`} ${unit.unitPriceMinor}`;
    const group = groups.get(key);
    if (group) group.units.push(unit);
    else groups.set(key, { variantId: unit.variantId, unitPriceMinor: unit.unitPriceMinor, units: [unit] });
  }
  return [...groups.values()];
}

/**
 * Which Shopify line each unit went into: by variant and quantity, in order. Units whose group has no line of its size (their prices were read
 * otherwise since) go where their variant still has room. Units without a line are left out.
 */
export function assignLines<U extends GroupableUnit>(
  groups: UnitGroup<U>[],
  lines: { id: string; variantId: string | null; quantity: number }[],
): Map<string, string> {
  const assigned = new Map<string, string>();
  const free = lines.map((line) => ({ ...line, left: line.quantity }));
  const take = (line: (typeof free)[number], unit: U) => {
    assigned.set(unit.channelLineId, line.id);
    line.left -= 1;
  };
  for (const group of groups) {
    const { units, variantId } = group;
    const line = free.find((one) => one.variantId === variantId && one.quantity === units.length && one.left > 0);
    if (line && line.left === line.quantity) for (const unit of units) take(line, unit);
  }
  for (const { variantId, units } of groups) {
    const left = units.filter((one) => !assigned.has(one.channelLineId));
    for (const unit of [...left.filter((one) => !one.isCancelled), ...left.filter((one) => one.isCancelled)]) {
      const line = free.find((one) => one.variantId === variantId && one.left > 0);
      if (line) take(line, unit);
    }
  }
  return assigned;
}

function byId(a: GroupableUnit, b: GroupableUnit): number {
  return a.channelLineId < b.channelLineId ? -1 : a.channelLineId > b.channelLineId ? 1 : 0;
}
