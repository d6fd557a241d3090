import type { ChannelOrder } from "@prisma/client";
import { type Actor, closeProblems, openProblem, recordActivity } from "../../platform/activity.server.ts";
import type { Json, Tx } from "../../platform/db.server.ts";
import { type OrderProblemKind, orderProblemKey } from "./model.ts";

type AboutOrder = Pick<ChannelOrder, "shopId" | "connectionId" | "channelOrderId" | "id">;

const subjectOf = (order: AboutOrder) => `order:${order.id}`;

/** Opens (or renews) the one problem of this kind about this order. No buyer data in `data`. */
export async function openOrderProblem(
  tx: Tx,
  order: AboutOrder,
  problem: { kind: OrderProblemKind; severity: "urgent" | "needs-you" | "info"; data?: Record<string, Json> },
): Promise<void> {
  await openProblem(tx, {
    shopId: order.shopId,
    key: orderProblemKey(problem.kind, order.connectionId, order.channelOrderId),
    kind: problem.kind,
    severity: problem.severity,
    connectionId: order.connectionId,
    subject: subjectOf(order),
    data: { channelOrderId: order.channelOrderId, ...problem.data },
  });
}

/** Closes problems of these kinds about this order; those not open are left. */
export async function closeOrderProblems(tx: Tx, order: AboutOrder, kinds: readonly OrderProblemKind[]): Promise<void> {
  await closeProblems(tx, {
    shopId: order.shopId,
    keys: kinds.map((kind) => orderProblemKey(kind, order.connectionId, order.channelOrderId)),
  });
}

/** One line in the order's history. No buyer data in `data`. */
export async function recordOrderActivity(
  tx: Tx,
  order: AboutOrder,
  entry: { event: string; actor?: Actor; data?: Record<string, Json> },
): Promise<void> {
  await recordActivity(tx, {
    shopId: order.shopId,
    actor: entry.actor ?? { kind: "job", id: "orders" },
    event: entry.event,
    subject: subjectOf(order),
    data: { channelOrderId: order.channelOrderId, ...entry.data },
  });
}
