import { expect, test } from "vitest";
import texts from "../../locales/en/channel-tiktok-shop.json" with { type: "json" };
import { explain } from "./explain.ts";
import { MEANINGS } from "./meanings.ts";

test("no code has two meanings", () => {
  const codes = Object.values(MEANINGS).flatMap(({ codes }) => codes);
  expect(codes.length).toBeGreaterThan(150);
  expect(new Set(codes).size).toBe(codes.length);
});

test("every meaning has a sentence and a next step, and no text is left over", () => {
  expect(Object.keys(texts.reasons).sort()).toEqual([...Object.keys(MEANINGS), "unknown"].sort());
  for (const { sentence, nextStep } of Object.values(texts.reasons)) {
    expect(sentence).toMatch(/\.$/);
    expect(nextStep).toMatch(/\.$/);
  }
});

test("explains a known code and says so for an unknown one", () => {
  expect(explain("12052104")).toEqual({
    name: "attributeMissing",
    sentence: "channel-tiktok-shop.reasons.attributeMissing.sentence",
    nextStep: "channel-tiktok-shop.reasons.attributeMissing.nextStep",
  });
  expect(explain("1").name).toBe("unknown");
});
