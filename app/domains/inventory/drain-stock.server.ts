import { after } from "../../platform/clock.ts";
import { type Claim, type DrainContext, LATE_EFFECT_MARGIN_MS } from "../../platform/engine/model.ts";
import { decideStock, expectedOf, type Judgement, judgeReading } from "./decide-stock.ts";
import { type InventoryConnection, type InventoryDeps, listingObject } from "./deps.ts";
import { endingAfter, type Push, sendPushes } from "./push-stock.server.ts";
import { readStock } from "./readings.server.ts";
import { recordPushed } from "./record-push.server.ts";
import { loadStates, type SeenEvent, type StockState, storeWanted } from "./state.server.ts";
import { wantStock } from "./wants.server.ts";

/** Listings off sale take no numbers; coming back wants them again. */
const NO_STOCK = new Set(["stopped", "deleted"]);
const LOOK_AGAIN_MS = 1_000;
/** The reading and the import's answer fell into one millisecond, so nobody knows which was first. */
const TIE_MS = 20;
const LONGEST_LOOK_BACK_MS = 24 * 3_600_000;
const LOOK_BACK_MORE_MS = 2 * 60_000;

interface Row {
  claim: Claim;
  state: StockState;
}

/** Work of the `stock` lane: what each unit's offer should be now, and whatever is needed to make the channel show it. */
export async function drainStock(
  deps: InventoryDeps,
  connection: InventoryConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  const rows = await pickRows(deps, connection, claims, ctx);
  const urgent = rows.filter(({ claim, state }) => isKnownDecrease(claim, state, deps.clock.now()));
  const pushed = new Set(urgent.map(({ state }) => state.sku.listingId));
  const others = rows.filter((row) => !urgent.includes(row));
  const [behind, free] = [true, false].map((isBehind) =>
    others.filter(({ state }) => pushed.has(state.sku.listingId) === isBehind),
  ) as [Row[], Row[]];
  const pushFirst = async () => {
    await pushAtOnce(deps, connection, urgent, ctx);
    // the call may have hung: what the others should be is looked up again
    const claimsBehind = behind.map(({ claim }) => claim);
    await readAndSettle(deps, connection, await withStates(deps, connection, claimsBehind), ctx);
  };
  await Promise.all([pushFirst(), readAndSettle(deps, connection, free, ctx)]);
}

async function readAndSettle(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
  ctx: DrainContext,
): Promise<void> {
  let current = rows;
  let failure: unknown;
  try {
    current = await readWhereNeeded(deps, connection, rows);
  } catch (error) {
    // a decrease that follows from what is known needs no reading; the others wait for one
    failure = error;
  }
  await settle(deps, connection, current, ctx, failure);
}

