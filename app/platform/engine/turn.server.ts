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
  /** False in tests whose clock stands still. Default true. */
  hasHeartbeat?: boolean;
}

export interface TurnOptions {
  /** The wake-up that asked for it; a stale one does nothing. */
  wakeUp?: string;
  /** At most so many rows; default the work's batch size. 0: the turn only passes. */
  limit?: number;
  /**
   * What takes longer is left behind as the turn's tail, so that one call that hangs holds up its own row, not its scope. Default: the
   * turn waits for all of them.
   */
  patienceMs?: number;
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
  /** Moments at which rows of this scope become due. */
  dueAgainAt: Date[];
  /** Rows still being worked under their leases, by this process. */
  tail: Tail | null;
}

export interface Tail {
  claimed: number;
  /** Rows of it that have not ended yet. */
  left(): number;
  onRowEnded(listener: () => void): void;
  /** Never rejects. */
  ended: Promise<Pick<TurnResult, "done" | "dueAgainAt" | "error">>;
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
  const nothing: TurnResult = {
    ...{ outcome: "busy", claimed: 0, done: 0, parked: 0 },
    ...{ next: null, dueAgainAt: [], tail: null },
  };
  if (!turn) return nothing;

  const end = (facts: TurnEnd) => endTurn(deps.db, { lane: work.lane, scope, turn }, facts, deps.clock.now());
  if (turn.restUntil) {
    await end({ done: 0, hasMore: false, rest: { until: turn.restUntil, for: "budget" } });
    return { ...nothing, outcome: "resting", dueAgainAt: [turn.restUntil] };
  }
  try {
    if (!(await lane.gate(scope))) {
      const until = after(deps.clock.now(), GATE_REST_MS);
      const next = await end({ done: 0, hasMore: false, rest: { until, for: "gate" } });
      return { ...nothing, outcome: "gated", next };
    }
    const worked = await workTurn(deps, work, scope, turn, options);
    const rest = worked.restUntil ? ({ until: worked.restUntil, for: "budget" } as const) : undefined;
    const next = await end({ done: worked.done, hasMore: worked.hasMore, rest });
    const dueAgainAt = worked.restUntil ? [...worked.dueAgainAt, worked.restUntil] : worked.dueAgainAt;
    return { ...worked, outcome: worked.claimed > 0 ? "worked" : "idle", next, dueAgainAt };
  } catch (error) {
    // the engine's own statements failed: let go if that is possible, else the leases run out
    await end({ done: 0, hasMore: false }).catch(() => null);
    throw error;
  }
}

interface Worked {
  claimed: number;
  done: number;
  parked: number;
  hasMore: boolean;
  restUntil: Date | null;
  dueAgainAt: Date[];
  error?: unknown;
  tail: Tail | null;
}

async function workTurn(deps: TurnDeps, work: Work, scope: Scope, turn: Turn, options: TurnOptions): Promise<Worked> {
  const limit = Math.min(options.limit ?? work.batchSize, work.batchSize);
  const leaseMs = work.leaseMs ?? DEFAULT_LEASE_MS;
  const request = { lane: work.lane, scope, token: turn.token, leaseMs };
  const result: Worked = { ...NOTHING_WORKED, dueAgainAt: [] };
  if (limit <= 0) return result;

  const claim = async (mode: "batch" | "alone", most: number) => {
    const found = await retryDeadlocks(() =>
      claimRows(deps.db, { ...request, mode, limit: most, now: deps.clock.now() }),
    );
    if (found.isBlocked) result.dueAgainAt.push(after(deps.clock.now(), BLOCKED_MS));
    result.claimed += found.claims.length;
    return found;
  };
  const note = (worked: WorkedOff) => {
    result.done += worked.done;
    result.restUntil = worked.restUntil;
    result.dueAgainAt.push(...worked.dueAgainAt);
    result.error ??= worked.error;
  };

  const found = await claim("batch", limit);
  result.hasMore = found.claims.length >= limit;
  if (found.claims.length > 0) {
    const running = workOff(deps, work, turn, found.claims, options);
    const worked = await within(options.patienceMs, running.ended);
    if (worked) note(worked);
    else result.tail = running.leaveBehind();
  }
  if (found.hasAlone && !options.signal?.aborted && !result.restUntil) {
    result.parked = await park(deps, work.lane, scope);
    const alone = await claim("alone", 1);
    if (alone.claims.length > 0) note(await workOff(deps, work, turn, alone.claims, options).ended);
    result.hasMore ||= alone.claims.length > 0;
  }
  return result;
}

