import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import type { OrderState } from "../../../shopify/model.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { takenOffUnshipped } from "../edits/compare-units.ts";
import { cancelledUnits, readEdits } from "../edits/follow-edits.server.ts";
import { shippedUnits } from "../import/judge-hold.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { hasTravelled } from "../intake/owed-units.ts";
import { ERASED } from "../privacy/what-is-kept.ts";
import { type CancellationRow, findOrder, type OrderRow } from "../store.server.ts";
import { carryShippingBack } from "./carry-shipping-back.server.ts";
import { nameOwnParcels } from "./name-own-parcels.server.ts";
import { hasPlatformLabel } from "./platform-parcels.ts";
import { shipParcel } from "./ship-parcel.server.ts";
import { storeShipments } from "./store-shipments.server.ts";

const OLDER_THAN_EVENT_MS = 1_000;
const QUICK_LOOKS_MS = 60_000;
const MAKING_MS = 5_000;

/** Tells the channel of what was fulfilled in Shopify, parcel by parcel, and Shopify of what the platform ships itself. Shopify is read after the claim. */
export async function drainFulfilment(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, claim.subject);
  // over for so long that its parcels were erased: to compare it once more would bring them back
  const isErased = order !== null && order.erased >= ERASED.papers;
  const state =
    order?.shopifyOrderId && !isErased ? await shopifyOf(deps, connection).orderState(order.shopifyOrderId) : null;
  if (!order || !state) {
    await ctx.end(
      claim,
      order && isBeingMade(order)
        ? { kind: "later", at: after(ctx.now(), MAKING_MS), reason: "the order is being made in Shopify" }
        : { kind: "done" },
    );
    return;
  }
  // what came home as fulfilled has nothing to tell the channel: only its numbers are still to be told, to Shopify
  if (cameShipped(order, state)) {
    await nameOwnParcels({ deps, connection, order }, state);
    await ctx.end(claim, { kind: "done" });
    return;
  }
  let ending: Ending = { kind: "done" };
  if (hasPlatformLabel(factsFromJson(order.facts)))
    ending = await carryShippingBack({ deps, connection, claim, ctx, order }, state);
  const open = await deps.engine.change(async (tx) => {
    await reviveCancellation(deps, tx, order, state);
    if (isChangedThere(order, state)) await deps.engine.want(tx, afterSalesWant(connection.id, order.channelOrderId));
    return storeShipments(tx, order, state);
  });
  for (const shipment of open) {
    const one = await shipParcel({ deps, connection, claim, ctx, order, state, shipment });
    ending = later(ending, one);
  }
  const isOlderThanEvent =
    claim.newestSeenAt !== null &&
    state.updatedAt < claim.newestSeenAt &&
    ctx.now() < after(claim.wantedAt, QUICK_LOOKS_MS);
  if (isOlderThanEvent)
    ending = {
      kind: "later",
      at: after(ctx.now(), OLDER_THAN_EVENT_MS),
      reason: "the reading is older than its event",
    };
  await ctx.end(claim, ending);
}

/** Shopify may have it, and may have told us of it, before we have heard its id. */
const isBeingMade = ({ shopifyOrderId, importState }: OrderRow): boolean =>
  shopifyOrderId === null && importState === "sending";

/** It was cancelled there, or units were taken off or added: perhaps nobody told us, and the channel does not know of it. */
function isChangedThere(order: OrderRow, state: OrderState): boolean {
  if (order.status === "cancelled") return false;
  const edits = readEdits(order, state, cancelledUnits(order, []));
  return state.cancelledAt !== null || (edits !== null && (edits.added > 0 || edits.takenOff.size > 0));
}

/**
 * Shopify refused to cancel what had been shipped, or to take units of it off. Once its parcels are called off there, it is tried again: a whole
 * order when all are, single units when as many can be taken off as were cancelled.
 */
async function reviveCancellation(deps: OrdersDeps, tx: Tx, order: OrderRow, state: OrderState): Promise<void> {
  const parked = await tx.orderCancellation.findMany({
    where: { orderId: order.id, shopId: order.shopId, shopifyState: "parked" },
  });
  if (parked.length === 0) return;
  const sent = await tx.orderRefund.findMany({ where: { orderId: order.id, source: "cancellation", part: "units" } });
  // what Shopify refused for another reason is tried again when somebody has looked
  const isSent = ({ channelCancelId }: CancellationRow) => sent.some(({ sourceId }) => sourceId === channelCancelId);
  const revived =
    order.status === "cancelled"
      ? parked.filter(() => shippedUnits(state.fulfillments) === 0)
      : parked.filter((one) => !isSent(one) && canBeTakenOff(order, state, one));
  if (revived.length === 0) return;
  await tx.orderCancellation.updateMany({
    where: { id: { in: revived.map((one) => one.id) }, shopifyState: "parked" },
    data: { shopifyState: "wanted", sentAt: null },
  });
  await deps.engine.want(tx, afterSalesWant(order.connectionId, order.channelOrderId));
}

/** As many units of each line are unshipped, or off already, as were cancelled. */
function canBeTakenOff(order: OrderRow, state: OrderState, { channelLineIds }: CancellationRow): boolean {
  const off = takenOffUnshipped(state);
  return state.lines.every((line) => {
    const cancelled = order.lines.filter(
      (unit) => unit.shopifyLineId === line.id && channelLineIds.includes(unit.channelLineId),
    );
    return cancelled.length <= line.unfulfilledQuantity + (off.get(line.id) ?? 0);
  });
}

/** From the platform's own stock, or brought home after it had left: Shopify's fulfilment of it is nobody's parcel and has no number. */
const cameShipped = (order: OrderRow, { fulfillments }: OrderState): boolean =>
  order.fulfilledBy === "platform" ||
  (order.importAskedAt !== null &&
    hasTravelled(order.status) &&
    fulfillments.every(({ tracking }) => tracking.every((one) => !one.number)));

/** Of two endings the one that brings the row back sooner. */
function later(a: Ending, b: Ending): Ending {
  const rank = (ending: Ending) => (ending.kind === "later" ? 2 : ending.kind === "waits" ? 1 : 0);
  if (a.kind === "later" && b.kind === "later" && a.at && b.at) return a.at <= b.at ? a : b;
  return rank(b) > rank(a) ? b : a;
}
