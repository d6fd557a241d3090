import { connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/context.ts";
import { mutation } from "../graphql/mutate.ts";
import type { Order, Return, Shop } from "../model.ts";
import {
  cancelReturn,
  createReturn,
  type ProcessInput,
  processReturn,
  type ReturnInput,
  returnable,
} from "../orders/returns.ts";
import { isoOrNull, isoTime } from "../time.ts";

type Line = Return["lines"][number];
type Part = { id: string; lineId: string; quantity: number };

const partOf = (shop: Shop, line: Line): Part | undefined =>
  [...shop.fulfillments.values()].flatMap((one) => one.lines).find((part) => part.id === line.partId);

export const returns: Resolvers = {
  QueryRoot: {
    return: (_source, { id }: { id: string }, { shop }) => shop.returns.get(id) ?? null,
    returnableFulfillments: (_source, args: PageArgs & { orderId: string }, { shop }) => {
      const order = shop.orders.get(args.orderId);
      const found = order ? returnable(shop, order) : [];
      return connectInOrder(
        found.map((one) => ({ ...one, id: one.fulfillment.id.replace("/Fulfillment/", "/ReturnableFulfillment/") })),
        args,
      );
    },
  },
  ReturnableFulfillment: {
    returnableFulfillmentLineItems: (one: { lines: { part: Part; quantity: number }[] }, args: PageArgs) =>
      connectInOrder(
        one.lines.map(({ part, quantity }) => ({ id: part.id, quantity, fulfillmentLineItem: part })),
        args,
      ),
  },
  Order: {
    returns: (one: Order, args: PageArgs, { shop }) =>
      connectInOrder(
        one.returnIds.flatMap((id) => shop.returns.get(id) ?? []),
        args,
      ),
  },
  Return: {
    createdAt: (one: Return) => isoTime(one.createdAt),
    closedAt: (one: Return) => isoOrNull(one.closedAt),
    requestApprovedAt: () => null,
    order: (one: Return, _args, { shop }) => shop.orders.get(one.orderId),
    totalQuantity: (one: Return) => one.lines.reduce((sum, line) => sum + line.quantity, 0),
    returnLineItems: (one: Return, args: PageArgs) =>
      connectInOrder(
        one.lines.map((line) => ({ ...line, __typename: "ReturnLineItem" })),
        args,
      ),
    reverseFulfillmentOrders: (one: Return, args: PageArgs) =>
      connectInOrder([{ id: one.reverseOrderId, from: one }], args),
    refunds: (_one, args: PageArgs) => connectInOrder([], args),
    exchangeLineItems: (_one, args: PageArgs) => connectInOrder([], args),
    decline: () => null,
  },
  ReturnLineItem: {
    processedQuantity: (line: Line) => line.processed,
    unprocessedQuantity: (line: Line) => line.quantity - line.processed,
    processableQuantity: (line: Line) => line.quantity - line.processed,
    refundableQuantity: (line: Line) => line.quantity,
    refundedQuantity: () => 0,
    returnReasonNote: (line: Line) => line.note,
    customerNote: () => null,
    fulfillmentLineItem: (line: Line, _args, { shop }) => partOf(shop, line),
  },
  ReverseFulfillmentOrder: {
    status: ({ from }: { from: Return }) => (from.status === "OPEN" ? "OPEN" : from.status),
    order: ({ from }: { from: Return }, _args, { shop }) => shop.orders.get(from.orderId),
    lineItems: ({ from }: { from: Return }, args: PageArgs) =>
      connectInOrder(
        from.lines.map((line) => ({ id: line.reverseId, line })),
        args,
      ),
  },
  ReverseFulfillmentOrderLineItem: {
    totalQuantity: ({ line }: { line: Line }) => line.quantity,
    fulfillmentLineItem: ({ line }: { line: Line }, _args, { shop }) => partOf(shop, line),
    dispositions: ({ id, line }: { id: string; line: Line }, _args, { shop }) =>
      line.dispositions.map((one, index) => ({
        ...{ id: `${id}-${index}`, type: one.type, quantity: one.quantity },
        location: shop.locations.get(one.locationId ?? "") ?? null,
      })),
  },
  Mutation: {
    returnCreate: mutation(({ returnInput }: { returnInput: ReturnInput }, { world, shop }) => ({
      return: createReturn(world, shop, returnInput),
    })),
    returnProcess: mutation(({ input }: { input: ProcessInput }, { world, shop }) => ({
      return: processReturn(world, shop, input),
    })),
    returnCancel: mutation(({ id }: { id: string }, { world, shop }) => ({ return: cancelReturn(world, shop, id) })),
  },
};
