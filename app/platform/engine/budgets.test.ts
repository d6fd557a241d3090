import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { aClock } from "../clock.ts";
import { openDb } from "../db.server.ts";
import { BudgetClosed } from "../errors.ts";
import { type Asker, type BudgetState, closeBudget, grantFrom, learnBudget, openBudget } from "./budget-state.ts";
import { createBudgets, withLane } from "./budgets.server.ts";

const profile = { perSecond: 10, burst: 10 };
const important: Asker = { lane: "important", order: 1 };
const lesser: Asker = { lane: "lesser", order: 9 };

describe("rules of a budget", () => {
  test("never grants more than the burst and what has come in since", () => {
    const asks = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 500 }),
        cost: fc.integer({ min: 1, max: 4 }),
        slice: fc.integer({ min: 1, max: 5 }),
        by: fc.constantFrom(important, lesser, null),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(asks, (steps) => {
        let state = openBudget(profile, 0);
        let [now, granted] = [0, 0];
        for (const { waitMs, cost, slice, by } of steps) {
          now += waitMs;
          const grant = grantFrom(state, profile, { cost, slice, by, now });
          state = grant.state;
          granted += grant.granted;
          expect(granted).toBeLessThanOrEqual(profile.burst + (profile.perSecond * now) / 1000 + 1e-6);
          expect(grant.granted === 0 ? grant.retryAt > now : grant.granted >= cost).toBe(true);
        }
      }),
    );
  });

  test("in a sliding time no more are let through than it holds, and whoever comes back when told gets it", () => {
    const five = { perSecond: 1_000, burst: 1_000, window: { most: 5, ms: 60_000 } };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }), (waits) => {
        let state = openBudget(five, 0);
        let now = 0;
        const made: number[] = [];
        for (const waitMs of waits) {
          now += waitMs;
          let grant = grantFrom(state, five, { cost: 1, slice: 100, by: important, now });
          if (grant.granted === 0) {
            now = grant.retryAt;
            grant = grantFrom(grant.state, five, { cost: 1, slice: 100, by: important, now });
          }
          state = grant.state;
          expect(grant.granted).toBe(1);
          made.push(now);
          expect(made.filter((at) => at > now - 60_000).length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  test("a sliding time learned from a refusal is full at first, opens bit by bit, and is forgotten after its time", () => {
    const open = { perSecond: 1_000, burst: 1_000 };
    const window = { most: 5, ms: 60_000, forMs: 3_600_000 };
    const learned = learnBudget(openBudget(open, 0), { window }, 0, 0, open);
    const ask = (state: BudgetState, now: number) => grantFrom(state, open, { cost: 1, slice: 100, by: null, now });
    expect(ask(learned, 0)).toMatchObject({ granted: 0, retryAt: 12_000 });
    expect(ask(learned, 12_000).granted).toBe(1);
    expect(ask(ask(learned, 12_000).state, 12_001)).toMatchObject({ granted: 0, retryAt: 24_000 });
    expect(ask(learned, 3_600_001).granted).toBe(100);
  });

  test("who is turned away and comes back when told gets it", () => {
    let state = openBudget(profile, 0);
    state = grantFrom(state, profile, { cost: 9, slice: 9, by: important, now: 0 }).state;
    const refused = grantFrom(state, profile, { cost: 4, slice: 4, by: important, now: 0 });
    expect(refused.granted).toBe(0);
    expect(grantFrom(refused.state, profile, { cost: 4, slice: 4, by: important, now: refused.retryAt }).granted).toBe(
      4,
    );
  });

  test("both in want: the more important lane gets most, the lesser one its share, and nothing is wasted", () => {
    const got = simulate(60_000, [important, lesser]);
    const all = (got.important ?? 0) + (got.lesser ?? 0);
    expect(all).toBeGreaterThan(560);
    expect((got.lesser ?? 0) / all).toBeGreaterThan(0.05);
    expect((got.important ?? 0) / all).toBeGreaterThan(0.75);
  });

  test("alone, the lesser lane gets everything", () => {
    expect(simulate(60_000, [lesser]).lesser).toBeGreaterThan(570);
  });

  test("a reserve is kept for people", () => {
    let state = openBudget({ perSecond: 10, burst: 100 }, 0);
    const big = { perSecond: 10, burst: 100 };
    for (;;) {
      const grant = grantFrom(state, big, { cost: 1, slice: 1, by: important, now: 0 });
      state = grant.state;
      if (grant.granted === 0) break;
    }
    expect(grantFrom(state, big, { cost: 5, slice: 5, by: null, now: 0 }).granted).toBe(5);
  });

  test("a rate can be learned by factors, within bounds", () => {
    const learn = (state: BudgetState, factor: number) =>
      learnBudget(state, { times: { factor, least: 2, most: 30 } }, 0, 0, profile);
    const faster = learn(openBudget(profile, 0), 2);
    expect(faster).toMatchObject({ perSecond: 20, burst: 10 });
    expect(learn(faster, 2)).toMatchObject({ perSecond: 30, burst: 15 });
    expect(learn(faster, 0.01)).toMatchObject({ perSecond: 2, burst: 1 });
  });

  test("closed means closed, and a daily cap ends with the day", () => {
    const closed = closeBudget(openBudget(profile, 0), 5_000, "429");
    expect(grantFrom(closed, profile, { cost: 1, slice: 1, by: null, now: 4_999 })).toMatchObject({
      granted: 0,
      retryAt: 5_000,
    });
    expect(grantFrom(closed, profile, { cost: 1, slice: 1, by: null, now: 5_000 }).granted).toBe(1);
    expect(closeBudget(closed, 1_000, "shorter")).toBe(closed);
    const capped = { ...profile, dailyCap: 3 };
    let state = openBudget(capped, 0);
    for (let n = 0; n < 3; n += 1) state = grantFrom(state, capped, { cost: 1, slice: 1, by: null, now: 10 }).state;
    expect(grantFrom(state, capped, { cost: 1, slice: 1, by: null, now: 10 })).toMatchObject({
      granted: 0,
      retryAt: 86_400_000,
    });
    expect(grantFrom(state, capped, { cost: 1, slice: 1, by: null, now: 86_400_000 }).granted).toBe(1);
  });
});

/** Lanes that always want more, each coming back when it was told to. */
function simulate(forMs: number, lanes: Asker[]): Record<string, number> {
  let state: BudgetState = openBudget(profile, 0);
  const got: Record<string, number> = {};
  const comesAt = new Map(lanes.map((lane) => [lane, 0]));
  for (let now = 0; now < forMs; now += 5) {
    for (const lane of lanes) {
      if ((comesAt.get(lane) ?? 0) > now) continue;
      const grant = grantFrom(state, profile, { cost: 1, slice: 1, by: lane, now });
      state = grant.state;
      got[lane.lane] = (got[lane.lane] ?? 0) + grant.granted;
      comesAt.set(lane, grant.granted > 0 ? now : grant.retryAt);
    }
  }
  return got;
}

describe("budgets in the database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase();
  });
  afterAll(() => database.drop());

  test("two processes together never take more than one budget holds", async () => {
    const clock = aClock();
    const [one, two] = [openDb(database.url), openDb(database.url)];
    const budgets = [createBudgets({ db: one.db, clock }), createBudgets({ db: two.db, clock })];
    const limit = { perSecond: 20, burst: 40 };
    const takes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) =>
        withLane({ name: "work", order: 1 }, async () => budgets[n % 2]?.take("k", limit)),
      ),
    );
    const taken = takes.filter((take) => take.status === "fulfilled").length;
    expect(taken).toBeLessThanOrEqual(40);
    expect(taken).toBeGreaterThan(30); // a reserve, and at most a slice in each process
    const refused = takes.find((take) => take.status === "rejected");
    expect(refused?.reason).toBeInstanceOf(BudgetClosed);
    clock.advance(1_000);
    await expect(budgets[0]?.take("k", limit)).resolves.toBeUndefined();

    await budgets[0]?.close("k", new Date(clock.now().getTime() + 60_000), "429");
    clock.advance(1_001); // the other process's slice has ended by now
    await expect(budgets[1]?.take("k", limit)).rejects.toThrow("429");
    clock.advance(59_000);
    await budgets[1]?.learn("k", { available: 0, perSecond: 1, burst: 1 });
    await expect(budgets[0]?.take("k", limit)).rejects.toThrow("used up");
    clock.advance(1_000);
    await expect(budgets[0]?.take("k", limit)).resolves.toBeUndefined();
    await Promise.all([one.close(), two.close()]);
  });
});
