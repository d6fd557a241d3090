import { decideOnce, searchAfterSales } from "./after-sales-calls.ts";
import { describeRefund, rejectReasons } from "./cancellations.ts";
import { toMinor, toUnpadded } from "./decimal.ts";
import { Refusal, refuseParameters } from "./errors.ts";
import type { Call, Handler, Order, Return, World } from "./model.ts";
import {
  actionOf,
  decideReturn,
  decisionsOfReturns,
  openReturnForBuyer,
  outcomeOf,
  returnableLines,
  sellerReturnReasons,
} from "./returns.ts";
import { shopOf } from "./world.ts";

const rejectReturnReasons = [1, 2, 3, 4, 5].map((number) => `reverse_reject_request_reason_${number}`);
const REJECT_TEXTS = [
  "The item was used",
  "The item is not the one that was sold",
  "The time for returns is over",
  "Parts are missing",
  "Agreed with the buyer",
];

/** The seller opens a return for the buyer, who is to send the goods. The same idempotency_key again is answered alike. */
export const createReturn: Handler = (world, call) => {
  const body = call.body as {
    order_id: string;
    order_line_item_ids?: string[];
    return_reason: string;
    return_type: "REFUND" | "RETURN_AND_REFUND";
  };
  const order = world.orders.get(body.order_id);
  if (order?.shopId !== shopOf(call).id) throw new Refusal(25007006, "the order is not found");
  const given = call.query.get("idempotency_key");
  const before = given ? world.returns.get(world.decisions.get(`createReturn ${given}`) ?? "") : undefined;
  if (before) return { return_id: before.id, return_status: before.status };
  if (!sellerReturnReasons.includes(body.return_reason)) throw new Refusal(25001014, "the reason is unknown");
  const open = returnableLines(world, order);
  const wanted = body.order_line_item_ids ?? open.map((line) => line.id);
  if (open.length === 0) throw new Refusal(25001003, "nothing of the order can be returned");
  if (wanted.length === 0 || !wanted.every((id) => open.some((line) => line.id === id)))
    throw new Refusal(25001011, "a request is open, or the unit cannot be returned");
  const made = openReturnForBuyer(world, order, {
    type: body.return_type,
    reason: body.return_reason,
    lineIds: wanted,
  });
  if (given) world.decisions.set(`createReturn ${given}`, made.id);
  return { return_id: made.id, return_status: made.status };
};

/** Searches returns, newest first unless asked otherwise. TikTok Shop fact: pages hold 10 to 50. */
export const searchReturns: Handler = (world, call) => {
  const named = { ids: "return_ids", statuses: "return_status", types: "return_types" };
  const { page, counted } = searchAfterSales(world, call, world.returns, { named, least: 10, most: 50 });
  return { return_orders: page.map((one) => describeReturn(world, one)), ...counted };
};

/** Which decisions are open on a return or a buyer's cancellation, with the reasons to refuse. */
export const getDecisionEligibility: Handler = (world, call) => {
  const id = call.query.get("return_or_cancel_id") ?? "";
  const asked = world.returns.get(id);
  if (asked?.shopId === shopOf(call).id)
    return { decisions: decisionsOfReturns.map((decision) => tell(decision, outcomeOf(asked, decision) !== null)) };
  const cancellation = world.cancellations.get(id);
  if (cancellation?.shopId !== shopOf(call).id) throw new Refusal(25007006, "the request is not found");
  const isOpen = cancellation.status === "CANCELLATION_REQUEST_PENDING";
  return { decisions: ["APPROVE_REQUEST_CANCEL", "REJECT_REQUEST_CANCEL"].map((one) => tell(one, isOpen)) };
};

function tell(decision: string, eligible: boolean) {
  const texts = decision === "REJECT_REQUEST_CANCEL" ? rejectReasons.map(textOf) : REJECT_TEXTS;
  const names = decision === "REJECT_REQUEST_CANCEL" ? rejectReasons : rejectReturnReasons;
  return {
    ...{ decision, eligible },
    ...(eligible ? {} : { ineligible_code: 25020004, ineligible_reason: "The decision does not fit the request." }),
    ...(decision.startsWith("REJECT")
      ? { available_reject_reasons: names.map((name, at) => ({ name, text: texts[at] ?? name })) }
      : {}),
  };
}

