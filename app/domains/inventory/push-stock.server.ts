import type { PartialResult } from "../../channels/port.ts";
import { allDone } from "../../platform/all-done.ts";
import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import { createMicroBatch } from "../../platform/engine/micro-batch.ts";
import { type Claim, type DrainContext, type Ending, LATE_EFFECT_MARGIN_MS } from "../../platform/engine/model.ts";
import { BudgetClosed, CallError } from "../../platform/errors.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { type Acknowledged, recordPushed, recordRefused } from "./record-push.server.ts";
import type { StockState } from "./state.server.ts";
import { wantStock } from "./wants.server.ts";
import { endAtZero, isZeroRefused, rememberZero, takesZero } from "./zero.server.ts";

const REFUSED_AGAIN_MS = 15 * 60_000;
const UNEXPLAINED_AGAIN_MS = 20_000;
const READ_AGAIN_MS = 1_000;
const LISTINGS_AT_ONCE = 8;
const GATHER_MS = 5;

/** One number to send. */
export interface Push {
  claim: Claim;
  state: StockState;
  quantity: number;
  unexplained: number;
  /** Told to the ledger. */
  event: string;
  /** Also in the transaction that stores the acknowledgement. */
  afterwards?: (tx: Tx) => Promise<void>;
}

/** Sends these numbers, all units of a listing in one call, and ends their rows, each by its own outcome. */
export async function sendPushes(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: readonly Push[],
  ctx: DrainContext,
): Promise<void> {
  const queue = byListing(pushes);
  const zero = pushes.some((push) => push.quantity === 0) ? await takesZero(deps, connection) : null;
  const sending: Sending = { zero, acknowledge: createAcknowledge(deps, connection, ctx), closed: null };
  const worker = async () => {
    for (let group = queue.shift(); group; group = queue.shift()) {
      const some = group;
      try {
        const sendable = zero === false ? await setZerosAside(deps, connection, some, ctx) : some;
        await sendListing(deps, connection, sendable, ctx, sending);
      } catch (error) {
        // whatever has ended already stays ended
        await failAll(some, error, ctx);
      }
      // closed for those that wait, too
      if (sending.closed) await failAll(queue.splice(0).flat(), sending.closed, ctx);
    }
  };
  await allDone(Array.from({ length: Math.min(LISTINGS_AT_ONCE, queue.length) }, worker));
}

/** What the calls of one sending share. */
interface Sending {
  /** Whether the channel takes zero; null: not known. */
  zero: boolean | null;
  /** Stores that the channel took these. */
  acknowledge(pushes: Push[]): Promise<void>;
  /** The budget for setting stock was found used up. */
  closed: BudgetClosed | null;
}

/** Calls made beside each other are answered at about the same time: their acknowledgements share a transaction, unless one spoils it. */
function createAcknowledge(deps: InventoryDeps, connection: InventoryConnection, ctx: DrainContext) {
  const store = (pushes: Push[]): Promise<unknown> =>
    endPushed(deps, connection, pushes, ctx).then(
      () => null,
      (error) => error,
    );
  const storeSoon = createMicroBatch(
    async (groups: Push[][]) => {
      const failed = await store(groups.flat());
      if (failed === null || groups.length === 1) return groups.map(() => failed);
      const each: unknown[] = [];
      for (const group of groups) each.push(await store(group));
      return each;
    },
    () => GATHER_MS,
  );
  return async (pushes: Push[]): Promise<void> => {
    const failed = await storeSoon(pushes);
    if (failed !== null) throw failed;
  };
}

function byListing(pushes: readonly Push[]): Push[][] {
  const groups = new Map<string, Push[]>();
  for (const push of pushes) {
    const { listingId } = push.state.sku;
    groups.set(listingId, [...(groups.get(listingId) ?? []), push]);
  }
  return [...groups.values()];
}

async function sendListing(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: Push[],
  ctx: DrainContext,
  sending: Sending,
): Promise<void> {
  const held: Push[] = [];
  for (const push of pushes) if (await ctx.holds(push.claim)) held.push(push);
  const [first] = held;
  const productId = first?.state.sku.channelProductId;
  const warehouseId = connection.settings.warehouseId;
  if (!first || !productId || !warehouseId) return;
  const rows = held.flatMap(({ state, quantity }) =>
    state.sku.channelSkuId ? [{ channelSkuId: state.sku.channelSkuId, warehouseId, quantity }] : [],
  );
  let failures: PartialResult["failures"];
  try {
    ({ failures } = await deps.channels(connection.channel).stock.set(deps.forShop(connection.id), productId, rows));
  } catch (error) {
    if (error instanceof BudgetClosed) sending.closed = error;
    await endFailed(deps, connection, held, error, ctx, sending);
    return;
  }
  try {
    const refused = new Map(failures.map((failure) => [failure.key, failure.reason]));
    await sending.acknowledge(held.filter(({ state }) => !refused.has(state.sku.channelSkuId ?? "")));
    if (sending.zero === null && rows.some((row) => row.quantity === 0 && !refused.has(row.channelSkuId)))
      await rememberZero(deps, connection, true);
    for (const push of held) {
      const reason = refused.get(push.state.sku.channelSkuId ?? "");
      if (reason) await endRefused(deps, connection, push, reason, ctx);
    }
  } catch (error) {
    // the channel has the numbers, and we could not store that it does
    await endUncertain(deps, held, error, ctx);
  }
}

