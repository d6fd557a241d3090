import { connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/context.ts";
import { idempotentMutation } from "../graphql/mutate.ts";
import { numberOf } from "../ids.ts";
import type { Order, Refund } from "../model.ts";
import { moneyBag, toDecimal } from "../money.ts";
import { createRefund, type RefundInput, suggestRefund } from "../orders/refund.ts";
import { isoTime } from "../time.ts";

type RefundLine = Refund["lines"][number];
interface SuggestArgs {
  refundLineItems?: { lineItemId: string; quantity: number }[] | null;
  refundShipping?: boolean | null;
  suggestFullRefund?: boolean | null;
}

export const refunds: Resolvers = {
  QueryRoot: {
    refund: (_source, { id }: { id: string }, { shop }) => shop.refunds.get(id) ?? null,
  },
  Order: {
    suggestedRefund(order: Order, args: SuggestArgs) {
      const all = order.lines.map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.refunded }));
      const suggestion = suggestRefund(
        order,
        args.suggestFullRefund ? all : (args.refundLineItems ?? []),
        args.suggestFullRefund || (args.refundShipping ?? false),
      );
      const { currency } = order;
      return {
        amount: toDecimal(suggestion.amountMinor, currency),
        amountSet: moneyBag(suggestion.amountMinor, currency),
        maximumRefundable: toDecimal(suggestion.maximumMinor, currency),
        maximumRefundableSet: moneyBag(suggestion.maximumMinor, currency),
        subtotalSet: moneyBag(suggestion.amountMinor, currency),
        refundDuties: [],
        suggestedTransactions: suggestion.split.map(({ sale, amountMinor }) => ({
          kind: "SUGGESTED_REFUND",
          gateway: sale.gateway,
          formattedGateway: sale.gateway,
          amount: toDecimal(amountMinor, currency),
          amountSet: moneyBag(amountMinor, currency),
          maximumRefundableSet: moneyBag(sale.amountMinor, currency),
          parentTransaction: sale,
        })),
      };
    },
  },
  Refund: {
    legacyResourceId: (one: Refund) => numberOf(one.id),
    createdAt: (one: Refund) => isoTime(one.createdAt),
    updatedAt: (one: Refund) => isoTime(one.createdAt),
    processedAt: (one: Refund) => isoTime(one.createdAt),
    order: (one: Refund, _args, { shop }) => shop.orders.get(one.orderId),
    return: () => null,
    duties: () => [],
    totalRefundedSet(one: Refund, _args, { shop }) {
      const currency = shop.orders.get(one.orderId)?.presentmentCurrency;
      const minor = one.transactions.reduce((sum, each) => sum + (each.presentmentMinor ?? each.amountMinor), 0);
      return moneyBag(
        one.transactions.reduce((sum, each) => sum + each.amountMinor, 0),
        shop.currency,
        currency ? { minor, currency } : undefined,
      );
    },
    transactions: (one: Refund, args: PageArgs) => connectInOrder(one.transactions, args),
    refundLineItems: (one: Refund, args: PageArgs) => connectInOrder(one.lines, args),
    orderAdjustments: (_one, args: PageArgs) => connectInOrder([], args),
    refundShippingLines: (_one, args: PageArgs) => connectInOrder([], args),
  },
  RefundLineItem: {
    lineItem: (line: RefundLine, _args, { shop }) => shop.lines.get(line.lineId),
    location: (line: RefundLine, _args, { shop }) => shop.locations.get(line.locationId ?? "") ?? null,
    restocked: (line: RefundLine) => line.locationId !== null,
    subtotalSet: (line: RefundLine, _args, { shop }) => moneyBag(line.subtotalMinor, shop.currency),
    totalTaxSet: (line: RefundLine, _args, { shop }) => moneyBag(line.taxMinor, shop.currency),
    priceSet: (line: RefundLine, _args, { shop }) =>
      moneyBag(Math.round(line.subtotalMinor / line.quantity), shop.currency),
  },
  Mutation: {
    refundCreate: idempotentMutation(({ input }: { input: RefundInput }, { world, shop }) => ({
      ...createRefund(world, shop, input),
    })),
  },
};
