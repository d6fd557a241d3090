import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type AgingOrder, ERASED, erasedBy, goesAt, KEPT, keptUntil } from "./what-is-kept.ts";

const DAY_MS = 24 * 3_600_000;
const start = new Date("2026-01-05T08:00:00.000Z");
const days = (count: number) => new Date(start.getTime() + count * DAY_MS);
const order = (over: Partial<AgingOrder> = {}): AgingOrder => ({
  ...{ status: "completed", importState: "done", updateTime: start, erased: ERASED.nothing },
  ...over,
});

test("each part goes on its day and not before", () => {
  const passed = [0, 29.9, 30, 89.9, 90, 179.9, 180, 4_000].map((count) => erasedBy(order(), days(count)));
  expect(passed).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});

test("an order that is still to be shipped, or to come home, keeps everything", () => {
  for (const open of [order({ status: "to-ship" }), order({ status: "shipped" }), order({ importState: "parked" })])
    expect(erasedBy(open, days(179.9))).toBe(ERASED.nothing);
});

test("one nobody hears of any more is not kept for ever", () => {
  const lost = order({ status: "shipped", importState: "unknown" });
  expect([180, 240, 330].map((count) => erasedBy(lost, days(count)))).toEqual([1, 2, 3]);
});

test("what was erased on request stays erased when the channel tells something new", () => {
  expect(erasedBy(order({ erased: ERASED.buyer, updateTime: days(500) }), days(500))).toBe(ERASED.buyer);
});

test("the page for merchants says the same, line by line", () => {
  const page = readFileSync(new URL("../../../../docs/privacy.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\|.*\| (\d+) days.*\|$/gm)].map(([, days]) => Number(days));
  expect(told).toEqual(KEPT.map((one) => one.days));
});

test("everything kept has an end", () => {
  expect(KEPT.map((one) => one.days).filter((count) => count > 0 && count <= 365)).toHaveLength(KEPT.length);
  expect(keptUntil("request", goesAt("request", start))).toEqual(start);
});
