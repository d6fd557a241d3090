import type { ChannelReturn } from "../../../channels/port.ts";
import type { Tx } from "../../../platform/db.server.ts";
import { isNear } from "../deadlines.server.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import type { OrderProblemKind } from "../model.ts";
import { ERASED } from "../privacy/what-is-kept.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { lockOrder, type OrderRow } from "../store.server.ts";

/** Asks the channel for returns of these orders and stores what is newer than what we know. */
export async function readReturns(
  deps: OrdersDeps,
  connection: OrdersConnection,
  query: { channelOrderIds: string[] },
): Promise<void> {
  const port = deps.channels(connection.channel).afterSales;
  for await (const found of port.returns(deps.forShop(connection.id), query))
    await deps.engine.change((tx) => storeReturn(deps, tx, connection, found));
}

/** Stores one return. "unknown-order": its order was never read. */
export async function storeReturn(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  found: ChannelReturn,
): Promise<"stored" | "older" | "unknown-order"> {
  const order = await lockOrder(tx, connection, found.channelOrderId);
  if (!order) return "unknown-order";
  const key = { orderId: order.id, channelReturnId: found.channelReturnId };
  const known = await tx.orderReturn.findUnique({ where: { orderId_channelReturnId: key } });
  const { updatedAt, status } = found;
  if (known && (known.updateTime > updatedAt || (known.status === status && known.updateTime >= updatedAt)))
    return "older";
  // what was erased stays erased, whatever the channel still tells
  const isErased = order.erased >= ERASED.buyer;
  const reason = isErased ? null : found.reason;
  const data = {
    ...{ kind: found.kind, status, openedBy: found.by, reason, channelLineIds: found.channelLineIds },
    ...{ isKept: found.isKept, refundMinor: found.refundMinor, platformMinor: found.platformMinor },
    ...{
      dispute: found.dispute,
      trackingNumber: isErased ? null : found.trackingNumber,
      answerBy: found.answerBy,
      updateTime: updatedAt,
    },
  };
  await tx.orderReturn.upsert({
    where: { orderId_channelReturnId: key },
    create: { ...key, shopId: order.shopId, ...data },
    update: data,
  });
  if (known?.status !== status)
    await recordOrderActivity(tx, order, {
      event: "return.seen",
      actor: { kind: "channel", id: connection.channel },
      data: { status, kind: found.kind, by: found.by, happenedAt: updatedAt.toISOString() },
    });
  await showReturn(tx, order, { ...found, reason: reason ?? "" }, deps.clock.now());
  return "stored";
}

const ASKING: readonly OrderProblemKind[] = ["return-requested", "return-arrived"];

/** What the seller must answer is shown until it is answered. */
async function showReturn(tx: Tx, order: OrderRow, found: ChannelReturn, now: Date): Promise<void> {
  const { status, answerBy, reason } = found;
  const kind = status === "requested" ? "return-requested" : status === "item-sent" ? "return-arrived" : null;
  await closeOrderProblems(
    tx,
    order,
    ASKING.filter((one) => one !== kind),
  );
  if (!kind) return;
  await openOrderProblem(tx, order, {
    kind,
    severity: answerBy && isNear(answerBy, now) ? "urgent" : "needs-you",
    data: { reason, answerBy: answerBy?.toISOString() ?? "" },
  });
}
