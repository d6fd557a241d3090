import { CallError } from "../../platform/errors.ts";
import type { Logger } from "../../platform/log.server.ts";
import type { Cancellation, ForShop, OrderFacts, OrderReference, OrdersPort, PartialResult } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { chunk, walkPages } from "./client/pages.ts";
import { createFulfilment } from "./fulfilment.ts";
import { taxRulesOf } from "./markets.ts";
import { readOrder } from "./order-facts.ts";
import { partialResult } from "./parts.ts";
import { readPriceParts } from "./price-parts.ts";
import { type CancellationWire, cancellationPage } from "./wire/cancellations.ts";
import { minorOrNull, word } from "./wire/fields.ts";
import { batchResult } from "./wire/listings.ts";
import { order, orderList, orderPage, priceDetail } from "./wire/orders.ts";

/** TikTok Shop facts: at most 50 ids per detail call, 50 cancellations and 100 orders per page. */
const IDS_PER_CALL = 50;
const CANCELLATIONS_PER_PAGE = "50";
const ORDERS_PER_PAGE = "100";
/** TikTok Shop fact §11: at most 100 external references a call, at most 100 units in each. */
const REFERENCES_PER_CALL = 100;
const UNITS_PER_REFERENCE = 100;

const CANCEL_STATUSES = {
  CANCELLATION_REQUEST_PENDING: "requested",
  CANCELLATION_REQUEST_SUCCESS: "approved",
  CANCELLATION_REQUEST_COMPLETE: "completed",
  CANCELLATION_REQUEST_CANCEL: "withdrawn",
  CANCELLATION_REQUEST_CANCELLED: "withdrawn",
} as const;
const ROLES = { BUYER: "buyer", SELLER: "seller", SYSTEM: "system", OPERATOR: "system" } as const;

