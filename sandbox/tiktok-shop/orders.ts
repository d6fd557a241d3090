import { toUnpadded } from "./decimal.ts";
import { Refusal, refuseParameters } from "./errors.ts";
import type { ExternalOrder, Handler, Order, OrderLine, Shop, World } from "./model.ts";
import { taxInside } from "./money-abroad.ts";
import { sumOrder } from "./order-money.ts";
import { describeOrder } from "./order-view.ts";
import { shopOf, takePage } from "./world.ts";

interface OrderFilter {
  order_status?: string;
  shipping_type?: string;
  buyer_user_id?: string;
  is_buyer_request_cancel?: boolean;
  create_time_ge?: number;
  create_time_lt?: number;
  update_time_ge?: number;
  update_time_lt?: number;
  warehouse_ids?: string[];
}

/** Searches orders as the index knows them: changes show up only after the lag that is set. `_ge` inclusive, `_lt` exclusive. */
export const searchOrders: Handler = (world, call) => {
  const filter = call.body as OrderFilter;
  const field = call.query.get("sort_field") === "update_time" ? "update_time" : "create_time";
  const direction = call.query.get("sort_order") === "ASC" ? 1 : -1;
  const seenUntil = world.kernel.clock.now() - world.knobs.orderSearchLagMs;
  const found: Record<string, unknown>[] = [];
  for (const order of world.orders.values()) {
    if (order.shopId !== shopOf(call).id) continue;
    const document = order.snapshots.findLast((snapshot) => snapshot.atMs <= seenUntil)?.document;
    if (document && fits(document, order, filter)) found.push(document);
  }
  found.sort((a, b) => direction * (Number(a[field]) - Number(b[field])));
  const { page, nextToken } = takePage(found, Number(call.query.get("page_size")), call.query.get("page_token"));
  return { orders: page, total_count: found.length, ...(nextToken ? { next_page_token: nextToken } : {}) };
};

function fits(document: Record<string, unknown>, order: Order, filter: OrderFilter): boolean {
  const created = Number(document.create_time);
  const updated = Number(document.update_time);
  return (
    (filter.order_status === undefined || document.status === filter.order_status) &&
    (filter.shipping_type === undefined || document.shipping_type === filter.shipping_type) &&
    (filter.buyer_user_id === undefined || order.buyerId === filter.buyer_user_id) &&
    (filter.is_buyer_request_cancel === undefined ||
      document.is_buyer_request_cancel === filter.is_buyer_request_cancel) &&
    (filter.create_time_ge === undefined || created >= filter.create_time_ge) &&
    (filter.create_time_lt === undefined || created < filter.create_time_lt) &&
    (filter.update_time_ge === undefined || updated >= filter.update_time_ge) &&
    (filter.update_time_lt === undefined || updated < filter.update_time_lt) &&
    (!filter.warehouse_ids?.length || order.lines.some((line) => filter.warehouse_ids?.includes(line.warehouseId)))
  );
}

