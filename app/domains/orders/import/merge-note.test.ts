import { expect, test } from "vitest";
import { mergeNote } from "./merge-note.ts";

test.each<[string, string, { note: string; bare: string }, string | null]>([
  ["the buyer wrote nothing", "Fragile", { note: "", bare: "" }, null],
  ["nobody wrote anything yet", "", { note: "Ring twice", bare: "" }, "Ring twice"],
  ["only our template stands there", "TikTok:", { note: "TikTok: Ring twice", bare: "TikTok:" }, "TikTok: Ring twice"],
  ["staff wrote something", "Fragile", { note: "Ring twice", bare: "" }, "Fragile\nRing twice"],
  ["it stands there already", "Fragile\nRing twice", { note: "Ring twice", bare: "" }, null],
  ["the template has no place for it", "Fragile", { note: "TikTok", bare: "TikTok" }, null],
])("%s", (_name, current, ours, wanted) => {
  expect(mergeNote(current, ours)).toBe(wanted);
});
