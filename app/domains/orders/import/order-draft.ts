import type { OrderLineFacts, TaxRules } from "../../../channels/port.ts";
import { formatDecimal } from "../../../platform/money.ts";
import type { OrderDraft } from "../../../shopify/model.ts";
import type { StoredFacts } from "../intake/facts-json.ts";
import type { BuyerData } from "../intake/merge-buyer.ts";
import { feeTitle } from "./fee-title.ts";
import { type GroupableUnit, groupUnits, type UnitGroup } from "./group-lines.ts";
import { DEFAULT_LABELS, type LabelTemplates, labelsOf } from "./order-labels.ts";
import { type OrderMoney, platformGateway, readMoney, waitsAtDoor } from "./order-money.ts";
import { repairAddress } from "./repair-address.ts";
import { type SplitTax, splitTax } from "./split-tax.ts";

export interface DraftInput {
  facts: StoredFacts;
  buyer: BuyerData | null;
  /** Shopify variant of each line, by channel line id. */
  variants: Map<string, { variantId: string; sku: string | null }>;
  shop: { currency: string };
  names: { channel: string; sourceName: string; orderTag: string };
  taxes: TaxRules;
  /** Units of the shop's currency for one of another currency, as decimal text; what the merchant set. */
  exchangeRates: Record<string, string>;
  customers: CustomerPolicy;
  /** Every kind the order is of. Left out: what the channel calls it. */
  kinds?: readonly string[];
  /** Left out: as if the merchant had chosen nothing. */
  labels?: LabelTemplates;
  /** A unit of no variant becomes a line without one. Left out: such an order gets no draft. */
  takesCustomLines?: boolean;
  /** It left the shelf, or never stood there: fulfilled from the start, local stock untouched. */
  comesShipped?: boolean;
}

/**
 * guest: no customer is made or found, and no address is written to; email: the order carries the channel's relay address, and Shopify keeps a
 * customer by it (Shopify fact §9.1: prefer no customer, or only an e-mail address the merchant agreed to).
 */
type CustomerPolicy = "guest" | "email";

export type DraftResult =
  | { outcome: "draft"; draft: OrderDraft }
  | { outcome: "unlinked"; channelSkuIds: string[] }
  | { outcome: "no-lines" }
  | { outcome: "currency"; order: string; shop: string }
  /** expected: what lines, shipping, tax and fees come to; paid: both payments. */
  | {
      outcome: "differs";
      expectedMinor: bigint;
      paidMinor: bigint;
      differenceMinor: bigint;
      buyerPaidMinor: bigint;
      platformPaidMinor: bigint;
    };

type Unit = GroupableUnit & { facts: OrderLineFacts; sku: string | null };

/**
 * The Shopify order for a channel order, or why there can be none. Nothing is made to fit: what does not sum is told. Units that were cancelled
 * since are in it while the channel's sums contain them, as they mostly do: they are taken off and refunded like those cancelled later.
 */
export function draftOrder(input: DraftInput): DraftResult {
  const { lines } = input.facts;
  const live = lines.filter((line) => line.status !== "cancelled");
  if (live.length === 0) return { outcome: "no-lines" };
  const asBought = draftOf(input, lines);
  if (asBought.outcome === "draft" || live.length === lines.length) return asBought;
  const asLeft = draftOf(input, live);
  return asLeft.outcome === "draft" ? asLeft : asBought;
}

