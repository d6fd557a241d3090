import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { closeProblem, listActivity, listOpenProblems, openProblem, recordActivity } from "./activity.server.ts";
import { anEngine, type TestEngine } from "./engine/testing.ts";
import { createInbox, type Delivery, forgetDeliveries, type Reaction } from "./inbox.server.ts";

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

const inboxWith = (react: Reaction<string>) =>
  createInbox<string>({ engine: t.engine, db: t.db, react, revive: (json) => String(json) });
const aDelivery = (id: string, more: Partial<Delivery<string>> = {}) => ({
  ...{ source: "shopify", id, topic: "products/update", receivedAt: RECEIVED_AT, events: [id] },
  ...more,
});
const wantAll: Reaction<string> = (tx, events) =>
  t.engine.want(
    tx,
    events.map((subject) => ({ lane: "work", scope: "shop:1", subject })),
  );

describe("the inbox", () => {
  beforeEach(async () => {
    await t.db.delivery.deleteMany();
    await t.db.pendingDelivery.deleteMany();
  });

  test("a delivery counts once, however often and however much at once it comes", async () => {
    const { receive, settled } = inboxWith(wantAll);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => receive(aDelivery("d-1"))));
    expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(1);
    const elsewhere = Array.from({ length: 8 }, () => inboxWith(wantAll).receive(aDelivery("d-1")));
    expect(new Set(await Promise.all(elsewhere))).toEqual(new Set(["repeat"]));
    const racing = await Promise.all(Array.from({ length: 8 }, () => inboxWith(wantAll).receive(aDelivery("d-2"))));
    expect(racing.filter((outcome) => outcome === "recorded")).toHaveLength(1);
    await settled();
    await inboxWith(wantAll).catchUp();
    const rows = await t.db.dueRow.findMany({ where: { scope: "shop:1" }, orderBy: { subject: "asc" } });
    expect(rows.map((row) => [row.subject, row.wantedVersion])).toEqual([
      ["d-1", 1n],
      ["d-2", 1n],
    ]);
    expect(await receive(aDelivery("d-1", { source: "elsewhere" }))).toBe("recorded");
    await settled();
    expect(await forgetDeliveries(t.db, new Date("2026-01-05T08:00:01Z"))).toBe(3);
    expect(await t.db.delivery.count()).toBe(0);
  });

  test("a delivery with characters that the database does not take is not sent again forever", async () => {
    const { receive, settled } = inboxWith(wantAll);
    const odd = aDelivery("d-\0", { events: ["odd-\0\ud800"] });
    expect(await receive(odd)).toBe("recorded");
    expect(await receive(odd)).toBe("repeat");
    await settled();
    expect(await t.db.dueRow.findFirst({ where: { subject: { startsWith: "odd-" } } })).toMatchObject({
      subject: "odd-\ufffd",
    });
  });

  test("the sender has its answer while a reaction waits for somebody; what came meanwhile is reacted to together", async () => {
    const seen: string[][] = [];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { receive, settled } = inboxWith(async (_tx, events) => {
      seen.push([...events]);
      await held;
    });
    for (const id of ["a", "b", "c"])
      expect(await receive(aDelivery(id, { events: [id, `${id}, more`] }))).toBe("recorded");
    letGo();
    await settled();
    expect(seen[0]?.slice(0, 2)).toEqual(["a", "a, more"]);
    expect(seen.flat().sort()).toEqual(["a", "a, more", "b", "b, more", "c", "c, more"]);
    expect(seen.length).toBeLessThan(3);
    expect(await t.db.pendingDelivery.count()).toBe(0);
  });

  test("one whose reaction fails stays alone on the pile and is tried again later; those beside it are reacted to", async () => {
    const seen: string[] = [];
    let isBroken = true;
    const { receive, catchUp, settled } = inboxWith(async (_tx, events) => {
      if (isBroken && events.includes("bad")) throw new Error("no");
      seen.push(...events);
    });
    await Promise.all(["first", "good", "bad", "also good"].map((id) => receive(aDelivery(id))));
    await settled();
    expect(seen.sort()).toEqual(["also good", "first", "good"]);
    expect(await t.db.pendingDelivery.findMany()).toMatchObject([{ id: "bad", attempts: 1 }]);
    expect(await forgetDeliveries(t.db, new Date("2036-01-05T08:00:00Z"))).toBe(3);
    isBroken = false;
    expect(await catchUp()).toBe(0);
    t.clock.advance(5_000);
    expect(await catchUp()).toBe(1);
    expect(seen).toContain("bad");
    expect(await t.db.pendingDelivery.count()).toBe(0);
  });

  test("what a process that died left behind is taken up by another, once", async () => {
    const left = { source: "shopify", id: "left" };
    await t.db.delivery.create({ data: { ...left, topic: "products/update", receivedAt: RECEIVED_AT } });
    await t.db.pendingDelivery.create({ data: { ...left, events: ["left"], dueAt: t.clock.now() } });
    expect(await inboxWith(wantAll).catchUp(2_000)).toBe(0); // it may still be at it
    t.clock.advance(2_000);
    const seen: string[] = [];
    const others = [1, 2].map(() => inboxWith(async (_tx, events) => void seen.push(...events)));
    const counts = await Promise.all(others.map(({ catchUp }) => catchUp(2_000)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(seen).toEqual(["left"]);
  });
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
