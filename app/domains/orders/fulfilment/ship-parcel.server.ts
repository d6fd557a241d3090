import type { Carrier, OrderFacts } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { OrderState } from "../../../shopify/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { readFromChannel } from "../intake/read-orders.server.ts";
import { storeOrder } from "../intake/store-order.server.ts";
import { findOrder, type OrderRow, type ShipmentRow } from "../store.server.ts";
import { rememberCarrier, rememberedCarriers } from "./carrier-choices.server.ts";
import { carriersFor } from "./carriers.server.ts";
import { correctParcel } from "./correct-parcel.server.ts";
import { judgeShipping, type ShippingVerdict } from "./judge-shipping.ts";
import { judgeSplit } from "./judge-split.ts";
import { judgeTracking, plainNumber } from "./judge-tracking.ts";
import { matchCarrier } from "./match-carrier.ts";
import { hasPlatformLabel } from "./platform-parcels.ts";
import { markSending, markSent, parkShipment } from "./shipment-state.server.ts";
import { storeShipments } from "./store-shipments.server.ts";

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
  /** The Shopify order it is a parcel of. */
  state: OrderState;
  shipment: ShipmentRow;
}

/** The parcel as the channel is to know it. */
export interface Parcel {
  facts: OrderFacts;
  trackingNumber: string;
  carrier: Carrier;
}

/** Tells the channel of one parcel, once. The channel is asked first: a parcel it knows already is not sent again. */
export async function shipParcel(turn: ParcelTurn): Promise<Ending> {
  const { deps, connection, order, shipment } = turn;
  const { trackingNumber } = shipment;
  // what the platform ships has its number from there, whatever somebody ticked off in Shopify
  if (!trackingNumber && hasPlatformLabel(factsFromJson(order.facts))) return { kind: "done" };
  if (!trackingNumber) return parkShipment(turn, { kind: "shipment-tracking-missing" });
  const reading = (await readFromChannel(deps, connection, [order.channelOrderId])).get(order.channelOrderId);
  if (!reading) return { kind: "later", reason: "the channel does not know the order" };
  await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  const verdict = await judge(turn, reading.facts, trackingNumber);
  return act(turn, reading.facts, trackingNumber, verdict);
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
  const known = untold?.packageId ? await readPackage(deps, connection, untold.packageId) : null;
  const lines = facts.lines.map((line) =>
    known && line.packageId === known.packageId && known.trackingNumber
      ? { ...line, trackingNumber: known.trackingNumber }
      : line,
  );
  const { channelLineIds, toldNumbers } = shipment;
  return judgeShipping({ ...facts, lines }, { channelLineIds, trackingNumber, toldNumbers });
}

const readPackage = (deps: OrdersDeps, connection: OrdersConnection, packageId: string) =>
  deps.channels(connection.channel).orders.getPackage(deps.forShop(connection.id), packageId);

async function act(
  turn: ParcelTurn,
  facts: OrderFacts,
  trackingNumber: string,
  verdict: ShippingVerdict,
): Promise<Ending> {
  const { ctx, order } = turn;
  switch (verdict.verdict) {
    case "ready":
      return send(turn, facts, trackingNumber);
    case "correct":
      return tell(turn, facts, trackingNumber, (parcel) => correctParcel(turn, parcel, verdict.packageId));
    case "already-sent":
      await learnCarrier(turn, facts, verdict.packageId);
      return markSent(turn, {
        packageId: verdict.packageId,
        how: wasCorrecting(turn.shipment) ? "corrected" : "found",
      });
    case "conflict":
      if (hasPlatformLabel(facts)) return parkShipment(turn, { kind: "shipment-by-platform" });
      return parkShipment(turn, { kind: "shipment-conflict", data: { channelHas: verdict.trackingNumber } });
    case "on-hold":
      // a wait, not a back-off: the reading that ends the hold wants us, and then at once
      return {
        kind: "waits",
        for: `hold:${order.channelOrderId}`,
        reason: "the channel still holds the order",
        recheckAt: after(ctx.now(), HOLD_LOOK_MS),
      };
    case "cancellation-open":
      return {
        kind: "waits",
        for: `cancellation:${order.channelOrderId}`,
        reason: "the buyer asked to cancel",
        recheckAt: after(ctx.now(), CANCELLATION_LOOK_MS),
      };
    case "cancelled":
      return chooseOthers(turn);
    case "platform-ships":
      return parkShipment(turn, { kind: "shipment-by-platform" });
  }
}

/**
 * Units of the parcel were cancelled before the channel was told of it: since the parcel was planned, or before we knew. Others of their kind
 * take their place; where there are none, nothing of it is to be told, and what was shipped all the same is told with the cancellation.
 */
async function chooseOthers(turn: ParcelTurn): Promise<Ending> {
  const { deps, connection, ctx, order, shipment, state } = turn;
  const mayLandUntil = landsUntil(turn);
  if (mayLandUntil) return { kind: "later", at: mayLandUntil, reason: "an old call may still land" };
  return deps.engine.change(async (tx) => {
    // the channel was read just before: no call of ours has reached it
    await tx.shipment.update({ where: { id: shipment.id }, data: { toldNumbers: [], sentAt: null } });
    const current = await findOrder(tx, connection, order.channelOrderId);
    const open = current ? await storeShipments(tx, current, state) : [];
    return open.some((one) => one.id === shipment.id)
      ? { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "units of the parcel were cancelled: it holds others" }
      : { kind: "done" };
  });
}

/** Until when a call that was made may still take effect; also of a number that was changed in Shopify while it was under way. */
function landsUntil({ ctx, shipment }: ParcelTurn): Date | null {
  const isUncertain = shipment.state === "sending" || shipment.toldAt === null;
  const until = isUncertain && shipment.sentAt ? after(shipment.sentAt, CALL_MAY_LAND_MS) : null;
  return until && ctx.now() < until ? until : null;
}