function draftOf(input: DraftInput, lines: OrderLineFacts[]): DraftResult {
  const { facts, shop, taxes } = input;
  const isForeign = facts.currency !== shop.currency;
  if (isForeign && input.exchangeRates[facts.currency] === undefined)
    return { outcome: "currency", order: facts.currency, shop: shop.currency };
  const unlinked = lines.filter((line) => !input.variants.has(line.channelLineId));
  if (unlinked.length > 0 && !input.takesCustomLines)
    return { outcome: "unlinked", channelSkuIds: [...new Set(unlinked.map((line) => line.channelSkuId))] };

  const money = readMoney(facts, lines);
  const groups = groupUnits(unitsOf(lines, input.variants, money));
  const goodsMinor = groups.reduce((sum, group) => sum + totalOf(group), 0n) + money.shippingMinor + money.feesMinor;
  const paidMinor = money.buyerPaidMinor + money.platformPaidMinor;
  const taxMinor = taxOf(facts, lines, taxes);
  const prices = readPrices({ goodsMinor, paidMinor, taxMinor, usual: taxes.prices });
  const tax = splitTax(
    groups.map((group) => ({ totalMinor: totalOf(group), units: group.units.map((unit) => unit.facts) })),
    { taxMinor, shippingTaxMinor: facts.money.shippingTaxMinor, shippingMinor: money.shippingMinor },
    { name: taxes.name, prices: prices ?? taxes.prices },
  );
  if (prices === null || tax.unexplainedMinor !== 0n) {
    const addedMinor = taxes.prices === "added" ? taxMinor : 0n;
    const expectedMinor = goodsMinor + addedMinor - tax.unexplainedMinor;
    const { buyerPaidMinor, platformPaidMinor } = money;
    return {
      ...{ outcome: "differs", expectedMinor, paidMinor, differenceMinor: paidMinor - expectedMinor },
      ...{ buyerPaidMinor, platformPaidMinor },
    };
  }
  return { outcome: "draft", draft: assemble(input, { groups, money, tax, taxesIncluded: prices === "included" }) };
}

/** The order's own total; where prices contain the tax and it tells none, what its units name. */
function taxOf({ money }: StoredFacts, lines: OrderLineFacts[], { prices }: TaxRules): bigint {
  if (money.taxMinor !== 0n || prices === "added") return money.taxMinor;
  const named = lines.flatMap((line) => line.taxes.map((tax) => tax.amountMinor));
  return named.reduce((sum, amount) => sum + amount, money.shippingTaxMinor);
}

/** Whether the prices contain the tax is read off the sums; without a tax it is as in the market. Null when they fit neither way. */
function readPrices(sums: {
  goodsMinor: bigint;
  paidMinor: bigint;
  taxMinor: bigint;
  usual: TaxRules["prices"];
}): TaxRules["prices"] | null {
  if (sums.taxMinor === 0n) return sums.goodsMinor === sums.paidMinor ? sums.usual : null;
  if (sums.goodsMinor + sums.taxMinor === sums.paidMinor) return "added";
  return sums.goodsMinor === sums.paidMinor ? "included" : null;
}

function unitsOf(lines: OrderLineFacts[], variants: DraftInput["variants"], money: OrderMoney): Unit[] {
  return lines.flatMap((facts) => {
    const { variantId, sku } = variants.get(facts.channelLineId) ?? { variantId: null, sku: facts.sellerSku };
    const unitPriceMinor = money.unitPriceMinor.get(facts.channelLineId);
    if (unitPriceMinor === undefined) return [];
    const { channelLineId, channelSkuId } = facts;
    return [{ channelLineId, channelSkuId, variantId, sku, unitPriceMinor, facts }];
  });
}

const totalOf = (group: UnitGroup<Unit>): bigint => group.unitPriceMinor * BigInt(group.units.length);

interface Parts {
  groups: UnitGroup<Unit>[];
  money: OrderMoney;
  tax: SplitTax;
  taxesIncluded: boolean;
}

