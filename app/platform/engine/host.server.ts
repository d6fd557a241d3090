import { setTimeout as sleep } from "node:timers/promises";
import { BudgetClosed } from "../errors.ts";
import type { Logger } from "../log.server.ts";
import { withLogContext } from "../log.server.ts";
import type { Metrics } from "../metrics.server.ts";
import type { HostedQueue, Queues } from "../queue.server.ts";
import type { Engine } from "./engine.server.ts";
import type { LaneDefinition, Scope, WakeUp, Work } from "./model.ts";
import { createPace } from "./pace.ts";
import { createPressure } from "./pressure.ts";
import { createTails } from "./tails.ts";
import type { Tail, TurnResult } from "./turn.server.ts";
import { createWakeTimers } from "./wake-timers.ts";

/** Leases last many seconds; clocks further apart than this begin to eat into them. */
const SKEW_MS = 2_000;
/** A queue's store that starts when we do, or is busy, is waited for so long. */
const START_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 500;
/** So long a scope may go round without the queue: no more than one turn of a busy scope takes. */
const GO_ROUND_MS = 250;
/** A turn that takes longer leaves behind what still hangs and lets the scope go on. */
const PATIENCE_MS = 2_000;
/** What may wait gives way for so long, at most. */
const KEPT_BACK_MS = 1_500;
/** Whoever wrote a delivery down reacts to it at once; one that lies for so long was left behind. */
const LEFT_BEHIND_MS = 2_000;

export interface JobHostDeps {
  engine: Engine;
  queues: Queues;
  works: Work[];
  log: Logger;
  metrics?: Metrics;
  /** Deliveries that a process wrote down and died before it reacted to them are taken up here. */
  inbox?: { catchUp(olderThanMs: number): Promise<number> };
  /** How long `stop` waits for calls in flight. Default 35 s, a little more than the longest deadline of a call. */
  stopWithinMs?: number;
  /** How long `start` waits for the queue's store. Default a minute. */
  startWithinMs?: number;
}

export interface JobHost {
  /** Rejects when the queue's store does not answer for a minute. */
  start(): Promise<void>;
  /** Takes no new work, lets calls in flight end, gives back what was not begun. What could not end in time runs into its lease. */
  stop(): Promise<void>;
}

