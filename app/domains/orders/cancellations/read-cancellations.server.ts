import type { Cancellation } from "../../../channels/port.ts";
import type { Tx } from "../../../platform/db.server.ts";
import { isNear } from "../deadlines.server.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { ERASED } from "../privacy/what-is-kept.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { lockOrder, type OrderRow } from "../store.server.ts";

/** Asks the channel for cancellations of these orders and stores what is newer than what we know. */
export async function readCancellations(
  deps: OrdersDeps,
  connection: OrdersConnection,
  query: { channelOrderIds: string[] },
): Promise<void> {
  const port = deps.channels(connection.channel).orders;
  for await (const cancellation of port.cancellations(deps.forShop(connection.id), query)) {
    await deps.engine.change((tx) => storeCancellation(deps, tx, connection, cancellation));
  }
}

/** Stores one cancellation. "unknown-order": its order was never read. */
export async function storeCancellation(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  cancellation: Cancellation,
): Promise<"stored" | "older" | "unknown-order"> {
  const order = await lockOrder(tx, connection, cancellation.channelOrderId);
  if (!order) return "unknown-order";
  const key = { orderId: order.id, channelCancelId: cancellation.channelCancelId };
  const known = await tx.orderCancellation.findUnique({ where: { orderId_channelCancelId: key } });
  if (known && known.updateTime >= cancellation.updatedAt && known.status === cancellation.status) return "older";
  if (known && known.updateTime > cancellation.updatedAt) return "older";
  // what was erased stays erased, whatever the channel still tells
  const reason = order.erased >= ERASED.buyer ? null : cancellation.reason;
  const data = {
    ...{
      status: cancellation.status,
      cancelledBy: cancellation.by,
      reason,
      restock: cancellation.restock,
    },
    ...{
      channelLineIds: cancellation.channelLineIds,
      answerBy: cancellation.answerBy,
      refundMinor: cancellation.refundMinor,
      updateTime: cancellation.updatedAt,
    },
  };
  await tx.orderCancellation.upsert({
    where: { orderId_channelCancelId: key },
    create: { ...key, shopId: order.shopId, ...data },
    update: data,
  });
  const { by, status, updatedAt } = cancellation;
  await recordOrderActivity(tx, order, {
    event: "cancellation.seen",
    actor: { kind: "channel", id: connection.channel },
    data: { by, status, happenedAt: updatedAt.toISOString() },
  });
  await showRequest(tx, order, { ...cancellation, reason: reason ?? "" }, deps.clock.now());
  // taken back or refused: what waits to be shipped goes on. A cancellation that came to be wakes it once it is carried
  if (known?.status === "requested" && !CANCELS.has(status))
    await deps.engine.raise(tx, scopeOf(connection.id), `cancellation:${order.channelOrderId}`);
  return "stored";
}

const CANCELS = new Set<string>(["requested", "approved", "completed"]);

/** A buyer's request is shown until it is decided. */
async function showRequest(
  tx: Tx,
  order: OrderRow,
  { status, answerBy, reason }: Cancellation,
  now: Date,
): Promise<void> {
  if (status !== "requested") await closeOrderProblems(tx, order, ["cancellation-requested"]);
  else
    await openOrderProblem(tx, order, {
      kind: "cancellation-requested",
      severity: isNear(answerBy, now) ? "urgent" : "needs-you",
      data: { reason, answerBy: answerBy?.toISOString() ?? "" },
    });
}