async function endPushed(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: readonly Push[],
  ctx: DrainContext,
): Promise<void> {
  if (pushes.length === 0) return;
  const at = deps.clock.now();
  await deps.engine.change(async (tx) => {
    for (const { claim, state, unexplained } of pushes)
      await ctx.end(claim, endingAfter(state, unexplained, claim, at), tx);
    const acknowledged = pushes.map((push): Acknowledged => ({ ...push, why: "pushed" }));
    await recordPushed(tx, connection, acknowledged, at);
    for (const push of pushes) await push.afterwards?.(tx);
  });
}

/** Worked once more when an old call can no longer land, soon where units are missing without an order or count twice, and where a reading came too early. */
export function endingAfter(state: StockState, unexplained: number, claim: Claim, at: Date): Ending {
  const times: Date[] = [];
  if (state.known.uncertainUntil && state.known.uncertainUntil > at) times.push(state.known.uncertainUntil);
  if (claim.takenOver) times.push(after(at, LATE_EFFECT_MARGIN_MS));
  if (state.isDirty || state.isLeaving || state.maybeTwice > 0) times.push(after(at, READ_AGAIN_MS));
  if (unexplained > 0) times.push(after(at, UNEXPLAINED_AGAIN_MS));
  const [soonest] = times.sort((a, b) => a.getTime() - b.getTime());
  return soonest ? { kind: "done", recheckAt: soonest } : { kind: "done" };
}

async function endRefused(
  deps: InventoryDeps,
  connection: InventoryConnection,
  push: Push,
  reason: { code: string; message: string },
  ctx: DrainContext,
): Promise<void> {
  const { claim, state, quantity } = push;
  if (isZeroRefused(deps, connection, quantity, reason)) {
    await rememberZero(deps, connection, false);
    await setZerosAside(deps, connection, [push], ctx);
    return;
  }
  await deps.engine.change(async (tx) => {
    await ctx.end(
      claim,
      { kind: "waits", for: "merchant", reason: reason.code, recheckAt: after(deps.clock.now(), REFUSED_AGAIN_MS) },
      tx,
    );
    await recordRefused(deps, tx, connection, state, quantity, reason);
  });
}

/** Zeros that the channel does not take; what is left can be sent. */
async function setZerosAside(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: Push[],
  ctx: DrainContext,
): Promise<Push[]> {
  const zeros = pushes.filter((push) => push.quantity === 0);
  const [first] = zeros;
  if (first?.state.sku.channelProductId) {
    const { listingId, channelProductId } = first.state.sku;
    await endAtZero(deps, connection, { listingId, channelProductId });
    for (const { claim } of zeros)
      await ctx.end(claim, {
        kind: "waits",
        for: "merchant",
        reason: "the channel refuses 0",
        recheckAt: after(deps.clock.now(), REFUSED_AGAIN_MS),
      });
  }
  return pushes.filter((push) => push.quantity !== 0);
}

async function endFailed(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: Push[],
  error: unknown,
  ctx: DrainContext,
  sending: Sending,
): Promise<void> {
  if (
    error instanceof CallError &&
    !error.mayHaveHappened &&
    (error.family === "invalid" || error.family === "conflict" || error.family === "notFound")
  ) {
    await splitOrRefuse(deps, connection, pushes, error, ctx, sending);
    return;
  }
  // nothing was sent
  const isUnsent = error instanceof BudgetClosed || (error instanceof CallError && !error.mayHaveHappened);
  if (isUnsent) await failAll(pushes, error, ctx);
  else await endUncertain(deps, pushes, error, ctx);
}

/** The call may have landed, or may land late: sent again now, and compared when it can land no more, whoever holds the rows by then. */
async function endUncertain(
  deps: InventoryDeps,
  pushes: readonly Push[],
  error: unknown,
  ctx: DrainContext,
): Promise<void> {
  const uncertainUntil = after(deps.clock.now(), LATE_EFFECT_MARGIN_MS);
  const skus = pushes.map(({ state }) => state.sku);
  await deps.engine.change(async (tx) => {
    const ids = skus.map((sku) => sku.listingSkuId);
    await tx.offer.updateMany({ where: { listingSkuId: { in: ids } }, data: { uncertainUntil } });
    await wantStock(deps, tx, skus);
  });
  await failAll(pushes, error, ctx);
}

/** Together: rows that end at one moment share a statement. */
const failAll = (pushes: readonly Push[], error: unknown, ctx: DrainContext) =>
  allDone(pushes.map(({ claim }) => ctx.fail(claim, error)));

/** One bad id spoils the call for all: halves find it. */
async function splitOrRefuse(
  deps: InventoryDeps,
  connection: InventoryConnection,
  pushes: Push[],
  error: CallError,
  ctx: DrainContext,
  sending: Sending,
): Promise<void> {
  const [first] = pushes;
  if (pushes.length > 1) {
    const half = Math.ceil(pushes.length / 2);
    await sendListing(deps, connection, pushes.slice(0, half), ctx, sending);
    await sendListing(deps, connection, pushes.slice(half), ctx, sending);
    return;
  }
  if (!first) return;
  await endRefused(deps, connection, first, { code: error.code ?? error.family, message: error.message }, ctx);
  const { channelProductId } = first.state.sku;
  if (error.family === "invalid" || !channelProductId) return;
  // its status may have changed behind our back
  await deps.engine.change((tx) => deps.catalog.wantListingLook(tx, { connectionId: connection.id, channelProductId }));
}
