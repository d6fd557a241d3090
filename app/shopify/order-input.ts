import { formatDecimal } from "../platform/money.ts";
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
  const money = (minor: bigint): MoneyBagInput => ({
    shopMoney: {
      amount: formatDecimal(minor, draft.currency),
      currencyCode: draft.currency as MoneyBagInput["shopMoney"]["currencyCode"],
    },
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
      currency: draft.currency as NonNullable<OrderCreateMutationVariables["order"]["currency"]>,
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
      transactions: draft.payments.map((payment) => ({
        kind: "SALE",
        status: "SUCCESS",
        gateway: payment.gateway,
        processedAt: payment.processedAt.toISOString(),
        amountSet: money(payment.amountMinor),
        test: draft.test,
      })),
      // Shopify fact §9.1: left out, the status follows from the transactions; there are none where nothing was to be paid
      ...(draft.payments.length === 0 ? { financialStatus: "PAID" } : {}),
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

/** Empty parts are left out: Shopify takes an empty text for a wrong value in some of them. */
export function toAddressInput(address: OrderAddress): MailingAddressInput {
  const { countryCode, ...parts } = address;
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ""));
  return { ...given, ...(countryCode ? { countryCode: countryCode as CountryCode } : {}) };
}
