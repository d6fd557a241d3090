import { GraphQLError } from "graphql";
import { connect, connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Context, Resolvers } from "../graphql/context.ts";
import { type Filters, readSearch, sameNumber, sameText, sameTime } from "../graphql/search.ts";
import { idSortKey, numberOf } from "../ids.ts";
import { findDefinition, ownedNamespace } from "../metafields.ts";
import type { Order, Shop, TaxLine, Transaction } from "../model.ts";
import { moneyBag, toDecimal } from "../money.ts";
import { findOrderByMetafield } from "../orders/create.ts";
import { displayStatus, financialStatus, type Totals, totals, unfulfilledQuantity } from "../orders/status.ts";
import { isoOrNull, isoTime } from "../time.ts";
import { describeApp } from "./shop.ts";

interface ListArgs extends PageArgs {
  query?: string | null;
  sortKey?: string;
}

const filters = (shop: Shop): Filters<Order> => ({
  id: (one, want) => sameNumber(BigInt(numberOf(one.id)), want),
  name: (one, want) => sameText(one.name, want) || sameText(one.name, { ...want, value: `#${want.value}` }),
  source_identifier: (one, want) => sameText(one.sourceIdentifier, want),
  source_name: (one, want) => sameText(one.sourceName, want),
  tag: (one, want) => one.tags.some((tag) => sameText(tag, want)),
  tag_not: (one, want) => !one.tags.some((tag) => sameText(tag, want)),
  test: (one, want) => String(one.test) === want.value,
  created_at: (one, want) => sameTime(one.createdAt, want),
  updated_at: (one, want) => sameTime(one.updatedAt, want),
  processed_at: (one, want) => sameTime(one.processedAt, want),
  financial_status: (one, want) => sameText(financialStatus(one), want),
  fulfillment_status: (one, want) => {
    const status = displayStatus(shop, one);
    if (want.value === "unshipped" || want.value === "unfulfilled")
      return status === "UNFULFILLED" || status === "ON_HOLD";
    return sameText(status, { ...want, value: want.value === "shipped" ? "fulfilled" : want.value });
  },
  status: (one, want) => {
    if (want.value === "any") return true;
    if (want.value === "cancelled") return one.cancelledAt !== null;
    if (want.value === "closed") return one.closedAt !== null;
    return one.closedAt === null && one.cancelledAt === null;
  },
  sku: (one, want) => one.lines.some((line) => sameText(line.sku, want)),
});

/** Orders the search index knows: it learns of a new one only after the lag (changes are seen at once). */
function find(context: Context, query: string | null | undefined): Order[] {
  const { world, shop } = context;
  const search = readSearch(query, filters(shop), (one: Order) => `${one.name} ${one.sourceIdentifier ?? ""}`);
  context.ignoredFilters.push(...search.unknown);
  const newest = world.now() - (query ? world.switches.searchLagMs : 0);
  return [...shop.orders.values()].filter((one) => one.createdAt <= newest && search.test(one));
}

function sortText(order: Order, sortKey: string | undefined): string {
  switch (sortKey) {
    case "CREATED_AT":
      return isoTime(order.createdAt);
    case "UPDATED_AT":
      return isoTime(order.updatedAt);
    case "ORDER_NUMBER":
      return String(order.number).padStart(10, "0");
    case "TOTAL_PRICE":
    case "CURRENT_TOTAL_PRICE":
      return String(totals(order).total).padStart(12, "0");
    case "ID":
      return "";
    default:
      return isoTime(order.processedAt);
  }
}

/** Fields that are one sum of the order. */
const SUMS: Record<string, (sums: Totals, order: Order) => number> = {
  totalPriceSet: (sums) => sums.total,
  originalTotalPriceSet: (sums) => sums.total,
  currentTotalPriceSet: (sums) => sums.current,
  subtotalPriceSet: (sums) => sums.subtotal,
  currentSubtotalPriceSet: (sums) => sums.subtotal,
  totalShippingPriceSet: (sums) => sums.shipping,
  currentShippingPriceSet: (sums) => sums.shipping,
  totalTaxSet: (sums) => sums.tax,
  currentTotalTaxSet: (sums) => sums.tax,
  totalDiscountsSet: (_sums, order) => order.discountMinor,
  currentTotalDiscountsSet: (_sums, order) => order.discountMinor,
  totalRefundedSet: (sums) => sums.refunded,
  totalReceivedSet: (sums) => sums.paid,
  netPaymentSet: (sums) => sums.paid - sums.refunded,
  totalOutstandingSet: (sums) => Math.max(0, sums.current - sums.paid + sums.refunded),
};

