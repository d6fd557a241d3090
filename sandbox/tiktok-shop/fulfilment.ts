import { Refusal } from "./errors.ts";
import { checkTracking, findCarrier, platformCarrierId, sellerOptionId } from "./logistics.ts";
import { getMarket } from "./markets.ts";
import type { Handler, Order, OrderLine, Package, Shop, World } from "./model.ts";
import { shippingTypeOf } from "./order-kinds.ts";
import { letTravel, makePackage, openLines, setStatus, touchOrder } from "./order-life.ts";
import { describeAddress } from "./order-view.ts";
import { getOrderOf } from "./orders.ts";
import { nowSeconds, shopOf } from "./world.ts";

const correctionHours = 72;
const mostCorrections = 1;

interface Shipment {
  shipping_provider_id: string;
  tracking_number: string;
}

/** Ships units of an order with the seller's own carrier; all open ones when none is named. Makes the package. */
export const markPackageAsShipped: Handler = (world, call) => {
  const shop = shopOf(call);
  const order = getOrderOf(world, shop, call.ids.order_id ?? "");
  const body = call.body as Shipment & {
    order_line_item_ids?: string[];
    order_line_list?: { order_line_id?: string }[];
  };
  if (!getMarket(shop.region).marksOrdersAsShipped)
    throw new Refusal(21008106, "this market ships packages, not orders");
  checkShippable(world, order);
  const named = body.order_line_item_ids ?? body.order_line_list?.map((entry) => entry.order_line_id ?? "");
  if (order.isPlatformLabel) throw new Refusal(21008117, "the platform ships this order");
  const lines = chooseLines(order, named);
  checkSplit(world, order, lines);
  const number = claimNumber(world, order, body);
  const parcel = makePackage(world, order, lines, "PROCESSING");
  shipParcel(world, order, parcel, body.shipping_provider_id, number);
  return { order_id: order.id, order_line_item_ids: parcel.lineIds, package_id: parcel.id };
};

/** Ships a package that exists since payment, as in South-East Asia and Latin America. */
export const shipPackage: Handler = (world, call) => {
  const parcel = getParcel(world, shopOf(call), call.ids.package_id ?? "");
  const order = getOrderOf(world, shopOf(call), parcel.orderId);
  const shipment = (call.body as { self_shipment?: Shipment }).self_shipment;
  checkShippable(world, order);
  if (order.isPlatformLabel) throw new Refusal(21008117, "the platform ships this order");
  if (parcel.status !== "TO_FULFILL") throw new Refusal(21011040, "the package is shipped already");
  if (!shipment) throw new Refusal(21011022, "self_shipment is missing");
  const number = claimNumber(world, order, shipment);
  shipParcel(world, order, parcel, shipment.shipping_provider_id, number);
  return {};
};

export const getPackage: Handler = (world, call) => {
  const parcel = getParcel(world, shopOf(call), call.ids.package_id ?? "");
  const order = getOrderOf(world, shopOf(call), parcel.orderId);
  const lines = order.lines.filter((line) => parcel.lineIds.includes(line.id));
  const skuIds = [...new Set(lines.map((line) => line.skuId))];
  return {
    package_id: parcel.id,
    package_status: parcel.status,
    order_line_item_ids: parcel.lineIds,
    orders: [
      {
        id: order.id,
        skus: skuIds.map((id) => {
          const same = lines.filter((line) => line.skuId === id);
          return { id, name: same[0]?.skuName ?? "", quantity: same.length };
        }),
      },
    ],
    shipping_type: shippingTypeOf(order),
    delivery_option_id: sellerOptionId,
    delivery_option_name: "Standard shipping",
    has_multi_skus: skuIds.length > 1,
    ...(parcel.trackingNumber ? { tracking_number: parcel.trackingNumber } : {}),
    ...(parcel.providerId
      ? { shipping_provider_id: parcel.providerId, shipping_provider_name: findCarrier(parcel.providerId)?.name }
      : {}),
    recipient_address: withoutDistricts(describeAddress(world, order)),
    create_time: parcel.createTime,
    update_time: parcel.updateTime,
  };
};

/** Whether orders may, or must, go out in several packages. An order of somebody else's is left out. */
export const getSplitAttributes: Handler = (world, call) => {
  const ids = (call.query.get("order_ids") ?? "").split(",").filter((id) => id !== "");
  const shop = shopOf(call);
  return {
    split_attributes: ids.flatMap((id) => {
      const order = world.orders.get(id);
      if (order?.shopId !== shop.id) return [];
      const rule = splitRule(world, order);
      return [
        {
          order_id: id,
          can_split: rule.canSplit,
          must_split: rule.mustSplit,
          ...(rule.mustSplit ? { must_split_reasons: [{ type: "TOTAL_COUNT_LIMITATION", max_count: "1" }] } : {}),
          reason: rule.canSplit ? "" : "The order cannot be split",
        },
      ];
    }),
  };
};

