import { formatDecimal } from "../../platform/money.ts";
import type {
  AfterSalesPort,
  AnswerKind,
  CancelMeaning,
  ChannelReturn,
  Decision,
  ForShop,
  OpenDecision,
} from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { chunk, walkPages } from "./client/pages.ts";
import type { OperationId } from "./operations.ts";
import { minorOrNull, word } from "./wire/fields.ts";
import {
  cancellationBegun,
  decisionList,
  eligibleSkus,
  type ReturnWire,
  returnBegun,
  returnPage,
} from "./wire/returns.ts";
import { nothing } from "./wire/setup.ts";

const IDS_PER_CALL = 50;
/** TikTok Shop fact §13: pages of returns hold 10 to 50. */
const RETURNS_PER_PAGE = "50";
/** TikTok Shop fact §13: part of an order only in these markets and only for stock reasons; elsewhere whole orders. */
const PARTLY_IN = new Set(["US", "GB"]);

const GOODS_BACK = "RETURN_AND_REFUND";
const KINDS = { REFUND: "refund", RETURN_AND_REFUND: "return", REPLACEMENT: "replacement" } as const;
const STATUSES = {
  RETURN_OR_REFUND_REQUEST_PENDING: "requested",
  REPLACEMENT_REQUEST_PENDING: "requested",
  AWAITING_BUYER_RESPONSE: "offered",
  AWAITING_BUYER_SHIP: "awaiting-item",
  BUYER_SHIPPED_ITEM: "item-sent",
  RETURN_OR_REFUND_REQUEST_SUCCESS: "approved",
  RETURN_OR_REFUND_REQUEST_COMPLETE: "completed",
  REPLACEMENT_REQUEST_COMPLETE: "completed",
  REPLACEMENT_REQUEST_REFUND_SUCCESS: "completed",
  REFUND_OR_RETURN_REQUEST_REJECT: "rejected",
  REPLACEMENT_REQUEST_REJECT: "rejected",
  REJECT_RECEIVE_PACKAGE: "item-rejected",
  RETURN_OR_REFUND_REQUEST_CANCEL: "withdrawn",
  REPLACEMENT_REQUEST_CANCEL: "withdrawn",
} as const;
const DISPUTES = {
  IN_PROGRESS: "in-progress",
  SUPPORT_BUYER: "for-buyer",
  SUPPORT_SELLER: "for-seller",
  CLOSED: "closed",
} as const;
const ROLES = { BUYER: "buyer", SELLER: "seller", SYSTEM: "system", OPERATOR: "system" } as const;

const WORDS: Record<AnswerKind, string> = {
  "approve-cancellation": "APPROVE_REQUEST_CANCEL",
  "refuse-cancellation": "REJECT_REQUEST_CANCEL",
  "approve-refund": "APPROVE_REFUND",
  "approve-return": "APPROVE_RETURN",
  "approve-received": "APPROVE_RECEIVED_PACKAGE",
  "approve-replacement": "APPROVE_REPLACEMENT",
  "refund-instead": "ISSUE_REPLACEMENT_REFUND",
  "refund-now": "DIRECT_REFUND",
  "offer-part": "OFFER_PARTIAL_REFUND",
  "refuse-refund": "REJECT_REFUND",
  "refuse-return": "REJECT_RETURN",
  "refuse-received": "REJECT_RECEIVED_PACKAGE",
  "refuse-replacement": "REJECT_REPLACEMENT",
};
const KIND_OF = new Map(Object.entries(WORDS).map(([kind, wire]) => [wire, kind as AnswerKind]));
/** Reasons of a return that blame neither side, as far as their names tell; the list is the channel's own. */
const BLAMES_NOBODY = /no_longer|not_need|unwanted|changed?_(of_)?mind|other/i;

