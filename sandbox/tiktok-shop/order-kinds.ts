import type { Order, OrderKind, OrderLine, World } from "./model.ts";

/**
 * What an order can be besides an ordinary one. Unpaid ones and those on hold come by the purchase itself, tests by a shop that is there for
 * tests: the platform marks none.
 */
export const orderKinds = [
  "sample",
  "replacement",
  "exchange",
  "zero-price",
  "gift",
  "pre-order",
  "backorder",
  "made-to-order",
  "subscription",
  "split",
  "combined",
  "platform",
] as const satisfies readonly OrderKind[];

export function readOrderKind(text: unknown): OrderKind {
  const kind = orderKinds.find((one) => one === text);
  if (!kind) throw new Error(`there are no orders of the kind ${String(text)}: ${orderKinds.join(", ")}`);
  return kind;
}

/** Nothing is paid for these; what they would have cost stands beside the units as the gift price. */
const FREE = new Set<OrderKind>(["sample", "replacement", "exchange"]);
const TYPES: Partial<Record<OrderKind, string>> = {
  "zero-price": "ZERO_LOTTERY",
  "pre-order": "PRE_ORDER",
  "made-to-order": "MADE_TO_ORDER",
  backorder: "BACK_ORDER",
};
/** TikTok Shop fact §24: units know fewer types than orders. */
const SKU_TYPES = new Set(["ZERO_LOTTERY", "PRE_ORDER", "MADE_TO_ORDER"]);
const daySeconds = 86_400;
/** TikTok Shop fact §11: pre-orders stay on hold until shortly before their release. */
const releaseAfterSeconds = 7 * daySeconds;

/** How long an order is held after payment, before the speed is counted in. */
export const holdHoursOf = (kind: OrderKind | undefined): number =>
  kind === "pre-order" ? (releaseAfterSeconds - daySeconds) / 3_600 : 1;

/** A unit's prices by the kind of its order. */
export function priceUnit(line: OrderLine, kind: OrderKind | undefined): void {
  if (!kind) return;
  if (FREE.has(kind)) {
    line.giftRetailMinor = line.originalMinor;
    line.originalMinor = 0;
  }
  if (kind === "zero-price") line.sellerDiscountMinor = line.originalMinor;
}

/** The present that comes with a purchase: one more unit of the same, for nothing. */
export const asGift = (line: OrderLine, id: string): OrderLine => ({
  ...line,
  id,
  isGift: true,
  giftRetailMinor: line.originalMinor,
  originalMinor: 0,
});

/** Units the platform ships stand in its own warehouse, never among the seller's. */
export const platformWarehouse = "7300000000000000777";

/** What the answer says of an order's kind. */
export function describeKind(order: Order): Record<string, unknown> {
  const { kind, originOrderId, quirk } = order;
  const isOrdinary = !kind && quirk % 13 === 7;
  return {
    order_type: isOrdinary ? "MYSTERY_DROP" : (TYPES[kind as OrderKind] ?? "NORMAL"),
    fulfillment_type: kind === "platform" ? "FULFILLMENT_BY_TIKTOK" : "FULFILLMENT_BY_SELLER",
    shipping_type: shippingTypeOf(order),
    is_sample_order: kind === "sample",
    ...(quirk % 2 === 0 || kind === "replacement" || kind === "exchange"
      ? { is_replacement_order: kind === "replacement", is_exchange_order: kind === "exchange" }
      : {}),
    ...(kind === "replacement" && originOrderId ? { replaced_order_id: originOrderId } : {}),
    ...(kind === "exchange" && originOrderId ? { exchange_source_order_id: originOrderId } : {}),
    ...(kind === "subscription" || quirk % 3 === 1 ? { is_subscription_order: kind === "subscription" } : {}),
    ...(kind === "pre-order" ? { release_date: order.createTime + releaseAfterSeconds } : {}),
    ...(kind === "made-to-order" ? { handling_duration: { days: "10", type: "BUSINESS_DAY" } } : {}),
    ...(kind === "split" ? { split_or_combine_tag: "SPLIT" } : {}),
    ...(kind === "combined"
      ? { split_or_combine_tag: "COMBINED", auto_combine_group_id: `9${order.id.slice(1)}` }
      : {}),
  };
}

/** Who ships: the platform from its own warehouse or under a label of its own, or the seller. */
export const shippingTypeOf = ({ kind, isPlatformLabel }: Order): "TIKTOK" | "SELLER" =>
  kind === "platform" || isPlatformLabel ? "TIKTOK" : "SELLER";

/** The type of the units; some the app has never heard of. */
export function skuTypeOf({ kind, quirk }: Order): string {
  const type = TYPES[kind as OrderKind];
  if (type && SKU_TYPES.has(type)) return type;
  return quirk % 17 === 5 ? "BLIND_BOX" : "NORMAL";
}

/** An earlier order of the shop, for those that replace one. */
export const someEarlierOrder = (world: World, shopId: string): string | undefined =>
  [...world.orders.values()].findLast((order) => order.shopId === shopId && !order.kind)?.id;
