import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { OrderState } from "../../../shopify/model.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { readFromChannel } from "../intake/read-orders.server.ts";
import { storeOrder } from "../intake/store-order.server.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import type { OrderRow } from "../store.server.ts";
import { PLATFORM_MARK, type PlatformParcel, platformParcels, untoldLines } from "./platform-parcels.ts";

/** A call whose end was not seen is not repeated before its effect can no longer come: deadline 10 s and a margin. */
const CALL_MAY_LAND_MS = 40_000;
const LOOK_MS = 2_000;
const HELD_LOOK_MS = 60_000;

interface OrderTurn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow;
}

/**
 * What the platform shipped itself becomes fulfilments of the Shopify order, each once: Shopify is read first, and a call whose answer was
 * lost is looked for before it is repeated.
 */
export async function carryShippingBack(turn: OrderTurn, state: OrderState): Promise<Ending> {
  const { deps, connection, order } = turn;
  const reading = (await readFromChannel(deps, connection, [order.channelOrderId])).get(order.channelOrderId);
  if (!reading) return { kind: "later", reason: "the channel does not know the order" };
  await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  if (state.cancelledAt !== null) return { kind: "done" };
  for (const parcel of platformParcels(reading.facts)) {
    const ending = await carryParcel(turn, state, parcel);
    if (ending) return ending;
  }
  return { kind: "done" };
}

/** The row that says a call for this package was begun. */
const markOf = (packageId: string): string => `${PLATFORM_MARK}${packageId}`;

/** Why nothing was left to carry: somebody had fulfilled the units in Shopify. Once that is called off there is. */
const BY_HAND = "fulfilled-by-hand";
const isOpenAgain = (state: OrderState, lines: { lineItemId: string; quantity: number }[]): boolean =>
  lines.every(({ lineItemId, quantity }) =>
    state.lines.some((line) => line.id === lineItemId && line.unfulfilledQuantity >= quantity),
  );

/** Null: Shopify knows all of this parcel. */
async function carryParcel(turn: OrderTurn, state: OrderState, parcel: PlatformParcel): Promise<Ending | null> {
  const { deps, connection, claim, ctx, order } = turn;
  const lines = untoldLines(parcel, order.lines, state.fulfillments);
  const { shopId } = order;
  const key = { shopId_shopifyFulfillmentId: { shopId, shopifyFulfillmentId: markOf(parcel.packageId) } };
  const known = await deps.db.shipment.findUnique({ where: key });
  if (lines.length === 0) {
    if (known?.state === "sending") await markCarried(turn, parcel);
    return null;
  }
  if (known?.state === "sent" && !(known.reason === BY_HAND && isOpenAgain(state, lines))) return null;
  const mayLandUntil = known?.sentAt ? after(known.sentAt, CALL_MAY_LAND_MS) : null;
  if (mayLandUntil && ctx.now() < mayLandUntil)
    return { kind: "later", at: mayLandUntil, reason: "an old call may still land" };
  if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  const company = await companyOf(turn, parcel);
  const data = {
    ...{ state: "sending", sentAt: ctx.now(), company, trackingNumber: parcel.trackingNumber },
    ...{ channelPackageId: parcel.packageId, channelLineIds: parcel.channelLineIds },
  };
  const ids = { shopId, connectionId: connection.id, orderId: order.id };
  await deps.db.shipment.upsert({
    where: key,
    create: { ...ids, shopifyFulfillmentId: markOf(parcel.packageId), ...data },
    update: data,
  });
  return record(turn, parcel, { lines, company });
}

async function record(
  turn: OrderTurn,
  parcel: PlatformParcel,
  { lines, company }: { lines: { lineItemId: string; quantity: number }[]; company: string | null },
): Promise<Ending | null> {
  const { deps, connection, ctx, order } = turn;
  try {
    const { trackingNumber } = parcel;
    const shopify = shopifyOf(deps, connection);
    const result = await shopify.recordFulfillment(order.shopifyOrderId ?? "", { lines, company, trackingNumber });
    switch (result.outcome) {
      case "recorded": {
        const left = sum(lines) - sum(result.lines);
        // units of another place are a fulfilment of their own
        if (left > 0) {
          await takeBack(turn, parcel);
          return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the rest lies in another place" };
        }
        await markCarried(turn, parcel);
        return null;
      }
      case "nothing-open":
        // somebody fulfilled it by hand: Shopify has it as shipped, which is what counts
        await markCarried(turn, parcel, BY_HAND);
        return null;
      case "held":
        await takeBack(turn, parcel);
        return { kind: "later", at: after(ctx.now(), HELD_LOOK_MS), reason: "a hold is on it in Shopify" };
      case "refused": {
        await takeBack(turn, parcel);
        const codes = result.reasons.map((reason) => reason.code ?? reason.field);
        await deps.engine.change((tx) =>
          openOrderProblem(tx, order, { kind: "shipment-not-in-shopify", severity: "needs-you", data: { codes } }),
        );
        return { kind: "waits", for: "merchant", reason: "shipment-not-in-shopify" };
      }
    }
  } catch (error) {
    if (error instanceof CallError && error.mayHaveHappened)
      return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
    await takeBack(turn, parcel);
    throw error;
  }
}

const sum = (lines: { quantity: number }[]): number => lines.reduce((all, line) => all + line.quantity, 0);

/** The carrier by the channel's name for it; the number alone is enough for Shopify. */
async function companyOf({ deps, connection }: OrderTurn, parcel: PlatformParcel): Promise<string | null> {
  const { orders } = deps.channels(connection.channel);
  const known = await orders.getPackage(deps.forShop(connection.id), parcel.packageId);
  return known?.carrierName ?? null;
}

/** Nothing was done, or not all: the next look decides anew. */
async function takeBack({ deps, order }: OrderTurn, parcel: PlatformParcel): Promise<void> {
  await deps.db.shipment.updateMany({
    where: { shopId: order.shopId, shopifyFulfillmentId: markOf(parcel.packageId) },
    data: { state: "wanted", sentAt: null },
  });
}

async function markCarried(
  { deps, order }: OrderTurn,
  parcel: PlatformParcel,
  reason: typeof BY_HAND | null = null,
): Promise<void> {
  await deps.engine.change(async (tx) => {
    const { count } = await tx.shipment.updateMany({
      where: { shopId: order.shopId, shopifyFulfillmentId: markOf(parcel.packageId), state: { not: "sent" } },
      data: { state: "sent", toldNumbers: [parcel.trackingNumber], toldAt: deps.clock.now(), reason },
    });
    if (count === 0) return;
    await closeOrderProblems(tx, order, ["shipment-not-in-shopify"]);
    await recordOrderActivity(tx, order, {
      event: "shipment.carried-back",
      data: { number: parcel.trackingNumber, units: parcel.channelLineIds.length },
    });
  });
}
