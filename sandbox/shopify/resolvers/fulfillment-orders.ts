import { connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Context, Resolvers } from "../graphql/context.ts";
import { mutation } from "../graphql/mutate.ts";
import type { FulfillmentOrder, Hold } from "../model.ts";
import { type HoldInput, placeHold, releaseHold, supportedActions } from "../orders/fulfillment-orders.ts";
import { unitStatus } from "../orders/status.ts";
import { isoOrNull, isoTime } from "../time.ts";
import { describeApp } from "./shop.ts";

type Part = FulfillmentOrder["lines"][number];

const lineOf = (part: Part, { shop }: Context) => shop.lines.get(part.lineId);

export const fulfillmentOrders: Resolvers = {
  QueryRoot: {
    fulfillmentOrder: (_source, { id }: { id: string }, { shop }) => shop.fulfillmentOrders.get(id) ?? null,
  },
  FulfillmentOrder: {
    status: (unit: FulfillmentOrder) => unitStatus(unit),
    requestStatus: () => "UNSUBMITTED",
    supportedActions: (unit: FulfillmentOrder) =>
      supportedActions(unit).map((action) => ({ action, externalUrl: null })),
    fulfillmentHolds: (unit: FulfillmentOrder) => unit.holds,
    fulfillAt: (unit: FulfillmentOrder) => isoTime(unit.createdAt),
    fulfillBy: (unit: FulfillmentOrder) => isoOrNull(unit.fulfillBy),
    createdAt: (unit: FulfillmentOrder) => isoTime(unit.createdAt),
    updatedAt: (unit: FulfillmentOrder) => isoTime(unit.updatedAt),
    order: (unit: FulfillmentOrder, _args, { shop }) => shop.orders.get(unit.orderId),
    orderName: (unit: FulfillmentOrder, _args, { shop }) => shop.orders.get(unit.orderId)?.name,
    assignedLocation(unit: FulfillmentOrder, _args, { shop }) {
      const location = shop.locations.get(unit.locationId);
      return {
        name: location?.name,
        location,
        address1: location?.address1 ?? null,
        city: location?.city ?? null,
        countryCode: location?.countryCode,
        zip: location?.zip ?? null,
      };
    },
    destination: () => null,
    deliveryMethod: () => null,
    lineItems: (unit: FulfillmentOrder, args: PageArgs) => connectInOrder(unit.lines, args),
    fulfillments: (unit: FulfillmentOrder, args: PageArgs, { shop }) =>
      connectInOrder(
        [...shop.fulfillments.values()].filter((one) => one.fulfillmentOrderIds.includes(unit.id)),
        args,
      ),
  },
  FulfillmentOrderLineItem: {
    totalQuantity: (part: Part) => part.total,
    remainingQuantity: (part: Part) => part.remaining,
    lineItem: (part: Part, _args, context) => lineOf(part, context),
    sku: (part: Part, _args, context) => lineOf(part, context)?.sku ?? null,
    productTitle: (part: Part, _args, context) => lineOf(part, context)?.title,
    variantTitle: (part: Part, _args, context) => lineOf(part, context)?.variantTitle ?? null,
    requiresShipping: (part: Part, _args, context) => lineOf(part, context)?.requiresShipping,
    inventoryItemId: (part: Part, _args, context) => lineOf(part, context)?.claim?.itemId ?? null,
    variant: (part: Part, _args, context) => context.shop.variants.get(lineOf(part, context)?.variantId ?? "") ?? null,
    warnings: () => [],
  },
  FulfillmentHold: {
    displayReason: (hold: Hold) => hold.reason.toLowerCase().replaceAll("_", " "),
    heldByRequestingApp: (hold: Hold) => hold.byApp,
    heldByApp: (hold: Hold, _args, { world }) => (hold.byApp ? describeApp(world) : null),
  },
  Mutation: {
    fulfillmentOrderHold: mutation(
      ({ id, fulfillmentHold }: { id: string; fulfillmentHold: HoldInput }, { world, shop }) => {
        const { hold, unit } = placeHold(world, shop, id, fulfillmentHold);
        return { fulfillmentHold: hold, fulfillmentOrder: unit, remainingFulfillmentOrder: null };
      },
    ),
    fulfillmentOrderReleaseHold: mutation(
      ({ id, holdIds }: { id: string; holdIds?: string[] | null }, { world, shop }) => ({
        fulfillmentOrder: releaseHold(world, shop, id, holdIds),
      }),
    ),
  },
};
