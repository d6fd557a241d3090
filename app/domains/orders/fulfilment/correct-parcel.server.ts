import { after } from "../../../platform/clock.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { Parcel, ParcelTurn } from "./ship-parcel.server.ts";
import { markSending, markSent, parkShipment } from "./shipment-state.server.ts";

const HOUR_MS = 60 * 60_000;
const LOOK_MS = 2_000;

/**
 * Gives the channel another number for a parcel it has from us. It takes that for some time and some times only (TikTok Shop fact §12); what
 * we know it would refuse is shown instead. The call sets a value, so one whose answer was lost is looked for and repeated.
 */
export async function correctParcel(turn: ParcelTurn, parcel: Parcel, packageId: string | null): Promise<Ending> {
  const { deps, connection, ctx, order, shipment } = turn;
  // what was refused is not sent again until somebody changes it
  if (shipment.state === "parked" && shipment.reason === "shipment-correction-refused")
    return { kind: "waits", for: "merchant", reason: shipment.reason };
  const channel = deps.channels(connection.channel);
  const { withinHours, most } = channel.trackingCorrections(connection.region);
  if (shipment.corrections >= most) return refused(turn, "used-up");
  const isLate =
    withinHours !== null && shipment.toldAt !== null && ctx.now() > after(shipment.toldAt, withinHours * HOUR_MS);
  if (isLate) return refused(turn, "too-late");
  if (!channel.orders.correctTracking) return refused(turn, "not-offered");
  await markSending(turn);
  try {
    await channel.orders.correctTracking(deps.forShop(connection.id), {
      ...{ channelOrderId: order.channelOrderId, packageId: packageId ?? shipment.channelPackageId },
      ...{ carrierId: parcel.carrier.id, trackingNumber: parcel.trackingNumber },
    });
    return await markSent(turn, { packageId: packageId ?? shipment.channelPackageId, how: "corrected" });
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
    await markSending(turn, { takeBack: true });
    if (error instanceof CallError && (error.family === "conflict" || error.family === "invalid"))
      return refused(turn, "refused", error.code);
    throw error;
  }
}

const refused = (
  turn: ParcelTurn,
  why: "used-up" | "too-late" | "not-offered" | "refused",
  code = "",
): Promise<Ending> =>
  parkShipment(turn, {
    kind: "shipment-correction-refused",
    data: { why, code, number: turn.shipment.trackingNumber ?? "" },
  });
