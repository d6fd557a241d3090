import { expect, test } from "vitest";
import { aLine } from "../testing.ts";
import { judgeSplit } from "./judge-split.ts";

const lines = ["1", "2", "3"].map((channelLineId) => aLine({ channelLineId }));
const rules = (canSplit: boolean, mustSplit = false) => ({ canSplit, mustSplit, reason: "same SKU" });

test.each([
  ["a part, where the channel lets orders be split", ["1"], rules(true), null],
  ["a part, where it does not", ["1"], rules(false), "may-not-split"],
  ["everything, where it does not", ["1", "2", "3"], rules(false), null],
  ["everything, where it has to be split", ["1", "2", "3"], rules(true, true), "must-split"],
  ["a part, where it has to be split", ["1"], rules(false, true), null],
])("%s", async (_name, channelLineIds, answer, why) => {
  const fault = await judgeSplit({ facts: { lines }, channelLineIds }, async () => answer);
  expect(fault?.why ?? null).toBe(why);
});

test("a single open unit is never asked about, and a channel that says nothing lets it go", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return null;
  };
  const rest = lines.map((line, at) => (at === 0 ? line : { ...line, trackingNumber: "940" }));
  expect(await judgeSplit({ facts: { lines: rest }, channelLineIds: ["1"] }, ask)).toBeNull();
  expect(asked).toBe(0);
  expect(await judgeSplit({ facts: { lines }, channelLineIds: ["1"] }, ask)).toBeNull();
  expect(asked).toBe(1);
});
