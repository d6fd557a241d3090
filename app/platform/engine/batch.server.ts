import { after, type Clock } from "../clock.ts";
import type { Db, Tx } from "../db.server.ts";
import { BudgetClosed, CallError, LeaseLost } from "../errors.ts";
import type { Logger } from "../log.server.ts";
import { type Ended, endRows, extendRows, type RowEnd } from "./end.server.ts";
import { endOfError, restAfter } from "./error-end.ts";
import { createMicroBatch } from "./micro-batch.ts";
import type { Claim, DrainContext, Ending, Scope } from "./model.ts";
import { retryDeadlocks } from "./sql.server.ts";

const SLOW_LOOK_MS = 60 * 60_000;
const GATHER_MS = 3;
/** One check is made for all rows of the batch and serves those that are sent within this time: little beside a lease of many seconds. */
const CHECK_HOLDS_MS = 500;
/** So old may the answer of the gate be when something is sent. */
const CHECK_GATE_MS = 250;

export interface BatchDeps {
  db: Db;
  clock: Clock;
  log: Logger;
  random: () => number;
  /** Has rows ended as the last thing of the transaction; at once when it is none of the engine's. */
  atItsEnd(tx: Tx, ending: LastInTx): Promise<void>;
}

/** What a transaction does last of all. */
export interface LastInTx {
  /** Whatever is stored of several scopes is stored in this order, as wants are. */
  order: string;
  run(): Promise<void>;
  committed(): void;
}

/** The claimed rows of one turn, from the claim to the last end. */
export interface Batch {
  context: DrainContext;
  /** Lengthens the leases of the rows not ended yet. */
  extend(): Promise<void>;
  /** Ends what the drain left: by its error, or as given back. Call once, after the drain returned or threw. */
  settle(error: unknown): Promise<void>;
  /** How many rows have not ended yet. */
  left(): number;
  /** What came of it so far. */
  outcome(): {
    done: number;
    restUntil: Date | null;
    /** A row that ended was wanted meanwhile. */
    isDueAgain: boolean;
  };
}

