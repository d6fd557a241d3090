import type { OrderFacts, OrderLineFacts } from "../../../channels/port.ts";
import type { OrderAddress, OrderDraft } from "../../../shopify/model.ts";
import type { StoredFacts } from "../intake/facts-json.ts";
import type { BuyerData } from "../intake/merge-buyer.ts";
import { type GroupableUnit, groupUnits, type UnitGroup } from "./group-lines.ts";
import { DEFAULT_LABELS, type LabelTemplates, labelsOf } from "./order-labels.ts";
import { type OrderMoney, readMoney } from "./order-money.ts";
import { type SplitTax, splitTax } from "./split-tax.ts";

export interface DraftInput {
  facts: StoredFacts;
  buyer: BuyerData | null;
  /** Shopify variant of each line, by channel line id. */
  variants: Map<string, { variantId: string; sku: string | null }>;
  shop: { currency: string; taxesIncluded: boolean };
  names: { channel: string; sourceName: string; orderTag: string };
  /** Region whose channel collects and remits the tax itself. */
  channelRemitsTax: boolean;
  /** Every kind the order is of. Left out: what the channel calls it. */
  kinds?: readonly string[];
  /** Left out: as if the merchant had chosen nothing. */
  labels?: LabelTemplates;
  /** A unit of no variant becomes a line without one. Left out: such an order gets no draft. */
  takesCustomLines?: boolean;
  /** It left the shelf, or never stood there: fulfilled from the start, local stock untouched. */
  comesShipped?: boolean;
}

export type DraftResult =
  | { outcome: "draft"; draft: OrderDraft }
  | { outcome: "unlinked"; channelSkuIds: string[] }
  | { outcome: "no-lines" }
  | { outcome: "currency"; order: string; shop: string }
  /** expected: what lines, shipping, tax and fees come to; paid: both payments. */
  | { outcome: "differs"; expectedMinor: bigint; paidMinor: bigint; differenceMinor: bigint };

type Unit = GroupableUnit & { facts: OrderLineFacts; sku: string | null };

/** The Shopify order for a channel order, or why there can be none. Nothing is made to fit: what does not sum is told. */
export function draftOrder(input: DraftInput): DraftResult {
  const { facts, shop } = input;
  const lines = facts.lines.filter((line) => line.status !== "cancelled");
  if (lines.length === 0) return { outcome: "no-lines" };
  if (facts.currency !== shop.currency) return { outcome: "currency", order: facts.currency, shop: shop.currency };
  const unlinked = lines.filter((line) => !input.variants.has(line.channelLineId));
  if (unlinked.length > 0 && !input.takesCustomLines)
    return { outcome: "unlinked", channelSkuIds: [...new Set(unlinked.map((line) => line.channelSkuId))] };

  const money = readMoney(facts, lines);
  const groups = groupUnits(unitsOf(lines, input.variants, money));
  const tax = splitTax(
    groups.map((group) => ({ totalMinor: totalOf(group), units: group.units.map((unit) => unit.facts) })),
    {
      taxMinor: facts.money.taxMinor,
      shippingTaxMinor: facts.money.shippingTaxMinor,
      shippingMinor: money.shippingMinor,
    },
  );
  const goodsMinor = groups.reduce((sum, group) => sum + totalOf(group), 0n) + money.shippingMinor + money.feesMinor;
  const paidMinor = money.buyerPaidMinor + money.platformPaidMinor;
  const taxMode = modeOf({ goodsMinor, paidMinor, taxMinor: facts.money.taxMinor, shopIncludes: shop.taxesIncluded });
  if (taxMode === null || tax.unexplainedMinor !== 0n) {
    const expectedMinor = goodsMinor + facts.money.taxMinor - tax.unexplainedMinor;
    return { outcome: "differs", expectedMinor, paidMinor, differenceMinor: paidMinor - expectedMinor };
  }
  return { outcome: "draft", draft: assemble(input, { groups, money, tax, taxesIncluded: taxMode === "included" }) };
}

