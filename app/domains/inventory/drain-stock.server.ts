import { allDone } from "../../platform/all-done.ts";
import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import { type Claim, type DrainContext, type Ending, LATE_EFFECT_MARGIN_MS } from "../../platform/engine/model.ts";
import type { StockSku } from "../catalog/index.server.ts";
import { decideStock, expectedOf, type Judgement, judgeReading } from "./decide-stock.ts";
import { type InventoryConnection, type InventoryDeps, listingObject } from "./deps.ts";
import { endingAfter, type Push, sendPushes } from "./push-stock.server.ts";
import { readStock } from "./readings.server.ts";
import { type Acknowledged, lockOffers, recordPushed } from "./record-push.server.ts";
import { loadStates, type SeenEvent, type StockState, storeWanted } from "./state.server.ts";
import { wantStock } from "./wants.server.ts";

/** Listings off sale take no numbers; coming back wants them again. */
const NO_STOCK = new Set(["stopped", "deleted"]);
const LOOK_AGAIN_MS = 1_000;
/** The reading and the import's answer fell into one millisecond, so nobody knows which was first. */
const TIE_MS = 20;
const TIED = "the reading began with the import's answer";
const TWICE = "units on their way home count twice";
const LONGEST_LOOK_BACK_MS = 24 * 3_600_000;
const LOOK_BACK_MORE_MS = 2 * 60_000;

interface Row {
  claim: Claim;
  state: StockState;
}

/** A row with the unit it is about. */
interface Unit {
  claim: Claim;
  sku: StockSku;
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
    await readAndSettle(deps, connection, await lookedUpAgain(deps, connection, behind), ctx);
  };
  await allDone([pushFirst(), readAndSettle(deps, connection, free, ctx)]);
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
  const picked: Unit[] = [];
  const ends: { claim: Claim; ending: Ending }[] = [];
  for (const claim of claims) {
    const sku = skus.get(claim.subject);
    const ending = endWithoutNumber(connection, sku);
    if (ending) ends.push({ claim, ending });
    else if (sku) picked.push({ claim, sku });
  }
  // together: rows that end at one moment share a statement
  await allDone(ends.map(({ claim, ending }) => ctx.end(claim, ending)));
  return withStates(deps, connection, picked);
}

/** How the row of a unit ends that takes no number, now or at all. */
function endWithoutNumber({ settings }: InventoryConnection, sku: StockSku | undefined): Ending | null {
  if (!sku || NO_STOCK.has(sku.status)) return { kind: "done" };
  if (!sku.channelSkuId || !sku.channelProductId)
    return { kind: "waits", for: listingObject(sku.listingId), reason: "not on the channel yet" };
  if (!settings.warehouseId || settings.locationIds.length === 0)
    return { kind: "waits", for: "settings", reason: "no warehouse or location chosen" };
  return null;
}

/** What their offers are now; kept with that. */
async function withStates(
  deps: InventoryDeps,
  connection: InventoryConnection,
  units: readonly Unit[],
): Promise<Row[]> {
  if (units.length === 0) return [];
  const events = new Map(
    units.flatMap(({ claim: { subject, newestSeenAt: seenAt, wantedAt } }): [string, SeenEvent][] =>
      seenAt ? [[subject, { seenAt, wantedAt }]] : [],
    ),
  );
  const skus = units.map(({ sku }) => sku);
  const states = await loadStates(deps, deps.db, connection, skus, events);
  await storeWanted(deps, connection, states, "stock");
  return units.map(({ claim }, at) => ({ claim, state: states[at] as StockState }));
}

/** After a call: a unit may have been linked to another variant meanwhile. */
async function lookedUpAgain(deps: InventoryDeps, connection: InventoryConnection, rows: Row[]): Promise<Row[]> {
  const ids = rows.map(({ claim }) => claim.subject);
  const skus = new Map(
    (await deps.catalog.stockSkus(deps.db, connection.id, ids)).map((sku) => [sku.listingSkuId, sku]),
  );
  const units = rows.flatMap(({ claim }): Unit[] => {
    const sku = skus.get(claim.subject);
    return sku ? [{ claim, sku }] : [];
  });
  return withStates(deps, connection, units);
}

/** An event lowered it and no order of ours is under way whose echo it could be. */
function isKnownDecrease(claim: Claim, state: StockState, now: Date): boolean {
  if (!state.isDirty || state.isUnread || state.hasWaiting || claim.takenOver) return false;
  return isDecrease(state) && decide(claim, state, now).kind === "push";
}

function isDecrease({ wanted, known }: StockState): boolean {
  const expected = expectedOf(known);
  return expected !== null && wanted < expected;
}

