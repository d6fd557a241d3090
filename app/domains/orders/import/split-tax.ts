import type { OrderLineFacts, TaxRules } from "../../../channels/port.ts";

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

/** How taxes are called and meant where the channel does not say. */
type Customs = Pick<TaxRules, "name" | "prices">;

/**
 * Puts the tax of an order on its lines, once. Taxes named by unit are added up; a rounding difference of at most one minor unit per
 * unit goes to the last taxed line; a total without named taxes is spread by value under the market's name for it.
 */
export function splitTax(
  groups: TaxableGroup[],
  money: { taxMinor: bigint; shippingTaxMinor: bigint; shippingMinor: bigint },
  customs: Customs,
): SplitTax {
  const lines = groups.map((group) => addUp(group, customs));
  const named = sum(lines.flat());
  const shipping = money.shippingTaxMinor > 0n ? [taxLine(money.shippingTaxMinor, money.shippingMinor, customs)] : [];
  const wanted = money.taxMinor - money.shippingTaxMinor;
  if (named === 0n && wanted > 0n && groups.length > 0)
    return { lines: spread(groups, wanted, customs), shipping, unexplainedMinor: 0n };
  const difference = wanted - named;
  const units = BigInt(groups.reduce((count, group) => count + group.units.length, 0));
  const last = lines.findLast((taxes) => taxes.length > 0)?.at(-1);
  const isRounding = last !== undefined && abs(difference) <= units && last.amountMinor + difference >= 0n;
  if (!isRounding) return { lines, shipping, unexplainedMinor: difference };
  last.amountMinor += difference;
  return { lines, shipping, unexplainedMinor: 0n };
}

function addUp({ totalMinor, units }: TaxableGroup, customs: Customs): TaxLine[] {
  const byKey = new Map<string, TaxLine>();
  for (const tax of units.flatMap((unit) => unit.taxes)) {
    if (tax.amountMinor === 0n) continue;
    const known = byKey.get(`${tax.title} ${tax.rate}`);
    if (known) known.amountMinor += tax.amountMinor;
    else byKey.set(`${tax.title} ${tax.rate}`, { ...tax });
  }
  return [...byKey.values()].map((tax) => ({
    title: tax.title || customs.name,
    rate: shareOf(tax.rate) ?? workedOut(tax.amountMinor, totalMinor, customs),
    amountMinor: tax.amountMinor,
  }));
}

function spread(groups: TaxableGroup[], taxMinor: bigint, customs: Customs): TaxLine[][] {
  const total = groups.reduce((all, group) => all + group.totalMinor, 0n);
  let left = taxMinor;
  return groups.map((group, index) => {
    const isLast = index === groups.length - 1;
    const amount = isLast || total === 0n ? (isLast ? left : 0n) : (taxMinor * group.totalMinor) / total;
    left -= amount;
    return amount > 0n ? [taxLine(amount, group.totalMinor, customs)] : [];
  });
}

const taxLine = (amountMinor: bigint, baseMinor: bigint, customs: Customs): TaxLine => ({
  title: customs.name,
  rate: workedOut(amountMinor, baseMinor, customs),
  amountMinor,
});

/** Shopify asks for a share; the channel may tell per cent. Null: no rate was told. */
function shareOf(rate: string): string | null {
  const share = Number(rate);
  if (rate.trim() === "" || !Number.isFinite(share) || share < 0) return null;
  return share > 1 ? (share / 100).toString() : rate;
}

/** A rate worked out from its base; Shopify asks for one with every tax line (fact §9.1). A base that contains the tax is larger by it. */
function workedOut(amountMinor: bigint, baseMinor: bigint, { prices }: Customs): string {
  const untaxed = prices === "included" ? baseMinor - amountMinor : baseMinor;
  return (untaxed > 0n ? Number((amountMinor * 1_000_000n) / untaxed) / 1_000_000 : 0).toString();
}

const sum = (taxes: TaxLine[]): bigint => taxes.reduce((all, tax) => all + tax.amountMinor, 0n);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);
