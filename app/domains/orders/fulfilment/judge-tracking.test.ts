import { expect, test } from "vitest";
import { judgeTracking, plainNumber } from "./judge-tracking.ts";

const UPS = /^1Z[0-9A-Z]{16}$/;

test.each([
  ["", null, "empty"],
  [" - ", null, "empty"],
  ["https://track.example/1Z999", null, "address"],
  ["n/a", null, "placeholder"],
  ["TBD", null, "placeholder"],
  ["0000000000", null, "placeholder"],
  ["9400 1102#", null, "characters"],
  ["九四〇〇一一", null, "characters"],
  ["1234", null, "length"],
  ["1".repeat(51), null, "length"],
  ["1Z999", UPS, "carrier"],
  ["9400110200830000000000", UPS, "carrier"],
] as const)("%j is stopped: it would be refused", (number, format, fault) => {
  expect(judgeTracking(number, format)).toBe(fault);
});

test("blanks, hyphens and small letters are no fault, and a carrier whose form we do not know takes any number", () => {
  expect(judgeTracking("1z 999aa1-0123 456784", UPS)).toBeNull();
  expect(judgeTracking("B1-77 43", null)).toBeNull();
  expect(plainNumber(" 1z 9-9\u00a0 ")).toBe("1Z99");
});
