import type { OrderFacts } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { readFromChannel } from "../intake/read-orders.server.ts";
import { storeOrder } from "../intake/store-order.server.ts";
import type { OrderRow, ShipmentRow } from "../store.server.ts";
import { createCarriers, type FindCarriers } from "./carriers.server.ts";
import { judgeShipping, type ShippingVerdict } from "./judge-shipping.ts";
import { matchCarrier } from "./match-carrier.ts";
import { markSending, markSent, parkShipment } from "./shipment-state.server.ts";

/** A hold is looked at again so soon; its end wants us anyway. */
const HOLD_LOOK_MS = 60_000;
const CANCELLATION_LOOK_MS = 5 * 60_000;
const LOOK_MS = 2_000;
/** A call whose end was not seen is not repeated before its effect can no longer come: deadline 10 s and a margin. */
const CALL_MAY_LAND_MS = 40_000;

export interface ParcelTurn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow;
  shipment: ShipmentRow;
}

const carriersOf = new WeakMap<OrdersDeps, FindCarriers>();
const carriersFor = (deps: OrdersDeps): FindCarriers => {
  const known = carriersOf.get(deps) ?? createCarriers(deps);
  carriersOf.set(deps, known);
  return known;
};

/** Tells the channel of one parcel, once. The channel is asked first: a parcel it knows already is not sent again. */
export async function shipParcel(turn: ParcelTurn): Promise<Ending> {
  const { deps, connection, order, shipment } = turn;
  const { trackingNumber } = shipment;
  if (!trackingNumber) return parkShipment(turn, { kind: "shipment-tracking-missing" });
  const reading = (await readFromChannel(deps, connection, [order.channelOrderId])).get(order.channelOrderId);
  if (!reading) return { kind: "later", reason: "the channel does not know the order" };
  await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  const verdict = await judge(turn, reading.facts, trackingNumber);
  return verdict.verdict === "ready" ? send(turn, reading.facts, trackingNumber) : act(turn, verdict);
}

/** The order's own word, and the package's where the order names one without its number. */
async function judge(
  { deps, connection, shipment }: ParcelTurn,
  facts: OrderFacts,
  trackingNumber: string,
): Promise<ShippingVerdict> {
  const untold = facts.lines.find(
    (line) => shipment.channelLineIds.includes(line.channelLineId) && line.packageId && !line.trackingNumber,
  );
  const known = untold?.packageId
    ? await deps.channels(connection.channel).orders.getPackage(deps.forShop(connection.id), untold.packageId)
    : null;
  const lines = facts.lines.map((line) =>
    known && line.packageId === known.packageId && known.trackingNumber
      ? { ...line, trackingNumber: known.trackingNumber }
      : line,
  );
  return judgeShipping({ ...facts, lines }, { channelLineIds: shipment.channelLineIds, trackingNumber });
}

async function act(turn: ParcelTurn, verdict: Exclude<ShippingVerdict, { verdict: "ready" }>): Promise<Ending> {
  const { ctx, order } = turn;
  switch (verdict.verdict) {
    case "already-sent":
      return markSent(turn, { packageId: verdict.packageId, how: "found" });
    case "conflict":
      return parkShipment(turn, { kind: "shipment-conflict", data: { channelHas: verdict.trackingNumber } });
    case "on-hold":
      return { kind: "later", at: after(ctx.now(), HOLD_LOOK_MS), reason: "the channel still holds the order" };
    case "cancellation-open":
      return {
        kind: "waits",
        for: `cancellation:${order.channelOrderId}`,
        reason: "the buyer asked to cancel",
        recheckAt: after(ctx.now(), CANCELLATION_LOOK_MS),
      };
    case "cancelled":
      return parkShipment(turn, { kind: "shipment-refused", data: { why: "cancelled" } });
    case "platform-ships":
      return parkShipment(turn, { kind: "shipment-refused", data: { why: "platform-ships" } });
  }
}

async function send(turn: ParcelTurn, facts: OrderFacts, trackingNumber: string): Promise<Ending> {
  const { deps, connection, claim, ctx, shipment } = turn;
  const mayLandUntil =
    shipment.state === "sending" && shipment.sentAt ? after(shipment.sentAt, CALL_MAY_LAND_MS) : null;
  if (mayLandUntil && ctx.now() < mayLandUntil)
    return { kind: "later", at: mayLandUntil, reason: "an old call may still land" };
  const carrierId = await findCarrier(turn, facts);
  if (carrierId === null)
    return parkShipment(turn, { kind: "shipment-carrier-unknown", data: { company: shipment.company ?? "" } });

  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  await markSending(turn);
  try {
    const { channelLineIds } = shipment;
    const { packageId } = await deps
      .channels(connection.channel)
      .orders.ship(deps.forShop(connection.id), { order: facts, channelLineIds, carrierId, trackingNumber });
    return await markSent(turn, { packageId, how: "sent" });
  } catch (error) {
    return afterError(turn, trackingNumber, error);
  }
}

async function findCarrier({ deps, connection, shipment }: ParcelTurn, facts: OrderFacts): Promise<string | null> {
  if (!facts.deliveryOptionId) return connection.settings.carrierFallbackId;
  const carriers = await carriersFor(deps)(
    connection,
    facts.deliveryOptionId,
    facts.buyer?.address.countryCode || null,
  );
  const match = matchCarrier(carriers, shipment.company, connection.settings.carrierFallbackId);
  return match.outcome === "none" ? null : match.carrier.id;
}

/** Whatever went wrong, the channel's own word decides; only a refusal it sticks to is shown to the merchant. */
async function afterError(turn: ParcelTurn, trackingNumber: string, error: unknown): Promise<Ending> {
  const { deps, connection, ctx, order } = turn;
  if (error instanceof CallError && error.mayHaveHappened)
    return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
  await markSending(turn, { takeBack: true });
  const isRefused =
    error instanceof CallError &&
    (error.family === "conflict" || error.family === "invalid" || error.family === "notFound");
  if (!isRefused) throw error;
  const reading = (await readFromChannel(deps, connection, [order.channelOrderId])).get(order.channelOrderId);
  const verdict = reading ? await judge(turn, reading.facts, trackingNumber) : { verdict: "ready" as const };
  if (verdict.verdict !== "ready") return act(turn, verdict);
  if (error.family === "conflict") return { kind: "later", reason: `refused: ${error.code ?? error.family}` };
  return parkShipment(turn, { kind: "shipment-refused", data: { why: "refused", code: error.code ?? "" } });
}
