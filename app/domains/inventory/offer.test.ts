import fc from "fast-check";
import { expect, test } from "vitest";
import { decideStock, judgeReading, type Known, keptBack } from "./decide-stock.ts";
import { effectiveAvailable, offer } from "./offer.ts";

const base = { buffer: 0, share: 1, cap: null, channelMax: 99_999 };
const now = new Date("2026-01-05T08:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const known = (over: Partial<Known> = {}): Known => ({
  pushed: 10,
  pushedAt: at(-60),
  soldSincePush: 0,
  uncertainUntil: null,
  unexplained: 0,
  unexplainedSince: null,
  verifyAt: null,
  ...over,
});
const decide = (wanted: number, over: Partial<Known> = {}, isTakenOver = false, hasWaiting = false) =>
  decideStock({ wanted, known: known(over), hasWaiting, maybeTwice: 0, isTakenOver, marginMs: 30_000, now });
const judge = (read: number, wanted: number, over: Partial<Known> = {}, hasInvestigated = false) =>
  judgeReading({ read, wanted, known: known(over), maybeTwice: 0, hasInvestigated, now });

test.each([
  [{ available: [12], waiting: 0 }, 12],
  [{ available: [12], waiting: 3 }, 9],
  [{ available: [12, -5], waiting: 0 }, 7],
  [{ available: [2], waiting: 3 }, 0],
  [{ available: [12], waiting: 0, buffer: 2 }, 10],
  [{ available: [11], waiting: 0, share: 0.5 }, 5],
  [{ available: [100], waiting: 0, share: 0.29 }, 29],
  [{ available: [12], waiting: 0, cap: 5 }, 5],
  [{ available: [200_000], waiting: 0 }, 99_999],
])("%o offers %i", (over, expected) => {
  expect(offer({ ...base, ...over })).toBe(expected);
});

const anyInput = fc.record({
  available: fc.array(fc.integer({ min: -1_000, max: 200_000 }), { maxLength: 4 }),
  waiting: fc.nat(500),
  buffer: fc.nat(50),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  cap: fc.option(fc.nat(1_000)),
  channelMax: fc.integer({ min: 1, max: 99_999 }),
});

test("an offer is a whole number, never negative, never above a ceiling, never more than there is", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const offered = offer(input);
      expect(Number.isInteger(offered) && offered >= 0).toBe(true);
      expect(offered).toBeLessThanOrEqual(Math.min(input.channelMax, input.cap ?? input.channelMax));
      const sum = input.available.reduce((total, one) => total + one, 0);
      expect(offered).toBeLessThanOrEqual(Math.max(0, sum - input.waiting));
    }),
  );
});

test("while orders are on their way home a decrease looks first, and raises nothing", () => {
  expect(decide(7)).toEqual({ kind: "push", quantity: 7 });
  expect(decide(7, {}, false, true)).toEqual({ kind: "look" });
  // the channel has sold four that nobody knows of: seven would be three too many
  expect(judge(6, 7)).toEqual({ kind: "investigate" });
  expect(judge(6, 7, {}, true)).toEqual({ kind: "keep", unexplained: 4 });
  expect(judge(10, 7)).toEqual({ kind: "push", quantity: 7, unexplained: 0 });
  const givenUp = { unexplained: 4, unexplainedSince: at(-600) };
  expect(judge(6, 7, givenUp, true)).toEqual({ kind: "push", quantity: 7, unexplained: 0 });
});

test("a decrease that units counted twice explain waits until they are home", () => {
  const rush = { hasWaiting: true, isTakenOver: false, marginMs: 30_000, now };
  expect(decideStock({ ...rush, wanted: 7, known: known(), maybeTwice: 3 })).toEqual({ kind: "wait" });
  expect(decideStock({ ...rush, wanted: 6, known: known(), maybeTwice: 3 })).toEqual({ kind: "look" });
  expect(decideStock({ ...rush, wanted: 11, known: known(), maybeTwice: 3 })).toEqual({ kind: "look" });
  const look = { known: known({ pushed: 20 }), hasInvestigated: true, now };
  expect(judgeReading({ ...look, read: 10, wanted: 7, maybeTwice: 3 })).toMatchObject({ kind: "keep" });
  expect(judgeReading({ ...look, known: known(), read: 10, wanted: 6, maybeTwice: 3 })).toMatchObject({ kind: "push" });
});