/** Orders by id, at most 50, as they are now. A foreign id is left out or refuses the call, as is set. */
export const getOrders: Handler = (world, call) => {
  const ids = (call.query.get("ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0 || ids.length > 50) refuseParameters("between 1 and 50 ids");
  const orders = ids.flatMap((id) => {
    const order = world.orders.get(id);
    if (order?.shopId === shopOf(call).id) return [describeOrder(world, order)];
    if (world.knobs.foreignOrderId === "refuse") throw new Refusal(21008111, "an order is not of this shop");
    return [];
  });
  return { orders };
};

/** Who paid which discount and tax, for the order and for each of its units. */
export const getPriceDetail: Handler = (world, call) => {
  const order = getOrderOf(world, shopOf(call), call.ids.order_id ?? "");
  const sums = sumOrder(order);
  const text = (minor: number) => toUnpadded(minor, order.currency);
  const isInside = order.address.region !== "US";
  const taxInsideOf = (line: OrderLine) =>
    isInside ? taxInside(line.originalMinor - line.sellerDiscountMinor, order.money.taxRate) : 0;
  /** Not settled: whether vouchers are told inside the deductions or beside them. */
  const platformParts = ({ platformDiscountMinor: all, voucherMinor = 0 }: OrderLine) => ({
    subtotal_deduction_platform: text(world.knobs.vouchers === "beside" ? all - voucherMinor : all),
    voucher_deduction_platform: text(voucherMinor),
  });
  return {
    currency: order.currency,
    sku_list_price: text(sums.original),
    sku_sale_price: text(sums.original - sums.sellerDiscount),
    subtotal: text(sums.subTotal),
    subtotal_deduction_seller: text(sums.sellerDiscount),
    subtotal_deduction_platform: text(sums.platformDiscount),
    shipping_list_price: text(order.money.originalShippingMinor),
    shipping_sale_price: text(sums.shippingFee),
    shipping_fee_deduction_seller: text(order.money.shippingSellerDiscountMinor),
    shipping_fee_deduction_platform: text(order.money.shippingPlatformDiscountMinor),
    shipping_fee_deduction_platform_voucher: text(order.money.shippingCofundedDiscountMinor ?? 0),
    tax_amount: text(sums.tax),
    tax_rate: order.money.taxRate,
    payment: text(sums.total),
    total: text(sums.total),
    line_items: order.lines.map((line) => ({
      id: line.id,
      currency: order.currency,
      sku_list_price: text(line.originalMinor),
      sku_sale_price: text(line.originalMinor - line.sellerDiscountMinor),
      subtotal: text(line.originalMinor - line.sellerDiscountMinor - line.platformDiscountMinor),
      subtotal_deduction_seller: text(line.sellerDiscountMinor),
      ...platformParts(line),
      tax_amount: text(line.taxMinor || taxInsideOf(line)),
      tax_rate: order.money.taxRate,
    })),
  };
};

/** Notes which order elsewhere belongs to an order here. Each on its own: refused ones are in `data.errors`. */
export const addExternalOrderReferences: Handler = (world, call) => {
  const { orders } = call.body as { orders: { id: string; external_order: ExternalOrder }[] };
  if (orders.length > 100) refuseParameters("at most 100 orders");
  const errors = orders.flatMap(({ id, external_order: external }) => {
    const order = world.orders.get(id);
    const isKnown = order?.shopId === shopOf(call).id;
    const known = new Set(order?.lines.map((line) => line.id));
    if (order && isKnown && external.line_items.every((line) => known.has(line.origin_id))) {
      order.externalOrders = order.externalOrders.filter((entry) => entry.platform !== external.platform);
      order.externalOrders.push(external);
      return [];
    }
    const message = isKnown ? "a line is not of this order" : "the order is not of this shop";
    const detail = { order_id: id, external_order: { id: external.id, platform: external.platform } };
    return [{ code: isKnown ? "36009004" : "21008111", message, detail }];
  });
  return errors.length > 0 ? { errors } : {};
};

export const getExternalOrderReferences: Handler = (world, call) => {
  const order = getOrderOf(world, shopOf(call), call.ids.order_id ?? "");
  return { external_orders: order.externalOrders.filter((entry) => entry.platform === call.query.get("platform")) };
};

export const searchByExternalOrder: Handler = (world, call) => {
  const id = call.query.get("external_order_id");
  const platform = call.query.get("platform");
  const orders = [...world.orders.values()].flatMap((order) => {
    const found = order.externalOrders.find((entry) => entry.id === id && entry.platform === platform);
    return found && order.shopId === shopOf(call).id ? [{ id: order.id, external_order: found }] : [];
  });
  return { orders };
};

/** An order of the shop; 21008111 when it is unknown or another shop's. */
export function getOrderOf(world: World, shop: Shop, id: string): Order {
  const order = world.orders.get(id);
  if (order?.shopId !== shop.id) throw new Refusal(21008111, "the order is not of this shop");
  return order;
}
