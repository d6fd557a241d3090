import type { OrderLineFacts, PriceParts, TaxRules } from "../../../channels/port.ts";
import type { StoredFacts } from "../intake/facts-json.ts";
import { platformPaidOf, readMoney } from "./order-money.ts";

/**
 * Whether the order's own amounts leave open who pays: TikTok Shop fact §11, only the price detail has the full split. Orders nobody
 * discounted have nothing to split, and cost no call.
 */
export function needsPriceParts({ money }: Pick<StoredFacts, "money">): boolean {
  const byPlatform =
    money.platformDiscountMinor + money.shippingPlatformDiscountMinor + (money.paymentPlatformDiscountMinor ?? 0n);
  return byPlatform !== 0n;
}

/**
 * An order with the split of its price detail, where that was read and sums; else as its own amounts tell it, so that a detail that is
 * wrong parks no order.
 */
export function detailedFacts<F extends StoredFacts>(facts: F, parts: PriceParts | null, rules: TaxRules): F {
  if (!parts) return facts;
  const detailed = withPriceParts(facts, parts, rules);
  return isBalanced(detailed) ? detailed : facts;
}

/** Whether lines, shipping, fees and tax, on top or inside, come to both payments: all lines, or those that were not cancelled since. */
function isBalanced(facts: StoredFacts): boolean {
  return (
    comesOut(facts, facts.lines) ||
    comesOut(
      facts,
      facts.lines.filter((line) => line.status !== "cancelled"),
    )
  );
}

function comesOut(facts: StoredFacts, lines: OrderLineFacts[]): boolean {
  const money = readMoney(facts, lines);
  const prices = [...money.unitPriceMinor.values()].reduce((sum, price) => sum + price, 0n);
  const goods = prices + money.shippingMinor + money.feesMinor;
  const paid = money.buyerPaidMinor + platformPaidOf(facts);
  return goods === paid || goods + facts.money.taxMinor === paid;
}

/** Read from a JSON column; amounts are text there. */
export function pricePartsFromJson(json: unknown): PriceParts | null {
  if (json === null || json === undefined) return null;
  return JSON.parse(JSON.stringify(json), (key, value) => (key.endsWith("Minor") ? BigInt(value) : value));
}

export const pricePartsToJson = (parts: PriceParts): object =>
  JSON.parse(JSON.stringify(parts, (_key, value) => (typeof value === "bigint" ? value.toString() : value)));

/**
 * What each unit's and the shipping's discounts are paid by. Taxes of the detail are taken where the order names none and prices contain
 * them; on top of prices only what the order itself says is owed.
 */
function withPriceParts<F extends StoredFacts>(facts: F, parts: PriceParts, rules: TaxRules): F {
  const byLine = new Map(parts.lines.map((line) => [line.channelLineId, line]));
  const takesTaxes = rules.prices === "included" && facts.lines.every((line) => line.taxes.length === 0);
  const lines = facts.lines.map((line): OrderLineFacts => {
    const part = byLine.get(line.channelLineId);
    if (!part) return line;
    const { sellerDiscountMinor, platformDiscountMinor, tax } = part;
    return { ...line, sellerDiscountMinor, platformDiscountMinor, taxes: takesTaxes && tax ? [tax] : line.taxes };
  });
  const sum = (pick: (line: OrderLineFacts) => bigint) => lines.reduce((all, line) => all + pick(line), 0n);
  return {
    ...facts,
    lines,
    money: {
      ...facts.money,
      sellerDiscountMinor: sum((line) => line.sellerDiscountMinor),
      platformDiscountMinor: sum((line) => line.platformDiscountMinor),
      shippingSellerDiscountMinor: parts.shippingSellerDiscountMinor,
      shippingPlatformDiscountMinor: parts.shippingPlatformDiscountMinor,
    },
  };
}