test("importing an order never changes the offer: the unit leaves waiting as Shopify's number falls", () => {
  fc.assert(
    fc.property(anyInput, fc.nat(20), (input, units) => {
      const [first = 0, ...others] = input.available;
      const waiting = { ...input, available: [first, ...others], waiting: input.waiting + units };
      const imported = { ...input, available: [first - units, ...others], waiting: input.waiting };
      expect(offer(imported)).toBe(offer(waiting));
      // in between it counts twice: less, never more
      expect(offer({ ...waiting, available: imported.available })).toBeLessThanOrEqual(offer(waiting));
    }),
  );
});

test("an event lowers a level at once and never raises it", () => {
  expect(effectiveAvailable({ available: 10, eventAvailable: 4 })).toBe(4);
  expect(effectiveAvailable({ available: 10, eventAvailable: 14 })).toBe(10);
  expect(effectiveAvailable({ available: 10, eventAvailable: null })).toBe(10);
});

test("down at once, up after a look, the same is nothing", () => {
  expect(decide(9)).toEqual({ kind: "push", quantity: 9 });
  expect(decide(11)).toEqual({ kind: "look" });
  expect(decide(10)).toEqual({ kind: "nothing" });
  expect(decide(10, { pushed: null })).toEqual({ kind: "look" });
});

test("what known orders took off the channel's number is not sent again, but read back after a while", () => {
  expect(decide(8, { soldSincePush: 2 })).toEqual({ kind: "trust", verifyAt: at(60) });
  expect(decide(8, { soldSincePush: 2, verifyAt: at(1) })).toEqual({ kind: "nothing" });
  expect(decide(8, { soldSincePush: 2, verifyAt: at(0) })).toEqual({ kind: "look" });
  expect(decide(9, { soldSincePush: 2 })).toEqual({ kind: "look" });
});

test("after a lost answer the number goes out again at once, and is compared when the old call can land no more", () => {
  const lost = { uncertainUntil: at(25), pushedAt: at(-60) };
  expect(decide(10, lost)).toEqual({ kind: "push", quantity: 10 });
  expect(decide(10, { ...lost, pushedAt: at(-1) })).toEqual({ kind: "nothing" });
  expect(decide(10, { uncertainUntil: at(0), pushedAt: at(-1) })).toEqual({ kind: "look" });
  expect(decide(10, {}, true)).toEqual({ kind: "push", quantity: 10 });
});

test("a reading is adopted, explained, or makes us read the orders first", () => {
  expect(judge(12, 12)).toEqual({ kind: "adopt" });
  expect(judge(10, 12)).toEqual({ kind: "push", quantity: 12, unexplained: 0 });
  expect(judge(8, 12)).toEqual({ kind: "investigate" });
  expect(judge(8, 10, { soldSincePush: 2 })).toEqual({ kind: "push", quantity: 10, unexplained: 0 });
});

test("units that no order explains are kept back for a while, then given up", () => {
  expect(judge(8, 12, {}, true)).toEqual({ kind: "push", quantity: 10, unexplained: 2 });
  expect(judge(8, 10, {}, true)).toEqual({ kind: "keep", unexplained: 2 });
  const kept = { unexplained: 2, unexplainedSince: at(-299), pushed: 10 };
  expect(keptBack(known(kept), now)).toBe(2);
  expect(decide(12, kept)).toEqual({ kind: "nothing" });
  const over = { ...kept, unexplainedSince: at(-300) };
  expect(decide(12, over)).toEqual({ kind: "look" });
  expect(judge(10, 12, over, true)).toEqual({ kind: "push", quantity: 12, unexplained: 0 });
});