const sumFields = Object.fromEntries(
  Object.entries(SUMS).map(([name, read]) => [
    name,
    (order: Order) => moneyBag(read(totals(order), order), order.currency),
  ]),
);

export const taxLine = (tax: TaxLine, currency: string) => ({
  title: tax.title,
  rate: Number(tax.rate),
  ratePercentage: Number(tax.rate) * 100,
  price: toDecimal(tax.amountMinor, currency),
  priceSet: moneyBag(tax.amountMinor, currency),
  channelLiable: tax.channelLiable,
  source: null,
});

const address = (given: Order["shippingAddress"], order: Order) =>
  given && {
    ...Object.fromEntries(
      ["firstName", "lastName", "company", "address1", "address2", "city", "provinceCode", "zip", "phone"].map(
        (name) => [name, given[name] ?? null],
      ),
    ),
    id: order.id.replace("/Order/", "/MailingAddress/"),
    name: [given.firstName, given.lastName].filter(Boolean).join(" ") || null,
    country: given.countryCode ?? null,
    province: given.provinceCode ?? null,
    countryCode: given.countryCode ?? null,
    countryCodeV2: given.countryCode ?? null,
    formatted: [
      given.address1,
      given.address2,
      [given.city, given.provinceCode, given.zip].filter(Boolean).join(" "),
    ].filter(Boolean),
    formattedArea: null,
    latitude: null,
    longitude: null,
    coordinatesValidated: false,
    timeZone: null,
  };