const NOTHING_WORKED = { claimed: 0, done: 0, parked: 0, hasMore: false, restUntil: null, tail: null };

interface WorkedOff {
  done: number;
  restUntil: Date | null;
  dueAgainAt: Date[];
  error?: unknown;
}

/** Has the domain work claimed rows and ends whatever it left open. `ended` rejects only when the engine's own statements fail. */
function workOff(deps: TurnDeps, work: Work, turn: Turn, claims: Claim[], options: TurnOptions) {
  const leaseMs = work.leaseMs ?? DEFAULT_LEASE_MS;
  const scope = claims[0]?.scope as Scope;
  const lane = deps.lanes.get(work.lane);
  const isOpen = async () => (await lane?.gate(scope)) ?? true;
  const signal = options.signal ?? neverAborted;
  const batch = openBatch(deps, claims, { token: turn.token, leaseMs, signal, isOpen });
  const keeper =
    deps.hasHeartbeat === false ? null : keepAlive(deps, work.lane, scope, turn, batch.extend, options.signal);
  const run = async (): Promise<WorkedOff> => {
    let error: unknown;
    try {
      const context = keeper ? { ...batch.context, signal: keeper.signal } : batch.context;
      await withLane(lane, () => work.drain(claims, context));
    } catch (caught) {
      error = caught ?? new Error("the drain threw nothing");
    } finally {
      keeper?.stop();
    }
    await batch.settle(error);
    return { ...batch.outcome(), error };
  };
  const ended = run();
  return {
    ended,
    /** The turn goes on without them: from now on only the rows' own leases are renewed. */
    leaveBehind(): Tail {
      keeper?.leaveTurn();
      const failed = (error: unknown): WorkedOff => ({ done: 0, restUntil: null, dueAgainAt: [], error });
      return {
        claimed: claims.length,
        left: batch.left,
        onRowEnded: batch.onRowEnded,
        ended: ended.catch(failed).then(async ({ restUntil, ...worked }) => {
          await countDone(deps.db, { lane: work.lane, scope }, worked.done, deps.clock.now()).catch(() => {});
          return restUntil ? { ...worked, dueAgainAt: [...worked.dueAgainAt, restUntil] } : worked;
        }),
      };
    },
  };
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

/** Renews the leases of a turn until stopped; aborts its signal when the scope was lost or the turn takes far too long. */
function keepAlive(
  deps: TurnDeps,
  lane: string,
  scope: Scope,
  turn: Turn,
  extend: () => Promise<void>,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; leaveTurn(): void; stop(): void } {
  const controller = new AbortController();
  const began = Date.now();
  let isInTurn = true;
  const beat = async () => {
    try {
      const isKept = !isInTurn || (await keepTurn(deps.db, { lane, scope, turn }, deps.clock.now())) || !isInTurn;
      if (isKept) await extend();
      else controller.abort();
    } catch (err) {
      deps.log.warn({ err, lane, scope }, "heartbeat.failed");
    }
    if (Date.now() - began > LONGEST_TURN_MS) {
      deps.log.error({ lane, scope }, "turn.too-long");
      controller.abort();
      clearInterval(timer);
    }
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_MS);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    leaveTurn: () => {
      isInTurn = false;
    },
    stop: () => clearInterval(timer),
  };
}
