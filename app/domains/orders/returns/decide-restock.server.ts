import type { Actor } from "../../../platform/activity.server.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { closeOrderProblems, recordOrderActivity } from "../problems.server.ts";

/** Which units of a return go back on sale; the others do not. Decided once: Shopify processes a unit once. */
export async function decideRestock(
  deps: OrdersDeps,
  input: { shopId: string; orderId: string; requestId: string; restockLineIds: string[]; actor: Actor },
): Promise<{ outcome: "told" | "not-found" | "already" }> {
  const { shopId, orderId, requestId } = input;
  return deps.engine.change(async (tx) => {
    const order = await tx.channelOrder.findFirst({ where: { id: orderId, shopId } });
    const found = await tx.orderReturn.findFirst({ where: { shopId, orderId, channelReturnId: requestId } });
    if (!order || !found) return { outcome: "not-found" };
    const restockLineIds = found.channelLineIds.filter((id) => input.restockLineIds.includes(id));
    const { count } = await tx.orderReturn.updateMany({
      where: { id: found.id, restockDecided: false },
      data: { restockDecided: true, restockLineIds },
    });
    if (count === 0) return { outcome: "already" };
    await closeOrderProblems(tx, order, ["return-restock"]);
    await recordOrderActivity(tx, order, {
      event: "return.restock-decided",
      actor: input.actor,
      data: { count: restockLineIds.length, units: found.channelLineIds.length },
    });
    await deps.engine.want(tx, { ...afterSalesWant(order.connectionId, order.channelOrderId), urgency: 1 });
    return { outcome: "told" };
  });
}
