import { formatDecimal } from "../../../platform/money.ts";
import type { OrdersDeps } from "../deps.ts";
import { openKept } from "./open-kept.server.ts";
import { ERASED } from "./what-is-kept.ts";

/** Everything held about the buyer of these orders, the oldest first: what a machine reads and a person understands. Amounts are decimal text. */
export async function exportBuyer(
  deps: OrdersDeps,
  { shopId, orderIds }: { shopId: string; orderIds: string[] },
): Promise<object[]> {
  const rows = await deps.db.channelOrder.findMany({
    where: { shopId, id: { in: orderIds } },
    include: {
      lines: { orderBy: { channelLineId: "asc" } },
      shipments: { orderBy: { shopifyFulfillmentId: "asc" } },
      cancellations: { orderBy: { channelCancelId: "asc" } },
      returns: { orderBy: { channelReturnId: "asc" } },
      decisions: { orderBy: { createdAt: "asc" } },
      refunds: { where: { part: "money", state: "done" }, orderBy: { id: "asc" } },
      fulfilmentRequest: true,
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => {
    const amount = (minor: bigint | null) =>
      minor === null ? null : { amount: formatDecimal(minor, row.currency), currency: row.currency };
    const known = openKept(deps, row);
    return {
      ...{ channel: row.channel, channelOrderId: row.channelOrderId, status: row.status, kinds: row.kinds },
      ...{ shopifyOrderId: row.shopifyOrderId ?? row.linkedOrderId },
      shopifyOrderName: row.shopifyOrderName ?? row.linkedOrderName,
      ...{ boughtAt: row.createdAt, paidAt: row.paidAt, changedAt: row.updateTime },
      ...{ buyerPaid: amount(row.buyerPaidMinor), platformPaid: amount(row.platformPaidMinor) },
      erased: Object.keys(ERASED).find((name) => ERASED[name as keyof typeof ERASED] === row.erased) ?? "papers",
      buyer: known && { ...known.buyer, message: known.message },
      note: row.note,
      items: row.lines.map((line) => ({
        ...{ title: line.title, sku: line.sellerSku, status: line.status, isGift: line.isGift },
        ...{ price: amount(line.priceMinor), sellerDiscount: amount(line.sellerDiscountMinor) },
        ...{ platformDiscount: amount(line.platformDiscountMinor), tax: amount(line.taxMinor) },
      })),
      parcels: row.shipments.map(({ company, trackingNumber, state, toldAt }) => ({
        ...{ company, trackingNumber, state, toldAt },
      })),
      askedToShip: row.fulfilmentRequest && {
        ...{ company: row.fulfilmentRequest.company, trackingNumber: row.fulfilmentRequest.trackingNumber },
        at: row.fulfilmentRequest.askedAt,
      },
      cancellations: row.cancellations.map(({ status, cancelledBy, reason, refundMinor, updateTime }) => ({
        ...{ status, by: cancelledBy, reason, refund: amount(refundMinor), changedAt: updateTime },
      })),
      returns: row.returns.map(({ kind, status, openedBy, reason, refundMinor, trackingNumber, updateTime }) => ({
        ...{ kind, status, by: openedBy, reason, refund: amount(refundMinor), trackingNumber, changedAt: updateTime },
      })),
      answers: row.decisions.map(({ kind, reason, comment, evidence, state, createdAt }) => ({
        ...{ kind, reason, comment, evidence, state, at: createdAt },
      })),
      refunds: row.refunds.map(({ source, amountMinor }) => ({ for: source, refund: amount(amountMinor) })),
    };
  });
}
