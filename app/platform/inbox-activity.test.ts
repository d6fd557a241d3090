import { afterAll, beforeAll, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { closeProblem, listActivity, listOpenProblems, openProblem, recordActivity } from "./activity.server.ts";
import { anEngine, type TestEngine } from "./engine/testing.ts";
import { createInbox, forgetDeliveries } from "./inbox.server.ts";

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

const RECEIVED_AT = new Date("2026-01-05T08:00:00Z");

test("a delivery counts once, however often and however much at once it comes", async () => {
  const delivery = { source: "shopify", id: "d-1", topic: "products/update", receivedAt: RECEIVED_AT, events: ["1"] };
  const receive = createInbox<string>(t.engine, (tx, events) =>
    t.engine.want(
      tx,
      events.map((subject) => ({ lane: "work", scope: "shop:1", subject })),
    ),
  );
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => receive(delivery)));
  expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(1);
  expect(await receive(delivery)).toBe("repeat");
  const row = await t.db.dueRow.findFirstOrThrow({ where: { scope: "shop:1" } });
  expect(row.wantedVersion).toBe(1n);
  expect(await receive({ ...delivery, source: "elsewhere" })).toBe("recorded");
  expect(await forgetDeliveries(t.db, new Date("2026-01-05T08:00:01Z"))).toBe(2);
  expect(await t.db.delivery.count()).toBe(0);
});

test("a delivery whose reaction fails fails alone; those beside it are recorded and reacted to", async () => {
  const seen: string[][] = [];
  const receive = createInbox<string>(t.engine, async (_tx, events) => {
    if (events.includes("bad")) throw new Error("no");
    seen.push([...events]);
  });
  const one = (id: string) =>
    receive({ source: "shopify", id, topic: "t", receivedAt: RECEIVED_AT, events: [id, `${id}, more`] });
  const first = one("first"); // occupies the writer, so that the others share a transaction
  const outcomes = await Promise.allSettled([first, one("good"), one("bad"), one("also good")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect((await t.db.delivery.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id)).toEqual([
    "also good",
    "first",
    "good",
  ]);
  expect(seen.map(([id]) => id)).toEqual(["first", "good", "also good"]);
  await Promise.all([one("a"), one("b"), one("c")]);
  expect(seen.slice(3)).toEqual([
    ["a", "a, more"],
    ["b", "b, more", "c", "c, more"],
  ]);
  await t.db.delivery.deleteMany();
});

test("a problem opens once, keeps its time, closes, and opens anew", async () => {
  const report = { shopId: "s", key: "grant:1:consent", kind: "needs-consent", severity: "urgent" as const };
  const [early, late, later] = ["08:00", "09:00", "10:00"].map((time) => new Date(`2026-01-05T${time}:00Z`)) as [
    Date,
    Date,
    Date,
  ];
  const open = (more: object) => t.engine.change((tx) => openProblem(tx, { ...report, ...more }));
  expect(await open({ at: early })).toBe("opened");
  expect(await open({ at: late, affected: 7 })).toBe("known");
  expect(await open({ key: "other", severity: "info", at: early })).toBe("opened");
  const problems = await listOpenProblems(t.db, { shopId: "s" });
  expect(problems.map((problem) => problem.key)).toEqual(["grant:1:consent", "other"]);
  expect(problems[0]).toMatchObject({ affected: 7, openedAt: early });
  expect(await t.engine.change((tx) => closeProblem(tx, report))).toBe(true);
  expect(await t.engine.change((tx) => closeProblem(tx, report))).toBe(false);
  expect(await open({ at: later })).toBe("opened");
  expect((await listOpenProblems(t.db, { shopId: "s" })).find((p) => p.key === report.key)?.openedAt).toEqual(later);
  expect(await listOpenProblems(t.db, { shopId: "somebody else" })).toEqual([]);
});

test("activity pages from the newest, within the shop", async () => {
  const actor = { kind: "staff" as const, id: "42" };
  await t.engine.change(async (tx) => {
    for (let n = 0; n < 5; n += 1) {
      await recordActivity(tx, { shopId: "s", actor, event: "listing.created", subject: `listing:${n}`, data: { n } });
    }
    await recordActivity(tx, { shopId: "else", actor, event: "listing.created", subject: "listing:x" });
  });
  const first = await listActivity(t.db, { shopId: "s", limit: 3 });
  const rest = await listActivity(t.db, { shopId: "s", limit: 3, cursor: first.nextCursor ?? "" });
  expect([...first.entries, ...rest.entries].map((entry) => entry.subject)).toEqual(
    [4, 3, 2, 1, 0].map((n) => `listing:${n}`),
  );
  expect(first.entries[0]?.actor).toEqual(actor);
  expect(rest.nextCursor).toBeNull();
});
