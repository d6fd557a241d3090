import type { MappingInput } from "./facts.ts";
import type { FindingCode } from "./model.ts";
import { cleanText, cutAtWord, lengthOf, withoutChinese } from "./text.ts";

/** Tells something the mapping had to change, choose or leave out. */
export type Note = (code: FindingCode, field: string, values?: Record<string, string>) => void;

/** The title within the channel's limits; "" only where Shopify's is blank. */
export function mapTitle(input: MappingInput, note: Note): string {
  const { product, overrides, limits } = input;
  const { text: clean, wasDirty } = cleanText(overrides.title ?? product.title);
  if (wasDirty) note("title-emoji", "title");
  const text = limits.takesChineseTitles ? clean : withoutChinese(clean);
  if (text !== clean) {
    const proposed = cutAtWord(sayMore(input, text), limits.titleMax);
    note("title-language", "title", { proposed });
    return proposed;
  }
  if (lengthOf(text) > limits.titleMax) {
    const cut = cutAtWord(text, limits.titleMax);
    note("title-too-long", "title", { length: String(lengthOf(text)), most: String(limits.titleMax), proposed: cut });
    return cut;
  }
  if (text === "" || lengthOf(text) >= limits.titleMin) return text;
  const longer = lengthen(input, text, limits.titleMin);
  note("title-too-short", "title", {
    length: String(lengthOf(text)),
    least: String(limits.titleMin),
    proposed: longer,
  });
  return cutAtWord(longer, limits.titleMax);
}

/** Less than this names no product. */
const FEWEST_LETTERS = 4;

/** What is left of a title without its Chinese; where that is next to nothing, what else the product says of itself, at last its SKU. */
function sayMore(input: MappingInput, rest: string): string {
  const longer = lengthen(input, rest, Math.max(input.limits.titleMin, FEWEST_LETTERS));
  if (lengthOf(longer) >= FEWEST_LETTERS) return longer;
  return ["Product", longer, input.units[0]?.sellerSku].filter(Boolean).join(" ");
}

function lengthen({ product, limits }: MappingInput, text: string, least: number): string {
  const more = [product.productType, product.vendor, ...product.tags]
    .map((part) => cleanText(part).text)
    .map((part) => (limits.takesChineseTitles ? part : withoutChinese(part)))
    .filter(Boolean);
  return more.reduce((so, part) => (lengthOf(so) < least ? [so, part].filter(Boolean).join(" – ") : so), text);
}
