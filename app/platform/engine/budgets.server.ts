import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../clock.ts";
import type { Db } from "../db.server.ts";
import { BudgetClosed } from "../errors.ts";
import {
  type Asker,
  type BudgetState,
  closeBudget,
  grantFrom,
  learnBudget,
  openBudget,
  recentIn,
  windowOf,
} from "./budget-state.ts";
import type { BudgetProfile, Budgets } from "./model.ts";
import { at, Prisma, queryJson, WITHOUT_WAITING } from "./sql.server.ts";

/** A process leases what about a tenth of a second brings in, and gives unused slices no longer life than this. */
const SLICE_SECONDS = 0.1;
const SLICE_LIFE_MS = 1_000;
/** Where there is plenty a small slice lives longer, so that a shop with an order now and then does not write its budgets with each call. */
const PLENTY_LIFE_MS = 5_000;

const currentLane = new AsyncLocalStorage<Asker>();

/** Runs a drain so that budgets know which lane asks. */
export function withLane<T>(lane: { name: string; order: number } | undefined, run: () => T): T {
  return lane ? currentLane.run({ lane: lane.name, order: lane.order }, run) : run();
}

interface Slice {
  left: number;
  until: number;
}

/** Budgets shared by all lanes and processes through one row each; between two looks at the row a process lives on a small slice. */
export function createBudgets(deps: { db: Db; clock: Clock }): Budgets {
  /** By key, then by the lane that leased it. */
  const slices = new Map<string, Map<string, Slice>>();
  const known = new Map<string, BudgetProfile>();
  const queues = new Map<string, Promise<unknown>>();
  /** Each row as this process wrote it last: mostly nobody else has since, and it need not be read again. */
  const written = new Map<string, StoredState>();
  /** Who was turned away, by key and lane: until then nobody of that lane who wants as much need ask again. */
  const turnedAway = new Map<string, Map<string, { until: number; cost: number; reason: string | undefined }>>();
  const now = () => deps.clock.now().getTime();

  /** One at a time for each key, so that a burst of calls leases one slice and not one each. */
  function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const mine = (queues.get(key) ?? Promise.resolve()).then(run, run);
    const settled = mine.then(
      () => {},
      () => {},
    );
    queues.set(key, settled);
    void settled.then(() => {
      if (queues.get(key) === settled) queues.delete(key);
    });
    return mine;
  }

  function takeFromSlice(key: string, lane: string, cost: number): boolean {
    const slice = slices.get(key)?.get(lane);
    if (!slice || slice.until <= now() || slice.left < cost) return false;
    slice.left -= cost;
    return true;
  }

  const outstanding = (key: string) => {
    const own = [...(slices.get(key)?.values() ?? [])];
    return own.filter((slice) => slice.until > now()).reduce((sum, slice) => sum + slice.left, 0);
  };

  return {
    take(key, profile, cost = 1) {
      known.set(key, profile);
      const by = currentLane.getStore() ?? null;
      const lane = by?.lane ?? "";
      if (takeFromSlice(key, lane, cost)) return Promise.resolve();
      return inTurn(key, async () => {
        if (takeFromSlice(key, lane, cost)) return;
        const away = turnedAway.get(key)?.get(lane);
        if (away && away.until > now() && cost >= away.cost)
          throw new BudgetClosed(key, new Date(away.until), away.reason);
        const own = slices.get(key) ?? new Map<string, Slice>();
        const kept = own.get(lane);
        const left = kept && kept.until > now() ? kept.left : 0;
        const grant = await changeState({ ...deps, written }, key, profile, (state) => {
          const slice = Math.max(cost, Math.floor((state.perSecond ?? profile.perSecond) * SLICE_SECONDS));
          const result = grantFrom(state, profile, { cost, slice, by, now: now() });
          return { state: result.state, result };
        });
        if (grant.granted === 0) {
          const { retryAt: until, reason } = grant;
          turnedAway.set(key, (turnedAway.get(key) ?? new Map()).set(lane, { until, cost, reason }));
          throw new BudgetClosed(key, new Date(until), reason);
        }
        slices.set(
          key,
          own.set(lane, {
            left: left + grant.granted - cost,
            until: now() + (grant.isSmall ? PLENTY_LIFE_MS : SLICE_LIFE_MS),
          }),
        );
      });
    },
    close(key, until, reason) {
      slices.delete(key);
      return inTurn(key, () =>
        changeState({ ...deps, written }, key, known.get(key) ?? UNKNOWN, (state) => ({
          state: closeBudget(state, until.getTime(), reason),
          result: undefined,
        })),
      );
    },
    learn(key, seen) {
      // what was leased before the refusal is worth nothing
      if (seen.window) slices.delete(key);
      turnedAway.delete(key);
      return inTurn(key, () =>
        changeState({ ...deps, written }, key, known.get(key) ?? UNKNOWN, (state) => ({
          state: learnBudget(state, seen, outstanding(key), now(), known.get(key) ?? UNKNOWN),
          result: undefined,
        })),
      );
    },
    async look(key, profile) {
      const found = await deps.db.budget.findUnique({ where: { key }, select: { state: true } });
      const state = found ? (found.state as unknown as BudgetState) : openBudget(profile, now());
      const window = windowOf(state, profile, now());
      if (!window) return null;
      const { most, ms } = window;
      return { most, ms, lately: recentIn(state, window, now()).map((at) => new Date(at)) };
    },
  };
}