export function createOrders(client: Client, log: Logger): OrdersPort {
  const readMany = (access: ForShop, ids: string[]): Promise<OrderFacts[]> =>
    client.call("getOrders", {
      access,
      query: { ids: ids.join(",") },
      wire: orderList,
      read: ({ orders }) => orders.flatMap((wire) => readOne(wire, ids.length === 1) ?? []),
    });

  /** An order that cannot be read is left out of a batch, loudly; asked for alone, it fails the call. */
  function readOne(wire: unknown, isAlone: boolean): OrderFacts | null {
    try {
      const parsed = order.safeParse(wire);
      if (!parsed.success) throw new RangeError(parsed.error.issues.map(({ path }) => path.join(".")).join(", "));
      return readOrder(parsed.data);
    } catch (error) {
      if (!(error instanceof RangeError) || isAlone) throw error;
      const channelOrderId = (wire as { id?: unknown } | null)?.id;
      log.error({ channelOrderId: String(channelOrderId), where: error.message }, "channel.order-unreadable");
      return null;
    }
  }

  /** Whether one bad id spoils a whole answer is not known: a refused batch is halved until the bad one stands alone. */
  async function readHalving(access: ForShop, ids: string[]): Promise<OrderFacts[]> {
    try {
      return await readMany(access, ids);
    } catch (error) {
      if (!(error instanceof CallError) || !couldBeOneId(error)) throw error;
      if (ids.length === 1) {
        if (error.family === "notFound") return [];
        throw error;
      }
      const middle = Math.ceil(ids.length / 2);
      return [...(await readHalving(access, ids.slice(0, middle))), ...(await readHalving(access, ids.slice(middle)))];
    }
  }

  return {
    async get(access, channelOrderIds) {
      const found = [];
      for (const ids of chunk([...new Set(channelOrderIds)], IDS_PER_CALL))
        found.push(...(await readHalving(access, ids)));
      return found;
    },

    /** TikTok Shop fact: update times change while paging, so callers overlap their windows. */
    changedSince: (access, since, until) =>
      walkPages((page_token) =>
        client.call("searchOrders", {
          access,
          query: { page_size: ORDERS_PER_PAGE, sort_field: "update_time", sort_order: "ASC", page_token },
          body: { update_time_ge: seconds(since), ...(until && { update_time_lt: seconds(until) }) },
          wire: orderPage,
          read: ({ orders, next_page_token }) => ({
            items: orders.map(({ id, update_time }) => ({ channelOrderId: id, updatedAt: update_time ?? since })),
            next: next_page_token,
          }),
        }),
      ),

    /** Creation times never change, so a walk by them misses nothing while it goes on. */
    createdBetween: (access, from, until) =>
      walkPages((page_token) =>
        client.call("searchOrders", {
          access,
          query: { page_size: ORDERS_PER_PAGE, sort_field: "create_time", sort_order: "ASC", page_token },
          body: { create_time_ge: seconds(from), create_time_lt: seconds(until) },
          wire: orderPage,
          read: ({ orders, next_page_token }) => ({
            items: orders.map(({ id, create_time, update_time }) => ({
              channelOrderId: id,
              createdAt: create_time ?? from,
              updatedAt: update_time ?? until,
            })),
            next: next_page_token,
          }),
        }),
      ),

    async writeReferences(access, references) {
      const failures: PartialResult["failures"] = [];
      for (const some of chunk(references, REFERENCES_PER_CALL)) {
        const result = await client.call("addExternalOrderReferences", {
          access,
          body: { orders: some.map(asExternalOrder) },
          parts: "expected",
          wire: batchResult,
          read: (_wire, answer) => partialResult("addExternalOrderReferences", answer.failures),
        });
        failures.push(...result.failures);
      }
      return { failures };
    },

    async *cancellations(access, { channelOrderIds, since }) {
      const parts = channelOrderIds ? chunk(channelOrderIds, IDS_PER_CALL) : [undefined];
      for (const order_ids of parts) {
        yield* walkPages((page_token) =>
          client.call("searchCancellations", {
            access,
            query: { page_size: CANCELLATIONS_PER_PAGE, sort_field: "update_time", sort_order: "ASC", page_token },
            body: { order_ids, ...(since && { update_time_ge: seconds(since) }) },
            wire: cancellationPage,
            read: ({ cancellations, next_page_token }) => ({
              items: cancellations.map(asCancellation),
              next: next_page_token,
            }),
          }),
        );
      }
    },

    /** TikTok Shop fact §11: one order a call. */
    async priceParts(access, channelOrderId) {
      const { region, sellerType = "LOCAL" } = await access.get();
      try {
        return await client.call("getPriceDetail", {
          access,
          path: { order_id: channelOrderId },
          wire: priceDetail,
          read: (wire, context) =>
            readPriceParts(wire, {
              currency: wire.currency ?? context.access.currency,
              taxName: taxRulesOf({ region, sellerType }).name,
            }),
        });
      } catch (error) {
        if (error instanceof CallError && error.family === "notFound") return null;
        throw error;
      }
    },

    ...createFulfilment(client),
  };
}

const asExternalOrder = ({ channelOrderId, externalId, lines }: OrderReference) => ({
  id: channelOrderId,
  external_order: {
    id: externalId,
    platform: "SHOPIFY",
    line_items: lines
      .slice(0, UNITS_PER_REFERENCE)
      .map(({ channelLineId, externalLineId }) => ({ id: externalLineId, origin_id: channelLineId })),
  },
});

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

const couldBeOneId = ({ family, code }: CallError) =>
  family === "notFound" || family === "unknown" || code === "36009004";

function asCancellation(wire: CancellationWire): Cancellation {
  const { refund_amount: refund } = wire;
  const deadlines = wire.seller_next_action_response.flatMap(({ deadline }) => deadline ?? []);
  return {
    channelCancelId: wire.cancel_id,
    channelOrderId: wire.order_id,
    status: word(CANCEL_STATUSES, wire.cancel_status),
    by: word(ROLES, wire.role),
    reason: wire.cancel_reason_text ?? wire.cancel_reason ?? "",
    restock: wire.should_replenish_stock,
    channelLineIds: wire.cancel_line_items.flatMap(({ order_line_item_id }) => order_line_item_id ?? []),
    refundMinor: refund?.currency ? minorOrNull(refund.refund_total, refund.currency) : null,
    answerBy: deadlines.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    updatedAt: wire.update_time ?? wire.create_time ?? new Date(0),
  };
}
