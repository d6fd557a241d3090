import type { Json } from "../../../platform/db.server.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import type { OrderProblemKind } from "../model.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import type { ParcelTurn } from "./ship-parcel.server.ts";

export const SHIPMENT_PROBLEMS = [
  "shipment-carrier-unknown",
  "shipment-tracking-missing",
  "shipment-conflict",
  "shipment-refused",
  "shipment-by-platform",
  "shipment-tracking-invalid",
  "shipment-split-refused",
  "shipment-correction-refused",
] as const satisfies readonly OrderProblemKind[];

/**
 * Committed before the call: a shipment found "sending" is looked for before it is sent again, and a number that may have reached the channel
 * is known as ours from now on. `takeBack`: nothing was done.
 */
export async function markSending(
  { deps, ctx, shipment }: ParcelTurn,
  options: { takeBack?: boolean } = {},
): Promise<void> {
  const { trackingNumber, toldNumbers } = shipment;
  const told = trackingNumber ? [...new Set([...toldNumbers, trackingNumber])] : toldNumbers;
  const data = options.takeBack
    ? { state: "wanted", sentAt: null, toldNumbers }
    : { state: "sending", sentAt: ctx.now(), toldNumbers: told };
  await deps.db.shipment.update({ where: { id: shipment.id }, data });
}

/** The channel has the parcel under the wanted number. */
export async function markSent(
  { deps, ctx, order, shipment }: ParcelTurn,
  sent: { packageId: string | null; how: "sent" | "found" | "corrected" },
): Promise<Ending> {
  const { trackingNumber, toldNumbers } = shipment;
  await deps.engine.change(async (tx) => {
    await tx.shipment.update({
      where: { id: shipment.id },
      data: {
        ...{ state: "sent", channelPackageId: sent.packageId, reason: null },
        ...{ toldNumbers: [...new Set([...toldNumbers, ...(trackingNumber ? [trackingNumber] : [])])] },
        toldAt: shipment.toldAt ?? ctx.now(),
        ...(sent.how === "corrected" ? { corrections: { increment: 1 } } : {}),
      },
    });
    // when the call began, which is what counts against the deadline; of a parcel somebody else told of it is not known
    const shippedAt = sent.how === "sent" ? ctx.now() : shipment.sentAt;
    if (shippedAt) await tx.channelOrder.updateMany({ where: { id: order.id, shippedAt: null }, data: { shippedAt } });
    await closeOrderProblems(tx, order, SHIPMENT_PROBLEMS);
    await recordOrderActivity(tx, order, {
      event: "shipment.sent",
      data: { how: sent.how, units: shipment.channelLineIds.length, shipmentId: shipment.id },
    });
  });
  return { kind: "done" };
}

/** Somebody must act. Every change of the fulfilment in Shopify, and the slow look, tries again. */
export async function parkShipment(
  { deps, order, shipment }: ParcelTurn,
  problem: { kind: (typeof SHIPMENT_PROBLEMS)[number]; data?: Record<string, Json> },
): Promise<Ending> {
  await deps.engine.change(async (tx) => {
    await tx.shipment.update({ where: { id: shipment.id }, data: { state: "parked", reason: problem.kind } });
    await closeOrderProblems(
      tx,
      order,
      SHIPMENT_PROBLEMS.filter((kind) => kind !== problem.kind),
    );
    await openOrderProblem(tx, order, { ...problem, severity: "needs-you" });
    if (shipment.reason !== problem.kind)
      await recordOrderActivity(tx, order, { event: "shipment.parked", data: { why: problem.kind } });
  });
  return { kind: "waits", for: "merchant", reason: problem.kind };
}
