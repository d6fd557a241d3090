import { after } from "../../../platform/clock.ts";
import { CallError } from "../../../platform/errors.ts";
import type { HoldTarget } from "../../../shopify/model.ts";
import { shopifyOf } from "../deps.ts";
import { closeOrderProblems, recordOrderActivity } from "../problems.server.ts";
import { holdWant, nextHoldLook } from "./hold-want.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import { HOLD, isHeldByUs, isOurs, isToHold } from "./judge-hold.ts";

const FULFILMENT_ORDERS_MS = 1_000;
/** A call given up after its deadline of 10 s may land for so long; with a margin. */
export const HOLD_MAY_LAND_MS = 40_000;

/** Holds every open part of the Shopify order. It counts as held only when Shopify confirmed the hold or shows it. */
export async function holdOrder(turn: ImportTurn): Promise<StepResult> {
  const { deps, connection, ctx, order } = turn;
  const told = turn.made.parts.splice(0);
  const parts = told.length > 0 ? told : await readParts(turn);
  if (parts.length === 0)
    return {
      kind: "later",
      at: after(ctx.now(), FULFILMENT_ORDERS_MS),
      reason: "Shopify has not parted the order yet",
    };
  const held = parts.filter(isHeldByUs);
  const toHold = parts.filter(isToHold);
  for (const [at, part] of toHold.entries()) {
    if (!(await ctx.holds(turn.claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
    try {
      await shopifyOf(deps, connection).holdFulfillment(part.id, { ...HOLD, isPaid: told.length > 0 && at === 0 });
    } catch (error) {
      if (error instanceof CallError && error.mayHaveHappened) await rememberUncertainHold(turn);
      throw error;
    }
  }
  const heldParts = [...held, ...toHold].map((part) => part.id);
  const isHeld = heldParts.length > 0;
  // what was read past its hold meanwhile goes on: its address is written and the hold released
  const isHome = isHeld && order.status === "on-hold";
  await deps.engine.changeTogether(async (tx) => {
    const now = ctx.now();
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: {
        ...(isHeld ? { holdState: "held", heldParts, heldAt: order.heldAt ?? now } : { holdState: "none" }),
        ...(isHome ? { importState: "done" } : {}),
      },
    });
    if (isHeld) await recordOrderActivity(tx, order, { event: "order.held" });
    // somebody may have been quicker: what is closed already was shipped, or has nothing to ship
    const dueAt = heldParts.length < parts.length ? now : nextHoldLook(order, now);
    await deps.engine.want(tx, { ...holdWant(connection.id, order.channelOrderId), dueAt });
    if (isHome) await ctx.end(turn.claim, { kind: "done" }, tx);
  });
  return isHome ? "ended" : "again";
}

async function rememberUncertainHold({ deps, ctx, order }: ImportTurn): Promise<void> {
  const holdUncertainUntil = after(ctx.now(), HOLD_MAY_LAND_MS);
  await deps.engine.change((tx) =>
    tx.channelOrder.updateMany({ where: { id: order.id }, data: { holdUncertainUntil } }),
  );
}

/**
 * The channel no longer holds the order: lets it go to the warehouse. Repeated once after an uncertain hold could still have landed;
 * releasing what is not held changes nothing.
 */
export async function releaseOrder(turn: ImportTurn): Promise<StepResult> {
  const { deps, connection, ctx, order } = turn;
  // a release that has to wait for points would have to read again: both are paid at once
  let isPaid = true;
  for (const part of await readParts(turn, { paysForRelease: true })) {
    const holdIds = part.holds.filter(isOurs).map((hold) => hold.id);
    if (holdIds.length === 0) continue;
    if (!(await ctx.holds(turn.claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
    await shopifyOf(deps, connection).releaseHold(part.id, holdIds, { isPaid });
    isPaid = false;
  }
  const mayStillLand = order.holdUncertainUntil !== null && ctx.now() < order.holdUncertainUntil;
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: { holdState: "released", importState: "done", ...(mayStillLand ? {} : { holdUncertainUntil: null }) },
    });
    await closeOrderProblems(tx, order, ["order-address-missing"]);
    if (order.holdState !== "released") await recordOrderActivity(tx, order, { event: "order.released" });
  });
  return "again";
}

async function readParts(
  { deps, connection, order }: ImportTurn,
  options: { paysForRelease?: boolean } = {},
): Promise<HoldTarget[]> {
  return order.shopifyOrderId ? shopifyOf(deps, connection).holdTargets(order.shopifyOrderId, options) : [];
}
