import type { OrderFacts } from "../../../channels/port.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { hasLeft, hasPlatformLabel } from "../fulfilment/platform-parcels.ts";
import { nextImportStep } from "../import/next-import-step.ts";
import { getOrderRow, importFactsOf, type OrderRow } from "../store.server.ts";
import { importSubject, orderObject, readSubject } from "../subjects.ts";

/** After a newer reading was stored: what is due for this order now, in the same transaction. */
export async function wantNext(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  { before, facts }: { before: OrderRow; facts: OrderFacts },
): Promise<void> {
  const order = await getOrderRow(tx, before.shopId, before.id);
  const common = { scope: scopeOf(connection.id), object: orderObject(order.channelOrderId) };
  const wants: Want[] = [];
  // Arming and cut-off are judged when the import is worked; here every import that has something to do is wanted.
  const step = nextImportStep(importFactsOf(order), {
    ...{ now: deps.clock.now(), isArmed: true, cutoffAt: null },
    leaveOut: connection.settings.importing.leaveOut,
  });
  if (step.step !== "nothing") wants.push({ lane: "orders", subject: importSubject(order.channelOrderId), ...common });
  if (await hasAfterSales(tx, order, facts))
    wants.push({ lane: "after-sales", subject: readSubject(order.channelOrderId), ...common });
  const isPlatforms = hasPlatformLabel(facts) || facts.fulfilledBy === "platform";
  const isGoing = order.shopifyOrderId !== null && isPlatforms && hasLeft(facts.status);
  if (before.status !== facts.status && (isGoing || (await hasOpenShipment(tx, order)))) {
    wants.push({ lane: "fulfilment", subject: readSubject(order.channelOrderId), ...common });
  }
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

async function hasAfterSales(tx: Tx, order: OrderRow, facts: OrderFacts): Promise<boolean> {
  if (
    facts.buyerAskedToCancel ||
    facts.status === "cancelled" ||
    facts.lines.some((line) => line.status === "cancelled")
  )
    return true;
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
