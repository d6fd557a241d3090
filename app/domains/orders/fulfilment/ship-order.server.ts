import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { findOrder } from "../store.server.ts";
import { carryShippingBack } from "./carry-shipping-back.server.ts";
import { hasPlatformLabel } from "./platform-parcels.ts";
import { shipParcel } from "./ship-parcel.server.ts";
import { storeShipments } from "./store-shipments.server.ts";

const OLDER_THAN_EVENT_MS = 1_000;
const QUICK_LOOKS_MS = 60_000;

/** Tells the channel of what was fulfilled in Shopify, parcel by parcel, and Shopify of what the platform ships itself. Shopify is read after the claim. */
export async function drainFulfilment(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, claim.subject);
  const state = order?.shopifyOrderId ? await shopifyOf(deps, connection).orderState(order.shopifyOrderId) : null;
  // what the platform ships from its own stock came home as fulfilled: neither side has anything to tell the other
  if (!order || !state || order.fulfilledBy === "platform") {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  let ending: Ending = { kind: "done" };
  if (hasPlatformLabel(factsFromJson(order.facts)))
    ending = await carryShippingBack({ deps, connection, claim, ctx, order }, state);
  const open = await deps.engine.change(async (tx) => {
    // nobody told us of it: the channel does not know yet that it was cancelled in Shopify
    if (state.cancelledAt !== null && order.status !== "cancelled")
      await deps.engine.want(tx, afterSalesWant(connection.id, order.channelOrderId));
    return storeShipments(tx, order, state);
  });
  for (const shipment of open) {
    const one = await shipParcel({ deps, connection, claim, ctx, order, shipment });
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

/** Of two endings the one that brings the row back sooner. */
function later(a: Ending, b: Ending): Ending {
  const rank = (ending: Ending) => (ending.kind === "later" ? 2 : ending.kind === "waits" ? 1 : 0);
  if (a.kind === "later" && b.kind === "later" && a.at && b.at) return a.at <= b.at ? a : b;
  return rank(b) > rank(a) ? b : a;
}