async function pickRows(
  deps: InventoryDeps,
  connection: InventoryConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<Row[]> {
  const skus = new Map(
    (
      await deps.catalog.stockSkus(
        deps.db,
        connection.id,
        claims.map((claim) => claim.subject),
      )
    ).map((sku) => [sku.listingSkuId, sku]),
  );
  const picked: Claim[] = [];
  for (const claim of claims) {
    const sku = skus.get(claim.subject);
    if (!sku || NO_STOCK.has(sku.status)) await ctx.end(claim, { kind: "done" });
    else if (!sku.channelSkuId || !sku.channelProductId)
      await ctx.end(claim, { kind: "waits", for: listingObject(sku.listingId), reason: "not on the channel yet" });
    else if (!connection.settings.warehouseId || connection.settings.locationIds.length === 0)
      await ctx.end(claim, { kind: "waits", for: "settings", reason: "no warehouse or location chosen" });
    else picked.push(claim);
  }
  return withStates(deps, connection, picked);
}

async function withStates(deps: InventoryDeps, connection: InventoryConnection, claims: Claim[]): Promise<Row[]> {
  if (claims.length === 0) return [];
  const skus = await deps.catalog.stockSkus(
    deps.db,
    connection.id,
    claims.map((claim) => claim.subject),
  );
  const events = new Map(
    claims.flatMap(({ subject, newestSeenAt: seenAt, wantedAt }): [string, SeenEvent][] =>
      seenAt ? [[subject, { seenAt, wantedAt }]] : [],
    ),
  );
  const states = await loadStates(deps, deps.db, connection, skus, events);
  await deps.engine.change((tx) => storeWanted(deps, tx, connection, states, "stock"));
  const byId = new Map(states.map((state) => [state.sku.listingSkuId, state]));
  return claims.flatMap((claim) => {
    const state = byId.get(claim.subject);
    return state ? [{ claim, state }] : [];
  });
}

/** An event lowered it and no order of ours is under way whose echo it could be. */
function isKnownDecrease(claim: Claim, state: StockState, now: Date): boolean {
  if (!state.isDirty || state.isUnread || state.hasWaiting || claim.takenOver) return false;
  const expected = expectedOf(state.known);
  return expected !== null && state.wanted < expected && decide(claim, state, now).kind === "push";
}

const decide = (claim: Claim, { wanted, known }: StockState, now: Date) =>
  decideStock({ wanted, known, isTakenOver: claim.takenOver, marginMs: LATE_EFFECT_MARGIN_MS, now });

/** Down at once on the event's word; the reading that makes sure of it follows. */
async function pushAtOnce(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
  ctx: DrainContext,
): Promise<void> {
  const pushes = rows.map(
    ({ claim, state }): Push => ({
      claim,
      state,
      quantity: state.wanted,
      unexplained: 0,
      event: "inventory event",
      afterwards: (tx) => wantStock(deps, tx, [state.sku]),
    }),
  );
  await sendPushes(deps, connection, pushes, ctx);
}

/** Truth is fetched after the claim: where an event came, where units wait to leave, and wherever the offer might rise. */
async function readWhereNeeded(deps: InventoryDeps, connection: InventoryConnection, rows: Row[]): Promise<Row[]> {
  const now = deps.clock.now();
  const needed = rows.filter(
    ({ claim, state }) =>
      state.isCounted &&
      (state.isUnread ||
        state.isDirty ||
        state.isLeaving ||
        claim.takenOver ||
        decide(claim, state, now).kind === "look"),
  );
  if (needed.length === 0) return rows;
  const inHand = new Set(rows.map((row) => row.claim.subject));
  await readStock(
    deps,
    connection,
    needed.flatMap(({ state }) => state.sku.inventoryItemId ?? []),
    inHand,
  );
  return withStates(
    deps,
    connection,
    rows.map((row) => row.claim),
  );
}

async function settle(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
  ctx: DrainContext,
  failure: unknown,
): Promise<void> {
  const now = deps.clock.now();
  const pushes: Push[] = [];
  const looks: Row[] = [];
  for (const row of rows) {
    const { claim, state } = row;
    const decision = decide(claim, state, now);
    const isBlind = failure !== undefined && (state.isUnread || decision.kind !== "push");
    const { pushed, soldSincePush, unexplained } = state.known;
    deps.log.debug(
      {
        listingSkuId: claim.subject,
        decision: decision.kind,
        wanted: state.wanted,
        pushed,
        soldSincePush,
        unexplained,
        isDirty: state.isDirty,
        hasWaiting: state.hasWaiting,
      },
      "stock.decided",
    );
    const needsReading = state.isUnread || state.isDirty || state.isLeaving || decision.kind === "look";
    if (isBlind && needsReading) await ctx.fail(claim, failure);
    else if (failure === undefined && state.isLeaving && !state.isDirty)
      await ctx.end(claim, {
        kind: "later",
        at: after(now, TIE_MS),
        reason: "the reading began with the import's answer",
      });
    else if (decision.kind === "look") looks.push(row);
    else if (decision.kind === "push")
      pushes.push({ claim, state, quantity: decision.quantity, unexplained: state.known.unexplained, event: "stock" });
    else await endQuietly(deps, row, decision.kind === "trust" ? decision.verifyAt : null, ctx);
  }
  await Promise.all([sendPushes(deps, connection, pushes, ctx), lookAndSettle(deps, connection, looks, ctx)]);
}

async function endQuietly(
  deps: InventoryDeps,
  { claim, state }: Row,
  verifyAt: Date | null,
  ctx: DrainContext,
): Promise<void> {
  if (state.isDirty) {
    await ctx.end(claim, {
      kind: "later",
      at: after(deps.clock.now(), LOOK_AGAIN_MS),
      reason: "the reading is older than its event",
    });
    return;
  }
  if (!verifyAt) {
    await ctx.end(claim, endingAfter(state, state.known.unexplained, claim, deps.clock.now()));
    return;
  }
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done", recheckAt: verifyAt }, tx);
    await tx.offer.update({ where: { listingSkuId: state.sku.listingSkuId }, data: { verifyAt } });
  });
}

