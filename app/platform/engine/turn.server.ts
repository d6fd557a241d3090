import { randomUUID } from "node:crypto";
import { after } from "../clock.ts";
import type { Tx } from "../db.server.ts";
import { type BatchDeps, openBatch } from "./batch.server.ts";
import { withLane } from "./budgets.server.ts";
import { claimRows, parkExhausted } from "./claim.server.ts";
import { beginTurn, countDone, endTurn, keepTurn, type Turn, type TurnEnd } from "./lane.server.ts";
import {
  type Claim,
  DEFAULT_LEASE_MS,
  type LaneDefinition,
  type ParkedRow,
  type Scope,
  type Waker,
  type WakeUp,
  type Work,
} from "./model.ts";
import { retryDeadlocks } from "./sql.server.ts";

/** A closed gate is looked at again after this even if nobody wakes the scope. */
const GATE_REST_MS = 30_000;
/** Rows whose object somebody else works on are tried again after this. */
const BLOCKED_MS = 200;
/** A turn that takes longer is told to stop, and its leases are no longer renewed. */
const LONGEST_TURN_MS = 10 * 60_000;
const HEARTBEAT_MS = 4_000;

export interface TurnDeps extends BatchDeps {
  lanes: Map<string, LaneDefinition>;
  onParked?: (tx: Tx, rows: ParkedRow[]) => Promise<void>;
  waker: Waker;
  /** A turn begins; call what it gives when it ends: true, if something of its scope was made due meanwhile. */
  enter(lane: string, scope: Scope): () => boolean;
  /** False in tests whose clock stands still. Default true. */
  hasHeartbeat?: boolean;
}

export interface TurnOptions {
  /** The wake-up that asked for it; a stale one does nothing. */
  wakeUp?: string;
  /** At most so many rows; default the work's batch size. Asked when the turn has begun. 0: the turn only passes. */
  limit?: () => number;
  /**
   * What takes longer is left behind as the turn's tail, so that one call that hangs holds up its own row, not its scope. Default: the
   * turn waits for all of them.
   */
  patienceMs?: number;
  onTail?: (tail: Tail) => void;
  /** Hears of moments at which the scope should be looked at, as soon as they are known. */
  lookAt?: (time: Date) => void;
  signal?: AbortSignal;
}

export interface TurnResult {
  /** "busy": somebody else is at it, or the wake-up was an old one. */
  outcome: "worked" | "idle" | "busy" | "gated" | "resting";
  claimed: number;
  done: number;
  parked: number;
  /** The error that ended it, for whoever keeps the log. */
  error?: unknown;
  /** Puts the scope at the back of the queue. */
  next: WakeUp | null;
}

/** Rows still being worked under their leases, by this process, after their turn is over. */
export interface Tail {
  claimed: number;
  /** Rows of it that have not ended yet. */
  left(): number;
  /** Never rejects. */
  ended: Promise<Pick<TurnResult, "done" | "error">>;
}

/** One turn of a drain: takes (lane, scope), works one bounded batch, ends every row, and lets go. */
export async function runTurn(
  deps: TurnDeps,
  work: Work,
  scope: Scope,
  options: TurnOptions = {},
): Promise<TurnResult> {
  const lane = deps.lanes.get(work.lane);
  if (!lane) throw new Error(`no such lane: ${work.lane}`);
  const token = randomUUID();
  const turn = await beginTurn(deps.db, { lane: work.lane, scope, token, wakeUp: options.wakeUp }, deps.clock.now());
  const nothing: TurnResult = { outcome: "busy", claimed: 0, done: 0, parked: 0, next: null };
  if (!turn) return nothing;

  const leave = deps.enter(work.lane, scope);
  const end = ({ hasMore, ...facts }: TurnEnd) =>
    endTurn(deps.db, { lane: work.lane, scope, turn }, { ...facts, hasMore: leave() || hasMore }, deps.clock.now());
  if (turn.restUntil) {
    await end({ done: 0, hasMore: false, rest: { until: turn.restUntil, for: "budget" } });
    options.lookAt?.(turn.restUntil);
    return { ...nothing, outcome: "resting" };
  }
  try {
    if (!(await lane.gate(scope))) {
      const until = after(deps.clock.now(), GATE_REST_MS);
      const next = await end({ done: 0, hasMore: false, rest: { until, for: "gate" } });
      return { ...nothing, outcome: "gated", next };
    }
    const { hasMore, restUntil, ...worked } = await workTurn(deps, work, scope, turn, options);
    const next = await end({
      done: worked.done,
      hasMore,
      ...(restUntil ? { rest: { until: restUntil, for: "budget" } } : {}),
    });
    return { ...worked, outcome: worked.claimed > 0 ? "worked" : "idle", next };
  } catch (error) {
    // the engine's own statements failed: let go if that is possible, else the leases run out; who was woken meanwhile is not forgotten
    const next = await end({ done: 0, hasMore: false }).catch(() => null);
    if (next) await deps.waker([next]).catch(() => {});
    throw error;
  }
}

interface Worked {
  claimed: number;
  done: number;
  parked: number;
  hasMore: boolean;
  restUntil: Date | null;
  error?: unknown;
}

