import { aClock, type TestClock } from "../clock.ts";
import type { Database } from "../db.server.ts";
import { openDb } from "../db.server.ts";
import { createLogger } from "../log.server.ts";
import { createEngine, type Engine, type EngineDeps } from "./engine.server.ts";
import type { Claim, DrainContext, LaneDefinition, WakeUp, Work } from "./model.ts";

export const silentLog = createLogger({ level: "silent" });

export function aLane(given: Partial<LaneDefinition> = {}): LaneDefinition {
  return { name: "work", order: 1, sweepEveryMs: 2_000, concurrency: 4, gate: async () => true, ...given };
}

/** A work that does with each claim what `each` says and ends it as done unless `each` ended it. */
export function aWork(
  each: (claim: Claim, context: DrainContext) => Promise<unknown> = async () => {},
  given: Partial<Work> = {},
): Work {
  return {
    lane: "work",
    batchSize: 50,
    async drain(claims, context) {
      for (const claim of claims) {
        await each(claim, context);
        await context.end(claim, { kind: "done" });
      }
    },
    ...given,
  };
}

export interface TestEngine extends Database {
  engine: Engine;
  clock: TestClock;
  /** Wake-ups that were put into the (pretended) queue. */
  wakeUps: WakeUp[];
}

/** An engine on its own clock whose wake-ups are only collected. Turns are run by hand. A `db` that is given is left open. */
export function anEngine(url: string, given: Partial<EngineDeps> & { clock?: TestClock } = {}): TestEngine {
  const database = given.db ? { db: given.db, close: async () => {} } : openDb(url);
  const clock = given.clock ?? aClock();
  const wakeUps: WakeUp[] = [];
  const engine = createEngine({
    db: database.db,
    log: silentLog,
    lanes: [aLane()],
    waker: async (more) => void wakeUps.push(...more),
    random: () => 0.5,
    hasHeartbeat: false,
    ...given,
    clock,
  });
  return { ...database, engine, clock, wakeUps };
}

/**
 * The drains, as "lane scope", that have something due now: a turn of any other ends idle after a handful of statements, and a test
 * that asks all of them spends most of its time on that.
 */
export async function dueDrains(db: Database["db"], now: Date): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ drain: string }[]>`
    SELECT DISTINCT lane || ' ' || scope AS drain FROM "DueRow"
    WHERE "dueAt" <= ${now} AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${now})`;
  return new Set(rows.map((row) => row.drain));
}
