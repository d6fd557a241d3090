import { convertMinor, formatDecimal } from "../platform/money.ts";
import type {
  CountryCode,
  MailingAddressInput,
  MoneyBagInput,
  OrderCreateMutationVariables,
  OrderCreateTaxLineInput,
} from "./gql/graphql.ts";
import type { OrderAddress, OrderDraft } from "./model.ts";

/** The app-owned, unique order metafield that makes a second order of the same channel order impossible. */
export const ORDER_ID_FIELD = { namespace: "$app", key: "channel_order_id", type: "id" } as const;

/**
 * A draft as `orderCreate` wants it. Shopify facts: lines need no shipping and stock is left alone unless told otherwise, so both
 * are always told; left-out receipts default to none; the buyer gave the merchant no consent to marketing.
 */
export function toOrderInput(draft: OrderDraft): OrderCreateMutationVariables {
  const inShop = (minor: bigint) => (draft.exchange ? convertMinor(minor, draft.currency, draft.exchange) : minor);
  const money = (minor: bigint, shopMinor = inShop(minor)): MoneyBagInput => ({
    shopMoney: amountOf(shopMinor, draft.exchange?.currency ?? draft.currency),
    ...(draft.exchange ? { presentmentMoney: amountOf(minor, draft.currency) } : {}),
  });
  const taxes = (
    lines: { title: string; rate: string; amountMinor: bigint; channelLiable: boolean }[],
  ): OrderCreateTaxLineInput[] =>
    lines.map(({ title, rate, amountMinor, channelLiable }) => ({
      title,
      rate,
      channelLiable,
      priceSet: money(amountMinor),
    }));

  return {
    order: {
      ...(draft.name ? { name: draft.name } : {}),
      sourceName: draft.sourceName,
      sourceIdentifier: draft.sourceIdentifier,
      ...(draft.sourceUrl ? { sourceUrl: draft.sourceUrl } : {}),
      metafields: [{ ...ORDER_ID_FIELD, value: draft.sourceIdentifier }],
      processedAt: draft.processedAt.toISOString(),
      currency: (draft.exchange?.currency ?? draft.currency) as Currency,
      ...(draft.exchange ? { presentmentCurrency: draft.currency as Currency } : {}),
      taxesIncluded: draft.taxesIncluded,
      test: draft.test,
      tags: draft.tags,
      note: draft.note,
      customAttributes: draft.attributes,
      ...(draft.email ? { email: draft.email } : {}),
      ...(draft.phone ? { phone: draft.phone } : {}),
      ...(draft.shippingAddress ? { shippingAddress: toAddressInput(draft.shippingAddress) } : {}),
      lineItems: draft.lines.map((line) => ({
        ...(line.variantId ? { variantId: line.variantId } : {}),
        title: line.title,
        ...(line.sku ? { sku: line.sku } : {}),
        quantity: line.quantity,
        priceSet: money(line.unitPriceMinor),
        requiresShipping: line.requiresShipping,
        taxable: line.taxable,
        properties: line.properties,
        taxLines: taxes(line.taxes),
      })),
      shippingLines: draft.shipping.map((line) => ({
        title: line.title,
        code: line.code,
        priceSet: money(line.amountMinor),
        taxLines: taxes(line.taxes),
      })),
      transactions: paymentsOf(draft, inShop).map((payment) => ({
        kind: "SALE",
        status: "SUCCESS",
        gateway: payment.gateway,
        processedAt: payment.processedAt.toISOString(),
        amountSet: money(payment.amountMinor, payment.shopMinor),
        test: draft.test,
      })),
      // Shopify fact §9.1: left out, the status follows from the transactions; there are none where nothing was to be paid
      ...(draft.payments.length === 0 ? { financialStatus: draft.isPaymentOpen ? "PENDING" : "PAID" } : {}),
      // Shopify fact §9.1: a fulfillment of its own would name a location and touch it
      ...(draft.comesShipped ? { fulfillmentStatus: "FULFILLED" } : {}),
    },
    options: {
      inventoryBehaviour: draft.decrementStock ? "DECREMENT_IGNORING_POLICY" : "BYPASS",
      sendReceipt: false,
      sendFulfillmentReceipt: false,
    },
  };
}

type Currency = MoneyBagInput["shopMoney"]["currencyCode"];

const amountOf = (minor: bigint, currency: string): MoneyBagInput["shopMoney"] => ({
  amount: formatDecimal(minor, currency),
  currencyCode: currency as Currency,
});

/**
 * Each amount of another currency is rounded by itself, so payments converted one by one would miss the sum of the converted lines by cents:
 * the last payment is what the others leave of it.
 */
function paymentsOf(draft: OrderDraft, inShop: (minor: bigint) => bigint) {
  const payments = draft.payments.map((payment) => ({ ...payment, shopMinor: inShop(payment.amountMinor) }));
  const last = payments.at(-1);
  if (!draft.exchange || !last || draft.isPaymentOpen) return payments;
  const priced = [
    ...draft.lines.map((line) => inShop(line.unitPriceMinor) * BigInt(line.quantity)),
    ...draft.shipping.map((line) => inShop(line.amountMinor)),
  ];
  const taxed = [...draft.lines, ...draft.shipping].flatMap((line) => line.taxes.map((tax) => inShop(tax.amountMinor)));
  const sum = (amounts: bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);
  const total = sum(priced) + (draft.taxesIncluded ? 0n : sum(taxed));
  last.shopMinor = total - sum(payments.slice(0, -1).map((payment) => payment.shopMinor));
  return payments;
}

/** Empty parts are left out: Shopify takes an empty text for a wrong value in some of them. */
export function toAddressInput(address: OrderAddress): MailingAddressInput {
  const { countryCode, ...parts } = address;
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ""));
  return { ...given, ...(countryCode ? { countryCode: countryCode as CountryCode } : {}) };
}
