import { Refusal } from "./errors.ts";
import { checkTracking, findCarrier, sellerOptionId } from "./logistics.ts";
import { getMarket } from "./markets.ts";
import type { Handler, Order, OrderLine, Package, Shop, World } from "./model.ts";
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
  const lines = chooseLines(order, named);
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
    shipping_type: "SELLER",
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
