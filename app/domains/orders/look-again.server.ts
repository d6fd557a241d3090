import type { Actor } from "../../platform/activity.server.ts";
import { afterSalesWant } from "./cancellations/poll-cancellations.server.ts";
import { type OrdersDeps, scopeOf } from "./deps.ts";
import { fulfilWant } from "./fulfilment/ask-fulfilment.server.ts";
import { fulfilmentWant } from "./fulfilment/fulfilment-want.ts";
import { readWant } from "./intake/read-orders.server.ts";
import { recordOrderActivity } from "./problems.server.ts";
import { retryParkedRefunds } from "./refunds/record-refund.server.ts";
import { importSubject, orderObject } from "./subjects.ts";

/**
 * "Look again now": somebody fixed the cause, or wants to know. The order is read anew and everything that is open about it is tried once
 * more. Safe to press twice.
 */
export async function lookAgain(
  deps: OrdersDeps,
  input: { shopId: string; id: string; actor: Actor },
): Promise<{ outcome: "looking" | "not-found" }> {
  const order = await deps.db.channelOrder.findFirst({
    where: { id: input.id, shopId: input.shopId },
    include: { fulfilmentRequest: { select: { state: true } } },
  });
  if (!order) return { outcome: "not-found" };
  const { connectionId, channelOrderId, importState } = order;
  const importing = {
    ...{ lane: "orders", scope: scopeOf(connectionId), subject: importSubject(channelOrderId) },
    object: orderObject(channelOrderId),
  };
  await deps.engine.change(async (tx) => {
    await deps.engine.want(tx, [
      readWant(connectionId, channelOrderId),
      ...(importState === "shown" && order.linkedOrderId ? [] : [importing]),
      ...(order.fulfilmentRequest && order.fulfilmentRequest.state !== "done"
        ? [fulfilWant(connectionId, channelOrderId)]
        : []),
      ...(order.shopifyOrderId
        ? [afterSalesWant(connectionId, channelOrderId), fulfilmentWant(connectionId, channelOrderId)]
        : []),
    ]);
    // what was refused is tried once more
    const refused = { orderId: order.id, shopId: order.shopId };
    await tx.sellerDecision.updateMany({
      where: { ...refused, state: "refused", beganIn: "shopify" },
      data: { state: "wanted", sentAt: null, refusedCode: null },
    });
    await tx.orderCancellation.updateMany({
      where: { ...refused, shopifyState: "parked" },
      data: { shopifyState: "wanted" },
    });
    await tx.orderReturn.updateMany({
      where: { ...refused, shopifyState: "parked" },
      data: { shopifyState: "wanted" },
    });
    await retryParkedRefunds(tx, order);
    await recordOrderActivity(tx, order, { event: "order.looked-again", actor: input.actor });
  });
  return { outcome: "looking" };
}
