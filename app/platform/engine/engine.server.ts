import { gatherActivity, storeActivity } from "../activity.server.ts";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db.server.ts";
import type { Logger } from "../log.server.ts";
import { readBacklog, readLaneAges, readRun } from "./backlog.server.ts";
import type { LastInTx } from "./batch.server.ts";
import { createBudgets } from "./budgets.server.ts";
import { createGroupChanges } from "./group-changes.ts";
import { readClockSkew } from "./housekeeping.server.ts";
import { sweepLane } from "./lane.server.ts";
import type { BacklogLine, Budgets, LaneDefinition, ParkedRow, Run, Scope, Waker, Want, Work } from "./model.ts";
import { retryDeadlocks } from "./sql.server.ts";
import { runTurn, type TurnOptions, type TurnResult } from "./turn.server.ts";
import { createWakeBox } from "./wake-box.server.ts";
import { raiseRows, storeWants } from "./want.server.ts";

export interface EngineDeps {
  db: Db;
  clock: Clock;
  log: Logger;
  waker: Waker;
  lanes: LaneDefinition[];
  /** Rows were given up; called in the transaction that parks them. */
  onParked?: (tx: Tx, rows: ParkedRow[]) => Promise<void>;
  /** The scopes a raise of this scope reaches (a shop's connections). Default: only itself. */
  scopesWithin?: (tx: Tx, scope: Scope) => Promise<Scope[]>;
  /** 0 ≤ x < 1; spreads back-offs. */
  random?: () => number;
  /** False in tests whose clock stands still: turns then renew no lease. */
  hasHeartbeat?: boolean;
}

export interface Engine {
  readonly lanes: readonly LaneDefinition[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly budgets: Budgets;
  /** A transaction whose wants and raises wake their lanes once it has committed. Run again when the database found a deadlock. */
  change<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same for a change that locks nothing but rows of its own: those of one moment share a transaction, and none fails with another. */
  changeTogether<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Something is due. In the transaction of the change that makes it so. */
  want(tx: Tx, want: Want | Want[]): Promise<void>;
  /** What rows wait for has come: they are due. Returns how many. In the transaction of the change that brings it. */
  raise(tx: Tx, scope: Scope, name: string): Promise<number>;
  /** Has a scope looked at soon. Best effort; never fails. */
  wake(lane: string, scope: Scope): Promise<void>;
  backlog(scopes: Scope[]): Promise<BacklogLine[]>;
  /** How far what was wanted together in a lane is; only rows whose subject begins with `subjects`. */
  run(which: { lane: string; scope: Scope; subjects?: string }): Promise<Run>;
  /** Due rows and oldest age per lane, for the metrics. */
  laneAges(): Promise<{ lane: string; due: number; oldestSeconds: number }[]>;
  /** How far this process's clock is ahead of the database's, in milliseconds. Leases compare the clocks of all processes. */
  clockSkewMs(): Promise<number>;
  /** One turn of a drain. For the job host and for tests. */
  turn(work: Work, scope: Scope, options?: TurnOptions): Promise<TurnResult>;
  /** Wakes every scope of a lane with due rows that nobody works on. For the job host and for tests. */
  sweep(lane: string, everyMs: number): Promise<number>;
  /** Waits until all wake-ups so far are out. */
  flush(): Promise<void>;
}

interface Target {
  lane: string;
  scope: Scope;
}

/**
 * A transaction under way. What it wants and what it ends is stored last of all, so that the rows of the engine, which reactions
 * to webhooks and other drains want too, are locked for a moment only.
 */
interface OpenChange {
  touched: Map<string, Target>;
  wants: Want[];
  endings: LastInTx[];
}

export function createEngine(deps: EngineDeps): Engine {
  const { db, clock, log } = deps;
  const lanes = new Map(deps.lanes.map((lane) => [lane.name, lane]));
  if (lanes.size !== deps.lanes.length) throw new Error("two lanes have the same name");
  const changes = new WeakMap<object, OpenChange>();
  const box = createWakeBox({ db, clock, log, waker: deps.waker });
  const atItsEnd = async (tx: Tx, ending: LastInTx) => {
    const change = changes.get(tx);
    if (change) {
      change.endings.push(ending);
      return;
    }
    await ending.run();
    ending.committed();
  };
  /** Turns of this process: what they, or others here, make due in their own scope they see to themselves when they end. */
  const running = new Map<string, { isWoken: boolean }>();
  const enter = (lane: string, scope: Scope): (() => boolean) => {
    const turn = { isWoken: false };
    running.set(`${lane} ${scope}`, turn);
    return () => {
      if (running.get(`${lane} ${scope}`) === turn) running.delete(`${lane} ${scope}`);
      return turn.isWoken;
    };
  };
  const wakeSoon = (touched: Map<string, Target>) => {
    const others: Target[] = [];
    for (const [key, target] of touched) {
      const turn = running.get(key);
      if (turn) turn.isWoken = true;
      else others.push(target);
    }
    box.add(others);
  };
  const turnDeps = { ...deps, lanes, random: deps.random ?? Math.random, atItsEnd, enter };

  const touch = (tx: Tx, targets: Target[]) => {
    for (const target of targets) changes.get(tx)?.touched.set(`${target.lane} ${target.scope}`, target);
  };

  const change: Engine["change"] = (run) =>
    retryDeadlocks(async () => {
      const open: OpenChange = { touched: new Map(), wants: [], endings: [] };
      const result = await db.$transaction(
        async (tx) => {
          changes.set(tx, open);
          gatherActivity(tx);
          const answer = await run(tx);
          await storeActivity(tx);
          // rows end first, then wants in one order; two transactions that meet crosswise all the same are sorted out by a repetition
          for (const ending of open.endings.sort((a, b) => (a.order < b.order ? -1 : 1))) await ending.run();
          await storeWants(tx, open.wants, clock.now());
          return answer;
        },
        { maxWait: 10_000, timeout: 30_000 },
      );
      wakeSoon(open.touched);
      for (const ending of open.endings) ending.committed();
      return result;
    });

  const engine: Engine = {
    lanes: deps.lanes,
    clock,
    log,
    budgets: createBudgets({ db, clock }),
    change,
    changeTogether: createGroupChanges(change),
    async want(tx, want) {
      const wants = Array.isArray(want) ? want : [want];
      for (const { lane } of wants) if (!lanes.has(lane)) throw new Error(`no such lane: ${lane}`);
      const now = clock.now();
      const change = changes.get(tx);
      if (change) change.wants.push(...wants);
      else await storeWants(tx, wants, now);
      touch(
        tx,
        wants.filter((one) => !one.withinMs && (!one.dueAt || one.dueAt <= now)),
      );
    },
    async raise(tx, scope, name) {
      const scopes = (await deps.scopesWithin?.(tx, scope)) ?? [scope];
      const all = [...new Set([scope, ...scopes])];
      const result = await raiseRows(tx, all, name, clock.now());
      touch(tx, result.touched);
      return result.raised;
    },
    async wake(lane, scope) {
      box.add([{ lane, scope }]);
      await box.flush();
    },
    backlog: (scopes) => readBacklog(db, scopes, clock.now()),
    run: (which) => readRun(db, which, clock.now()),
    laneAges: () => readLaneAges(db, clock.now()),
    clockSkewMs: () => readClockSkew(db, clock),
    turn: (work, scope, options) => runTurn(turnDeps, work, scope, options),
    async sweep(lane, everyMs) {
      const found = await sweepLane(db, lane, everyMs, clock.now());
      if (found.length > 0) await deps.waker(found);
      return found.length;
    },
    flush: () => box.flush(),
  };
  return engine;
}