/** A correction whose answer was lost. */
const wasCorrecting = ({ state, toldAt }: ShipmentRow): boolean => state === "sending" && toldAt !== null;

/** What is known to be refused is not sent: an unknown carrier, a number that is none, a split the channel forbids. */
async function tell(
  turn: ParcelTurn,
  facts: OrderFacts,
  trackingNumber: string,
  call: (parcel: Parcel) => Promise<Ending>,
): Promise<Ending> {
  const { deps, connection, claim, ctx, shipment } = turn;
  const mayLandUntil = landsUntil(turn);
  if (mayLandUntil) return { kind: "later", at: mayLandUntil, reason: "an old call may still land" };
  const { carrier, offered } = await findCarrier(turn, facts);
  if (carrier === null) {
    const data = { company: shipment.company ?? "", carriers: offered.map(({ id, name }) => ({ id, name })) };
    return parkShipment(turn, { kind: "shipment-carrier-unknown", data });
  }
  const format = deps.channels(connection.channel).trackingFormat(carrier.name, connection.region);
  const fault = judgeTracking(trackingNumber, format);
  if (fault !== null)
    return parkShipment(turn, { kind: "shipment-tracking-invalid", data: { why: fault, carrier: carrier.name } });
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  return call({ facts, carrier, trackingNumber: plainNumber(trackingNumber) });
}

async function send(turn: ParcelTurn, facts: OrderFacts, trackingNumber: string): Promise<Ending> {
  const { deps, connection, shipment } = turn;
  const { channelLineIds } = shipment;
  const split = await judgeSplit({ facts, channelLineIds }, () => readSplitRules(turn));
  if (split !== null) return parkShipment(turn, { kind: "shipment-split-refused", data: { ...split } });
  return tell(turn, facts, trackingNumber, async (parcel) => {
    await markSending(turn);
    try {
      const { packageId } = await deps.channels(connection.channel).orders.ship(deps.forShop(connection.id), {
        ...{ order: facts, channelLineIds, trackingNumber: parcel.trackingNumber },
        carrierId: parcel.carrier.id,
      });
      return await markSent(turn, { packageId, how: "sent" });
    } catch (error) {
      return afterError(turn, trackingNumber, error);
    }
  });
}

/** A consent from before the app asked for this permission: the ship call then tells what is wrong. */
async function readSplitRules({ deps, connection, order }: ParcelTurn) {
  const { orders } = deps.channels(connection.channel);
  try {
    return (await orders.splitRules?.(deps.forShop(connection.id), order.channelOrderId)) ?? null;
  } catch (error) {
    if (error instanceof CallError && error.family === "permission") return null;
    throw error;
  }
}

async function findCarrier(
  { deps, connection, shipment }: ParcelTurn,
  facts: OrderFacts,
): Promise<{ carrier: Carrier | null; offered: Carrier[] }> {
  const fallbackId = connection.settings.carrierFallbackId;
  const { deliveryOptionId } = facts;
  if (!deliveryOptionId) return { carrier: fallbackId === null ? null : { id: fallbackId, name: "" }, offered: [] };
  const region = facts.buyer?.address.countryCode || null;
  const offered = await carriersFor(deps)(connection, deliveryOptionId, region);
  const { company, shopId } = shipment;
  const remembered = await rememberedCarriers(deps.db, {
    ...{ shopId, connectionId: connection.id, deliveryOptionId, company },
  });
  const match = matchCarrier(offered, company, { fallbackId, remembered });
  return { carrier: match.outcome === "none" ? null : match.carrier, offered };
}

/** Somebody told the channel by hand, with a carrier of its own: what they took for this company is right from now on. */
async function learnCarrier(turn: ParcelTurn, facts: OrderFacts, packageId: string | null): Promise<void> {
  const { deps, connection, shipment } = turn;
  const { deliveryOptionId } = facts;
  const isOurs = shipment.toldNumbers.length > 0;
  if (isOurs || !packageId || !deliveryOptionId || !shipment.company) return;
  const known = await readPackage(deps, connection, packageId);
  if (!known?.carrierId || !known.carrierName) return;
  const of = { shopId: shipment.shopId, connectionId: connection.id, deliveryOptionId, company: shipment.company };
  const carrier = { id: known.carrierId, name: known.carrierName };
  await rememberCarrier(deps.db, of, { carrier, source: "learned" });
}

/** Whatever went wrong, the channel's own word decides; only a refusal it sticks to is shown to the merchant. */
async function afterError(turn: ParcelTurn, trackingNumber: string, error: unknown): Promise<Ending> {
  const { deps, connection, ctx, order } = turn;
  if (error instanceof CallError && error.mayHaveHappened)
    return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
  await markSending(turn, { takeBack: true });
  const isRefused =
    error instanceof CallError &&
    (error.family === "conflict" ||
      error.family === "invalid" ||
      error.family === "notFound" ||
      // a consent from before the app asked for parting orders into packages
      error.family === "permission");
  if (!isRefused) throw error;
  const reading = (await readFromChannel(deps, connection, [order.channelOrderId])).get(order.channelOrderId);
  const verdict = reading ? await judge(turn, reading.facts, trackingNumber) : { verdict: "ready" as const };
  if (reading && verdict.verdict !== "ready" && verdict.verdict !== "correct")
    return act(turn, reading.facts, trackingNumber, verdict);
  if (error.family === "conflict") return { kind: "later", reason: `refused: ${error.code ?? error.family}` };
  return parkShipment(turn, { kind: "shipment-refused", data: { why: "refused", code: error.code ?? "" } });
}
