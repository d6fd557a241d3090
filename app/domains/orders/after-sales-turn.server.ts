import type { OrderRefund, OrderReturn, SellerDecision } from "@prisma/client";
import type { Claim, DrainContext, Ending } from "../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "./deps.ts";
import { type CancellationRow, findOrder, type OrderRow } from "./store.server.ts";

export type ReturnRow = OrderReturn;
export type RefundRow = OrderRefund;
export type DecisionRow = SellerDecision;

/** One order's after-sales, as read at the beginning of a turn. */
export interface AfterSalesTurn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow;
  cancellations: CancellationRow[];
  returns: ReturnRow[];
  decisions: DecisionRow[];
  refunds: RefundRow[];
}

/** Everything stored about an order's after-sales. Null: the order was never read. */
export async function openTurn(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<AfterSalesTurn | null> {
  const order = await findOrder(deps.db, connection, claim.subject);
  if (!order) return null;
  const where = { orderId: order.id, shopId: order.shopId };
  const [cancellations, returns, decisions, refunds] = await Promise.all([
    deps.db.orderCancellation.findMany({ where, orderBy: { channelCancelId: "asc" } }),
    deps.db.orderReturn.findMany({ where, orderBy: { channelReturnId: "asc" } }),
    deps.db.sellerDecision.findMany({ where, orderBy: { id: "asc" } }),
    deps.db.orderRefund.findMany({ where, orderBy: { id: "asc" } }),
  ]);
  return { deps, connection, claim, ctx, order, cancellations, returns, decisions, refunds };
}

export const isArmed = ({ connection }: Pick<AfterSalesTurn, "connection">): boolean =>
  connection.armedFlows.includes("orders");

export const NOT_ARMED: Ending = { kind: "waits", for: "armed:orders", reason: "orders are not armed" };
export const DONE: Ending = { kind: "done" };

/** The end of an order's turn out of the ends of its parts: the soonest look, else what is waited for, else done. */
export function joinEndings(endings: readonly Ending[]): Ending {
  const rechecks = endings.flatMap((one) => one.recheckAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const recheck = rechecks[0] ? { recheckAt: rechecks[0] } : {};
  const later = endings.filter((one) => one.kind === "later");
  // without a time it is a failure that backs off: sooner looks of other parts come first
  const soonest = later.toSorted((a, b) => (a.at?.getTime() ?? Infinity) - (b.at?.getTime() ?? Infinity))[0];
  if (soonest) return { ...soonest, ...recheck };
  const waits = endings.find((one) => one.kind === "waits");
  return waits ? { ...waits, ...recheck } : { kind: "done", ...recheck };
}
