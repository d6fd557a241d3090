import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { BudgetClosed, CallError, LeaseLost } from "../errors.ts";
import { eachClaim } from "./each-claim.ts";
import type { Claim, LaneDefinition, ParkedRow, Scope, Want, Work } from "./model.ts";
import { aLane, anEngine, aWork, type TestEngine } from "./testing.ts";
import type { Tail } from "./turn.server.ts";

let database: TestDatabase;
let gateIsOpen = true;
let onGate = async () => {};
const parked: ParkedRow[] = [];
const lanes: LaneDefinition[] = [
  aLane({ gate: () => onGate().then(() => gateIsOpen) }),
  aLane({ name: "other", order: 2, sweepEveryMs: 30_000 }),
];
let t: TestEngine;

beforeAll(async () => {
  database = await aDatabase();
  t = anEngine(database.url, { lanes, onParked: async (_tx, rows) => void parked.push(...rows) });
});
afterAll(async () => {
  await t.close();
  await database.drop();
});

let counter = 0;
/** A scope nobody else uses, so that tests share a database. */
const aScope = (): Scope => `connection:${++counter}`;
const want = (scope: Scope, subject: string, more: Partial<Want> = {}) =>
  t.engine.change((tx) => t.engine.want(tx, { lane: "work", scope, subject, ...more }));
const rowOf = (scope: Scope, subject: string, lane = "work") =>
  t.db.dueRow.findUniqueOrThrow({ where: { lane_scope_subject: { lane, scope, subject } } });

describe("a call that hangs", () => {
  test("holds up its own row only: the scope goes on, and nobody gets that row meanwhile", async () => {
    const scope = aScope();
    const hanging = Promise.withResolvers<void>();
    const work = aWork(undefined, {
      drain: (claims, context) =>
        eachClaim(claims, context, 8, async (claim) => {
          if (claim.subject === "hangs") await hanging.promise;
          await context.end(claim, { kind: "done" });
        }),
    });
    await want(scope, "hangs");
    await want(scope, "quick");
    await t.engine.flush(); // a wake counted while the turn is under way would have the scope go round again
    const tails: Tail[] = [];
    const looks: Date[] = [];
    const first = await t.engine.turn(work, scope, {
      patienceMs: 200,
      onTail: (tail) => void tails.push(tail),
      lookAt: (time) => void looks.push(time),
    });
    const [tail] = tails;
    expect([first.next, tail?.claimed, tail?.left()]).toEqual([null, 2, 1]);
    expect(await rowOf(scope, "quick")).toMatchObject({ doneVersion: 1n, leaseToken: null });

    await want(scope, "next");
    await want(scope, "hangs");
    expect(await t.engine.turn(work, scope)).toMatchObject({ claimed: 1, done: 1 });
    expect(await t.engine.turn(work, scope, { limit: () => 0 })).toMatchObject({ outcome: "idle", claimed: 0 });
    expect(looks).toEqual([]);
    hanging.resolve();
    expect(await tail?.ended).toMatchObject({ done: 2 });
    expect(looks).toEqual([t.clock.now()]);
    expect(await rowOf(scope, "hangs")).toMatchObject({ doneVersion: 1n, wantedVersion: 2n, leaseToken: null });
    expect(await t.engine.turn(work, scope)).toMatchObject({ claimed: 1, done: 1 });
  });

  test("a row that is to be looked at again says so at once, however long its neighbour hangs", async () => {
    const scope = aScope();
    const hanging = Promise.withResolvers<void>();
    const soon = new Date(t.clock.now().getTime() + 1_000);
    await want(scope, "hangs");
    await want(scope, "again");
    const looks: Date[] = [];
    const tails: Tail[] = [];
    const work = aWork(undefined, {
      drain: (claims, context) =>
        eachClaim(claims, context, 8, async (claim) => {
          if (claim.subject === "hangs") await hanging.promise;
          else
            await t.engine.change(async (tx) => {
              await context.end(claim, { kind: "later", at: soon, reason: "too early" }, tx);
              expect(looks).toEqual([]);
            });
          if (claim.subject === "hangs") await context.end(claim, { kind: "done" });
        }),
    });
    await t.engine.turn(work, scope, {
      patienceMs: 200,
      onTail: (tail) => void tails.push(tail),
      lookAt: (time) => void looks.push(time),
    });
    expect(looks).toEqual([soon]);
    expect(tails[0]?.left()).toBe(1);
    hanging.resolve();
    await tails[0]?.ended;
  });

  test("a transaction that is rolled back ends nothing: the row is still ours and is given an end", async () => {
    const scope = aScope();
    await want(scope, "a");
    const result = await t.engine.turn(
      aWork(async (claim, context) => {
        const change = t.engine.change(async (tx) => {
          await context.end(claim, { kind: "done" }, tx);
          throw new Error("no");
        });
        await expect(change).rejects.toThrow("no");
        throw new CallError("down", { family: "unavailable" });
      }),
      scope,
    );
    expect(result).toMatchObject({ claimed: 1, done: 0 });
    expect(await rowOf(scope, "a")).toMatchObject({ doneVersion: 0n, leaseToken: null, failures: 1 });
  });

  test("a drain that throws after its turn went on gives its rows a back-off", async () => {
    const scope = aScope();
    const hanging = Promise.withResolvers<void>();
    await want(scope, "a");
    const tails: Tail[] = [];
    await t.engine.turn(
      aWork(() => hanging.promise),
      scope,
      { patienceMs: 50, onTail: (tail) => void tails.push(tail) },
    );
    hanging.reject(new Error("broken"));
    expect(await tails[0]?.ended).toMatchObject({ done: 0, error: new Error("broken") });
    expect(await rowOf(scope, "a")).toMatchObject({ leaseToken: null, failures: 1, doneVersion: 0n });
  });
});