const UNKNOWN: BudgetProfile = { perSecond: 1, burst: 1 };

interface StoredState {
  state: BudgetState;
  version: bigint;
}

/** More budgets than any process has in use. */
const REMEMBERED = 5_000;

/** Changes a budget's row by a pure function: read, reckon, write if nobody else wrote meanwhile, else once more. */
async function changeState<T>(
  { db, clock, written }: { db: Db; clock: Clock; written: Map<string, StoredState> },
  key: string,
  profile: BudgetProfile,
  change: (state: BudgetState) => { state: BudgetState; result: T },
): Promise<T> {
  const now = clock.now();
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const found = (attempt === 0 && written.get(key)) || (await readState(db, key));
    const { state, result } = change(found?.state ?? openBudget(profile, now.getTime()));
    if (await writeState(db, key, state, found?.version ?? null, now)) {
      if (written.size > REMEMBERED) written.clear();
      written.set(key, { state, version: (found?.version ?? 0n) + 1n });
      return result;
    }
    written.delete(key);
  }
  throw new Error(`budget ${key} is changed by too many at once`);
}

async function readState(db: Db, key: string): Promise<StoredState | null> {
  const found = await queryJson<{ state: BudgetState; version: string } | null>(
    db,
    Prisma.sql`SELECT coalesce((SELECT json_build_object('state', state, 'version', version::text) FROM "Budget" WHERE key = ${key}),
      'null'::json)::text AS result`,
  );
  return found && { state: found.state, version: BigInt(found.version) };
}

/** False: the row is no longer of this version (null: it is there after all). */
async function writeState(
  db: Db,
  key: string,
  state: BudgetState,
  version: bigint | null,
  now: Date,
): Promise<boolean> {
  const json = Prisma.sql`${JSON.stringify(state)}::jsonb`;
  const count = await db.$executeRaw(
    version === null
      ? Prisma.sql`INSERT INTO "Budget" (key, state, version, "updatedAt") SELECT ${key}, ${json}, 1, ${at(now)} FROM ${WITHOUT_WAITING}
          ON CONFLICT DO NOTHING`
      : Prisma.sql`UPDATE "Budget" SET state = ${json}, version = version + 1, "updatedAt" = ${at(now)} FROM ${WITHOUT_WAITING}
          WHERE key = ${key} AND version = ${version.toString()}::bigint`,
  );
  return count === 1;
}
