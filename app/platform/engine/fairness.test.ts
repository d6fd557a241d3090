import { afterAll, beforeAll, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { forgetIdleRows } from "./housekeeping.server.ts";
import type { Scope, WakeUp } from "./model.ts";
import { aLane, anEngine, aWork, type TestEngine } from "./testing.ts";

let database: TestDatabase;
let t: TestEngine;
const queue: WakeUp[] = [];
beforeAll(async () => {
  database = await aDatabase();
  // first come, first served, and no wake-up twice: what the queue's store does
  const put = async (wakeUps: WakeUp[]) => {
    for (const one of wakeUps) if (!queue.some((other) => other.id === one.id)) queue.push(one);
  };
  t = anEngine(database.url, { waker: put, lanes: [aLane()] });
});
afterAll(async () => {
  await t.close();
  await database.drop();
});

test("small scopes take turns with a huge one: none waits longer than one round", async () => {
  const want = (scope: Scope, subjects: string[]) =>
    t.engine.change((tx) =>
      t.engine.want(
        tx,
        subjects.map((subject) => ({ lane: "work", scope, subject })),
      ),
    );
  await want(
    "shop:huge",
    Array.from({ length: 800 }, (_, n) => `row:${n}`),
  );
  await t.engine.flush();

  const smallScopes = Array.from({ length: 5 }, (_, n): Scope => `shop:${n}`);
  const wantedInTurn = new Map<string, number>();
  const waited: number[] = [];
  let hugeDone = 0;
  let turns = 0;
  const work = aWork(
    async (claim) => {
      if (claim.scope === "shop:huge") hugeDone += 1;
      else waited.push(turns - (wantedInTurn.get(claim.scope) ?? 0));
    },
    { batchSize: 8 },
  );
  for (; turns < 150; turns += 1) {
    t.clock.advance(50);
    const scope = smallScopes[(turns / 5) % 5];
    if (turns % 5 === 0 && scope) {
      wantedInTurn.set(scope, turns);
      await want(scope, [`event:${turns}`]);
      await t.engine.flush();
    }
    const wakeUp = queue.shift();
    if (!wakeUp) continue;
    const { next } = await t.engine.turn(work, wakeUp.scope, { wakeUp: wakeUp.id });
    if (next) queue.push(next);
  }
  expect(waited.length).toBe(30);
  expect(Math.max(...waited)).toBeLessThanOrEqual(smallScopes.length + 1);
  // and the huge one got every turn the others did not need
  expect(hugeDone).toBe(800);
});

test("rows with nothing to do are forgotten; others stay", async () => {
  const scope: Scope = "shop:forget";
  await t.engine.change((tx) =>
    t.engine.want(
      tx,
      ["done", "waiting", "due"].map((subject) => ({ lane: "work", scope, subject })),
    ),
  );
  const waits = aWork(async (claim, context) => {
    if (claim.subject === "waiting") await context.end(claim, { kind: "waits", for: "x", reason: "x" });
    if (claim.subject === "due") await context.end(claim, { kind: "later", reason: "x" });
  });
  await t.engine.turn(waits, scope);
  t.clock.advance(1_000);
  expect(await forgetIdleRows(t.db, t.clock.now())).toBeGreaterThan(0);
  const left = await t.db.dueRow.findMany({ where: { scope }, select: { subject: true }, orderBy: { subject: "asc" } });
  expect(left.map((row) => row.subject)).toEqual(["due", "waiting"]);
});