describe("wanting", () => {
  test("events about one subject collapse into one row, worked once", async () => {
    const scope = aScope();
    for (let n = 0; n < 5; n += 1) await want(scope, "a");
    await t.engine.change((tx) =>
      t.engine.want(tx, [
        { lane: "work", scope, subject: "b" },
        { lane: "work", scope, subject: "b" },
      ]),
    );
    await t.engine.flush();
    const worked: string[] = [];
    const result = await t.engine.turn(
      aWork(async (claim) => void worked.push(claim.subject)),
      scope,
    );
    expect(worked.sort()).toEqual(["a", "b"]);
    expect(result).toMatchObject({ outcome: "worked", claimed: 2, done: 2, next: null });
    expect(await rowOf(scope, "a")).toMatchObject({
      wantedVersion: 5n,
      doneVersion: 5n,
      dueAt: null,
      leaseToken: null,
    });
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
  });

  test("what is wanted while it is worked is due again", async () => {
    const scope = aScope();
    await want(scope, "a");
    await t.engine.turn(
      aWork(() => want(scope, "a")),
      scope,
    );
    expect(await rowOf(scope, "a")).toMatchObject({ wantedVersion: 2n, doneVersion: 1n });
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    expect(await rowOf(scope, "a")).toMatchObject({ doneVersion: 2n, dueAt: null });
  });

  test("a rolled back change wants nothing and wakes nobody", async () => {
    const scope = aScope();
    await expect(
      t.engine.change(async (tx) => {
        await t.engine.want(tx, { lane: "work", scope, subject: "a" });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await t.engine.flush();
    expect(t.wakeUps.filter((wakeUp) => wakeUp.scope === scope)).toEqual([]);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
  });

  test("a later look is kept beside what is due now", async () => {
    const scope = aScope();
    const look = new Date(t.clock.now().getTime() + 60_000);
    await want(scope, "a");
    await want(scope, "a", { dueAt: look });
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    expect((await rowOf(scope, "a")).dueAt).toEqual(look);
    t.clock.advance(59_999);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    t.clock.advance(1);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    expect((await rowOf(scope, "a")).dueAt).toBeNull();
  });

  test("higher urgency goes first, and the newest time seen is kept", async () => {
    const scope = aScope();
    const [older, newer] = [new Date("2026-01-01T00:00:00.000Z"), new Date("2026-01-02T00:00:00.000Z")];
    await want(scope, "calm", { seenAt: newer });
    await want(scope, "calm", { seenAt: older });
    await want(scope, "urgent", { urgency: 9 });
    const claims: Claim[] = [];
    await t.engine.turn(
      aWork(async (claim) => void claims.push(claim)),
      scope,
      { limit: () => 1 },
    );
    await t.engine.turn(
      aWork(async (claim) => void claims.push(claim)),
      scope,
    );
    expect(claims.map((claim) => claim.subject)).toEqual(["urgent", "calm"]);
    expect(claims[1]?.newestSeenAt).toEqual(newer);
  });

  test("a lane that does not exist is refused", async () => {
    await expect(want(aScope(), "a", { lane: "nowhere" })).rejects.toThrow("no such lane");
  });
});

describe("ending", () => {
  test("only the holder of the token can end a row; inside a transaction the change is rolled back", async () => {
    const scope = aScope();
    await want(scope, "a");
    const outcomes: unknown[] = [];
    await t.engine.turn(
      aWork(async (claim, context) => {
        t.clock.advance(41_000);
        await t.engine.turn(aWork(), scope); // another worker takes over and ends it
        outcomes.push(await context.holds(claim));
        outcomes.push(await context.end(claim, { kind: "done" }));
        await t.engine
          .change(async (tx) => {
            await tx.shop.create({ data: { domain: "rolled-back.myshopify.com" } });
            await context.end(claim, { kind: "done" }, tx);
          })
          .catch((error) => outcomes.push(error instanceof LeaseLost));
      }),
      scope,
    );
    expect(outcomes).toEqual([false, false, true]);
    expect(await t.db.shop.count({ where: { domain: "rolled-back.myshopify.com" } })).toBe(0);
  });

  test("an end inside a transaction counts only when it commits", async () => {
    const scope = aScope();
    await want(scope, "a", { object: "product:1" });
    const drain = async (claims: Claim[], context: Parameters<ReturnType<typeof aWork>["drain"]>[1], fail: boolean) => {
      for (const claim of claims) {
        await t.engine.change(async (tx) => {
          await context.end(claim, { kind: "done" }, tx);
          if (fail) throw new Error("the domain's own change failed");
        });
      }
    };
    const first = await t.engine.turn({ lane: "work", batchSize: 5, drain: (c, x) => drain(c, x, true) }, scope);
    expect(first.error).toMatchObject({ message: "the domain's own change failed" });
    expect(await rowOf(scope, "a")).toMatchObject({ doneVersion: 0n, failures: 1, leaseToken: null });
    t.clock.advance(5_000);
    await t.engine.turn({ lane: "work", batchSize: 5, drain: (c, x) => drain(c, x, false) }, scope);
    expect(await rowOf(scope, "a")).toMatchObject({ doneVersion: 1n, failures: 0, dueAt: null });
    expect(await t.db.objectLease.count({ where: { scope } })).toBe(0);
  });

  test("a row taken over is worked once more when the old call can no longer land", async () => {
    const scope = aScope();
    await want(scope, "a");
    await crash(scope);
    t.clock.advance(40_000);
    const claims: Claim[] = [];
    await t.engine.turn(
      aWork(async (claim) => void claims.push(claim)),
      scope,
    );
    expect(claims[0]).toMatchObject({ takenOver: true, attempts: 2 });
    // lease 40 s from the claim, deadline 10 s, margin 30 s
    t.clock.advance(39_999);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    t.clock.advance(1);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    expect((await rowOf(scope, "a")).dueAt).toBeNull();
  });

  test("a call that may have landed is repeated soon and once more after the margin", async () => {
    const scope = aScope();
    await want(scope, "a");
    await t.engine.turn(
      aWork(async () => {
        throw new CallError("no answer", { family: "timeout" });
      }),
      scope,
    );
    expect(await rowOf(scope, "a")).toMatchObject({ failures: 1, attempts: 0 });
    t.clock.advance(1_000);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    t.clock.advance(28_999);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    t.clock.advance(1);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
  });

  test("back-off doubles; a new want may shorten it to half a minute, no further", async () => {
    const scope = aScope();
    await want(scope, "a");
    const failing = aWork(async () => {
      throw new CallError("down", { family: "unavailable" });
    });
    for (const seconds of [1, 2, 4, 8, 16, 32, 64]) {
      expect((await t.engine.turn(failing, scope)).claimed).toBe(1);
      t.clock.advance(seconds * 1000 - 1);
      expect((await t.engine.turn(failing, scope)).outcome).toBe("idle");
      t.clock.advance(1);
    }
    await t.engine.turn(failing, scope);
    await want(scope, "a");
    t.clock.advance(29_999);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    t.clock.advance(1);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
  });

  test("an unexpected error spoils a batch once: then each row is worked by itself", async () => {
    const scope = aScope();
    for (const subject of ["a", "b", "guilty", "d"]) await want(scope, subject);
    const spoiled: Claim[][] = [];
    const work = aWork(undefined, {
      async drain(claims, context) {
        spoiled.push(claims);
        if (claims.some((claim) => claim.subject === "guilty")) throw new TypeError("cannot read");
        for (const claim of claims) await context.end(claim, { kind: "done" });
      },
    });
    await t.engine.turn(work, scope);
    t.clock.advance(1_000);
    for (let n = 0; n < 5; n += 1) await t.engine.turn(work, scope);
    expect(spoiled.map((claims) => claims.length)).toEqual([4, 1, 1, 1, 1]);
    expect(await t.db.dueRow.count({ where: { scope, dueAt: null } })).toBe(3);
    expect(await rowOf(scope, "guilty")).toMatchObject({ failures: 2 });
  });

  test("rows a drain leaves open are not lost", async () => {
    const scope = aScope();
    await want(scope, "a");
    await t.engine.turn({ lane: "work", batchSize: 5, drain: async () => {} }, scope);
    expect(await rowOf(scope, "a")).toMatchObject({ leaseToken: null, failures: 1 });
    t.clock.advance(2_000);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
  });
});

describe("waiting", () => {
  test("a row waits until what it waits for is raised, or wanted anew, or the slow look comes", async () => {
    const scope = aScope();
    const waits = aWork((claim, context) => context.end(claim, { kind: "waits", for: "sku:X", reason: "unknown SKU" }));
    for (const subject of ["raised", "wanted", "slow"]) await want(scope, subject);
    await t.engine.turn(waits, scope);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    await want(scope, "wanted");
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    t.clock.advance(3_600_000 - 1);
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("idle");
    const raised = await t.engine.change((tx) => t.engine.raise(tx, scope, "sku:Y"));
    expect(raised).toBe(0);
    t.clock.advance(1);
    expect((await t.engine.turn(waits, scope)).claimed).toBe(2);
    expect(await t.engine.change((tx) => t.engine.raise(tx, scope, "sku:X"))).toBe(2);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(2);
  });

  test("what comes while a row is about to wait for it is not missed", async () => {
    const scope = aScope();
    await want(scope, "a");
    const work = aWork(async (claim, context) => {
      await t.engine.change((tx) => t.engine.raise(tx, scope, "armed:orders")); // between the look and the end
      await context.end(claim, { kind: "waits", for: "armed:orders", reason: "not armed" });
    });
    await t.engine.turn(work, scope);
    expect(await rowOf(scope, "a")).toMatchObject({ waitsFor: null });
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
  });

  test("a closed gate leaves rows due; nothing is claimed until it opens", async () => {
    const scope = aScope();
    await want(scope, "a");
    gateIsOpen = false;
    expect((await t.engine.turn(aWork(), scope)).outcome).toBe("gated");
    expect(await rowOf(scope, "a")).toMatchObject({ attempts: 0, leaseToken: null });
    gateIsOpen = true;
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
  });
});

test("a gate that closes while a batch is worked: nothing more is sent, the rest is given back untouched", async () => {
  const scope = aScope();
  for (const subject of ["a", "b", "c"]) await want(scope, subject);
  const sent: string[] = [];
  const work: Work = {
    lane: "work",
    batchSize: 50,
    async drain(claims, context) {
      for (const claim of claims) {
        if (!(await context.holds(claim))) continue;
        sent.push(claim.subject);
        await context.end(claim, { kind: "done" });
        gateIsOpen = false;
        t.clock.advance(300);
      }
    },
  };
  const result = await t.engine.turn(work, scope);
  expect(sent).toHaveLength(1);
  expect(result).toMatchObject({ claimed: 3, done: 1 });
  for (const subject of ["a", "b", "c"].filter((one) => !sent.includes(one)))
    expect(await rowOf(scope, subject)).toMatchObject({ attempts: 0, failures: 0, leaseToken: null });
  expect((await t.engine.turn(aWork(), scope)).outcome).toBe("gated");
  gateIsOpen = true;
  await t.engine.wake("work", scope);
  expect((await t.engine.turn(aWork(), scope)).done).toBe(2);
});

describe("what may wait a moment", () => {
  test("is due when its time is over, and wakes nobody", async () => {
    const scope = aScope();
    await want(scope, "a", { withinMs: 500 });
    await t.engine.flush();
    expect(t.wakeUps.filter((wakeUp) => wakeUp.scope === scope)).toEqual([]);
    expect(await t.engine.turn(aWork(), scope)).toMatchObject({ outcome: "idle", claimed: 0 });
    t.clock.advance(500);
    expect(await t.engine.turn(aWork(), scope)).toMatchObject({ claimed: 1, done: 1 });
    t.clock.advance(60_000);
    expect(await t.engine.turn(aWork(), scope)).toMatchObject({ outcome: "idle", claimed: 0 });
  });

  test("is taken along by what is wanted at once, before it or after it, in one transaction or in two", async () => {
    const [before, after, both] = [aScope(), aScope(), aScope()];
    await want(before, "a", { withinMs: 500 });
    await want(before, "a");
    await want(after, "a");
    await want(after, "a", { withinMs: 500 });
    await t.engine.change((tx) =>
      t.engine.want(tx, [
        { lane: "work", scope: both, subject: "a", withinMs: 500 },
        { lane: "work", scope: both, subject: "a" },
      ]),
    );
    for (const scope of [before, after, both]) {
      expect(await t.engine.turn(aWork(), scope)).toMatchObject({ claimed: 1, done: 1 });
      t.clock.advance(60_000);
      expect(await t.engine.turn(aWork(), scope)).toMatchObject({ outcome: "idle", claimed: 0 });
    }
  });

  test("is worked once more, at once, when it was wanted while its row was worked", async () => {
    for (const endsInChange of [false, true]) {
      const scope = aScope();
      await want(scope, "a");
      await t.engine.flush();
      const work = aWork(async (claim, context) => {
        await want(scope, "a", { withinMs: 500 });
        if (endsInChange) await t.engine.change((tx) => context.end(claim, { kind: "done" }, tx));
      });
      const first = await t.engine.turn(work, scope);
      expect(first).toMatchObject({ claimed: 1, done: 1, next: { scope } });
      expect(await t.engine.turn(aWork(), scope)).toMatchObject({ claimed: 1, done: 1, next: null });
    }
  });
});

test("what comes may open a gate: the scope is looked at at once, also when it comes during the look", async () => {
  const scope = aScope();
  const wakeUpsOf = () => t.wakeUps.filter((wakeUp) => wakeUp.scope === scope).length;
  await want(scope, "a");
  await t.engine.flush();
  gateIsOpen = false;
  expect((await t.engine.turn(aWork(), scope)).next).toBeNull();
  const before = wakeUpsOf();
  await t.engine.change((tx) => t.engine.raise(tx, scope, "armed:work"));
  await t.engine.flush();
  expect(wakeUpsOf()).toBe(before + 1);
  onGate = () => t.engine.wake("work", scope);
  expect((await t.engine.turn(aWork(), scope)).next).not.toBeNull();
  onGate = async () => {};
  gateIsOpen = true;
  expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
});

describe("objects", () => {
  test("rows of one object are worked together, and by one lane at a time", async () => {
    const scope = aScope();
    for (const subject of ["s1", "s2", "s3"]) await want(scope, subject, { object: "product:1" });
    await want(scope, "s4", { object: "product:2" });
    await want(scope, "p", { object: "product:1", lane: "other" });
    const seen: string[][] = [];
    await t.engine.turn(
      aWork(undefined, {
        async drain(claims, context) {
          seen.push(claims.map((claim) => claim.subject).sort());
          const looks: Date[] = [];
          const lookAt = (time: Date) => void looks.push(time);
          expect(await t.engine.turn(aWork(undefined, { lane: "other" }), scope, { lookAt })).toMatchObject({
            claimed: 0,
          });
          expect(looks).toHaveLength(1);
          for (const claim of claims) await context.end(claim, { kind: "done" });
          const free = await t.engine.turn(aWork(undefined, { lane: "other" }), scope);
          expect(free.done).toBe(1);
        },
      }),
      scope,
      { limit: () => 1 },
    );
    expect(seen).toEqual([["s1", "s2", "s3"]]);
    expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
    expect(await t.db.objectLease.count({ where: { scope } })).toBe(0);
  });
});

describe("budgets within drains", () => {
  test("a closed budget ends the turn; rows are given back and the scope rests", async () => {
    const scope = aScope();
    for (const subject of ["a", "b", "c"]) await want(scope, subject);
    const retryAt = new Date(t.clock.now().getTime() + 400);
    let sent = 0;
    const work = aWork(async () => {
      sent += 1;
      if (sent === 2) throw new BudgetClosed("k", retryAt);
    });
    const looks: Date[] = [];
    const result = await t.engine.turn(work, scope, { lookAt: (time) => void looks.push(time) });
    expect(result).toMatchObject({ claimed: 3, done: 1, next: null });
    expect(looks).toContainEqual(retryAt);
    expect((await t.engine.turn(work, scope)).outcome).toBe("resting");
    expect(
      await t.db.dueRow.findMany({
        where: { scope, NOT: { dueAt: null } },
        select: { attempts: true, failures: true },
      }),
    ).toEqual([
      { attempts: 0, failures: 0 },
      { attempts: 0, failures: 0 },
    ]);
    t.clock.advance(400);
    expect((await t.engine.turn(work, scope)).done).toBe(2);
  });

  test("a budget closed for long lets the other rows of the scope pass", async () => {
    const scope = aScope();
    await want(scope, "capped", { urgency: 5 });
    await want(scope, "free");
    const retryAt = new Date(t.clock.now().getTime() + 3_600_000);
    const work = aWork(async (claim) => {
      if (claim.subject === "capped") throw new BudgetClosed("k", retryAt);
    });
    await t.engine.turn(work, scope, { limit: () => 1 });
    expect((await rowOf(scope, "capped")).dueAt).toEqual(retryAt);
    t.clock.advance(1_000);
    expect((await t.engine.turn(work, scope)).done).toBe(1);
  });
});

describe("who may work", () => {
  test("one at a time on a lane and scope; a wake during the turn has it go round again", async () => {
    const scope = aScope();
    await want(scope, "a");
    const result = await t.engine.turn(
      aWork(async () => {
        expect((await t.engine.turn(aWork(), scope)).outcome).toBe("busy");
        await t.engine.wake("work", scope);
      }),
      scope,
    );
    expect(result.next).toMatchObject({ lane: "work", scope });
  });

  test("one wake-up is in the queue at most; the one of an earlier turn does nothing", async () => {
    const scope = aScope();
    // the queue drops what it holds already: the same id twice is one wake-up
    const mine = () => [...new Set(t.wakeUps.filter((wakeUp) => wakeUp.scope === scope).map((wakeUp) => wakeUp.id))];
    await want(scope, "a");
    await want(scope, "b");
    await t.engine.flush();
    expect(mine()).toHaveLength(1);
    const [wakeUp] = mine();
    expect((await t.engine.turn(aWork(), scope, { wakeUp })).done).toBe(2);
    await want(scope, "c");
    expect((await t.engine.turn(aWork(), scope, { wakeUp })).outcome).toBe("busy");
    await t.engine.flush();
    expect(mine()).toHaveLength(2);
    expect((await t.engine.turn(aWork(), scope, { wakeUp: mine()[1] })).done).toBe(1);
  });

  test("a full batch goes to the back of the queue", async () => {
    const scope = aScope();
    for (const subject of ["a", "b", "c"]) await want(scope, subject);
    const first = await t.engine.turn(aWork(), scope, { limit: () => 2 });
    expect(first.next).not.toBeNull();
    const last = await t.engine.turn(aWork(), scope, { limit: () => 2, wakeUp: first.next?.id });
    expect(last).toMatchObject({ claimed: 1, next: null });
  });

  test("the sweep finds what nobody was woken for, once for all processes", async () => {
    const scope = aScope();
    await want(scope, "a");
    await t.engine.flush();
    t.clock.advance(60_000);
    t.wakeUps.length = 0;
    await t.engine.sweep("work", 2_000);
    const found = t.wakeUps.filter((wakeUp) => wakeUp.scope === scope);
    expect(found).toHaveLength(1);
    expect(await t.engine.sweep("work", 2_000)).toBe(0);
    expect((await t.engine.turn(aWork(), scope, { wakeUp: found[0]?.id })).done).toBe(1);
    t.clock.advance(2_000);
    t.wakeUps.length = 0;
    await t.engine.sweep("work", 2_000);
    expect(t.wakeUps.filter((wakeUp) => wakeUp.scope === scope)).toEqual([]);
  });

  test("what a stopping process has not begun is given back", async () => {
    const scope = aScope();
    for (const subject of ["a", "b", "c"]) await want(scope, subject);
    const stop = new AbortController();
    const work = aWork(undefined, {
      async drain(claims, context) {
        for (const claim of claims) {
          if (context.signal.aborted) return;
          await context.end(claim, { kind: "done" });
          stop.abort();
        }
      },
    });
    const result = await t.engine.turn(work, scope, { signal: stop.signal });
    expect(result).toMatchObject({ claimed: 3, done: 1 });
    const left = await t.db.dueRow.findMany({ where: { scope, NOT: { dueAt: null } } });
    expect(left.map((row) => [row.attempts, row.failures, row.leaseToken])).toEqual([
      [0, 0, null],
      [0, 0, null],
    ]);
  });
});

/** The process dies in the middle of a drain: nothing of it runs any more. */
async function crash(scope: Scope, limit?: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const work = aWork(undefined, { drain: () => new Promise(() => resolve()) });
    void t.engine.turn(work, scope, limit === undefined ? {} : { limit: () => limit });
  });
}

test("a row that kills its process is worked alone and then parked; the others are not harmed", async () => {
  const scope = aScope();
  for (const subject of ["a", "killer", "c"]) await want(scope, subject);
  const claimed: string[][] = [];
  for (let n = 0; n < 12; n += 1) {
    await new Promise<void>((resolve) => {
      const work = aWork(undefined, {
        drain: (claims, context) => {
          claimed.push(claims.map((claim) => claim.subject));
          if (claims.some((claim) => claim.subject === "killer")) {
            resolve();
            return new Promise(() => {});
          }
          return Promise.all(claims.map((claim) => context.end(claim, { kind: "done" }))).then(() => {});
        },
      });
      void t.engine.turn(work, scope).then(() => resolve());
    });
    t.clock.advance(41_000);
  }
  expect(claimed.slice(0, 3).map((subjects) => subjects.length)).toEqual([3, 3, 3]);
  expect(claimed.slice(3).every((subjects) => subjects.length === 1)).toBe(true);
  expect(claimed.flat().filter((subject) => subject === "killer")).toHaveLength(4);
  expect(parked.filter((row) => row.scope === scope).map((row) => row.subject)).toEqual(["killer"]);
  expect(await rowOf(scope, "killer")).toMatchObject({ dueAt: null, parkedAt: expect.any(Date) });
  await want(scope, "killer");
  expect((await t.engine.turn(aWork(), scope)).claimed).toBe(0);
  expect(await t.engine.change((tx) => t.engine.raise(tx, scope, "parked"))).toBe(1);
  expect((await t.engine.turn(aWork(), scope)).done).toBe(1);
});

test("the backlog tells what is due, how old, how fast and how long it will take", async () => {
  const scope = aScope();
  for (let n = 0; n < 10; n += 1) await want(scope, `s${n}`);
  t.clock.advance(5_000);
  await t.engine.turn(aWork(), scope, { limit: () => 4 });
  const [line] = await t.engine.backlog([scope]);
  expect(line).toMatchObject({ lane: "work", due: 6, doneLastMinute: 4, oldestMs: 5_000 });
  expect(line?.timeLeftMs).toBe(90_000);
});

test("a run is what was wanted together: what was done before it, and other subjects, do not count", async () => {
  const scope = aScope();
  const run = (subjects?: string) => t.engine.run({ lane: "work", scope, ...(subjects ? { subjects } : {}) });
  expect(await run()).toEqual({ left: 0, total: 0 });
  for (let n = 0; n < 3; n += 1) await want(scope, `old:${n}`);
  await t.engine.turn(aWork(), scope);
  expect(await run()).toEqual({ left: 0, total: 0 });
  t.clock.advance(1_000);
  for (let n = 0; n < 6; n += 1) await want(scope, `new:${n}`);
  await want(scope, "other:1");
  expect(await run("new:")).toEqual({ left: 6, total: 6 });
  t.clock.advance(1_000);
  await t.engine.turn(aWork(), scope, { limit: () => 4 });
  expect(await run()).toEqual({ left: 3, total: 7 });
  await t.engine.turn(aWork(), scope);
  expect(await run()).toEqual({ left: 0, total: 0 });
});

test("a store that is down never fails a change", async () => {
  const broken = anEngine(database.url, {
    waker: async () => {
      throw new Error("the store is down");
    },
  });
  const scope = aScope();
  await broken.engine.change((tx) => broken.engine.want(tx, { lane: "work", scope, subject: "a" }));
  await broken.engine.wake("work", scope);
  await broken.engine.flush();
  expect(await broken.db.dueRow.count({ where: { scope } })).toBe(1);
  await broken.close();
});
