import { decideOnce, searchAfterSales } from "./after-sales-calls.ts";
import { acceptCancellation, beginCancellation, refuseCancellation } from "./cancel-order.ts";
import { toUnpadded } from "./decimal.ts";
import { Refusal } from "./errors.ts";
import type { Call, Cancellation, Handler, Order, OrderLine, World } from "./model.ts";
import { openLines } from "./order-life.ts";
import { sumOrder } from "./order-money.ts";
import { returnableLines, sellerReturnReasons } from "./returns.ts";
import { shopOf } from "./world.ts";

const paidReasons = [
  "seller_cancel_reason_out_of_stock",
  "seller_cancel_reason_wrong_price",
  "seller_cancel_paid_reason_address_not_deliver",
  "seller_cancel_paid_reason_buyer_requested_cancellation",
];
const unpaidReasons = [
  "out_of_stock",
  "wrong_price",
  "buyer_hasnt_paid_within_time_allowed",
  "buyer_requested_cancellation",
].map((reason) => `seller_cancel_unpaid_reason_${reason}`);
const stockReasons = ["seller_cancel_reason_out_of_stock", "seller_cancel_unpaid_reason_out_of_stock"];
/** Why a seller may turn a buyer's cancellation down. */
export const rejectReasons = [
  ...["invalid_cancellation_reason", "delivered", "buyer_agree"].map(
    (reason) => `order_manage_list_action_respond_popup_reject_reason_${reason}`,
  ),
  "seller_reject_apply_product_has_been_packed",
];

/** Searches cancellations, newest first unless asked otherwise. */
export const searchCancellations: Handler = (world, call) => {
  const named = { ids: "cancel_ids", statuses: "cancel_status", types: "cancel_types" };
  const { page, counted } = searchAfterSales(world, call, world.cancellations, { named, least: 1, most: 50 });
  return { cancellations: page.map((one) => describeCancellation(world, one)), ...counted };
};

/** The seller cancels. TikTok Shop fact: a part of an order only in the US and GB and only for want of stock. */
export const cancelOrder: Handler = (world, call) => {
  const body = call.body as {
    order_id: string;
    cancel_reason: string;
    order_line_item_ids?: string[];
    order_line_list?: { order_line_item_id?: string }[];
    skus?: { sku_id: string; quantity: number }[];
  };
  const order = world.orders.get(body.order_id);
  if (order?.shopId !== shopOf(call).id) throw new Refusal(25007006, "the order is not found");
  checkCancellable(world, order);
  checkSellerReason(order, body.cancel_reason);
  const lines = chooseLines(order, body);
  const isPartial = lines.length < openLines(order).length;
  const mayBePartial = ["US", "GB"].includes(shopOf(call).region) && stockReasons.includes(body.cancel_reason);
  if (isPartial && !mayBePartial) throw new Refusal(25005010, "single units cannot be cancelled for this reason");
  const replenish = !stockReasons.includes(body.cancel_reason);
  const cancellation = beginCancellation(world, order, {
    role: "SELLER",
    lines,
    reason: body.cancel_reason,
    replenish,
    mode: "instant",
  });
  return { cancel_id: cancellation.id, cancel_status: cancellation.status };
};

/** The seller agrees to a buyer's request. The same idempotency_key again is answered alike. */
export const approveCancellation: Handler = (world, call) =>
  decide(world, call, (cancellation) => acceptCancellation(world, cancellation));

/** The seller turns a buyer's request down, with a reason from the platform's list. */
export const rejectCancellation: Handler = (world, call) => {
  const { reject_reason: reason } = call.body as { reject_reason: string };
  if (!rejectReasons.includes(reason)) throw new Refusal(25001014, "the reason is unknown");
  return decide(world, call, (cancellation) => refuseCancellation(world, cancellation));
};

/** What a seller may cancel or have returned of an order right now, and why. Beyond the US and GB, and for other reasons, only the whole. */
export const getAftersaleEligibility: Handler = (world, call) => {
  const order = world.orders.get(call.ids.order_id ?? "");
  if (order?.shopId !== shopOf(call).id) throw new Refusal(25007006, "the order is not found");
  const types = (call.query.get("request_types") ?? "CANCEL").split(",");
  const isAsked = openRequestOf(world, order) !== undefined;
  const bySku = Map.groupBy(order.lines, (line) => line.skuId);
  return {
    sku_eligibility: [...bySku].map(([skuId, lines]) => ({
      sku_id: skuId,
      line_item_eligibility: [
        ...(types.includes("CANCEL")
          ? [
              cancellable(
                order,
                lines.filter((line) => openLines(order).includes(line)),
                isAsked,
              ),
              refusedLines(lines.filter((line) => !openLines(order).includes(line))),
            ]
          : []),
        ...types.filter((type) => type !== "CANCEL").flatMap((type) => returnable(world, order, lines, type)),
      ].filter((one) => one.order_line_items_ids.length > 0),
    })),
  };
};

function cancellable(order: Order, lines: OrderLine[], isAsked: boolean) {
  if (isAsked) return { ...refusedLines(lines), ineligible_code: 25001011, ineligible_reason: "A request is open." };
  const names = order.status === "UNPAID" ? unpaidReasons : paidReasons;
  return {
    available_reason_names: names,
    eligible: true,
    order_line_items_ids: lines.map((line) => line.id),
    request_type: "CANCEL",
  };
}

function returnable(world: World, order: Order, lines: OrderLine[], request_type: string) {
  const open = returnableLines(world, order);
  return [
    {
      ...{ available_reason_names: [...sellerReturnReasons], eligible: true, request_type },
      order_line_items_ids: lines.filter((line) => open.includes(line)).map((line) => line.id),
    },
    { ...refusedLines(lines.filter((line) => !open.includes(line))), request_type },
  ];
}

