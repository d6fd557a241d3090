import { CallError } from "../../platform/errors.ts";
import type { ForShop, OrderFacts, OrdersPort } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { marketOf } from "./markets.ts";
import { packageDetail, shippedOrder } from "./wire/fulfilment.ts";
import { nothing } from "./wire/setup.ts";

type Shipment = Parameters<OrdersPort["ship"]>[1];

/** Seller shipping. TikTok Shop fact: which call ships depends on the market; the other one answers 21008106. */
export function createFulfilment(client: Client): Pick<OrdersPort, "ship" | "getPackage"> {
  return {
    async ship(access, shipment) {
      const { region } = await access.get();
      return marketOf(region).shipBy === "order" ? markAsShipped(access, shipment) : shipPackage(access, shipment);
    },

    async getPackage(access, packageId) {
      try {
        return await client.call("getPackage", {
          access,
          path: { package_id: packageId },
          wire: packageDetail,
          read: ({ package_id, tracking_number = "", shipping_provider_id = "", order_line_item_ids }) => ({
            packageId: package_id,
            trackingNumber: tracking_number,
            carrierId: shipping_provider_id,
            channelLineIds: order_line_item_ids,
          }),
        });
      } catch (error) {
        if (error instanceof CallError && error.family === "notFound") return null;
        throw error;
      }
    },
  };

  /** TikTok Shop fact: leaving the units out ships all open ones; naming a subset splits the order. */
  function markAsShipped(access: ForShop, { order, channelLineIds, carrierId, trackingNumber }: Shipment) {
    return client.call("markPackageAsShipped", {
      access,
      path: { order_id: order.channelOrderId },
      body: {
        shipping_provider_id: carrierId,
        tracking_number: trackingNumber,
        ...(!shipsAllOpen(order, channelLineIds) && { order_line_item_ids: channelLineIds }),
      },
      wire: shippedOrder,
      read: ({ package_id }) => ({ packageId: package_id }),
    });
  }

  /** TikTok Shop fact: the package exists since payment; its id stands in the order. */
  async function shipPackage(access: ForShop, { order, channelLineIds, carrierId, trackingNumber }: Shipment) {
    const packageId = packageFor(order, channelLineIds);
    await client.call("shipPackage", {
      access,
      path: { package_id: packageId },
      body: { self_shipment: { shipping_provider_id: carrierId, tracking_number: trackingNumber } },
      wire: nothing,
      read: () => undefined,
    });
    return { packageId };
  }
}

function shipsAllOpen(order: OrderFacts, channelLineIds: string[]): boolean {
  const open = order.lines.filter(({ status, packageId }) => status !== "cancelled" && packageId === null);
  return (
    open.length > 0 &&
    open.length === channelLineIds.length &&
    open.every(({ channelLineId }) => channelLineIds.includes(channelLineId))
  );
}

function packageFor(order: OrderFacts, channelLineIds: string[]): string {
  const lines = order.lines.filter(({ channelLineId }) => channelLineIds.includes(channelLineId));
  const named = new Set(lines.flatMap(({ packageId }) => packageId ?? []));
  const candidates = named.size > 0 ? [...named] : order.packages;
  const [packageId] = candidates;
  if (packageId === undefined || candidates.length > 1) {
    const message = packageId === undefined ? "the order has no package yet" : "these units lie in several packages";
    throw new CallError(message, { family: "conflict", operation: "shipPackage" });
  }
  return packageId;
}
