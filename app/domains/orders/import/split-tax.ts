import type { OrderLineFacts } from "../../../channels/port.ts";

export interface TaxLine {
  title: string;
  rate: string;
  amountMinor: bigint;
}

export interface SplitTax {
  /** By group index: taxes of that Shopify line, one entry per title and rate. */
  lines: TaxLine[][];
  shipping: TaxLine[];
  /** What the channel's tax total says beyond these; 0 when they agree. */
  unexplainedMinor: bigint;
}

export interface TaxableGroup {
  totalMinor: bigint;
  units: Pick<OrderLineFacts, "taxes">[];
}

/**
 * Puts the tax of an order on its lines, once. Taxes named by unit are added up; a rounding difference of at most one minor unit per
 * unit goes to the last taxed line; a total without named taxes is spread by value under the market's `name` for it.
 */
export function splitTax(
  groups: TaxableGroup[],
  money: { taxMinor: bigint; shippingTaxMinor: bigint; shippingMinor: bigint },
  name: string,
): SplitTax {
  const lines = groups.map((group) => addUp(group.units.flatMap((unit) => unit.taxes)));
  const named = sum(lines.flat());
  const shipping = money.shippingTaxMinor > 0n ? [taxLine(name, money.shippingTaxMinor, money.shippingMinor)] : [];
  const wanted = money.taxMinor - money.shippingTaxMinor;
  if (named === 0n && wanted > 0n && groups.length > 0)
    return { lines: spread(groups, wanted, name), shipping, unexplainedMinor: 0n };
  const difference = wanted - named;
  const units = BigInt(groups.reduce((count, group) => count + group.units.length, 0));
  const last = lines.findLast((taxes) => taxes.length > 0)?.at(-1);
  const isRounding = last !== undefined && abs(difference) <= units && last.amountMinor + difference >= 0n;
  if (!isRounding) return { lines, shipping, unexplainedMinor: difference };
  last.amountMinor += difference;
  return { lines, shipping, unexplainedMinor: 0n };
}

function addUp(taxes: TaxLine[]): TaxLine[] {
  const byKey = new Map<string, TaxLine>();
  for (const tax of taxes) {
    if (tax.amountMinor === 0n) continue;
    const known = byKey.get(`${tax.title} ${tax.rate}`);
    if (known) known.amountMinor += tax.amountMinor;
    else byKey.set(`${tax.title} ${tax.rate}`, { ...tax });
  }
  return [...byKey.values()];
}

function spread(groups: TaxableGroup[], taxMinor: bigint, name: string): TaxLine[][] {
  const total = groups.reduce((all, group) => all + group.totalMinor, 0n);
  let left = taxMinor;
  return groups.map((group, index) => {
    const isLast = index === groups.length - 1;
    const amount = isLast || total === 0n ? (isLast ? left : 0n) : (taxMinor * group.totalMinor) / total;
    left -= amount;
    return amount > 0n ? [taxLine(name, amount, group.totalMinor)] : [];
  });
}

/** A tax whose rate is worked out from its base; Shopify asks for a rate with every tax line. */
function taxLine(title: string, amountMinor: bigint, baseMinor: bigint): TaxLine {
  const rate = baseMinor > 0n ? Number((amountMinor * 1_000_000n) / baseMinor) / 1_000_000 : 0;
  return { title, rate: rate.toString(), amountMinor };
}

const sum = (taxes: TaxLine[]): bigint => taxes.reduce((all, tax) => all + tax.amountMinor, 0n);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);
