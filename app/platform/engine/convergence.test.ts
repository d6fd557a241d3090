/**
 * The promise of the engine, tried out: whatever the order of events, crashes, lost wake-ups, takeovers, repeated deliveries and
 * late effects, in the end every value on the channel is the wanted one. The engine and the database are the real ones; time and the
 * channel are not. The channel may apply a call that timed out up to twenty seconds after the call's deadline, after newer calls.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { aClock, after, type TestClock } from "../clock.ts";
import { CallError } from "../errors.ts";
import { type Claim, DEFAULT_LEASE_MS, type DrainContext, type Scope, type Work } from "./model.ts";
import { aLane, anEngine, type TestEngine } from "./testing.ts";
import type { Tail, TurnOptions } from "./turn.server.ts";

const DEADLINE_MS = 10_000;
const LATEST_MS = DEADLINE_MS + 20_000;
const SUBJECTS = ["a", "b", "c", "d"] as const;
const LANES = ["first", "second"] as const;

type Fate =
  | { kind: "answered" }
  | { kind: "lost before" }
  | { kind: "lost after" }
  /** No answer; the effect comes so long after the send. */
  | { kind: "late"; ms: number }
  | { kind: "refused" };

type Step =
  | { do: "want"; lane: number; subject: number; isWakeLost: boolean }
  /** Impatient: the turn is over at once, its rows are worked on behind it. */
  | { do: "begin"; worker: number; lane: number; limit: number; fates: Fate[]; isImpatient?: boolean }
  /** Lets a worker go on to its next stop: before the send, after the answer. */
  | { do: "go on"; worker: number }
  | { do: "kill"; worker: number }
  | { do: "wait"; ms: number };

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>({ kind: "answered" }) },
  fc.constantFrom<Fate>({ kind: "lost before" }, { kind: "lost after" }, { kind: "refused" }),
  { weight: 3, arbitrary: fc.integer({ min: 0, max: LATEST_MS }).map((ms): Fate => ({ kind: "late", ms })) },
);
const worker = fc.integer({ min: 0, max: 2 });
const lane = fc.integer({ min: 0, max: LANES.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("want" as const),
      lane,
      subject: fc.integer({ min: 0, max: SUBJECTS.length - 1 }),
      isWakeLost: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("begin" as const),
      worker,
      lane,
      limit: fc.integer({ min: 1, max: 4 }),
      fates: fc.array(fate, { minLength: 4, maxLength: 4 }),
      isImpatient: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("go on" as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("kill" as const), worker }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.constantFrom(10, 900, 5_000, 14_000, 41_000, 75_000),
    }),
  },
);

/** A worker dies, or dawdles, with a call under way that lands about when somebody else has taken over. */
const takeover: fc.Arbitrary<Step[]> = fc
  .record({
    subject: fc.integer({ min: 0, max: SUBJECTS.length - 1 }),
    lane,
    dawdleMs: fc.integer({ min: 0, max: 39_000 }),
    lateMs: fc.integer({ min: LATEST_MS - 8_000, max: LATEST_MS }),
    isKilled: fc.boolean(),
    untilMs: fc.integer({ min: 20_000, max: 45_000 }),
  })
  .map(({ subject, lane, dawdleMs, lateMs, isKilled, untilMs }): Step[] => {
    const wanted: Step = { do: "want", lane, subject, isWakeLost: true };
    const fates: Fate[] = Array.from({ length: 4 }, () => ({ kind: "late", ms: lateMs }));
    return [
      wanted,
      { do: "begin", worker: 0, lane, limit: 4, fates },
      { do: "wait", ms: dawdleMs },
      { do: "go on", worker: 0 },
      ...(isKilled ? [{ do: "kill", worker: 0 } as const] : []),
      wanted,
      { do: "wait", ms: untilMs },
      { do: "begin", worker: 1, lane, limit: 4, fates: Array.from({ length: 4 }, () => ({ kind: "answered" })) },
      ...Array.from({ length: 8 }, () => ({ do: "go on", worker: 1 }) as const),
      { do: "go on", worker: 0 },
    ];
  });
/** Two lanes want to write the same object at the same time. */
const crossing: fc.Arbitrary<Step[]> = fc
  .record({
    subject: fc.integer({ min: 0, max: SUBJECTS.length - 1 }),
    order: fc.array(worker, { minLength: 6, maxLength: 10 }),
  })
  .map(({ subject, order }): Step[] => [
    ...LANES.flatMap((_name, lane): Step[] => [
      { do: "want", lane, subject, isWakeLost: true },
      { do: "begin", worker: lane, lane, limit: 4, fates: Array.from({ length: 4 }, () => ({ kind: "answered" })) },
    ]),
    ...order.map((worker): Step => ({ do: "go on", worker: worker % LANES.length })),
  ]);