function assemble(input: DraftInput, { groups, money, tax, taxesIncluded }: Parts): OrderDraft {
  const { facts, names, shop } = input;
  const channelLiable = input.taxes.owedBy === "channel";
  const rate = facts.currency === shop.currency ? undefined : input.exchangeRates[facts.currency];
  const processedAt = facts.paidAt ?? facts.createdAt;
  const liable = (taxes: SplitTax["shipping"]) => taxes.map((one) => ({ ...one, channelLiable }));
  const shippingTitle = facts.deliveryOptionName || "Shipping";
  const { name, ...labels } = labelsOf(input.labels ?? DEFAULT_LABELS, {
    ...{ facts, names, buyerNote: input.buyer?.message ?? "" },
    kinds: input.kinds ?? [facts.kind],
  });
  const comesShipped = input.comesShipped ?? false;
  const isPaymentOpen = waitsAtDoor(facts);
  return {
    ...labels,
    ...(name ? { name } : {}),
    sourceIdentifier: facts.channelOrderId,
    sourceName: names.sourceName,
    sourceUrl: null,
    processedAt,
    currency: facts.currency,
    ...(rate === undefined ? {} : { exchange: { currency: shop.currency, rate } }),
    taxesIncluded,
    test: input.kinds?.includes("test") ?? false,
    ...contactOf(input.buyer, input.customers),
    lines: [
      ...groups.map((group, index) => ({ ...lineOf(group, facts.currency), taxes: liable(tax.lines[index] ?? []) })),
      ...facts.money.fees.filter((fee) => fee.amountMinor !== 0n).map(feeLine),
    ],
    shipping: [
      { title: shippingTitle, code: shippingTitle, amountMinor: money.shippingMinor, taxes: liable(tax.shipping) },
    ],
    payments: [
      {
        gateway: facts.isCashOnDelivery ? `${names.channel} (cash on delivery)` : names.channel,
        ...{ amountMinor: isPaymentOpen ? 0n : money.buyerPaidMinor, processedAt },
      },
      { gateway: platformGateway(names.channel), amountMinor: money.platformPaidMinor, processedAt },
    ].filter((payment) => payment.amountMinor > 0n),
    ...(isPaymentOpen ? { isPaymentOpen } : {}),
    decrementStock: !comesShipped,
    comesShipped,
  };
}

function lineOf(group: UnitGroup<Unit>, currency: string): Omit<OrderDraft["lines"][number], "taxes"> {
  const [{ facts, sku }] = group.units;
  return {
    variantId: group.variantId,
    title: facts.title,
    sku: sku ?? facts.sellerSku,
    quantity: group.units.length,
    unitPriceMinor: group.unitPriceMinor,
    requiresShipping: true,
    taxable: true,
    properties: propertiesOf(facts, group.unitPriceMinor, currency),
  };
}

/** Shopify fact §9.2: there are no line discounts; the price is after the seller's discount, and the list price stands in a property. */
function propertiesOf(facts: OrderLineFacts, unitPriceMinor: bigint, currency: string) {
  const properties: { name: string; value: string }[] = [];
  const usualMinor = facts.originalMinor || (facts.giftRetailMinor ?? 0n);
  if (usualMinor > unitPriceMinor) properties.push({ name: "List price", value: formatDecimal(usualMinor, currency) });
  if (facts.isGift) properties.push({ name: "Gift", value: "yes" });
  return properties;
}

function feeLine(fee: { name: string; amountMinor: bigint }): OrderDraft["lines"][number] {
  return {
    variantId: null,
    title: feeTitle(fee.name),
    sku: null,
    quantity: 1,
    unitPriceMinor: fee.amountMinor,
    requiresShipping: false,
    taxable: false,
    properties: [],
    taxes: [],
  };
}

function contactOf(
  buyer: BuyerData | null,
  customers: CustomerPolicy,
): Pick<OrderDraft, "email" | "phone" | "shippingAddress"> {
  // No phone on the order itself: channel numbers are masked or relayed and clash with other customers'.
  if (!buyer) return { email: null, phone: null, shippingAddress: null };
  return { email: emailOf(buyer, customers), phone: null, shippingAddress: repairAddress(buyer.buyer.address) };
}

/** The relay address where the merchant wants it. Masked e-mail addresses are no addresses. */
export function emailOf({ buyer }: BuyerData, customers: CustomerPolicy): string | null {
  return customers === "email" && /^[^\s@*]+@[^\s@*]+$/.test(buyer.email) ? buyer.email : null;
}
