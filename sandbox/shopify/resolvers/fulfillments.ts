import { connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/context.ts";
import { mutation } from "../graphql/mutate.ts";
import { numberOf } from "../ids.ts";
import type { Fulfillment } from "../model.ts";
import { changeTracking, type FulfilGroup, fulfil, type TrackingInput } from "../orders/fulfil.ts";
import { isoTime } from "../time.ts";

interface CreateInput {
  lineItemsByFulfillmentOrder: FulfilGroup[];
  trackingInfo?: TrackingInput | null;
}

export const fulfillments: Resolvers = {
  QueryRoot: {
    fulfillment: (_source, { id }: { id: string }, { shop }) => shop.fulfillments.get(id) ?? null,
  },
  Fulfillment: {
    legacyResourceId: (one: Fulfillment) => numberOf(one.id),
    displayStatus: (one: Fulfillment) => (one.status === "CANCELLED" ? "CANCELED" : "FULFILLED"),
    createdAt: (one: Fulfillment) => isoTime(one.createdAt),
    updatedAt: (one: Fulfillment) => isoTime(one.updatedAt),
    deliveredAt: () => null,
    inTransitAt: () => null,
    estimatedDeliveryAt: () => null,
    requiresShipping: () => true,
    service: () => null,
    originAddress: () => null,
    order: (one: Fulfillment, _args, { shop }) => shop.orders.get(one.orderId),
    location: (one: Fulfillment, _args, { shop }) => shop.locations.get(one.locationId) ?? null,
    totalQuantity: (one: Fulfillment) => one.lines.reduce((sum, line) => sum + line.quantity, 0),
    trackingInfo: (one: Fulfillment, { first }: { first?: number | null }) =>
      tracking(one).slice(0, first ?? undefined),
    fulfillmentLineItems: (one: Fulfillment, args: PageArgs) => connectInOrder(one.lines, args),
    fulfillmentOrders: (one: Fulfillment, args: PageArgs, { shop }) =>
      connectInOrder(one.fulfillmentOrderIds.map((id) => shop.fulfillmentOrders.get(id)).filter(Boolean), args),
  },
  FulfillmentLineItem: {
    lineItem: (part: Fulfillment["lines"][number], _args, { shop }) => shop.lines.get(part.lineId),
  },
  Mutation: {
    fulfillmentCreate: mutation(({ fulfillment }: { fulfillment: CreateInput }, { world, shop }) => ({
      fulfillment: fulfil(world, shop, fulfillment.lineItemsByFulfillmentOrder, fulfillment.trackingInfo ?? {}),
    })),
    fulfillmentTrackingInfoUpdate: mutation(
      (
        { fulfillmentId, trackingInfoInput }: { fulfillmentId: string; trackingInfoInput: TrackingInput },
        { world, shop },
      ) => ({
        fulfillment: changeTracking(world, shop, fulfillmentId, trackingInfoInput),
      }),
    ),
  },
};

function tracking(one: Fulfillment): { company: string | null; number: string | null; url: string | null }[] {
  if (one.numbers.length === 0)
    return one.company ? [{ company: one.company, number: null, url: one.urls[0] ?? null }] : [];
  return one.numbers.map((number, index) => ({ company: one.company, number, url: one.urls[index] ?? null }));
}