const decide = (claim: Claim, { wanted, known, hasWaiting, maybeTwice }: StockState, now: Date) =>
  decideStock({
    wanted,
    known,
    hasWaiting,
    maybeTwice,
    isTakenOver: claim.takenOver,
    marginMs: LATE_EFFECT_MARGIN_MS,
    now,
  });

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
  return lookedUpAgain(deps, connection, rows);
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
  const quiet: QuietRow[] = [];
  const blind: Row[] = [];
  const tied: Row[] = [];
  const waiting: Row[] = [];
  for (const row of rows) {
    const { claim, state } = row;
    const decision = decide(claim, state, now);
    const isBlind = failure !== undefined && (state.isUnread || !(decision.kind === "push" || isDecrease(state)));
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
        maybeTwice: state.maybeTwice,
      },
      "stock.decided",
    );
    const needsReading = state.isUnread || state.isDirty || state.isLeaving || decision.kind === "look";
    if (isBlind && needsReading) blind.push(row);
    else if (failure === undefined && state.isLeaving && !state.isDirty) tied.push(row);
    else if (decision.kind === "look") looks.push(row);
    else if (decision.kind === "push")
      pushes.push({ claim, state, quantity: decision.quantity, unexplained: state.known.unexplained, event: "stock" });
    else if (decision.kind === "wait") waiting.push(row);
    else quiet.push({ ...row, verifyAt: decision.kind === "trust" ? decision.verifyAt : null });
  }
  await allDone([
    sendPushes(deps, connection, pushes, ctx),
    lookAndSettle(deps, connection, looks, ctx),
    endQuietly(deps, quiet, ctx),
    ...blind.map(({ claim }) => ctx.fail(claim, failure)),
    ...tied.map(({ claim }) => ctx.end(claim, { kind: "later", at: after(now, TIE_MS), reason: TIED })),
    ...waiting.map(({ claim }) => ctx.end(claim, { kind: "later", at: after(now, LOOK_AGAIN_MS), reason: TWICE })),
  ]);
}

interface QuietRow extends Row {
  /** The channel's number is trusted until then. */
  verifyAt: Date | null;
}

/** Rows that need no call. Those that end at one moment share a statement. */
async function endQuietly(deps: InventoryDeps, rows: readonly QuietRow[], ctx: DrainContext): Promise<void> {
  const now = deps.clock.now();
  const trusted = rows.filter(({ state, verifyAt }) => verifyAt !== null && !state.isDirty);
  await allDone([
    ...rows
      .filter((row) => !trusted.includes(row))
      .map(({ claim, state }) =>
        ctx.end(
          claim,
          state.isDirty
            ? { kind: "later", at: after(now, LOOK_AGAIN_MS), reason: "the reading is older than its event" }
            : endingAfter(state, state.known.unexplained, claim, now),
        ),
      ),
    endTrusted(deps, trusted, ctx),
  ]);
}

async function endTrusted(deps: InventoryDeps, rows: readonly QuietRow[], ctx: DrainContext): Promise<void> {
  const trusts = rows.map(({ state, verifyAt }) => ({ listingSkuId: state.sku.listingSkuId, verifyAt }));
  await endTogether(deps, rows, ctx, async (tx) => {
    for (const { claim, verifyAt } of rows)
      await ctx.end(claim, { kind: "done", ...(verifyAt ? { recheckAt: verifyAt } : {}) }, tx);
    await lockOffers(
      tx,
      rows.map(({ state }) => state.sku.listingSkuId),
    );
    await tx.$executeRaw`
      update "Offer" o set "verifyAt" = t."verifyAt"
      from jsonb_to_recordset(${JSON.stringify(trusts)}::jsonb) as t("listingSkuId" text, "verifyAt" timestamptz(3))
      where o."listingSkuId" = t."listingSkuId"`;
  });
}

/** Stores the ends of these rows in one transaction, beside calls under way for others: when it fails, only these fail with it. */
async function endTogether(
  deps: InventoryDeps,
  rows: readonly Row[],
  ctx: DrainContext,
  run: (tx: Tx) => Promise<void>,
): Promise<void> {
  if (rows.length === 0) return;
  try {
    await deps.engine.change(run);
  } catch (error) {
    await allDone(rows.map(({ claim }) => ctx.fail(claim, error)));
  }
}

/** Increases, and decreases while orders are on their way home: compared with what the channel shows; where orders we do not know have lowered it, those are read first. */
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
    const again = await lookedUpAgain(deps, connection, open);
    await judgeAll(deps, connection, again, reads, true, ctx);
  } catch (error) {
    await allDone(rows.map(({ claim }) => ctx.fail(claim, error)));
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
  const shown: ShownRow[] = [];
  for (const row of rows) {
    const { claim, state } = row;
    const read = reads.get(state.sku.channelSkuId ?? "");
    // a SKU the channel does not show has never been bought: whatever it holds is replaced
    const judgement: Judgement =
      read === undefined
        ? { kind: "push", quantity: state.wanted, unexplained: 0 }
        : judgeReading({ read, ...state, hasInvestigated, now });
    if (judgement.kind === "investigate") open.push(row);
    else if (judgement.kind === "push")
      pushes.push({
        claim,
        state,
        quantity: judgement.quantity,
        unexplained: judgement.unexplained,
        event: judgement.unexplained > 0 ? "units without a known order" : "stock",
      });
    else shown.push({ ...row, read: read ?? 0, unexplained: judgement.kind === "keep" ? judgement.unexplained : 0 });
  }
  await allDone([sendPushes(deps, connection, pushes, ctx), endAsRead(deps, connection, shown, ctx)]);
  return open;
}

interface ShownRow extends Row {
  /** What the channel shows, which is what it should. */
  read: number;
  unexplained: number;
}

async function endAsRead(
  deps: InventoryDeps,
  connection: InventoryConnection,
  rows: readonly ShownRow[],
  ctx: DrainContext,
): Promise<void> {
  const at = deps.clock.now();
  await endTogether(deps, rows, ctx, async (tx) => {
    for (const { claim, state, unexplained } of rows)
      await ctx.end(claim, endingAfter(state, unexplained, claim, at), tx);
    const acknowledged = rows.map(
      ({ state, read, unexplained }): Acknowledged => ({
        ...{ state, unexplained, quantity: read },
        ...{ why: "read back", event: "channel read" },
      }),
    );
    await recordPushed(tx, connection, acknowledged, at);
  });
}
