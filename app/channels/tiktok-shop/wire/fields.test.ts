import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseJson } from "../../../platform/ids.ts";
import { count, flag, id, list, minor, minorOrNull, optionalId, text, time, word } from "./fields.ts";

const wire = z.object({ text, count, time, flag, list: list(id), optionalId });

test("absent, null and blank mean the same", () => {
  const nothing = { text: undefined, count: undefined, time: undefined, flag: false, list: [], optionalId: undefined };
  expect(wire.parse({})).toEqual(nothing);
  expect(wire.parse({ text: null, count: null, time: null, flag: null, list: null, optionalId: null })).toEqual(
    nothing,
  );
  expect(wire.parse({ text: " ", count: "", time: 0, flag: "", list: "", optionalId: "0" })).toEqual(nothing);
});

test("ids of 19 digits survive, quoted or bare", () => {
  const ids = z.object({ ids: list(id) });
  expect(ids.parse(parseJson('{"ids":["1729592969712207013",1729592969712207013,42]}')).ids).toEqual([
    "1729592969712207013",
    "1729592969712207013",
    "42",
  ]);
});

test("a required id must be there", () => {
  for (const blank of [undefined, null, "", "  "])
    expect(z.object({ id }).safeParse({ id: blank }).success).toBe(false);
});

test("single values stand for lists of one, and text is trimmed", () => {
  expect(wire.parse({ list: "7", text: " Mug\n" })).toMatchObject({ list: ["7"], text: "Mug" });
});

test("times are seconds, numbers may come as text", () => {
  expect(wire.parse({ time: 1795000000, count: "12" })).toMatchObject({ time: new Date(1795000000_000), count: 12 });
});

test("a value we do not know is kept under its name", () => {
  expect(word({ ACTIVATE: "live" }, "ACTIVATE")).toBe("live");
  expect(word({ ACTIVATE: "live" }, "SOMETHING_NEW")).toBe("unknown:SOMETHING_NEW");
  expect(word({ ACTIVATE: "live" }, undefined)).toBe("unknown:");
  expect(word({ ACTIVATE: "live" }, "toString")).toBe("unknown:toString");
});

test.each([
  ["149", "USD", 14900n],
  ["4.9", "USD", 490n],
  ["100.00", "USD", 10000n],
  ["0.1", "USD", 10n],
  ["-3.05", "USD", -305n],
  ["168000", "VND", 168000n],
  ["5000.00", "JPY", 5000n],
  ["168000", "IDR", 16800000n],
] as const)("%s %s in minor units", (amount, currency, expected) => {
  expect(minor(amount, currency)).toBe(expected);
});

test("an absent amount is nothing, not a guess; an odd one is refused", () => {
  expect(minorOrNull(undefined, "USD")).toBeNull();
  expect(minor(undefined, "USD")).toBe(0n);
  for (const odd of ["1.999", "1,5", "free", "1e3"]) expect(() => minor(odd, "USD")).toThrow(RangeError);
});

test("padding never changes an amount", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }), (cents, zeros) => {
      const padded = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}${"0".repeat(zeros)}`;
      expect(minor(padded, "USD")).toBe(cents);
    }),
  );
});