/** Hosts the works of all lanes in this process: wake-ups from the queue, sweeps, and the moments at which rows become due. */
export function createJobHost(deps: JobHostDeps): JobHost {
  const { engine, queues, log } = deps;
  const works = matchWorks(engine.lanes, deps.works);
  const stopping = new AbortController();
  const pace = createPace();
  const timers = createWakeTimers(engine.clock, (lane, scope) => void engine.wake(lane, scope));
  const tails = createTails();
  const pressure = createPressure({ mostMs: KEPT_BACK_MS });
  /** Scopes whose rows this process gave back, or did not begin, while it stopped. */
  const leftToOthers = new Map<string, { lane: string; scope: Scope }>();
  const hosted: HostedQueue[] = [];
  const sweeps: NodeJS.Timeout[] = [];

  /**
   * A scope that was woken during a short turn goes round again at once: through the queue it would only come back later, at several times
   * the cost. After a while it goes to the back of the queue all the same, so that others have theirs.
   */
  async function handle(work: Work, wakeUp: WakeUp): Promise<void> {
    const goesRoundUntil = performance.now() + GO_ROUND_MS;
    let next = await takeTurn(work, wakeUp);
    while (next && performance.now() < goesRoundUntil && !stopping.signal.aborted) next = await takeTurn(work, next);
    if (!next) return;
    try {
      await queues.putLast([next]);
    } catch (err) {
      log.error({ err, lane: next.lane, scope: next.scope }, "turn.failed");
    }
  }

  /** One turn. Returns the wake-up of the next one, when there is more to do. */
  async function takeTurn(work: Work, wakeUp: WakeUp): Promise<WakeUp | null> {
    const { lane, scope } = wakeUp;
    const began = performance.now();
    // while the process stops a turn only passes: the wake-up is used up, and `stop` puts a new one for others
    const isStopping = stopping.signal.aborted;
    const room = () => (isStopping ? 0 : Math.max(0, work.batchSize - tails.rows(lane, scope)));
    try {
      const result = await engine.turn(work, scope, {
        wakeUp: wakeUp.id,
        limit: () => Math.min(room(), pace.limit(work, scope)),
        patienceMs: PATIENCE_MS,
        onTail: (tail) => void follow(lane, scope, tail),
        lookAt: (time) => timers.add(lane, scope, time),
        signal: stopping.signal,
      });
      if (stopping.signal.aborted) leftToOthers.set(`${lane} ${scope}`, { lane, scope });
      if (result.outcome === "busy") return null;
      const seconds = (performance.now() - began) / 1000;
      pace.note(work, scope, result.claimed, seconds);
      report(lane, scope, result, seconds);
      return result.next;
    } catch (err) {
      log.error({ err, lane, scope }, "turn.failed");
      return null;
    }
  }

  /** What a turn left behind. */
  async function follow(lane: string, scope: Scope, tail: Tail): Promise<void> {
    const began = performance.now();
    await tails.add(lane, scope, tail);
    if (stopping.signal.aborted) leftToOthers.set(`${lane} ${scope}`, { lane, scope });
    report(
      lane,
      scope,
      { ...(await tail.ended), claimed: tail.claimed, parked: 0 },
      (performance.now() - began) / 1000,
    );
  }

  function report(
    lane: string,
    scope: Scope,
    result: Pick<TurnResult, "claimed" | "done" | "parked" | "error">,
    seconds: number,
  ): void {
    deps.metrics?.drainSeconds.observe({ lane }, seconds);
    deps.metrics?.rowsEnded.inc({ lane, end: "done" }, result.done);
    deps.metrics?.rowsEnded.inc({ lane, end: "other" }, Math.max(0, result.claimed - result.done));
    deps.metrics?.rowsParked.inc({ lane }, result.parked);
    const facts = { lane, scope, claimed: result.claimed, done: result.done, ms: Math.round(seconds * 1000) };
    // a budget that is used up is how drains are paced, not a fault
    if (result.error && !(result.error instanceof BudgetClosed))
      log.warn({ ...facts, err: result.error }, "turn.ended-by-error");
    else if (result.claimed > 0) log.debug(facts, "turn.ended");
  }

  async function sweep(lane: LaneDefinition): Promise<void> {
    try {
      const found = await engine.sweep(lane.name, lane.sweepEveryMs);
      if (found > 0) log.debug({ lane: lane.name, scopes: found }, "sweep.found");
    } catch (err) {
      log.warn({ err, lane: lane.name }, "sweep.failed");
    }
  }

  let catchingUp: Promise<void> | null = null;
  /** One at a time. */
  const catchUp = () => {
    catchingUp ??= catchUpOnce().finally(() => {
      catchingUp = null;
    });
  };
  async function catchUpOnce(): Promise<void> {
    try {
      const taken = await deps.inbox?.catchUp(LEFT_BEHIND_MS);
      if (taken) log.info({ deliveries: taken }, "deliveries.caught-up");
    } catch (err) {
      log.warn({ err }, "deliveries.catch-up-failed");
    }
  }

  async function untilStoreAnswers(): Promise<void> {
    const until = performance.now() + (deps.startWithinMs ?? START_WITHIN_MS);
    for (;;) {
      try {
        return await queues.check();
      } catch (err) {
        if (performance.now() > until) throw err;
        log.warn({ err }, "queue.not-answering");
        await sleep(ASK_AGAIN_MS);
      }
    }
  }

  return {
    async start() {
      await untilStoreAnswers();
      const skewMs = await engine.clockSkewMs();
      if (Math.abs(skewMs) > SKEW_MS) log.error({ skewMs }, "clock.skewed");
      for (const lane of engine.lanes) {
        const work = works.get(lane.name);
        if (!work) continue;
        const inOrder = lane.mayWait ? pressure.later : pressure.first;
        hosted.push(
          queues.host(lane.name, lane.concurrency, (wakeUp) =>
            withLogContext({ lane: lane.name, scope: wakeUp.scope }, () => inOrder(() => handle(work, wakeUp))),
          ),
        );
        sweeps.push(setInterval(() => void sweep(lane), lane.sweepEveryMs));
        void sweep(lane);
      }
      if (deps.inbox) sweeps.push(setInterval(catchUp, LEFT_BEHIND_MS));
    },
    async stop() {
      stopping.abort();
      for (const timer of sweeps) clearInterval(timer);
      timers.stop();
      pressure.end();
      await catchingUp;
      const closed = Promise.all(hosted.map((queue) => queue.close())).then(() => tails.allEnded());
      const inTime = await Promise.race([closed.then(() => true), delay(deps.stopWithinMs ?? 35_000)]);
      if (!inTime) {
        log.warn("stop.too-slow");
        await Promise.all(hosted.map((queue) => queue.close(true)));
      }
      await Promise.all([...leftToOthers.values()].map(({ lane, scope }) => engine.wake(lane, scope)));
      await engine.flush();
    },
  };
}

const delay = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref());

/** Refuses at the start what would otherwise be noticed by work that is never done. */
function matchWorks(lanes: readonly LaneDefinition[], works: Work[]): Map<string, Work> {
  const names = new Set(lanes.map((lane) => lane.name));
  const found = new Map<string, Work>();
  for (const work of works) {
    if (!names.has(work.lane)) throw new Error(`work for a lane that does not exist: ${work.lane}`);
    if (found.has(work.lane)) throw new Error(`two works for the lane ${work.lane}`);
    found.set(work.lane, work);
  }
  const idle = [...names].filter((name) => !found.has(name));
  if (idle.length > 0) throw new Error(`no work for the lanes ${idle.join(", ")}`);
  return found;
}