const refusedLines = (lines: OrderLine[]) => ({
  eligible: false,
  ineligible_code: 25001003,
  ineligible_reason: "The unit was shipped or cancelled already.",
  order_line_items_ids: lines.map((line) => line.id),
  request_type: "CANCEL",
});

const openRequestOf = (world: World, order: Order): Cancellation | undefined =>
  [...world.cancellations.values()].find(
    (entry) => entry.orderId === order.id && entry.status === "CANCELLATION_REQUEST_PENDING",
  );

function decide(world: World, call: Call, run: (cancellation: Cancellation) => void): unknown {
  const cancellation = world.cancellations.get(call.ids.cancel_id ?? "");
  if (cancellation?.shopId !== shopOf(call).id) throw new Refusal(25007006, "the cancellation is not found");
  return decideOnce(world, call, cancellation.id, () => {
    if (cancellation.status !== "CANCELLATION_REQUEST_PENDING")
      throw new Refusal(25001003, "there is nothing to decide");
    run(cancellation);
  });
}

/** Refuses an order nothing of which can be cancelled any more. */
function checkCancellable(world: World, order: Order): void {
  if (order.status === "CANCELLED") throw new Refusal(25001011, "the order is cancelled already");
  if (openLines(order).length === 0)
    throw new Refusal(25001003, `an order that is ${order.status} cannot be cancelled`);
  if (openRequestOf(world, order)) throw new Refusal(25001011, "a request is open already");
}

function checkSellerReason(order: Order, reason: string): void {
  const plain = reason.replace(/_uk$/, "");
  if (!paidReasons.includes(plain) && !unpaidReasons.includes(plain))
    throw new Refusal(25001014, "the reason is unknown");
  const fitting = order.status === "UNPAID" ? unpaidReasons : paidReasons;
  if (!fitting.includes(plain)) throw new Refusal(25001021, "the reason does not fit the state of the order");
}

function chooseLines(
  order: Order,
  body: {
    order_line_item_ids?: string[];
    order_line_list?: { order_line_item_id?: string }[];
    skus?: { sku_id: string; quantity: number }[];
  },
): OrderLine[] {
  const open = openLines(order);
  const ids = body.order_line_item_ids ?? body.order_line_list?.map((entry) => entry.order_line_item_id ?? "");
  if (ids?.length) {
    const chosen = open.filter((line) => ids.includes(line.id));
    if (chosen.length !== new Set(ids).size) throw new Refusal(25001003, "a unit cannot be cancelled");
    return chosen;
  }
  if (!body.skus?.length) return open;
  return body.skus.flatMap(({ sku_id: skuId, quantity }) => {
    const chosen = open.filter((line) => line.skuId === skuId).slice(0, quantity);
    if (chosen.length !== quantity) throw new Refusal(25001003, "there are not that many units to cancel");
    return chosen;
  });
}

function describeCancellation(world: World, cancellation: Cancellation): Record<string, unknown> {
  const order = world.orders.get(cancellation.orderId);
  if (!order) throw new Error(`no order ${cancellation.orderId}`);
  const lines = order.lines.filter((line) => cancellation.lineIds.includes(line.id));
  const refund = describeRefund(order, lines, isWhole(order, cancellation)).document;
  return {
    cancel_id: cancellation.id,
    order_id: cancellation.orderId,
    role: cancellation.role,
    cancel_type: cancellation.type,
    cancel_status: cancellation.status,
    cancel_reason: cancellation.reason,
    cancel_reason_text: cancellation.reasonText,
    should_replenish_stock: cancellation.replenish,
    ...(cancellation.isPaid ? { refund_amount: refund } : {}),
    cancel_line_items: lines.map((line) => ({
      cancel_line_item_id: `${cancellation.id.slice(0, -4)}${line.id.slice(-4)}`,
      order_line_item_id: line.id,
      product_name: line.productName,
      sku_id: line.skuId,
      sku_name: line.skuName,
      seller_sku: line.sellerSku,
      ...(cancellation.isPaid ? { refund_amount: describeRefund(order, [line], false).document } : {}),
    })),
    ...(cancellation.status === "CANCELLATION_REQUEST_PENDING" && cancellation.deadline !== undefined
      ? { seller_next_action_response: [{ action: "SELLER_RESPOND_CANCEL", deadline: cancellation.deadline }] }
      : {}),
    create_time: cancellation.createTime,
    update_time: cancellation.updateTime,
  };
}

/** Nothing of the order is left with it. */
export const isWhole = (order: Order, { lineIds, isRest }: Cancellation): boolean =>
  isRest ?? lineIds.length === order.lines.length;

/** What the buyer gets back: units with their tax, and with the whole order (or what was left of it) also shipping and the rest. */
export function describeRefund(
  order: Order,
  lines: OrderLine[],
  isWhole: boolean,
): { minor: number; document: Record<string, unknown> } {
  const sums = sumOrder(order);
  const subtotal = lines.reduce(
    (sum, line) => sum + line.originalMinor - line.sellerDiscountMinor - line.platformDiscountMinor,
    0,
  );
  const tax = lines.reduce((sum, line) => sum + line.taxMinor, isWhole ? order.money.shippingTaxMinor : 0);
  const shipping = isWhole ? sums.shippingFee : 0;
  const fee = isWhole ? order.money.retailDeliveryFeeMinor : 0;
  const text = (minor: number) => toUnpadded(minor, order.currency);
  const minor = subtotal + tax + shipping + fee;
  return {
    minor,
    document: {
      currency: order.currency,
      refund_subtotal: text(subtotal),
      refund_tax: text(tax),
      refund_shipping_fee: text(shipping),
      retail_delivery_fee: text(fee),
      refund_total: text(minor),
    },
  };
}