/** Parts the open units of an order into packages, where the market packs for the seller. */
export const splitOrder: Handler = (world, call) => {
  const shop = shopOf(call);
  const order = getOrderOf(world, shop, call.ids.order_id ?? "");
  checkShippable(world, order);
  const { splittable_groups: groups } = call.body as {
    splittable_groups: { id: string; order_line_item_ids: string[] }[];
  };
  const open = openLines(order);
  const named = groups.flatMap((group) => group.order_line_item_ids);
  if (new Set(named).size !== named.length || named.some((id) => !open.some((line) => line.id === id)))
    throw new Refusal(21011005, "a unit is named twice, or is not open");
  if (!splitRule(world, order).canSplit) throw new Refusal(21011029, "the order cannot be split");
  for (const group of groups) checkSameSku(world, open, group.order_line_item_ids);
  const packages = groups.map((group) => {
    const lines = open.filter((line) => group.order_line_item_ids.includes(line.id));
    for (const line of lines) leavePackage(world, order, line);
    return { id: makePackage(world, order, lines, "TO_FULFILL").id, splittable_group_id: group.id };
  });
  touchOrder(world, order, "silent");
  return { packages };
};

function splitRule(world: World, order: Order): { canSplit: boolean; mustSplit: boolean } {
  const isSingle = openLines(order).length < 2;
  return {
    canSplit: !isSingle && world.knobs.splits !== "forbidden",
    mustSplit: !isSingle && world.knobs.splits === "required",
  };
}

/** A part of what is open goes out only where the order may be split, and everything at once only where it need not be. */
function checkSplit(world: World, order: Order, lines: OrderLine[]): void {
  const open = openLines(order);
  const rule = splitRule(world, order);
  const isPart = lines.length < open.length;
  if (isPart && !rule.canSplit) throw new Refusal(21011029, "the order cannot be split");
  if (!isPart && rule.mustSplit) throw new Refusal(21011037, "the order must be split");
  if (isPart)
    checkSameSku(
      world,
      open,
      lines.map((line) => line.id),
    );
}

/** TikTok Shop fact: in some markets the same SKU may not be spread over several packages. */
function checkSameSku(world: World, open: OrderLine[], ids: string[]): void {
  if (world.knobs.sameSkuSplits === "accept") return;
  const skus = new Set(open.filter((line) => ids.includes(line.id)).map((line) => line.skuId));
  if (open.some((line) => !ids.includes(line.id) && skus.has(line.skuId)))
    throw new Refusal(21011036, "the same SKU lies in several packages");
}

/** Takes a unit out of the package it lay in; a package without units is gone. */
function leavePackage(world: World, order: Order, line: OrderLine): void {
  const parcel = line.packageId ? world.packages.get(line.packageId) : undefined;
  delete line.packageId;
  if (parcel?.status !== "TO_FULFILL") return;
  parcel.lineIds = parcel.lineIds.filter((id) => id !== line.id);
  if (parcel.lineIds.length > 0) return;
  parcel.status = "CANCELLED";
  order.packageIds = order.packageIds.filter((id) => id !== parcel.id);
}

/** The platform ships what is open under a label of its own. */
export function shipByPlatform(world: World, order: Order, number: string): Package {
  checkShippable(world, order);
  const open = openLines(order);
  for (const line of open) leavePackage(world, order, line);
  const parcel = makePackage(world, order, open, "PROCESSING");
  world.trackingNumbers.set(number, order.id);
  shipParcel(world, order, parcel, platformCarrierId, number);
  return parcel;
}

/** Corrects carrier and number of an order that went out in one package. */
export const updateOrderShippingInfo: Handler = (world, call) => {
  const order = getOrderOf(world, shopOf(call), call.ids.order_id ?? "");
  if (order.packageIds.length > 1) throw new Refusal(21011048, "the order has several packages");
  const parcel = world.packages.get(order.packageIds[0] ?? "");
  if (!parcel) throw new Refusal(21011043, "the order is not shipped yet");
  return correct(world, order, parcel, call.body as Shipment);
};