async function workTurn(deps: TurnDeps, work: Work, scope: Scope, turn: Turn, options: TurnOptions): Promise<Worked> {
  const limit = Math.min(options.limit?.() ?? work.batchSize, work.batchSize);
  const result: Worked = { claimed: 0, done: 0, parked: 0, hasMore: false, restUntil: null };
  if (limit <= 0) return result;

  const claimAndWork = async (mode: "batch" | "alone", most: number) => {
    // a token of its own, so that a row of the batch worked again alone is not taken for the one left behind
    const request = { lane: work.lane, scope, token: randomUUID(), leaseMs: work.leaseMs ?? DEFAULT_LEASE_MS, mode };
    const found = await retryDeadlocks(() => claimRows(deps.db, { ...request, limit: most, now: deps.clock.now() }));
    if (found.isBlocked) options.lookAt?.(after(deps.clock.now(), BLOCKED_MS));
    if (found.claims.length === 0) return found;
    const running = workOff(deps, work, turn, found.claims, options);
    const worked = await within(options.patienceMs, running.ended);
    if (worked) {
      result.done += worked.done;
      result.restUntil = worked.restUntil;
      result.error ??= worked.error;
      result.hasMore ||= worked.isDueAgain;
      result.claimed += found.claims.length;
    } else options.onTail?.(running.leaveBehind());
    return found;
  };

  const found = await claimAndWork("batch", limit);
  result.hasMore ||= found.claims.length >= limit;
  if (found.hasAlone && !options.signal?.aborted && !result.restUntil) {
    result.parked = await park(deps, work.lane, scope);
    const alone = await claimAndWork("alone", 1);
    result.hasMore ||= alone.claims.length > 0;
  }
  return result;
}

interface WorkedOff {
  done: number;
  isDueAgain: boolean;
  restUntil: Date | null;
  error?: unknown;
}

/** Has the domain work claimed rows and ends whatever it left open. `ended` rejects only when the engine's own statements fail. */
function workOff(deps: TurnDeps, work: Work, turn: Turn, claims: Claim[], options: TurnOptions) {
  const { lane } = work;
  const [{ scope, token }] = claims as [Claim];
  let isBehind = false;
  const lookAt = (time: Date) => options.lookAt?.(time);
  const keeper = keepAlive(deps, { lane, scope, turn }, () => batch.extend(), options.signal ?? neverAborted);
  const batch = openBatch(deps, claims, {
    token,
    leaseMs: work.leaseMs ?? DEFAULT_LEASE_MS,
    signal: keeper.signal,
    isOpen: async () => (await deps.lanes.get(lane)?.gate(scope)) ?? true,
    onEnded(times) {
      for (const time of times) lookAt(time);
      // its turn no longer comes round to see whether it was wanted again, and there is room for another
      if (isBehind) lookAt(deps.clock.now());
    },
  });
  const run = async (): Promise<WorkedOff> => {
    let error: unknown;
    try {
      await withLane(deps.lanes.get(lane), () => work.drain(claims, batch.context));
    } catch (caught) {
      error = caught ?? new Error("the drain threw nothing");
    } finally {
      keeper.stop();
    }
    await batch.settle(error);
    const outcome = batch.outcome();
    if (outcome.restUntil) lookAt(outcome.restUntil);
    return { ...outcome, error };
  };
  const ended = run();
  const leaveBehind = (): Tail => {
    isBehind = true;
    keeper.leaveTurn();
    const settled = ended.then(
      async ({ done, error }) => {
        await countDone(deps.db, { lane, scope }, done, deps.clock.now()).catch(() => {});
        return { done, error };
      },
      (error: unknown) => ({ done: 0, error }),
    );
    return { claimed: claims.length, left: batch.left, ended: settled };
  };
  return { ended, leaveBehind };
}

/** Null: it takes longer. Without a limit it is waited for. */
async function within<T>(ms: number | undefined, work: Promise<T>): Promise<T | null> {
  if (ms === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function park(deps: TurnDeps, lane: string, scope: Scope): Promise<number> {
  return deps.db.$transaction(async (tx) => {
    const rows = await parkExhausted(tx, lane, scope, deps.clock.now());
    if (rows.length > 0) {
      deps.log.error({ lane, scope, subjects: rows.map((row) => row.subject) }, "row.parked");
      await deps.onParked?.(tx, rows);
    }
    return rows.length;
  });
}

const neverAborted = new AbortController().signal;

/**
 * Renews the leases of a batch until stopped, and that of its scope while its turn lasts. The signal is aborted when the process stops
 * or the batch takes far too long.
 */
function keepAlive(
  deps: TurnDeps,
  target: { lane: string; scope: Scope; turn: Turn },
  extend: () => Promise<void>,
  outer: AbortSignal,
): { signal: AbortSignal; leaveTurn(): void; stop(): void } {
  if (deps.hasHeartbeat === false) return { signal: outer, leaveTurn: () => {}, stop: () => {} };
  const { lane, scope } = target;
  const tooLong = new AbortController();
  const began = Date.now();
  let isInTurn = true;
  const beat = async () => {
    try {
      // a scope somebody else has taken over costs nothing but the turn: rows are kept by their own leases
      if (isInTurn) isInTurn = await keepTurn(deps.db, target, deps.clock.now());
      await extend();
    } catch (err) {
      deps.log.warn({ err, lane, scope }, "heartbeat.failed");
    }
    if (Date.now() - began > LONGEST_TURN_MS) {
      deps.log.error({ lane, scope }, "turn.too-long");
      tooLong.abort();
      clearInterval(timer);
    }
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_MS);
  return {
    signal: AbortSignal.any([outer, tooLong.signal]),
    leaveTurn: () => {
      isInTurn = false;
    },
    stop: () => clearInterval(timer),
  };
}
