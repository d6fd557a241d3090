import { GraphQLError } from "graphql";
import type { Context, Resolvers } from "../graphql/context.ts";
import { typeOf } from "../ids.ts";
import type { Shop } from "../model.ts";

const MAX_IDS = 250;

const STORES: Record<string, (shop: Shop) => Map<string, unknown>> = {
  Product: (shop) => shop.products,
  ProductVariant: (shop) => shop.variants,
  InventoryItem: (shop) => shop.items,
  InventoryLevel: (shop) => shop.levels,
  Location: (shop) => shop.locations,
  Order: (shop) => shop.orders,
  LineItem: (shop) => shop.lines,
  FulfillmentOrder: (shop) => shop.fulfillmentOrders,
  Fulfillment: (shop) => shop.fulfillments,
  Refund: (shop) => shop.refunds,
  Return: (shop) => shop.returns,
};

/** The thing behind a global id: null when there is none (any more), an error when the text is no such id. */
function find({ shop }: Context, id: string): unknown {
  const type = typeOf(id);
  if (!type) throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: "RESOURCE_NOT_FOUND" } });
  return STORES[type]?.(shop).get(id) ?? null;
}

export const nodes: Resolvers = {
  QueryRoot: {
    node: (_source, { id }: { id: string }, context) => find(context, id),
    nodes(_source, { ids }: { ids: string[] }, context) {
      if (ids.length > MAX_IDS)
        throw new GraphQLError(
          `The input array size of ${ids.length} is greater than the maximum allowed of ${MAX_IDS}.`,
          { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } },
        );
      return ids.map((id) => find(context, id));
    },
  },
};
