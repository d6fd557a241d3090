import { CallError } from "../../platform/errors.ts";
import type { ForShop, OrderFacts, OrdersPort, SplitRules } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { marketOf } from "./markets.ts";
import { packageDetail, shippedOrder, shippingDocument, splitAttributes, splitOrder } from "./wire/fulfilment.ts";
import { nothing } from "./wire/setup.ts";

type Shipment = Parameters<OrdersPort["ship"]>[1];

/** Seller shipping. TikTok Shop fact: which call ships depends on the market; the other one answers 21008106. */
export function createFulfilment(
  client: Client,
): Pick<OrdersPort, "ship" | "getPackage" | "correctTracking" | "splitRules" | "label"> {
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
          read: (wire) => ({
            packageId: wire.package_id,
            trackingNumber: wire.tracking_number ?? "",
            carrierId: wire.shipping_provider_id ?? "",
            ...(wire.shipping_provider_name ? { carrierName: wire.shipping_provider_name } : {}),
            channelLineIds: wire.order_line_item_ids,
          }),
        });
      } catch (error) {
        if (error instanceof CallError && error.family === "notFound") return null;
        throw error;
      }
    },

    /** TikTok Shop fact §12: by package; of the order alone only where it went out in one. */
    async correctTracking(access, { packageId, carrierId, trackingNumber }) {
      if (packageId === null)
        throw new CallError("the package is not known", { family: "conflict", operation: "updatePackageShippingInfo" });
      await client.call("updatePackageShippingInfo", {
        access,
        path: { package_id: packageId },
        body: { shipping_provider_id: carrierId, tracking_number: trackingNumber },
        wire: nothing,
        read: () => undefined,
      });
    },

    /** TikTok Shop fact §12: A6 and PDF unless told otherwise; the address lives 24 h. */
    label: (access, packageId) =>
      client.call("getShippingDocument", {
        access,
        path: { package_id: packageId },
        query: { document_type: "SHIPPING_LABEL" },
        wire: shippingDocument,
        read: ({ doc_url, tracking_number }) => ({ url: doc_url, trackingNumber: tracking_number ?? "" }),
      }),

    /** TikTok Shop fact §12. An order the answer does not name is left to the ship call. */
    splitRules: (access, channelOrderId) =>
      client.call("getSplitAttributes", {
        access,
        query: { order_ids: channelOrderId },
        wire: splitAttributes,
        read: ({ split_attributes }): SplitRules => {
          const found = split_attributes.find(({ order_id }) => order_id === channelOrderId);
          return {
            canSplit: found?.can_split ?? true,
            mustSplit: found?.must_split ?? false,
            reason: found?.reason ?? null,
          };
        },
      }),
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

  /** TikTok Shop fact: the package exists since payment; its id stands in the order. Some of its units go out only after a split. */
  async function shipPackage(access: ForShop, { order, channelLineIds, carrierId, trackingNumber }: Shipment) {
    const packageId = packageFor(order, channelLineIds);
    const others = othersIn(order, packageId, channelLineIds);
    const shipped = others.length > 0 ? await splitOff(access, order, channelLineIds, others) : packageId;
    await client.call("shipPackage", {
      access,
      path: { package_id: shipped },
      body: { self_shipment: { shipping_provider_id: carrierId, tracking_number: trackingNumber } },
      wire: nothing,
      read: () => undefined,
    });
    return { packageId: shipped };
  }

  /** Parts a package into the units that go out now and the rest; the package of the first is answered. */
  async function splitOff(access: ForShop, order: OrderFacts, now: string[], others: string[]): Promise<string> {
    const packages = await client.call("splitOrder", {
      access,
      path: { order_id: order.channelOrderId },
      body: {
        splittable_groups: [
          { id: "1", order_line_item_ids: now },
          { id: "2", order_line_item_ids: others },
        ],
      },
      wire: splitOrder,
      read: (wire) => wire.packages,
    });
    const made = packages.find(({ splittable_group_id }) => splittable_group_id === "1");
    if (made) return made.id;
    throw new CallError("the order was split, but its new package is not named", {
      family: "conflict",
      operation: "splitOrder",
    });
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

/** Units that lie in the same package and are to stay there. */
function othersIn(order: OrderFacts, packageId: string, channelLineIds: string[]): string[] {
  const isInside = (line: OrderFacts["lines"][number]) => (line.packageId ?? packageId) === packageId;
  return order.lines
    .filter((line) => line.status !== "cancelled" && isInside(line) && !channelLineIds.includes(line.channelLineId))
    .map(({ channelLineId }) => channelLineId);
}