/** Cancellations begun by the seller, answers to buyers, and returns. TikTok Shop fact §13. */
export function createAfterSales(client: Client): AfterSalesPort {
  return {
    async cancellable(access, channelOrderId) {
      const { region } = await access.get();
      return client.call("getAftersaleEligibility", {
        access,
        path: { order_id: channelOrderId },
        query: { initiate_aftersale_user: "SELLER", request_types: "CANCEL" },
        wire: eligibleSkus,
        read: ({ sku_eligibility }) => {
          const told = sku_eligibility.flatMap(({ line_item_eligibility }) => line_item_eligibility);
          const open = told.filter((one) => one.eligible);
          const refused = told.find((one) => !one.eligible)?.ineligible_code;
          const names = open.map((one) => one.available_reason_names);
          const common = names[0]?.filter((name) => names.every((some) => some.includes(name))) ?? [];
          return {
            channelLineIds: open.flatMap((one) => one.order_line_items_ids),
            reasons: common.map((code) => ({
              meaning: meaningOfReason(code),
              code,
              allowsPart: PARTLY_IN.has(region) && code.includes("out_of_stock"),
            })),
            refusedCode: open.length === 0 && refused !== undefined ? String(refused) : null,
          };
        },
      });
    },

    async cancel(access, { channelOrderId, channelLineIds, reason }) {
      return client.call("cancelOrder", {
        access,
        body: {
          order_id: channelOrderId,
          cancel_reason: reason,
          ...(channelLineIds ? { order_line_item_ids: channelLineIds } : {}),
        },
        wire: cancellationBegun,
        read: ({ cancel_id }) => ({ channelCancelId: cancel_id }),
      });
    },

    // TikTok Shop fact §13: a seller may open a return for the buyer; eligibility names the units and the reasons
    returnable: (access, channelOrderId) =>
      client.call("getAftersaleEligibility", {
        access,
        path: { order_id: channelOrderId },
        query: { initiate_aftersale_user: "SELLER", request_types: GOODS_BACK },
        wire: eligibleSkus,
        read: ({ sku_eligibility }) => {
          const told = sku_eligibility
            .flatMap(({ line_item_eligibility }) => line_item_eligibility)
            .filter(({ request_type }) => request_type === undefined || request_type === GOODS_BACK);
          const open = told.filter((one) => one.eligible);
          const refused = told.find((one) => !one.eligible)?.ineligible_code;
          const names = open.map((one) => one.available_reason_names);
          const common = names[0]?.filter((name) => names.every((some) => some.includes(name))) ?? [];
          return {
            channelLineIds: open.flatMap((one) => one.order_line_items_ids),
            reason: common.find((name) => BLAMES_NOBODY.test(name)) ?? null,
            refusedCode: open.length === 0 && refused !== undefined ? String(refused) : null,
          };
        },
      }),

    beginReturn: (access, { channelOrderId, channelLineIds, reason, key }) =>
      client.call("createReturn", {
        access,
        query: { idempotency_key: key },
        body: {
          ...{ order_id: channelOrderId, order_line_item_ids: channelLineIds },
          ...{ return_type: GOODS_BACK, return_reason: reason },
        },
        wire: returnBegun,
        read: ({ return_id }) => ({ channelReturnId: return_id }),
      }),

    openDecisions: (access, requestId) =>
      client.call("getDecisionEligibility", {
        access,
        query: { return_or_cancel_id: requestId },
        wire: decisionList,
        read: ({ decisions }) =>
          decisions.flatMap(({ decision, eligible, available_reject_reasons }): OpenDecision[] => {
            const kind = KIND_OF.get(decision ?? "");
            if (!kind || !eligible) return [];
            return [
              { kind, reasons: available_reject_reasons.map(({ name, text }) => ({ code: name, text: text ?? name })) },
            ];
          }),
      }),

    async decide(access, decision) {
      const { path, operation } = placeOf(decision);
      await client.call(operation, {
        access,
        path,
        query: { idempotency_key: decision.key },
        body: bodyOf(decision),
        wire: nothing,
        read: () => undefined,
      });
    },

    async *returns(access, { channelOrderIds, since }) {
      for (const order_ids of channelOrderIds ? chunk(channelOrderIds, IDS_PER_CALL) : [undefined])
        yield* walkPages((page_token) => readPage(client, access, { order_ids, since, page_token }));
    },
  };
}

