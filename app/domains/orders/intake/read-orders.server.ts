import { closeProblem, openProblem } from "../../../platform/activity.server.ts";
import { after } from "../../../platform/clock.ts";
import { eachClaim } from "../../../platform/engine/each-claim.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { orderProblemKey } from "../model.ts";
import { orderObject, readSubject } from "../subjects.ts";
import { type Reading, storeOrder } from "./store-order.server.ts";

/** The most orders one call of a channel tells of. */
const BATCH = 50;
/** A reading older than its event is looked at again so soon, at first and for half a minute; then the poll's overlap has to catch it. */
const OLDER_THAN_EVENT_MS = 1_000;
const STILL_OLDER_MS = 5_000;
const EAGER_FOR_MS = 5_000;
const LOOK_FOR_MS = 30_000;
const LAST_LOOK_MS = 5 * 60_000;
/** Readings stored beside each other. */
const STORES_AT_ONCE = 4;
/** An order on hold is looked at again so long after payment, should nobody tell us that the hold is over. About one hour is usual. */
const HOLD_LOOK_MS = 61 * 60_000;
const HOLD_LOOK_AGAIN_MS = 5 * 60_000;
/** Doubling from a second: six looks are a minute. */
const LOOKS_BEFORE_PROBLEM = 6;

/** Reads orders from the channel, in batches. Those the channel does not name are missing from the answer. */
export async function readFromChannel(
  deps: OrdersDeps,
  connection: OrdersConnection,
  ids: string[],
): Promise<Map<string, Reading>> {
  const readings = new Map<string, Reading>();
  const { orders } = deps.channels(connection.channel);
  for (let at = 0; at < ids.length; at += BATCH) {
    const beganAt = deps.clock.now();
    const answer = await orders.get(deps.forShop(connection.id), ids.slice(at, at + BATCH));
    for (const facts of answer) readings.set(facts.channelOrderId, { facts, beganAt });
  }
  return readings;
}

/**
 * Reads and stores one order now, without a due row. "older": what the channel told is behind what we know; "missing": it does not
 * know the order (yet).
 */
export async function readAndStore(
  deps: OrdersDeps,
  connection: OrdersConnection,
  channelOrderId: string,
): Promise<"stored" | "older" | "missing"> {
  const reading = (await readFromChannel(deps, connection, [channelOrderId])).get(channelOrderId);
  if (!reading) return "missing";
  const { isNewer } = await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  return isNewer ? "stored" : "older";
}

/** Works off rows that say "read this order". */
export async function drainReads(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  if (claims.length === 0) return;
  let readings: Map<string, Reading>;
  try {
    readings = await readFromChannel(
      deps,
      connection,
      claims.map((claim) => claim.subject),
    );
  } catch (error) {
    // an answer about one order that nobody can read is like none
    const isUnreadable = error instanceof CallError && error.family === "unknown" && error.code === undefined;
    if (!isUnreadable || claims.length > 1) {
      await Promise.all(claims.map((claim) => ctx.fail(claim, error)));
      return;
    }
    readings = new Map();
  }
  await eachClaim(claims, ctx, STORES_AT_ONCE, (claim) =>
    storeRead(deps, connection, { claim, ctx, reading: readings.get(claim.subject) }),
  );
}

async function storeRead(
  deps: OrdersDeps,
  connection: OrdersConnection,
  { claim, ctx, reading }: { claim: Claim; ctx: DrainContext; reading: Reading | undefined },
): Promise<void> {
  const problem = { shopId: connection.shopId, key: orderProblemKey("order-unreadable", connection.id, claim.subject) };
  const isLongUnread = claim.failures >= LOOKS_BEFORE_PROBLEM;
  if (!reading) {
    // announced, and never to be read: without this nobody would ever hear of it
    const about = { connectionId: connection.id, data: { channelOrderId: claim.subject } };
    if (isLongUnread)
      await deps.engine.change((tx) =>
        openProblem(tx, { kind: "order-unreadable", severity: "urgent", ...problem, ...about }),
      );
    await ctx.end(claim, { kind: "later", reason: "the channel does not know the order" });
    return;
  }
  const { facts } = reading;
  const isOlderThanEvent = claim.newestSeenAt !== null && facts.updatedAt < claim.newestSeenAt;
  await deps.engine.change(async (tx) => {
    await storeOrder(deps, tx, connection, reading);
    if (isLongUnread) await closeProblem(tx, problem);
    if (isOlderThanEvent) {
      await ctx.end(claim, lookAgain(claim, ctx.now()), tx);
    } else if (facts.status === "on-hold") {
      await ctx.end(claim, { kind: "done", recheckAt: nextHoldLook(facts.paidAt ?? facts.createdAt, ctx.now()) }, tx);
    } else {
      await ctx.end(claim, { kind: "done" }, tx);
    }
  });
}

/** What the channel tells is behind what it announced. */
function lookAgain(claim: Claim, now: Date): Ending {
  if (now >= after(claim.wantedAt, LOOK_FOR_MS)) return { kind: "done", recheckAt: after(now, LAST_LOOK_MS) };
  const isEager = now < after(claim.wantedAt, EAGER_FOR_MS);
  const at = after(now, isEager ? OLDER_THAN_EVENT_MS : STILL_OLDER_MS);
  return { kind: "later", at, reason: "the reading is older than its event" };
}

/** The clock never ends a hold: it only makes us look. */
function nextHoldLook(paidAt: Date, now: Date): Date {
  const usual = after(paidAt, HOLD_LOOK_MS);
  return usual > now ? usual : after(now, HOLD_LOOK_AGAIN_MS);
}

/** The due row of "read this order". */
export const readWant = (connectionId: string, channelOrderId: string, seenAt?: Date) => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: readSubject(channelOrderId),
  object: orderObject(channelOrderId),
  ...(seenAt ? { seenAt } : {}),
});
