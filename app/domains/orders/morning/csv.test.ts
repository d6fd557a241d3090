import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test.each([
  ["plain", "plain"],
  ["=1+1", "'=1+1"],
  ["+49 30", "'+49 30"],
  ["-cmd", "'-cmd"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ["-12.50", "-12.50"],
  ["12", "12"],
  ["-1-1", "'-1-1"],
  ['say "hi", twice', '"say ""hi"", twice"'],
  ["two\nlines", '"two\nlines"'],
  [null, ""],
])("%j becomes %j", (value, cell) => {
  expect(csvLine([value, "x"])).toBe(`${cell},x\r\n`);
});