/** Increases: compared with what the channel shows; where orders we do not know have lowered it, those are read first. */
async function lookAndSettle(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
  ctx: DrainContext,
): Promise<void> {
  if (rows.length === 0) return;
  try {
    const reads = await readChannel(deps, connection, rows);
    const open = await judgeAll(deps, connection, rows, reads, false, ctx);
    if (open.length === 0) return;
    await deps.ordersSince(connection.id, lookBack(open, deps.clock.now()));
    const again = await withStates(
      deps,
      connection,
      open.map((row) => row.claim),
    );
    await judgeAll(deps, connection, again, reads, true, ctx);
  } catch (error) {
    for (const { claim } of rows) await ctx.fail(claim, error);
  }
}

function lookBack(rows: Row[], now: Date): Date {
  const times = rows.map(({ state }) => state.known.pushedAt?.getTime() ?? 0);
  return new Date(Math.max(Math.min(...times) - LOOK_BACK_MORE_MS, now.getTime() - LONGEST_LOOK_BACK_MS));
}

/** What the channel shows as sellable, by channel SKU. A blank warehouse stands for the only one. */
async function readChannel(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
): Promise<Map<string, number>> {
  const ids = rows.flatMap(({ state }) => state.sku.channelSkuId ?? []);
  const levels = await deps.channels(connection.channel).stock.read(deps.forShop(connection.id), ids);
  const own = levels.filter(
    (level) => level.warehouseId === "" || level.warehouseId === connection.settings.warehouseId,
  );
  return new Map(own.map((level) => [level.channelSkuId, level.available]));
}

/** Ends the rows whose reading says what to do; returns those that need the orders first. */
async function judgeAll(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: Row[],
  reads: Map<string, number>,
  hasInvestigated: boolean,
  ctx: DrainContext,
): Promise<Row[]> {
  const now = deps.clock.now();
  const open: Row[] = [];
  const pushes: Push[] = [];
  for (const row of rows) {
    const { claim, state } = row;
    const read = reads.get(state.sku.channelSkuId ?? "");
    // a SKU the channel does not show has never been bought: whatever it holds is replaced
    const judgement: Judgement =
      read === undefined
        ? { kind: "push", quantity: state.wanted, unexplained: 0 }
        : judgeReading({ read, wanted: state.wanted, known: state.known, hasInvestigated, now });
    if (judgement.kind === "investigate") open.push(row);
    else if (judgement.kind === "push")
      pushes.push({
        claim,
        state,
        quantity: judgement.quantity,
        unexplained: judgement.unexplained,
        event: judgement.unexplained > 0 ? "units without a known order" : "stock",
      });
    else await endAsRead(deps, connection, row, read ?? 0, judgement.kind === "keep" ? judgement.unexplained : 0, ctx);
  }
  await sendPushes(deps, connection, pushes, ctx);
  return open;
}

async function endAsRead(
  deps: InventoryDeps,
  connection: InventoryConnection,
  { claim, state }: Row,
  read: number,
  unexplained: number,
  ctx: DrainContext,
): Promise<void> {
  const at = deps.clock.now();
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, endingAfter(state, unexplained, claim, at), tx);
    await recordPushed(tx, connection, state, {
      quantity: read,
      unexplained,
      at,
      why: "read back",
      event: "channel read",
    });
  });
}