/** Whether the prices already contain the tax is read off the sums; null when they fit neither way. */
function modeOf(sums: {
  goodsMinor: bigint;
  paidMinor: bigint;
  taxMinor: bigint;
  shopIncludes: boolean;
}): "added" | "included" | null {
  if (sums.taxMinor === 0n) return sums.goodsMinor !== sums.paidMinor ? null : sums.shopIncludes ? "included" : "added";
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
  const { facts, names, channelRemitsTax: channelLiable } = input;
  const processedAt = facts.paidAt ?? facts.createdAt;
  const liable = (taxes: SplitTax["shipping"]) => taxes.map((one) => ({ ...one, channelLiable }));
  const shippingTitle = facts.deliveryOptionName || "Shipping";
  const { name, ...labels } = labelsOf(input.labels ?? DEFAULT_LABELS, {
    ...{ facts, names, buyerNote: input.buyer?.message ?? "" },
    kinds: input.kinds ?? [facts.kind],
  });
  const comesShipped = input.comesShipped ?? false;
  return {
    ...labels,
    ...(name ? { name } : {}),
    sourceIdentifier: facts.channelOrderId,
    sourceName: names.sourceName,
    sourceUrl: null,
    processedAt,
    currency: facts.currency,
    taxesIncluded,
    test: input.kinds?.includes("test") ?? false,
    ...contactOf(input.buyer),
    lines: [
      ...groups.map((group, index) => ({ ...lineOf(group), taxes: liable(tax.lines[index] ?? []) })),
      ...facts.money.fees.filter((fee) => fee.amountMinor !== 0n).map(feeLine),
    ],
    shipping: [
      { title: shippingTitle, code: shippingTitle, amountMinor: money.shippingMinor, taxes: liable(tax.shipping) },
    ],
    payments: [
      { gateway: names.channel, amountMinor: money.buyerPaidMinor, processedAt },
      { gateway: `${names.channel} (platform discount)`, amountMinor: money.platformPaidMinor, processedAt },
    ].filter((payment) => payment.amountMinor > 0n),
    decrementStock: !comesShipped,
    comesShipped,
  };
}

function lineOf(group: UnitGroup<Unit>): Omit<OrderDraft["lines"][number], "taxes"> {
  const [first] = group.units;
  const properties: { name: string; value: string }[] = [];
  if (first.facts.isGift) properties.push({ name: "Gift", value: "yes" });
  return {
    variantId: group.variantId,
    title: first.facts.title,
    sku: first.sku ?? first.facts.sellerSku,
    quantity: group.units.length,
    unitPriceMinor: group.unitPriceMinor,
    requiresShipping: true,
    taxable: true,
    properties,
  };
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

/** "retail-delivery" → "Retail delivery fee". */
function feeTitle(name: string): string {
  const words = name.replaceAll("-", " ");
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return /\b(fee|tax)$/i.test(title) ? title : `${title} fee`;
}

function contactOf(buyer: BuyerData | null): Pick<OrderDraft, "email" | "phone" | "shippingAddress"> {
  // No phone on the order itself: channel numbers are masked or relayed and clash with other customers'.
  if (!buyer) return { email: null, phone: null, shippingAddress: null };
  return { email: emailOf(buyer), phone: null, shippingAddress: addressOf(buyer.buyer.address) };
}

/** Masked e-mail addresses are no addresses. */
export const emailOf = (buyer: BuyerData): string | null =>
  /^[^\s@*]+@[^\s@*]+$/.test(buyer.buyer.email) ? buyer.buyer.email : null;

/** The address as Shopify takes it; masked placeholders go as they are. Null without a country. */
export function addressOf(address: NonNullable<OrderFacts["buyer"]>["address"]): OrderAddress | null {
  if (!address.countryCode) return null;
  const { firstName, lastName, address1, address2, city, provinceCode, countryCode, phone } = address;
  const names = firstName || lastName ? { firstName, lastName } : splitName(address.name);
  return { ...names, address1, address2, city, provinceCode, zip: address.postalCode, countryCode, phone };
}

function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  return { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" };
}