const story = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: step.map((one) => [one]) },
      { weight: 1, arbitrary: takeover },
      { weight: 1, arbitrary: crossing },
    ),
    {
      minLength: 10,
      maxLength: 50,
    },
  )
  .map((chapters) => chapters.flat());

/** Holds one absolute value for each object; both lanes write to it. */
class Channel {
  readonly values = new Map<string, number>();
  #late: { at: number; object: string; value: number }[] = [];
  readonly #clock: TestClock;
  landed = 0;
  constructor(clock: TestClock) {
    this.#clock = clock;
  }
  put(object: string, value: number, afterMs = 0): void {
    if (afterMs === 0) this.values.set(object, value);
    else this.#late.push({ at: this.#clock.now().getTime() + afterMs, object, value });
  }
  /** Applies what has become due by now, in the order of its time. */
  settle(): void {
    const now = this.#clock.now().getTime();
    this.#late.sort((x, y) => x.at - y.at);
    while (this.#late[0] && this.#late[0].at <= now) {
      const effect = this.#late.shift();
      if (!effect) break;
      this.values.set(effect.object, effect.value);
      this.landed += 1;
    }
  }
}

class Worker {
  #release: (() => void) | null = null;
  #turn: Promise<unknown> | null = null;
  #isDead = false;
  /** Begins a turn; comes back when the worker stands at its first stop or is through. */
  async begin(run: (stop: () => Promise<void>) => Promise<unknown>): Promise<void> {
    if (this.#turn) return;
    await this.#untilStopped(() => {
      this.#turn = run(() => this.#stop());
    });
  }
  async goOn(): Promise<void> {
    const release = this.#release;
    if (!release) return;
    this.#release = null;
    await this.#untilStopped(release);
  }
  /** Nothing of what the worker was about to do happens any more. */
  kill(): void {
    this.#release = null;
    this.#turn = null;
    this.#isDead = true;
    this.#reached?.();
  }
  isBusy = () => this.#turn !== null;

  #reached: (() => void) | null = null;
  #stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#release = resolve;
      this.#reached?.();
    });
  }
  async #untilStopped(start: () => void): Promise<void> {
    this.#isDead = false;
    const reached = new Promise<void>((resolve) => {
      this.#reached = resolve;
    });
    start();
    const turn = this.#turn;
    await Promise.race([reached, turn?.then(() => {})]);
    if (!this.#release && !this.#isDead) this.#turn = null;
  }
}

let database: TestDatabase;
let t: TestEngine;
const clock = aClock();
beforeAll(async () => {
  database = await aDatabase();
  t = anEngine(database.url, {
    clock,
    lanes: LANES.map((name, index) => aLane({ name, order: index })),
  });
});
afterAll(async () => {
  await t.close();
  await database.drop();
});

let runs = 0;
const seen = { landedLate: 0, takenOver: 0, killed: 0, sends: 0, refusedByLease: 0, leftBehind: 0 };

