import { expect, test } from "vitest";
import { aClock } from "../../../platform/clock.ts";
import { CREEPING, createPacer, FASTER, SLOWER } from "./pace.ts";

function aPacer() {
  const clock = aClock();
  const pacer = createPacer(() => clock.now().getTime());
  /** A second in which our budget ran out, then an answer. */
  const shortSecond = () => {
    pacer.wasShort("k");
    clock.advance(1_000);
    return pacer.succeeded("k");
  };
  return { clock, pacer, shortSecond };
}

test("tries a higher rate only when our own budget was the brake, once a second", () => {
  const { clock, pacer, shortSecond } = aPacer();
  clock.advance(10_000);
  expect(pacer.succeeded("k")).toBeNull();
  expect(shortSecond()).toBe(FASTER);
  pacer.wasShort("k");
  clock.advance(999);
  expect(pacer.succeeded("k")).toBeNull();
  clock.advance(1);
  expect(pacer.succeeded("k")).toBe(FASTER);
});

test("creeps after the first refusal", () => {
  const { pacer, shortSecond } = aPacer();
  expect(shortSecond()).toBe(FASTER);
  expect(pacer.refused("k")).toBe(SLOWER);
  expect(shortSecond()).toBe(CREEPING);
});

test("a volley refused together counts once, until a call has gone through again", () => {
  const { pacer } = aPacer();
  expect(pacer.refused("k")).toBe(SLOWER);
  expect(pacer.refused("k")).toBeNull();
  pacer.succeeded("k");
  expect(pacer.refused("k")).toBe(SLOWER);
});

test("keys do not touch each other", () => {
  const { pacer, shortSecond } = aPacer();
  pacer.refused("other");
  expect(shortSecond()).toBe(FASTER);
});
