import { expect, test } from "vitest";
import { createPacer } from "./pace.ts";

const answer = (pacer: ReturnType<typeof createPacer>, times: number) =>
  Array.from({ length: times }, () => pacer.succeeded("k", 2)).filter((rate) => rate !== null);

test("tries a higher rate only when our own budget was the brake", () => {
  const pacer = createPacer(50);
  expect(answer(pacer, 20)).toEqual([]);
  pacer.wasShort("k");
  expect(answer(pacer, 20)).toEqual([4]);
});

test("doubles until the first refusal, then gives back a fifth and creeps", () => {
  const pacer = createPacer(50);
  answer(pacer, 1);
  for (const expected of [4, 8, 16]) {
    pacer.wasShort("k");
    expect(answer(pacer, 100)).toEqual([expected]);
  }
  expect(pacer.refused("k", 2)).toBeCloseTo(12.8);
  pacer.wasShort("k");
  expect(answer(pacer, 100)[0]).toBeCloseTo(13.44);
});

test("a volley refused together counts once, and the rate never dies", () => {
  const pacer = createPacer(50);
  expect(pacer.refused("k", 2)).toBeCloseTo(1.6);
  expect(pacer.refused("k", 2)).toBeCloseTo(1.6);
  for (let round = 0; round < 50; round += 1) {
    answer(pacer, 1);
    pacer.refused("k", 2);
  }
  expect(pacer.refused("k", 2)).toBe(0.2);
});

test("never goes beyond the ceiling", () => {
  const pacer = createPacer(5);
  answer(pacer, 1);
  for (let round = 0; round < 5; round += 1) {
    pacer.wasShort("k");
    answer(pacer, 100);
  }
  expect(pacer.refused("k", 2)).toBe(4);
});
