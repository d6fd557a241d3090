import type { OrderFacts } from "../../../channels/port.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { hasLeft, hasPlatformLabel } from "../fulfilment/platform-parcels.ts";
import { nextImportStep } from "../import/next-import-step.ts";
import { importFactsOf, type OrderRow } from "../store.server.ts";
import { importSubject, orderObject, readSubject } from "../subjects.ts";

/** After a newer reading was stored: what is due for this order now, in the same transaction. */
export async function wantNext(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  { before, order, facts, isNew }: { before: OrderRow; order: OrderRow; facts: OrderFacts; isNew: boolean },
): Promise<void> {
  const common = { scope: scopeOf(connection.id), object: orderObject(order.channelOrderId) };
  const wants: Want[] = [];
  // Arming and cut-off are judged when the import is worked; here every import that has something to do is wanted.
  const step = nextImportStep(importFactsOf(order), {
    ...{ now: deps.clock.now(), isArmed: true, cutoffAt: null },
    leaveOut: connection.settings.importing.leaveOut,
  });
  if (step.step !== "nothing") wants.push({ lane: "orders", subject: importSubject(order.channelOrderId), ...common });
  if (hasAfterSales(facts) || (!isNew && (await hasOpenCancellation(tx, order))))
    wants.push({ lane: "after-sales", subject: readSubject(order.channelOrderId), ...common });
  const isPlatforms = hasPlatformLabel(facts) || facts.fulfilledBy === "platform";
  const isGoing = order.shopifyOrderId !== null && isPlatforms && hasLeft(facts.status);
  if (before.status !== facts.status && (isGoing || (!isNew && (await hasOpenShipment(tx, order))))) {
    wants.push({ lane: "fulfilment", subject: readSubject(order.channelOrderId), ...common });
  }
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

const hasAfterSales = (facts: OrderFacts): boolean =>
  facts.buyerAskedToCancel || facts.status === "cancelled" || facts.lines.some((line) => line.status === "cancelled");

async function hasOpenCancellation(tx: Tx, order: OrderRow): Promise<boolean> {
  const open = await tx.orderCancellation.count({
    where: { orderId: order.id, status: { in: ["requested", "approved"] } },
  });
  return open > 0;
}

async function hasOpenShipment(tx: Tx, order: OrderRow): Promise<boolean> {
  return (
    (await tx.shipment.count({ where: { orderId: order.id, state: { in: ["wanted", "sending", "parked"] } } })) > 0
  );
}
