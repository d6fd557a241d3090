import type { StoredFacts } from "../intake/facts-json.ts";
import { kindsWorthSaying } from "../kinds.ts";

/** How the merchant wants an order to be called and marked. Empty results are left out. */
export interface LabelTemplates {
  /** Empty: Shopify numbers the order. */
  name: string;
  tags: string[];
  note: string;
  attributes: { key: string; value: string }[];
}

/** What a template may name in braces. */
export const placeholders = [
  "order",
  "channel",
  "tag",
  "kind",
  "buyer note",
  "ship by",
  "delivery",
  "original order",
] as const;
type Placeholder = (typeof placeholders)[number];

/** How orders are marked where the merchant chose nothing. */
export const DEFAULT_LABELS: LabelTemplates = {
  name: "",
  tags: ["{tag}", "{kind}"],
  note: "{buyer note}",
  attributes: [
    { key: "{channel} order", value: "{order}" },
    { key: "Ship by", value: "{ship by}" },
  ],
};

/** Words for a kind on an order, where its own name would not be understood there. */
const KIND_WORDS: Record<string, string> = { platform: "platform-fulfilled", split: "split-parcels" };
const LONGEST_TAG = 40;

interface LabelInput {
  facts: Pick<StoredFacts, "channelOrderId" | "shipByAt" | "deliveryOptionName" | "originOrderId">;
  kinds: readonly string[];
  buyerNote: string;
  names: { channel: string; orderTag: string };
}

interface Labels {
  /** Null: Shopify's own number. */
  name: string | null;
  tags: string[];
  note: string;
  attributes: { key: string; value: string }[];
}

/** Name, tags, note and attributes of a Shopify order. A tag that is `{kind}` alone becomes one tag for each kind. */
export function labelsOf(templates: LabelTemplates, input: LabelInput): Labels {
  const { facts, names } = input;
  const kinds = kindsWorthSaying(input.kinds).map((kind) => KIND_WORDS[kind] ?? kind);
  const values: Record<Placeholder, string> = {
    order: facts.channelOrderId,
    channel: names.channel,
    tag: names.orderTag,
    kind: kinds[0] ?? "",
    "buyer note": input.buyerNote,
    "ship by": facts.shipByAt ? `${facts.shipByAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "",
    delivery: facts.deliveryOptionName ?? "",
    "original order": facts.originOrderId ?? "",
  };
  const fill = (template: string) => fillTemplate(template, values);
  const tags = templates.tags.flatMap((tag) => (tag === "{kind}" ? kinds : [fill(tag)]));
  return {
    name: fill(templates.name) || null,
    // Shopify fact §9.1: tags are cut off at commas
    tags: [...new Set(tags.map((tag) => tag.replaceAll(",", " ").slice(0, LONGEST_TAG).trim()).filter(Boolean))],
    note: fill(templates.note),
    attributes: templates.attributes
      .map(({ key, value }) => ({ key: fill(key), value: fill(value) }))
      .filter(({ key, value }) => key !== "" && value !== ""),
  };
}

/** Unknown names in braces stay as they are: a typing error is seen, not swallowed. */
function fillTemplate(template: string, values: Record<Placeholder, string>): string {
  return template.replace(/\{([^{}]+)\}/g, (all, name: string) => values[name as Placeholder] ?? all).trim();
}

/** Tags as they are typed: parted by commas. */
export const readTags = (text: string): string[] =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);

/** Details as they are typed: one a line, `Name: text`. Null: a line has no name or no colon. */
export function readAttributes(text: string): LabelTemplates["attributes"] | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const found = lines.map((line) => {
    const at = line.indexOf(":");
    return { key: line.slice(0, Math.max(at, 0)).trim(), value: line.slice(at + 1).trim() };
  });
  return found.some(({ key }) => key === "") ? null : found;
}

export const writeAttributes = (attributes: LabelTemplates["attributes"]): string =>
  attributes.map(({ key, value }) => `${key}: ${value}`).join("\n");

/** Names in braces that no template knows. */
export const unknownPlaceholders = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]+)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !(placeholders as readonly string[]).includes(name));
