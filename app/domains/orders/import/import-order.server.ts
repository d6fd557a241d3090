import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import type { HoldTarget } from "../../../shopify/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { isOwed } from "../intake/owed-units.ts";
import { readWant } from "../intake/read-orders.server.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { findOrder, importFactsOf, type OrderRow } from "../store.server.ts";
import { holdOrder, releaseOrder } from "./hold-order.server.ts";
import { leaveLine } from "./line-up.server.ts";
import { linkOlderOrder } from "./link-older-order.server.ts";
import { lookBefore } from "./look-before.server.ts";
import { lookForOrder } from "./look-for-order.server.ts";
import { type ImportStep, nextImportStep } from "./next-import-step.ts";
import { PARKING_PROBLEMS } from "./park-order.server.ts";
import { sendOrder } from "./send-order.server.ts";
import { takePayment } from "./take-payment.server.ts";
import { writeBuyer } from "./write-buyer.server.ts";

/** What one step of an import is given. */
export interface ImportTurn {
  deps: OrdersDeps;
  connection: OrdersConnection;
  claim: Claim;
  ctx: DrainContext;
  order: OrderRow;
  /** What Shopify's answer to the call of this very turn told of the parts to hold, the first hold of them paid. */
  made: { parts: HoldTarget[] };
}

/** "ended": the row was ended inside a transaction. "again": something was stored, decide anew. An ending: end with it. */
export type StepResult = Ending | "again" | "ended";

/** More steps than any order takes in one go; beyond it something goes round in circles. */
const MOST_STEPS = 12;
/** Doubling from a second: six of them are a minute. */
const LOOKS_BEFORE_PROBLEM = 6;

/** Brings one order home, or as far as it can get now. What keeps failing is told to the merchant: silence would look like success. */
export async function drainImport(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  channelOrderId: string,
  ctx: DrainContext,
): Promise<void> {
  try {
    await takeSteps(deps, connection, claim, channelOrderId, ctx);
  } catch (error) {
    if (error instanceof CallError && claim.failures >= LOOKS_BEFORE_PROBLEM)
      await tellStuck(deps, connection, channelOrderId, error);
    throw error;
  }
}

async function tellStuck(
  deps: OrdersDeps,
  connection: OrdersConnection,
  channelOrderId: string,
  error: CallError,
): Promise<void> {
  const order = await findOrder(deps.db, connection, channelOrderId);
  if (!order || order.shopifyOrderId !== null) return;
  const data = { code: error.code ?? error.family };
  await deps.engine.change((tx) => openOrderProblem(tx, order, { kind: "order-stuck", severity: "urgent", data }));
}

/** Every step stores what it did before the next is decided. */
async function takeSteps(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  channelOrderId: string,
  ctx: DrainContext,
): Promise<void> {
  const made: ImportTurn["made"] = { parts: [] };
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const order = await findOrder(deps.db, connection, channelOrderId);
    const result = order ? await takeStep({ deps, connection, claim, ctx, order, made }) : { kind: "done" as const };
    if (result === "ended") return;
    if (result === "again") continue;
    await ctx.end(claim, result);
    return;
  }
  throw new Error(`the import of order ${channelOrderId} goes round in circles`);
}

async function takeStep(turn: ImportTurn): Promise<StepResult> {
  const { connection, ctx, order } = turn;
  const isArmed = connection.armedFlows.includes("orders");
  const { leaveOut } = connection.settings.importing;
  const world = { now: ctx.now(), isArmed, cutoffAt: connection.ordersCutoffAt, leaveOut };
  const step = nextImportStep(importFactsOf(order), world);
  if (order.turnAt && step.step !== "send") await leaveLine(turn);
  switch (step.step) {
    case "nothing":
      return { kind: "done" };
    case "show":
      return showOnly(turn, step.why);
    case "link":
      return linkOlderOrder(turn);
    case "replan":
      return replan(turn);
    case "look-before":
      return lookBefore(turn);
    case "wait-for-arming":
      return { kind: "waits", for: "armed:orders", reason: "orders are not armed" };
    case "wait":
      return { kind: "later", at: step.until, reason: step.reason };
    case "send":
      return sendOrder(turn, step.attempt);
    case "look":
      return lookForOrder(turn, step);
    case "hold":
      return holdOrder(turn);
    case "read-buyer":
      return readBuyer(turn);
    case "write-buyer":
      return writeBuyer(turn);
    case "release":
      return releaseOrder(turn);
    case "take-payment":
      return takePayment(turn);
    case "finish":
      return finish(turn, step);
  }
}

/** Decided anew, as if it had just been read. Units of it that were given up stay so: they are gone, or Shopify counts them. */
async function replan({ deps, order }: ImportTurn): Promise<StepResult> {
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({ where: { id: order.id }, data: { importState: "planned", parkedReason: null } });
  });
  return "again";
}

/** This order becomes no Shopify order. Its units are kept back no longer, but for those that it still owes. */
async function showOnly(
  { deps, connection, order }: ImportTurn,
  why: Extract<ImportStep, { step: "show" }>["why"],
): Promise<StepResult> {
  const shown = { ...order, importState: "shown", parkedReason: why };
  const channelLineIds = order.lines.filter((line) => !isOwed(shown, line)).map((line) => line.channelLineId);
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({ where: { id: order.id }, data: { importState: "shown", parkedReason: why } });
    await deps.inventory.releaseWaiting(tx, { shopId: order.shopId, connectionId: connection.id, channelLineIds, why });
    await closeOrderProblems(tx, order, PARKING_PROBLEMS);
    await recordOrderActivity(tx, order, { event: "order.shown-only", data: { why } });
  });
  return "again";
}

/** Past the hold but without an address: reads again, less and less often, and says so after about a minute. The hold stays. */
async function readBuyer({ deps, connection, claim, order }: ImportTurn): Promise<StepResult> {
  await deps.engine.change(async (tx) => {
    await deps.engine.want(tx, readWant(connection.id, order.channelOrderId));
    if (claim.failures < LOOKS_BEFORE_PROBLEM) return;
    await openOrderProblem(tx, order, { kind: "order-address-missing", severity: "needs-you" });
  });
  return { kind: "later", reason: "the channel does not show the address yet" };
}

/** The order is home; whatever was held back for it goes on. */
async function finish({ deps, order }: ImportTurn, step: Extract<ImportStep, { step: "finish" }>): Promise<StepResult> {
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: { importState: "done", holdState: step.holdState },
    });
  });
  return "again";
}