export const orders: Resolvers = {
  QueryRoot: {
    order: (_source, { id }: { id: string }, { shop }) => shop.orders.get(id) ?? null,
    orders: (_source, args: ListArgs, context) =>
      connect(find(context, args.query), args, (one) => `${sortText(one, args.sortKey)} ${idSortKey(one.id)}`),
    ordersCount: (_source, args: ListArgs, context) => ({
      count: find(context, args.query).length,
      precision: "EXACT",
    }),
    orderByIdentifier(
      _source,
      { identifier }: { identifier: { id?: string; customId?: { namespace?: string; key: string; value: string } } },
      { world, shop },
    ) {
      const { id, customId } = identifier;
      if (!customId) return shop.orders.get(id ?? "") ?? null;
      if (findDefinition(shop, "ORDER", ownedNamespace(customId.namespace), customId.key)?.type !== "id")
        throw new GraphQLError("Metafield definition of type 'id' is required when using custom ids.", {
          extensions: { code: "NOT_FOUND" },
        });
      const order = findOrderByMetafield(shop, customId.namespace, customId.key, customId.value);
      return order && order.createdAt <= world.now() - world.switches.customIdLagMs ? order : null;
    },
  },
  Order: {
    ...sumFields,
    legacyResourceId: (one: Order) => numberOf(one.id),
    currencyCode: (one: Order) => one.currency,
    presentmentCurrencyCode: (one: Order) => one.presentmentCurrency ?? one.currency,
    displayFinancialStatus: (one: Order) => financialStatus(one),
    displayFulfillmentStatus: (one: Order, _args, { shop }) => displayStatus(shop, one),
    returnStatus: (one: Order, _args, { shop }) => {
      const states = one.returnIds.map((id) => shop.returns.get(id)?.status);
      if (states.includes("OPEN")) return "IN_PROGRESS";
      return states.includes("CLOSED") ? "RETURNED" : "NO_RETURN";
    },
    createdAt: (one: Order) => isoTime(one.createdAt),
    updatedAt: (one: Order) => isoTime(one.updatedAt),
    processedAt: (one: Order) => isoTime(one.processedAt),
    cancelledAt: (one: Order) => isoOrNull(one.cancelledAt),
    closedAt: (one: Order) => isoOrNull(one.closedAt),
    closed: (one: Order) => one.closedAt !== null,
    cancellation: (one: Order) => (one.cancelledAt === null ? null : { staffNote: one.staffNote }),
    confirmed: () => true,
    edited: () => false,
    fullyPaid: (one: Order) => financialStatus(one) === "PAID",
    unpaid: (one: Order) => financialStatus(one) === "PENDING",
    fulfillable: (one: Order) => one.lines.some((line) => unfulfilledQuantity(line) > 0),
    refundable: (one: Order) => totals(one).paid > totals(one).refunded,
    restockable: (one: Order) => one.lines.some((line) => unfulfilledQuantity(line) > 0),
    requiresShipping: (one: Order) => one.lines.some((line) => line.requiresShipping),
    subtotalLineItemsQuantity: (one: Order) => one.lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: (one: Order) =>
      one.lines.reduce((sum, line) => sum + line.quantity - line.refunded, 0),
    customer: () => null,
    attribution: (one: Order) =>
      one.sourceName ? { handle: one.sourceName, displayName: one.sourceName, icon: null } : null,
    registeredSourceUrl: (one: Order) => one.sourceUrl,
    app: (_one, _args, { world }) => describeApp(world),
    merchantOfRecordApp: () => null,
    discountCodes: (one: Order) => (one.discountCode ? [one.discountCode] : []),
    paymentGatewayNames: (one: Order) => [...new Set(one.transactions.map((each) => each.gateway))],
    taxLines: (one: Order) => one.taxLines.map((tax) => taxLine(tax, one.currency)),
    currentTaxLines: (one: Order) => one.taxLines.map((tax) => taxLine(tax, one.currency)),
    shippingAddress: (one: Order) => address(one.shippingAddress, one),
    billingAddress: (one: Order) => address(one.billingAddress, one),
    displayAddress: (one: Order) => address(one.shippingAddress, one),
    shippingLine: (one: Order) => one.shippingLines[0] ?? null,
    shippingLines: (one: Order, args: PageArgs) =>
      connectInOrder(
        one.shippingLines.map((line) => ({ ...line, currency: one.currency })),
        args,
      ),
    lineItems: (one: Order, args: PageArgs) => connectInOrder(one.lines, args),
    transactions: (one: Order, { first }: { first?: number | null }) => one.transactions.slice(0, first ?? undefined),
    refunds: (one: Order, { first }: { first?: number | null }) => one.refunds.slice(0, first ?? undefined),
    fulfillmentOrders: (one: Order, args: PageArgs, { shop }) =>
      connectInOrder(one.fulfillmentOrderIds.map((id) => shop.fulfillmentOrders.get(id)).filter(Boolean), args),
    fulfillments: (one: Order, { first }: { first?: number | null }, { shop }) =>
      one.fulfillmentIds.map((id) => shop.fulfillments.get(id)).slice(0, first ?? undefined),
    fulfillmentsCount: (one: Order) => ({ count: one.fulfillmentIds.length, precision: "EXACT" }),
    transactionsCount: (one: Order) => ({ count: one.transactions.length, precision: "EXACT" }),
  },
  ShippingLine: {
    originalPriceSet: (line: { amountMinor: number; currency: string }) => moneyBag(line.amountMinor, line.currency),
    discountedPriceSet: (line: { amountMinor: number; currency: string }) => moneyBag(line.amountMinor, line.currency),
    currentDiscountedPriceSet: (line: { amountMinor: number; currency: string }) =>
      moneyBag(line.amountMinor, line.currency),
    custom: () => true,
    isRemoved: () => false,
    carrierIdentifier: () => null,
    discountAllocations: () => [],
    taxLines: (line: { taxLines: TaxLine[]; currency: string }) =>
      line.taxLines.map((tax) => taxLine(tax, line.currency)),
  },
  OrderTransaction: {
    amountSet: (one: Transaction, _args, { shop }) =>
      moneyBag(one.amountMinor, shop.currency, presented(shop.orders.get(one.orderId), one)),
    amountV2: (one: Transaction, _args, { shop }) => moneyBag(one.amountMinor, shop.currency).shopMoney,
    formattedGateway: (one: Transaction) => one.gateway,
    createdAt: (one: Transaction) => isoTime(one.createdAt),
    processedAt: (one: Transaction) => isoTime(one.processedAt),
    receiptJson: (one: Transaction) => one.receipt,
    test: () => false,
    manualPaymentGateway: () => true,
    errorCode: () => null,
    order: (one: Transaction, _args, { shop }) => shop.orders.get(one.orderId) ?? null,
    parentTransaction: (one: Transaction, _args, { shop }) =>
      shop.orders.get(one.orderId)?.transactions.find((parent) => parent.id === one.parentId) ?? null,
  },
};

/** A payment in the currency the buyer paid in; undefined: the shop's own. */
function presented(order: Order | undefined, { presentmentMinor }: Transaction) {
  const currency = order?.presentmentCurrency;
  return currency && presentmentMinor !== undefined ? { minor: presentmentMinor, currency } : undefined;
}
