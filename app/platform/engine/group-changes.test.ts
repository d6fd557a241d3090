import { afterAll, beforeAll, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { recordActivity } from "../activity.server.ts";
import type { Tx } from "../db.server.ts";
import type { Claim, Scope } from "./model.ts";
import { anEngine, aWork, type TestEngine } from "./testing.ts";

let database: TestDatabase;
let t: TestEngine;
beforeAll(async () => {
  database = await aDatabase();
  t = anEngine(database.url);
});
afterAll(async () => {
  await t.close();
  await database.drop();
});

const SHOP = "01890000-0000-7000-8000-000000000000";
const transactionOf = async (tx: Tx) => {
  const [row] = await tx.$queryRaw<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  return row?.id ?? "";
};
const note = (tx: Tx, subject: string) =>
  recordActivity(tx, { shopId: SHOP, actor: { kind: "job", id: "test" }, event: "group.noted", subject });
const noted = async () =>
  (await t.db.activity.findMany({ where: { event: "group.noted" }, orderBy: { id: "asc" } })).map((row) => row.subject);

test("changes of one moment share a transaction, each with its own answer; what they note is kept in order", async () => {
  const answers = await Promise.all(
    ["a", "b", "c"].map((subject) =>
      t.engine.changeTogether(async (tx) => {
        await note(tx, subject);
        return { subject, transaction: await transactionOf(tx) };
      }),
    ),
  );
  expect(answers.map((answer) => answer.subject)).toEqual(["a", "b", "c"]);
  expect(new Set(answers.map((answer) => answer.transaction)).size).toBe(1);
  expect(await noted()).toEqual(["a", "b", "c"]);
});

test("one that fails fails alone: the others are run again, each by itself, and leave what they note once", async () => {
  const before = (await noted()).length;
  const change = (subject: string, fails = false) =>
    t.engine.changeTogether(async (tx) => {
      await note(tx, subject);
      if (fails) throw new RangeError(`${subject} fails`);
      return transactionOf(tx);
    });
  const [first, second, third] = await Promise.allSettled([change("first"), change("second", true), change("third")]);
  expect(second).toMatchObject({ status: "rejected", reason: { message: "second fails" } });
  expect([first?.status, third?.status]).toEqual(["fulfilled", "fulfilled"]);
  expect((await noted()).slice(before)).toEqual(["first", "third"]);
});

test("a lost row takes nobody with it: the rows of the others end", async () => {
  const scopes: Scope[] = ["connection:g1", "connection:g2"];
  for (const scope of scopes) await t.engine.change((tx) => t.engine.want(tx, { lane: "work", scope, subject: "row" }));
  const endTogether = aWork(undefined, {
    drain: async (claims, context) => {
      const [claim] = claims as [Claim];
      if (claim.scope === "connection:g1")
        await t.db.dueRow.updateMany({ where: { scope: claim.scope }, data: { leaseToken: "somebody else" } });
      await t.engine.changeTogether((tx) => context.end(claim, { kind: "done" }, tx));
    },
  });
  const [lost, kept] = await Promise.all(scopes.map((scope) => t.engine.turn(endTogether, scope)));
  expect(lost).toMatchObject({ done: 0, error: expect.objectContaining({ name: "LeaseLost" }) });
  expect(kept).toMatchObject({ done: 1 });
  const rows = await t.db.dueRow.findMany({ where: { scope: { in: scopes } }, orderBy: { scope: "asc" } });
  expect(rows.map((row) => row.doneVersion)).toEqual([0n, 1n]);
});
