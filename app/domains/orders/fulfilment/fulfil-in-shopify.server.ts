import type { FulfilmentRequest } from "@prisma/client";
import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { FulfillmentOrderFacts } from "../../../shopify/model.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { findOrder, type OrderRow } from "../store.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";
import { CANCELLING } from "./judge-fulfilment.ts";

/** A call whose end was not seen is not repeated before its effect can no longer come: deadline 10 s and a margin. */
const CALL_MAY_LAND_MS = 40_000;
const LOOK_MS = 2_000;
/** Somebody may fulfil it by hand, or put right what Shopify did not like: looked at again so soon. */
const REFUSED_LOOK_MS = 15 * 60_000;
/** Its end wants us anyway, where the order goes on. */
const CANCELLATION_LOOK_MS = 5 * 60_000;
const CAN_SHIP = new Set(["OPEN", "IN_PROGRESS"]);

interface Turn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow & { shopifyOrderId: string };
  request: FulfilmentRequest;
}

/**
 * Fulfils in Shopify what somebody asked for. What remains is read before every call, and Shopify's own word decides: nothing left means
 * done, by whomever. One call for each place the units are taken from.
 */
export async function fulfilInShopify(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  channelOrderId: string,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, channelOrderId);
  const request = order && (await deps.db.fulfilmentRequest.findUnique({ where: { orderId: order.id } }));
  if (!order?.shopifyOrderId || !request || request.state === "done") {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const turn = { deps, connection, claim, ctx, order: { ...order, shopifyOrderId: order.shopifyOrderId }, request };
  await ctx.end(claim, await fulfilAll(turn));
}

async function fulfilAll(turn: Turn): Promise<Ending> {
  const { deps, connection, claim, ctx, order, request } = turn;
  const shopify = shopifyOf(deps, connection);
  const left = (await shopify.fulfillmentOrders(order.shopifyOrderId)).filter(hasUnits);
  if (left.length === 0) return markDone(turn);
  if (order.status === "cancelled") return refuse(turn, "cancelled");
  if (await isCancellationOpen(turn))
    return {
      kind: "waits",
      for: `cancellation:${order.channelOrderId}`,
      reason: "a cancellation is open",
      recheckAt: after(ctx.now(), CANCELLATION_LOOK_MS),
    };
  if (left.some((one) => one.status === "ON_HOLD")) return refuse(turn, "on-hold");
  const open = left.filter((one) => CAN_SHIP.has(one.status));
  if (open.length === 0) return refuse(turn, "not-open");

  const mayLandUntil = request.state === "sending" && request.sentAt ? after(request.sentAt, CALL_MAY_LAND_MS) : null;
  if (mayLandUntil && ctx.now() < mayLandUntil)
    return { kind: "later", at: mayLandUntil, reason: "an old call may still land" };
  for (const target of open) {
    if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
    // committed before the call: found "sending", what remains is read once the call can no longer land
    await mark(turn, { state: "sending", sentAt: ctx.now() });
    try {
      const { company, trackingNumber: number } = request;
      const result = await shopify.fulfil(target.id, { company, number });
      if (result.outcome === "refused") return refuse(turn, "refused", result.reasons[0]?.message);
    } catch (error) {
      if (error instanceof CallError && error.mayHaveHappened)
        return { kind: "later", at: after(ctx.now(), LOOK_MS), reason: "the answer was lost" };
      await mark(turn, { state: "wanted", sentAt: null });
      throw error;
    }
  }
  return markDone(turn);
}

/**
 * Asked for by either side after somebody asked for the fulfilment, or decided and not yet carried to Shopify. A request that was refused is
 * over, whether it has been read since or not.
 */
async function isCancellationOpen({ deps, order }: Turn): Promise<boolean> {
  const where = { orderId: order.id, shopId: order.shopId };
  const [cancelling, refused] = await Promise.all([
    deps.db.sellerDecision.count({ where: { ...where, ...CANCELLING } }),
    deps.db.sellerDecision.findMany({
      where: { ...where, kind: "refuse-cancellation", state: "done" },
      select: { requestId: true },
    }),
  ]);
  const open = await deps.db.orderCancellation.count({
    where: {
      ...where,
      OR: [
        { status: "requested", channelCancelId: { notIn: refused.map((one) => one.requestId) } },
        { status: { in: ["approved", "completed"] }, shopifyState: { in: ["wanted", "sending"] } },
      ],
    },
  });
  return cancelling + open > 0;
}

const hasUnits = ({ status, lines }: FulfillmentOrderFacts): boolean =>
  status !== "CLOSED" && status !== "CANCELLED" && lines.some((line) => line.remaining > 0);

const mark = ({ deps, request }: Turn, data: { state: string; sentAt: Date | null }) =>
  deps.db.fulfilmentRequest.updateMany({ where: { orderId: request.orderId }, data });

/** Nothing is left to fulfil: the channel is told of the parcel next. */
async function markDone({ deps, connection, order, request }: Turn): Promise<Ending> {
  await deps.engine.change(async (tx) => {
    await tx.fulfilmentRequest.updateMany({
      where: { orderId: request.orderId },
      data: { state: "done", reason: null },
    });
    await closeOrderProblems(tx, order, ["fulfilment-refused"]);
    await deps.engine.want(tx, fulfilmentWant(connection.id, order.channelOrderId));
  });
  return { kind: "done" };
}

/** Shopify would not: shown with the reason, and looked at again. */
async function refuse({ deps, ctx, order, request }: Turn, why: string, message = ""): Promise<Ending> {
  await deps.engine.change(async (tx) => {
    await tx.fulfilmentRequest.updateMany({
      where: { orderId: request.orderId },
      data: { state: "refused", sentAt: null, reason: why },
    });
    await openOrderProblem(tx, order, {
      kind: "fulfilment-refused",
      severity: "needs-you",
      data: { shopifyOrderName: order.shopifyOrderName ?? "", sentence: `morning.fulfil.refused.${why}`, message },
    });
    if (request.state !== "refused" || request.reason !== why)
      await recordOrderActivity(tx, order, { event: "order.fulfilment-refused", data: { why } });
  });
  return { kind: "waits", for: "merchant", reason: why, recheckAt: after(ctx.now(), REFUSED_LOOK_MS) };
}