/** Wraps the claims of one token so that ends and lease checks of one moment become one statement each. */
export function openBatch(
  deps: BatchDeps,
  claims: Claim[],
  options: {
    token: string;
    leaseMs: number;
    signal: AbortSignal;
    /** Rows have ended, for good; those that are due again are due at these times. */
    onEnded(dueAgainAt: Date[]): void;
    /** Whether the lane may still be worked for this scope. */
    isOpen?: () => Promise<boolean>;
  },
): Batch {
  const { db, clock, log } = deps;
  const [first] = claims;
  if (!first) throw new RangeError("a batch needs a claim");
  const target = { lane: first.lane, scope: first.scope as Scope, token: options.token };
  const open = new Map(claims.map((claim) => [claim.subject, claim]));
  const lease = { leaseMs: options.leaseMs, minimumMs: options.leaseMs / 2 };
  let done = 0;
  let restUntil: Date | null = null;
  let isDueAgain = false;

  const send = async (ends: RowEnd[]): Promise<boolean[]> => {
    const ending = new Set(ends.map((end) => end.claim.subject));
    const ended = await retryDeadlocks(() => endRows(db, target, ends, objectsFreedBy(ending, open), clock.now()));
    // one that was not ended is no longer ours
    for (const end of ends) if (!ended.has(end.claim.subject)) open.delete(end.claim.subject);
    close(
      ends.filter((end) => ended.has(end.claim.subject)),
      ended,
    );
    return ends.map((end) => ended.has(end.claim.subject));
  };
  const close = (ends: RowEnd[], ended: Ended) => {
    isDueAgain ||= ends.some((end) => ended.get(end.claim.subject));
    for (const end of ends) if (open.delete(end.claim.subject) && end.kind === "done") done += 1;
    if (ends.length > 0)
      options.onEnded(ends.flatMap((end) => [end.at, end.recheckAt].filter((time) => time !== undefined)));
  };
  // a drain that makes several calls at a time gets their answers at about the same time
  const endSoon = createMicroBatch(send, () => (open.size > 1 ? GATHER_MS : 0));
  // the claim itself is the first check
  const checked = { at: first.claimedAt.getTime(), held: new Set(open.keys()) };
  const checkSoon = createMicroBatch(async (asked: Claim[]) => {
    const all = [...new Set([...asked, ...open.values()])];
    const now = clock.now();
    checked.held = await retryDeadlocks(() => extendRows(db, target, all, lease, now));
    checked.at = now.getTime();
    return asked.map((claim) => checked.held.has(claim.subject));
  });
  // a merchant may have closed the gate while the batch is worked: what is not sent yet is given back
  const shut = new Set<string>();
  let gate = { at: clock.now().getTime(), isOpen: true };
  const isGateOpen = async (): Promise<boolean> => {
    const now = clock.now().getTime();
    if (options.isOpen && gate.isOpen && Math.abs(now - gate.at) > CHECK_GATE_MS)
      gate = { at: now, isOpen: await options.isOpen() };
    return gate.isOpen;
  };
  const holds = async (claim: Claim): Promise<boolean> => {
    if (!(await isGateOpen())) {
      shut.add(claim.subject);
      return false;
    }
    const isFresh = Math.abs(clock.now().getTime() - checked.at) <= CHECK_HOLDS_MS && open.has(claim.subject);
    return isFresh && checked.held.has(claim.subject) ? true : checkSoon(claim);
  };

  const toRowEnd = (claim: Claim, ending: Ending): RowEnd => {
    const now = clock.now();
    switch (ending.kind) {
      case "done":
        return { claim, ...ending };
      case "waits":
        return {
          claim,
          kind: "waits",
          waitsFor: ending.for,
          reason: ending.reason,
          at: ending.recheckAt ?? after(now, SLOW_LOOK_MS),
        };
      case "later": {
        const backOff = endOfError(null, { failures: claim.failures, batch: 1, now, random: deps.random });
        const time = ending.at ?? (backOff.kind === "later" ? backOff.at : now);
        return {
          claim,
          kind: "later",
          at: time,
          reason: ending.reason,
          isFailure: !ending.at,
          recheckAt: ending.recheckAt,
        };
      }
    }
  };
  const toErrorEnd = (claim: Claim, error: unknown, batch: number): RowEnd => {
    const facts = { failures: claim.failures, batch, now: clock.now(), random: deps.random };
    return { claim, ...endOfError(error, facts) };
  };
  const endsOf = new WeakMap<Tx, RowEnd[]>();
  const endLast = (tx: Tx, ends: RowEnd[]) => {
    endsOf.set(tx, ends);
    let ended: Ended = new Map();
    return deps.atItsEnd(tx, {
      order: `${target.lane} ${target.scope}`,
      async run() {
        endsOf.delete(tx);
        // an object shared with other rows of the batch stays leased until these have ended too
        const freed = objectsFreedBy(new Set(ends.map((end) => end.claim.subject)), open);
        ended = await endRows(tx, target, ends, freed, clock.now());
        const lost = ends.find((end) => !ended.has(end.claim.subject));
        if (lost) throw new LeaseLost(lost.claim.subject);
      },
      committed: () => close(ends, ended),
    });
  };
  const noteRest = (error: unknown) => {
    if (error instanceof BudgetClosed) restUntil = restAfter(error, clock.now());
  };

  const context: DrainContext = {
    signal: options.signal,
    log,
    now: () => clock.now(),
    holds,
    end: async (claim, ending, tx) => {
      const end = toRowEnd(claim, ending);
      if (!tx) return endSoon(end);
      const gathered = endsOf.get(tx);
      if (gathered) gathered.push(end);
      else await endLast(tx, [end]);
      return true;
    },
    fail: async (claim, error) => {
      noteRest(error);
      // a row whose own lease is lost is not touched by this; those it took a transaction down with are tried again
      return endSoon(toErrorEnd(claim, error, 1));
    },
  };

  return {
    context,
    left: () => open.size,
    outcome: () => ({ done, restUntil, isDueAgain }),
    extend: async () => {
      if (open.size > 0)
        await extendRows(
          db,
          target,
          [...open.values()],
          { ...lease, minimumMs: options.leaseMs * 0.75, skipsLocked: true },
          clock.now(),
        );
    },
    settle: async (error) => {
      noteRest(error);
      const left = [...open.values()];
      if (left.length === 0) return;
      // a call that may have landed is never forgotten, not even on the way out
      const isGivenBack = options.signal.aborted && !(error instanceof CallError);
      const cause = error ?? new Error("the drain did not end the row");
      const isBack = (claim: Claim) => isGivenBack || (error === undefined && shut.has(claim.subject));
      const ends = left.map(
        (claim): RowEnd => (isBack(claim) ? { claim, kind: "back" } : toErrorEnd(claim, cause, left.length)),
      );
      const ended = (await send(ends)).filter(Boolean).length;
      if (ended > 0 && error === undefined && !left.every(isBack)) log.error({ rows: ended }, "drain.left-rows-open");
    },
  };
}

/** Objects none of whose rows stays open. */
function objectsFreedBy(ending: Set<string>, open: Map<string, Claim>): string[] {
  const freed = new Set<string>();
  const kept = new Set<string>();
  for (const claim of open.values()) {
    if (claim.object !== null) (ending.has(claim.subject) ? freed : kept).add(claim.object);
  }
  return [...freed].filter((object) => !kept.has(object));
}