/** Corrects carrier and number of a package. */
export const updatePackageShippingInfo: Handler = (world, call) => {
  const parcel = getParcel(world, shopOf(call), call.ids.package_id ?? "");
  return correct(world, getOrderOf(world, shopOf(call), parcel.orderId), parcel, call.body as Shipment);
};

function correct(world: World, order: Order, parcel: Package, shipment: Shipment): unknown {
  if (!parcel.trackingNumber) throw new Refusal(21011043, "the package is not shipped yet");
  const windowSeconds = (correctionHours * 3600) / world.kernel.settings.speed;
  if (nowSeconds(world) - parcel.createTime > windowSeconds)
    throw new Refusal(21011049, "it is too late to correct the number");
  if (parcel.corrections >= mostCorrections) throw new Refusal(21011050, "the number was corrected before");
  const number = claimNumber(world, order, shipment);
  world.trackingNumbers.delete(parcel.trackingNumber);
  Object.assign(parcel, {
    trackingNumber: number,
    providerId: shipment.shipping_provider_id,
    corrections: parcel.corrections + 1,
    updateTime: nowSeconds(world),
  });
  touchOrder(world, order, "silent");
  return {};
}

function checkShippable(world: World, order: Order): void {
  if (order.status === "CANCELLED") throw new Refusal(21011041, "the order is cancelled");
  if (order.kind === "platform") throw new Refusal(21008025, "the platform fulfils this order");
  if (order.status === "ON_HOLD") throw new Refusal(21011044, "the order is on hold");
  if (order.status === "UNPAID") throw new Refusal(21011003, "the order is not paid");
  const isAsked = [...world.cancellations.values()].some(
    (entry) => entry.orderId === order.id && entry.status === "CANCELLATION_REQUEST_PENDING",
  );
  if (isAsked) throw new Refusal(21011007, "the order has an open cancellation request");
  if (openLines(order).length === 0) throw new Refusal(21011020, "the order is shipped already");
}

function chooseLines(order: Order, ids: string[] | undefined): OrderLine[] {
  if (!ids || ids.length === 0) return openLines(order);
  return ids.map((id) => {
    const line = order.lines.find((entry) => entry.id === id);
    if (!line) throw new Refusal(21011028, "a unit is not of this order");
    if (line.displayStatus === "CANCELLED") throw new Refusal(21011042, "a unit is cancelled");
    if (line.shippedAt !== undefined) throw new Refusal(21011020, "a unit is shipped already");
    return line;
  });
}

/** Checks carrier and number and keeps the number for this order; another order may not use it. */
function claimNumber(world: World, order: Order, shipment: Shipment): string {
  const number = checkTracking(shipment.shipping_provider_id, shipment.tracking_number);
  const usedBy = world.trackingNumbers.get(number);
  if (usedBy !== undefined && usedBy !== order.id) throw new Refusal(21011025, "the number is used by another order");
  world.trackingNumbers.set(number, order.id);
  return number;
}

function shipParcel(world: World, order: Order, parcel: Package, providerId: string, number: string): void {
  const now = nowSeconds(world);
  Object.assign(parcel, { providerId, trackingNumber: number, status: "PROCESSING", updateTime: now });
  for (const line of order.lines.filter((entry) => parcel.lineIds.includes(entry.id))) {
    line.shippedAt = now;
    line.displayStatus = "AWAITING_COLLECTION";
    const row = world.skus.get(line.skuId)?.rows.find((entry) => entry.warehouseId === line.warehouseId);
    if (row) row.committed = Math.max(0, row.committed - 1);
  }
  order.shippedTime = now;
  settleShipping(order);
  touchOrder(world, order, "announce");
  if (order.status === "AWAITING_COLLECTION") letTravel(world, order);
}

/** An order is on its way when nothing of it is open; until then it is partly shipped. */
function settleShipping(order: Order): void {
  if (openLines(order).length === 0) setStatus(order, "AWAITING_COLLECTION");
  else order.status = "PARTIALLY_SHIPPING";
}

function getParcel(world: World, shop: Shop, id: string): Package {
  const parcel = world.packages.get(id);
  if (parcel?.shopId !== shop.id) throw new Refusal(21011028, "the package is not of this shop");
  return parcel;
}

function withoutDistricts(address: Record<string, unknown>): Record<string, unknown> {
  const names = [
    "name",
    "phone_number",
    "address_line1",
    "address_line2",
    "address_detail",
    "full_address",
    "postal_code",
    "region_code",
  ];
  return Object.fromEntries(names.flatMap((name) => (name in address ? [[name, address[name]]] : [])));
}
