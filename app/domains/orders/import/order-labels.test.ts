import { expect, test } from "vitest";
import { parseSettings } from "../../shops/model.ts";
import {
  DEFAULT_LABELS,
  type LabelTemplates,
  labelsOf,
  readAttributes,
  readTags,
  unknownPlaceholders,
  writeAttributes,
} from "./order-labels.ts";

const input = {
  facts: { channelOrderId: "576", shipByAt: null, deliveryOptionName: "Standard", originOrderId: "575" },
  kinds: ["sample", "gift", "on-hold"],
  buyerNote: "ring twice",
  names: { channel: "TikTok Shop", orderTag: "TT" },
};
const labels = (over: Partial<LabelTemplates>) => labelsOf({ ...DEFAULT_LABELS, ...over }, input);

test("without a choice an order has its tag, its kinds, the buyer's note and the number there", () => {
  expect(labels({})).toEqual({
    ...{ name: null, tags: ["TT", "sample", "gift"], note: "ring twice" },
    attributes: [{ key: "TikTok Shop order", value: "576" }],
  });
  const { name, tags, note, attributes } = parseSettings({}).importing;
  expect({ name, tags, note, attributes }).toEqual(DEFAULT_LABELS);
});

test("names in braces are filled in, unknown ones are seen", () => {
  expect(labels({ name: "{channel} {order}" }).name).toBe("TikTok Shop 576");
  expect(labels({ note: "{delivery} for {original order}, {buyer nte}" }).note).toBe("Standard for 575, {buyer nte}");
  expect(unknownPlaceholders("{order} {buyer nte} {x}")).toEqual(["buyer nte", "x"]);
});

test("tags are not doubled, hold no comma and no more than Shopify keeps", () => {
  expect(labels({ tags: ["{tag}", "TT", "a,b", "x".repeat(60), "{ship by}"] }).tags).toEqual([
    ...["TT", "a b", "x".repeat(40)],
  ]);
});

test("when to ship by is told so that people can read it", () => {
  const facts = { ...input.facts, shipByAt: new Date("2026-11-27T18:05:09.123Z") };
  expect(labelsOf(DEFAULT_LABELS, { ...input, facts }).attributes).toContainEqual({
    key: "Ship by",
    value: "2026-11-27 18:05 UTC",
  });
});

test("a buyer's words are no template", () => {
  expect(labelsOf(DEFAULT_LABELS, { ...input, buyerNote: "{order}" }).note).toBe("{order}");
});

test("what is typed comes back as it was typed", () => {
  expect(readTags(" a, b ,,{kind}")).toEqual(["a", "b", "{kind}"]);
  const text = "Order: {order}\nPage: https://x.example/{order}";
  expect(writeAttributes(readAttributes(text) ?? [])).toBe(text);
  expect(readAttributes("no colon")).toBeNull();
  expect(readAttributes(": nameless")).toBeNull();
  expect(readAttributes("\n")).toEqual([]);
});
