import { expect, test } from "vitest";
import { turnOf } from "./turn-of.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const pace = (...lately: Date[]) => ({ most: 5, everyMs: 60_000, lately });

test("with room in the minute the turn is now", () => {
  expect(turnOf(pace(), [], NOW)).toEqual(NOW);
  expect(turnOf(pace(later(-50), later(-40), later(-30), later(-20)), [], NOW)).toEqual(NOW);
});

test("in a full minute the turn comes when the first of its orders is a minute old", () => {
  expect(turnOf(pace(later(-50), later(-40), later(-30), later(-20), later(-10)), [], NOW)).toEqual(later(10));
});

test("what was promised is kept: whoever comes later is behind, and no minute holds more than five", () => {
  const lately = [later(-50), later(-40), later(-30), later(-20), later(-10)];
  const promised: Date[] = [];
  for (let n = 0; n < 23; n += 1) promised.push(turnOf(pace(...lately), promised, NOW));
  expect(promised).toEqual([...promised].sort((a, b) => a.getTime() - b.getTime()));
  const all = [...lately, ...promised].map((at) => at.getTime());
  for (const from of all) expect(all.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(5);
  expect(promised.at(-1)).toEqual(later(10 + 4 * 60 + 20));
});

test("a promise that was not kept holds nobody up", () => {
  const stale = Array.from({ length: 9 }, () => later(-3_600));
  expect(turnOf(pace(), stale, NOW)).toEqual(NOW);
});
