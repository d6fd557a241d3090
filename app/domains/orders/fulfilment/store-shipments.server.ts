import type { Tx } from "../../../platform/db.server.ts";
import type { OrderState } from "../../../shopify/model.ts";
import type { ShipmentState } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { lockOrder, type OrderRow, type ShipmentRow } from "../store.server.ts";
import { plainNumber } from "./judge-tracking.ts";
import { planShipments } from "./plan-shipment.ts";
import { isPlatformMark, PLATFORM_MARK } from "./platform-parcels.ts";
import { SHIPMENT_PROBLEMS } from "./shipment-state.server.ts";

/** Stores what Shopify says was fulfilled. Returns the shipments the channel is still to be told of. */
export async function storeShipments(tx: Tx, order: OrderRow, state: OrderState): Promise<ShipmentRow[]> {
  await lockOrder(tx, order, order.channelOrderId);
  const known = await tx.shipment.findMany({ where: { orderId: order.id } });
  const plan = planShipments(
    order.lines,
    known.map((row) => ({ ...row, state: row.state as ShipmentState })),
    state.fulfillments.filter((one) => !isCarriedBack(known, one)),
  );
  const { shopId, connectionId } = order;
  if (plan.create.length > 0) {
    await tx.shipment.createMany({
      data: plan.create.map((one) => ({ ...one, shopId, connectionId, orderId: order.id })),
      skipDuplicates: true,
    });
    await recordOrderActivity(tx, order, {
      event: "order.fulfilled-in-shopify",
      actor: { kind: "shopify", id: "fulfilment" },
      data: { parcels: plan.create.length, ...toldBy(state, plan.create) },
    });
  }
  // a parked shipment that was changed gets another try
  for (const { shopifyFulfillmentId, ...changed } of [...plan.update, ...plan.rechoose])
    await tx.shipment.updateMany({
      where: { shopId, shopifyFulfillmentId },
      data: { ...changed, state: "wanted", reason: null },
    });
  for (const { shopifyFulfillmentId, anew } of plan.adopt)
    await tx.shipment.updateMany({ where: { shopId, shopifyFulfillmentId }, data: { shopifyFulfillmentId: anew } });
  if (plan.cancel.length > 0) {
    await tx.shipment.updateMany({
      where: { shopId, shopifyFulfillmentId: { in: plan.cancel } },
      data: { state: "cancelled" },
    });
    // what was wrong with a parcel is over with it
    const parked = await tx.shipment.count({ where: { orderId: order.id, state: "parked" } });
    if (parked === 0) await closeOrderProblems(tx, order, SHIPMENT_PROBLEMS);
  }
  if (plan.withdrawnAfterSending.length > 0)
    await openOrderProblem(tx, order, { kind: "shipment-changed", severity: "needs-you" });
  else await closeOrderProblems(tx, order, ["shipment-changed"]);
  return tx.shipment.findMany({
    where: {
      ...{ orderId: order.id, state: { in: ["wanted", "sending", "parked"] } },
      // parcels the platform ships go the other way
      shopifyFulfillmentId: { not: { startsWith: PLATFORM_MARK } },
    },
    orderBy: { shopifyFulfillmentId: "asc" },
  });
}

/** A fulfilment we made of a parcel the platform ships: the channel knows it better than anybody. */
function isCarriedBack(known: ShipmentRow[], { tracking }: OrderState["fulfillments"][number]): boolean {
  const numbers = known.filter(isPlatformMark).map((row) => plainNumber(row.trackingNumber ?? ""));
  return tracking.some((one) => one.number !== null && numbers.includes(plainNumber(one.number)));
}

/** When the first of these was made, as Shopify says it: it is read for the first time, so its last change is its making. */
function toldBy(state: OrderState, made: readonly { shopifyFulfillmentId: string }[]): { happenedAt?: string } {
  const ids = new Set(made.map((one) => one.shopifyFulfillmentId));
  const [first] = state.fulfillments.flatMap((one) => (ids.has(one.id) ? one.updatedAt : [])).sort((a, b) => +a - +b);
  return first ? { happenedAt: first.toISOString() } : {};
}
