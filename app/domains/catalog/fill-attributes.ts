import type { AttributeSpec } from "../../channels/port.ts";
import { isLiableClaim } from "./liable-claims.ts";
import { cleanText, cutAtWord, wordsOf } from "./text.ts";

export interface AttributeSource {
  title: string;
  productType: string;
  vendor: string;
  tags: string[];
  /** Names and values of the options, and what the description says as plain text. */
  options: { name: string; values: string[] }[];
  description: string;
}

export type AttributeValues = { id?: string; name?: string }[];

export interface FilledAttributes {
  attributes: { id: string; values: AttributeValues }[];
  /** Filled with a harmless guess that somebody should confirm. */
  defaulted: { id: string; name: string; value: string }[];
  /** Only the merchant can know. A proposal stands in until he chooses; nothing is sent before. Without an id of its value: free text. */
  choices: { id: string; name: string; valueId?: string; value: string }[];
  /** Required, and nothing could be filled in. */
  missing: { id: string; name: string }[];
}

/** Values that say "nothing special": right or harmless for any product. */
const NEUTRAL =
  /^(no|none|n\/?a|not applicable|not specified|other|others|no brand|unbranded|generic|standard|all seasons|mixed|unisex)$/i;
/** TikTok Shop fact: custom values have at most 2,000 characters; long guesses help nobody. */
const FREE_TEXT_MOST = 100;

/**
 * Values for the attributes a category requires, conditional ones included, and none where its condition does not hold. What the
 * merchant fixed wins. A closed list gives the value that the product's own words name; else a neutral one; else the merchant must choose, and
 * its last is proposed, which in lists from special to general (or from the youngest age up) claims least. Free text comes from options.
 * A claim that the merchant answers for is always a choice, unless the product names the value.
 */
export function fillAttributes(
  specs: readonly AttributeSpec[],
  source: AttributeSource,
  fixed: Readonly<Record<string, AttributeValues>> = {},
): FilledAttributes {
  const describing = specs.filter((spec) => spec.purpose === "describes");
  const chosen = new Map<string, AttributeValues>();
  const result: FilledAttributes = { attributes: [], defaulted: [], choices: [], missing: [] };
  const done = new Set<string>();

  const isMet = (spec: AttributeSpec) =>
    spec.requiredIf.some((one) => chosen.get(one.attributeId)?.some((value) => value.id === one.valueId));
  const fill = (spec: AttributeSpec, mayGuess: boolean) => {
    done.add(spec.id);
    const own = usableValues(spec, fixed[spec.id]);
    if (own) {
      chosen.set(spec.id, own);
      return;
    }
    if (!mayGuess) return;
    const guess = guessValue(spec, source);
    if (!guess) {
      result.missing.push({ id: spec.id, name: spec.name });
      return;
    }
    chosen.set(spec.id, [guess.value]);
    const { id, name } = spec;
    if (guess.basis === "named") return;
    const valueId = guess.value.id;
    if (guess.basis === "ours" || isLiableClaim(name))
      result.choices.push({ id, name, ...(valueId ? { valueId } : {}), value: guess.text });
    else result.defaulted.push({ id, name, value: guess.text });
  };

  for (const spec of describing) if (spec.requiredIf.length === 0) fill(spec, spec.required);
  // Conditions may follow from each other: go round until nothing changes.
  for (let round = 0; round <= describing.length; round++) {
    const due = describing.filter((spec) => spec.requiredIf.length > 0 && !done.has(spec.id) && isMet(spec));
    if (due.length === 0) break;
    for (const spec of due) fill(spec, true);
  }
  result.attributes = describing.flatMap((spec) => {
    const values = chosen.get(spec.id);
    return values ? [{ id: spec.id, values }] : [];
  });
  return result;
}

/** What the merchant fixed, as far as the channel still takes it. */
function usableValues(spec: AttributeSpec, values: AttributeValues | undefined): AttributeValues | null {
  const usable = (values ?? []).flatMap((value): AttributeValues => {
    const known = spec.values.find((one) => one.id === value.id) ?? spec.values.find((one) => one.name === value.name);
    if (known) return [{ id: known.id }];
    return spec.allowsFreeText && value.name ? [{ name: value.name }] : [];
  });
  if (usable.length === 0) return null;
  return spec.allowsSeveral ? usable : usable.slice(0, 1);
}

interface Guess {
  value: { id?: string; name?: string };
  text: string;
  /** named: the product itself says it · harmless: claims nothing of it · ours: a claim that nobody has made yet. */
  basis: "named" | "harmless" | "ours";
}

function guessValue(spec: AttributeSpec, source: AttributeSource): Guess | null {
  if (spec.values.length > 0) {
    const named = spec.values.find((value) => isNamedBy(value.name, source));
    const neutral = spec.values.find((one) => NEUTRAL.test(one.name.trim()));
    const value = named ?? neutral ?? spec.values.at(-1);
    const basis = named ? "named" : neutral ? "harmless" : "ours";
    return value ? { value: { id: value.id }, text: value.name, basis } : null;
  }
  if (!spec.allowsFreeText) return null;
  const text = spec.numeric ? guessNumber(source) : guessText(spec, source);
  return text === "" ? null : { value: { name: text }, text, basis: "harmless" };
}

/** All words of the value stand side by side in one of the product's texts. Yes and no, and neutral words, name nothing. */
function isNamedBy(value: string, source: AttributeSource): boolean {
  if (NEUTRAL.test(value.trim()) || /^yes$/i.test(value.trim())) return false;
  const wanted = wordsOf(value);
  if (wanted.length === 0 || wanted.join("").length < 3) return false;
  const texts = [
    source.title,
    source.productType,
    ...source.tags,
    ...source.options.flatMap((one) => [one.name, ...one.values]),
    source.description,
  ];
  return texts.some((text) => ` ${wordsOf(text).join(" ")} `.includes(` ${wanted.join(" ")} `));
}

/** A positive number out of the product's own words ("350 ml"), else 1. */
function guessNumber(source: AttributeSource): string {
  const texts = [...source.options.flatMap((one) => one.values), source.title, source.description];
  for (const text of texts) {
    const found = /(?<![\p{L}\d.,])(\d{1,5}(?:\.\d{1,2})?)\s?(?:ml|l|oz|g|kg|cm|mm|in|h|hours?|pcs|pieces?)\b/iu.exec(
      text,
    );
    if (found?.[1] && Number(found[1]) > 0) return String(Number(found[1]));
  }
  return "1";
}

/** A free text nobody can guess: honest, and the first thing a merchant would put right. */
const NOT_GUESSED = "See product description";

/** The option of that name, else a text that claims nothing: what a thing is made of or warned of is not ours to invent. */
function guessText(spec: AttributeSpec, source: AttributeSource): string {
  const asked = new Set(wordsOf(spec.name));
  const option = source.options.find((one) => wordsOf(one.name).some((word) => asked.has(word)));
  return cutAtWord(cleanText(option?.values.join(", ") ?? "").text, FREE_TEXT_MOST) || NOT_GUESSED;
}