async function play(steps: Step[]): Promise<void> {
  runs += 1;
  const scope: Scope = `connection:${runs}`;
  const channel = new Channel(clock);
  const truth = new Map<string, number>();
  const holders = new Map<string, { token: string; until: number }>();
  const workers = [new Worker(), new Worker(), new Worker()];
  /** Kept, not thrown: the engine would take it for an error of the work. */
  const clashes: string[] = [];
  let version = 0;

  const aPush = (name: string, batchSize: number, fates: Fate[], stop: () => Promise<void>): Work => ({
    lane: name,
    batchSize,
    async drain(claims, context) {
      for (const [index, claim] of claims.entries())
        await push(claim, context, fates[index % fates.length] ?? { kind: "answered" }, stop);
    },
  });

  async function push(claim: Claim, context: DrainContext, fateOf: Fate, stop: () => Promise<void>): Promise<void> {
    if (claim.takenOver) seen.takenOver += 1;
    const object = claim.object ?? "";
    const value = truth.get(object) ?? 0; // the truth, read after the claim
    await stop();
    if (!(await context.holds(claim))) {
      seen.refusedByLease += 1;
      return;
    }
    const other = holders.get(object);
    const sent = clock.now();
    const isClash = other !== undefined && other.token !== claim.token && other.until > sent.getTime();
    if (isClash) clashes.push(`${claim.lane} ${claim.subject}`);
    // a lease that was just checked lasts for half its time at least, also when its holder is killed now
    holders.set(object, { token: claim.token, until: sent.getTime() + DEFAULT_LEASE_MS / 2 });
    seen.sends += 1;
    if (fateOf.kind === "answered" || fateOf.kind === "lost after") channel.put(object, value);
    if (fateOf.kind === "late") channel.put(object, value, fateOf.ms);
    await stop(); // the call is under way; the clock may move, at most to the deadline as far as the worker is concerned
    holders.delete(object);
    if (fateOf.kind === "answered") {
      await context.end(claim, { kind: "done" });
    } else if (fateOf.kind === "refused") {
      await context.fail(claim, new CallError("refused", { family: "unavailable" }));
    } else {
      const deadline = after(sent, DEADLINE_MS).getTime();
      if (clock.now().getTime() < deadline) clock.advance(deadline - clock.now().getTime());
      channel.settle();
      await context.fail(claim, new CallError("no answer", { family: "timeout" }));
    }
  }

  async function runTurn(work: Work, options: TurnOptions): Promise<void> {
    const tails: Tail[] = [];
    await t.engine.turn(work, scope, { ...options, onTail: (tail) => void tails.push(tail) });
    if (tails.some((tail) => tail.left() > 0)) seen.leftBehind += 1;
    for (const { error } of await Promise.all(tails.map((tail) => tail.ended))) if (error) throw error;
  }

  for (const one of steps) {
    switch (one.do) {
      case "want": {
        const subject = SUBJECTS[one.subject] ?? "a";
        const laneName = LANES[one.lane] ?? "first";
        version += 1;
        await t.engine.change(async (tx) => {
          truth.set(`object:${subject}`, version);
          // a delivery that comes twice
          for (let n = 0; n < 2; n += 1)
            await t.engine.want(tx, { lane: laneName, scope, subject, object: `object:${subject}` });
        });
        if (!one.isWakeLost) await t.engine.wake(laneName, scope);
        break;
      }
      case "begin":
        await workers[one.worker]?.begin((stop) => {
          const work = aPush(LANES[one.lane] ?? "first", one.limit, one.fates, stop);
          return runTurn(work, one.isImpatient ? { patienceMs: 0 } : {});
        });
        break;
      case "go on":
        await workers[one.worker]?.goOn();
        break;
      case "kill":
        if (workers[one.worker]?.isBusy()) seen.killed += 1;
        workers[one.worker]?.kill();
        break;
      case "wait":
        clock.advance(one.ms);
        channel.settle();
        break;
    }
  }

  // peace: the living workers come to their ends, nothing fails any more, time goes by
  for (const one of workers) while (one.isBusy()) await one.goOn();
  const calm = (name: string) => aPush(name, 10, [{ kind: "answered" }], async () => {});
  for (let round = 0; round < 400; round += 1) {
    for (const name of LANES) await t.engine.turn(calm(name), scope);
    const next = await t.db.dueRow.findFirst({ where: { scope, NOT: { dueAt: null } }, orderBy: { dueAt: "asc" } });
    if (!next?.dueAt) break;
    const until = Math.max(next.dueAt.getTime(), next.leaseUntil?.getTime() ?? 0) - clock.now().getTime();
    clock.advance(Math.max(until, 500));
    channel.settle();
  }
  clock.advance(120_000);
  channel.settle();
  seen.landedLate += channel.landed;
  expect(clashes, "two workers held one object").toEqual([]);
  expect(
    await t.db.dueRow.count({ where: { scope, OR: [{ NOT: { dueAt: null } }, { NOT: { parkedAt: null } }] } }),
  ).toBe(0);
  for (const [object, value] of truth) expect([object, channel.values.get(object)]).toEqual([object, value]);
  expect(await t.db.objectLease.count({ where: { scope, until: { gt: clock.now() } } })).toBe(0);
}

test("whatever happens, every value on the channel is the wanted one in the end", async () => {
  await fc.assert(fc.asyncProperty(story, play), {
    numRuns: Number(process.env.CONVERGENCE_RUNS ?? 60),
    endOnFailure: false,
  });
  expect(runs).toBeGreaterThanOrEqual(60);
  // the runs must have met what they are about
  for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
}, 240_000);
