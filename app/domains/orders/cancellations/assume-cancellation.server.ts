import { after } from "../../../platform/clock.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import type { AfterSalesTurn } from "../after-sales-turn.server.ts";
import { recordOrderActivity } from "../problems.server.ts";

/** The channel's list of cancellations may be behind its orders for so long. */
const LIST_LAG_MS = 2 * 60_000;
const LOOK_MS = 2_000;

/**
 * The channel calls an imported order cancelled but names no cancellation. Waits for it a while; then believes the order: nothing was
 * shipped, so all units go back.
 */
export async function assumeCancellation(turn: Pick<AfterSalesTurn, "deps" | "ctx" | "order">): Promise<Ending> {
  const { deps, ctx, order } = turn;
  const now = ctx.now();
  if (now < after(order.updateTime, LIST_LAG_MS))
    return { kind: "later", at: after(now, LOOK_MS), reason: "the channel has not named the cancellation yet" };
  const channelLineIds = order.lines.map((line) => line.channelLineId);
  await deps.engine.change(async (tx) => {
    await tx.orderCancellation.createMany({
      data: [
        {
          ...{
            shopId: order.shopId,
            orderId: order.id,
            channelCancelId: `order:${order.channelOrderId}`,
            status: "completed",
          },
          ...{ cancelledBy: "unknown", restock: true, channelLineIds, updateTime: order.updateTime },
        },
      ],
      skipDuplicates: true,
    });
    await recordOrderActivity(tx, order, { event: "cancellation.assumed" });
  });
  return { kind: "later", at: now, reason: "cancelled without a named cancellation" };
}