const textOf = (name: string): string => {
  const words = name.replace(/^.*_reject_reason_|^seller_reject_apply_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The seller agrees, as far as the decision says. The same idempotency_key again is answered alike. */
export const approveReturn: Handler = (world, call) => {
  const body = call.body as {
    decision: string;
    buyer_keep_item?: boolean;
    partial_refund?: { amount?: string; currency?: string };
  };
  return decide(world, call, body.decision, (asked, order) => {
    if (body.decision !== "OFFER_PARTIAL_REFUND") return { keepItem: body.buyer_keep_item ?? false };
    const partialMinor = toMinor(body.partial_refund?.amount ?? "", order.currency);
    if (partialMinor === null || partialMinor <= 0) refuseParameters("partial_refund needs an amount");
    if (partialMinor > fullRefund(order, asked)) throw new Refusal(25005005, "the refund is too high");
    return { partialMinor };
  });
};

/** The seller refuses, with a reason from the platform's list. */
export const rejectReturn: Handler = (world, call) => {
  const body = call.body as { decision: string; reject_reason: string; images?: { image_id: string }[] };
  if (!rejectReturnReasons.includes(body.reject_reason)) throw new Refusal(25001014, "the reason is unknown");
  if (body.images?.some(({ image_id: id }) => !world.pictures.has(id)))
    refuseParameters("an image was not uploaded before");
  return decide(world, call, body.decision, (asked) => {
    asked.evidence = body.images?.map(({ image_id: id }) => id) ?? [];
    return {};
  });
};

function decide(
  world: World,
  call: Call,
  decision: string,
  prepare: (asked: Return, order: Order) => { keepItem?: boolean; partialMinor?: number },
): unknown {
  const asked = world.returns.get(call.ids.return_id ?? "");
  const order = asked && world.orders.get(asked.orderId);
  if (!asked || !order || asked.shopId !== shopOf(call).id) throw new Refusal(25007006, "the return is not found");
  return decideOnce(world, call, asked.id, () => {
    if (!outcomeOf(asked, decision)) throw new Refusal(25020004, "the decision does not fit the request");
    decideReturn(world, asked, decision, prepare(asked, order));
  });
}

const linesOf = (order: Order, asked: Return) => order.lines.filter((line) => asked.lineIds.includes(line.id));

function fullRefund(order: Order, asked: Return): number {
  const lines = linesOf(order, asked);
  return describeRefund(order, lines, lines.length === order.lines.length).minor;
}

function describeReturn(world: World, asked: Return): Record<string, unknown> {
  const order = world.orders.get(asked.orderId);
  if (!order) throw new Error(`no order ${asked.orderId}`);
  const lines = linesOf(order, asked);
  const isWhole = lines.length === order.lines.length;
  const text = (minor: number) => toUnpadded(minor, order.currency);
  const isPartial = asked.partialMinor !== undefined;
  const full = describeRefund(order, lines, isWhole).document;
  const platform = lines.reduce((sum, line) => sum + line.platformDiscountMinor, 0);
  const action = actionOf(asked);
  return {
    return_id: asked.id,
    order_id: asked.orderId,
    role: asked.role ?? "BUYER",
    return_type: asked.type,
    return_status: asked.status,
    return_reason: asked.reason,
    return_reason_text: asked.reason,
    combined_return_id: "0",
    can_buyer_keep_item: asked.isKept,
    buyer_rejected_partial_refund: asked.isOfferRefused,
    is_quick_refund: false,
    ...(asked.trackingNumber ? { return_tracking_number: asked.trackingNumber, return_method: "BUYER_SHIPPED" } : {}),
    ...(asked.type === "REPLACEMENT" && asked.status !== "REPLACEMENT_REQUEST_REFUND_SUCCESS"
      ? {}
      : {
          refund_amount: isPartial ? { currency: order.currency, refund_total: text(asked.partialMinor ?? 0) } : full,
          discount_amount: [
            {
              currency: order.currency,
              product_platform_discount: text(isPartial ? 0 : platform),
              product_seller_discount: text(lines.reduce((sum, line) => sum + line.sellerDiscountMinor, 0)),
              shipping_fee_platform_discount: text(
                isWhole && !isPartial ? order.money.shippingPlatformDiscountMinor : 0,
              ),
              shipping_fee_seller_discount: text(isWhole && !isPartial ? order.money.shippingSellerDiscountMinor : 0),
            },
          ],
        }),
    ...(isPartial ? { partial_refund: { amount: text(asked.partialMinor ?? 0), currency: order.currency } } : {}),
    return_line_items: lines.map((line) => ({
      return_line_item_id: `${asked.id.slice(0, -4)}${line.id.slice(-4)}`,
      order_line_item_id: line.id,
      product_name: line.productName,
      sku_id: line.skuId,
      sku_name: line.skuName,
      seller_sku: line.sellerSku,
      refund_amount: describeRefund(order, [line], false).document,
    })),
    ...(action && asked.deadline !== undefined
      ? { seller_next_action_response: [{ action, deadline: asked.deadline }] }
      : {}),
    create_time: asked.createTime,
    update_time: asked.updateTime,
  };
}