function readPage(
  client: Client,
  access: ForShop,
  { order_ids, since, page_token }: { order_ids: string[] | undefined; since?: Date; page_token: string | undefined },
) {
  return client.call("searchReturns", {
    access,
    query: { page_size: RETURNS_PER_PAGE, sort_field: "update_time", sort_order: "ASC", page_token },
    body: { order_ids, ...(since && { update_time_ge: Math.floor(since.getTime() / 1000) }) },
    wire: returnPage,
    read: ({ return_orders, next_page_token }) => ({ items: return_orders.map(asReturn), next: next_page_token }),
  });
}

/** TikTok Shop fact §13: reason names, with and without the suffix of a market. */
function meaningOfReason(code: string): CancelMeaning {
  if (code.includes("out_of_stock")) return "out-of-stock";
  if (code.includes("wrong_price")) return "wrong-price";
  if (code.includes("address_not_deliver")) return "address";
  if (code.includes("buyer_requested")) return "buyer-asked";
  return code.includes("hasnt_paid") ? "not-paid" : "other";
}

function placeOf({ kind, requestId }: Decision): { operation: OperationId; path: Record<string, string> } {
  const refuses = kind.startsWith("refuse-");
  if (kind === "approve-cancellation" || kind === "refuse-cancellation")
    return { operation: refuses ? "rejectCancellation" : "approveCancellation", path: { cancel_id: requestId } };
  return { operation: refuses ? "rejectReturn" : "approveReturn", path: { return_id: requestId } };
}

function bodyOf(decision: Decision): object | undefined {
  const { kind, reason, comment, evidence, offer, keepsItem } = decision;
  if (kind === "approve-cancellation") return undefined;
  const images = evidence.map(({ uri, width, height }) => ({ image_id: uri, width, height }));
  const refusal = {
    reject_reason: reason ?? "",
    ...(comment ? { comment } : {}),
    ...(images.length > 0 ? { images } : {}),
  };
  if (kind === "refuse-cancellation") return refusal;
  const word = { decision: WORDS[kind] };
  if (kind.startsWith("refuse-")) return { ...word, ...refusal };
  return {
    ...word,
    ...(keepsItem ? { buyer_keep_item: true } : {}),
    ...(offer
      ? { partial_refund: { amount: formatDecimal(offer.amountMinor, offer.currency), currency: offer.currency } }
      : {}),
  };
}

function asReturn(wire: ReturnWire): ChannelReturn {
  const { refund_amount: refund, partial_refund: part } = wire;
  const currency = refund?.currency ?? part?.currency;
  const deadlines = wire.seller_next_action_response.flatMap(({ deadline }) => deadline ?? []);
  const isDone = wire.return_status !== "AWAITING_BUYER_RESPONSE";
  return {
    channelReturnId: wire.return_id,
    channelOrderId: wire.order_id,
    kind: word(KINDS, wire.return_type),
    status: word(STATUSES, wire.return_status),
    by: word(ROLES, wire.role),
    reason: wire.return_reason_text ?? wire.return_reason ?? "",
    channelLineIds: wire.return_line_items.flatMap(({ order_line_item_id }) => order_line_item_id ?? []),
    isKept: wire.can_buyer_keep_item,
    // an offer that stands is what the buyer gets, once it is taken
    refundMinor:
      currency === undefined
        ? null
        : (minorOrNull(isDone ? refund?.refund_total : part?.amount, currency) ?? minorOrNull(part?.amount, currency)),
    platformMinor:
      wire.discount_amount.length === 0
        ? null
        : wire.discount_amount.reduce(
            (sum, one) =>
              sum +
              (minorOrNull(one.product_platform_discount, one.currency ?? currency ?? "USD") ?? 0n) +
              (minorOrNull(one.shipping_fee_platform_discount, one.currency ?? currency ?? "USD") ?? 0n),
            0n,
          ),
    dispute: wire.arbitration_status ? word(DISPUTES, wire.arbitration_status) : null,
    trackingNumber: wire.return_tracking_number ?? null,
    answerBy: deadlines.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    updatedAt: wire.update_time ?? wire.create_time ?? new Date(0),
  };
}
