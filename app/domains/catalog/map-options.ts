import type { MappingInput } from "./facts.ts";
import type { WantedSku } from "./model.ts";
import { cleanText, cutAtWord } from "./text.ts";

type Options = WantedSku["options"];

/**
 * The options of every unit: the same names on each, every value within the limits, no two units alike. Shopify fact: a product without
 * options has one named "Title" with the value "Default Title". Pictures stand on the first option alone.
 */
export function mapOptions(input: MappingInput): { options: Map<string, Options>; wasShortened: boolean } {
  const { product, units, limits } = input;
  const original = product.options.filter((option) => !isNoOption(option)).slice(0, limits.optionsMax);
  const names = uniqueTexts(
    original.map((option) => option.name),
    limits.optionNameMax,
    "Option",
  );
  const table = original.map((option, index) => {
    const values = units.flatMap(
      ({ variant }) => variant?.options.find((one) => one.name === option.name)?.value ?? [],
    );
    const all = [...new Set([...option.values, ...values])];
    const texts = uniqueTexts(all, limits.optionValueMax, "Other");
    return {
      original: option.name,
      name: names[index] ?? option.name,
      texts: new Map(all.map((value, at) => [value, texts[at] ?? value])),
    };
  });
  const wasShortened = table.some(
    (row) => row.name !== row.original || [...row.texts].some(([from, to]) => from !== to),
  );

  const seen = new Set<string>();
  const options = new Map<string, Options>();
  for (const { listingSkuId, variant, submitted } of units) {
    const values = table.map((row, index) => {
      if (!variant) return cutAtWord(submitted?.options[index]?.value ?? "Other", limits.optionValueMax);
      const value = variant.options.find((one) => one.name === row.original)?.value ?? "";
      return row.texts.get(value) ?? "Other";
    });
    const own = makeUnlike(values, seen, limits.optionValueMax);
    options.set(
      listingSkuId,
      own.map((value, index) => ({ name: table[index]?.name ?? "", value })),
    );
  }
  addPictures(input, options);
  return { options, wasShortened };
}

const isNoOption = (option: { name: string; values: string[] }) =>
  option.name === "Title" && option.values.length <= 1 && (option.values[0] ?? "Default Title") === "Default Title";

/** Clean texts of at most `most` characters, no two alike when case is ignored. */
function uniqueTexts(texts: string[], most: number, blank: string): string[] {
  const seen = new Set<string>();
  return texts.map((text) => {
    const base = cutAtWord(cleanText(text).text || blank, most);
    let own = base;
    for (let n = 2; seen.has(own.toLowerCase()); n++) own = withNumber(base, n, most);
    seen.add(own.toLowerCase());
    return own;
  });
}

/** A unit that reads like an earlier one gets a number on its last value. */
function makeUnlike(values: string[], seen: Set<string>, most: number): string[] {
  let own = values;
  for (let n = 2; own.length > 0 && seen.has(keyOf(own)); n++)
    own = [...values.slice(0, -1), withNumber(values.at(-1) ?? "", n, most)];
  seen.add(keyOf(own));
  return own;
}

const keyOf = (values: string[]) => JSON.stringify(values.map((value) => value.toLowerCase()));

const withNumber = (text: string, n: number, most: number) =>
  `${[...text].slice(0, most - String(n).length - 1).join("")} ${n}`.trim();

/** TikTok Shop fact: only one option may carry pictures. The first variant with a picture speaks for its value. */
function addPictures({ units, badPictures }: MappingInput, options: Map<string, Options>): void {
  const byValue = new Map<string, string>();
  for (const { listingSkuId, variant } of units) {
    const value = options.get(listingSkuId)?.[0]?.value;
    if (value !== undefined && variant?.pictureUrl && !badPictures.has(variant.pictureUrl) && !byValue.has(value))
      byValue.set(value, variant.pictureUrl);
  }
  for (const own of options.values()) {
    const first = own[0];
    const url = first && byValue.get(first.value);
    if (first && url) own[0] = { ...first, pictureUrl: url };
  }
}
