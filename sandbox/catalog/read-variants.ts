import type { Row } from "./columns.ts";
import type { CatalogProduct, CatalogVariant } from "./model.ts";
import { type DecimalSign, decimalSignOf, readCount, readDecimal, readYesNo } from "./read-numbers.ts";

/** What is true of a whole file and no single line tells. */
export interface FileHabits {
  sign: DecimalSign;
  /** A blank inventory tracker means that nobody counts the variant. */
  blankIsUncounted: boolean;
}

/**
 * Looks at a whole file. Shopify fact: a variant without a tracker is not counted. Files made by hand leave the tracker out and still give
 * quantities; those are believed where most variants have no tracker and the quantities are not all zero.
 */
export function habitsOf(rows: readonly Row[]): FileHabits {
  const sign = decimalSignOf(rows.flatMap((row) => [row.price, row.compareAt]));
  const variants = rows.filter(isVariant);
  const named = variants.filter((row) => row.tracker !== "").length;
  const hasStock = variants.some((row) => (readCount(row.quantity, sign) ?? 0) > 0);
  return { sign, blankIsUncounted: named * 2 >= variants.length || !hasStock };
}

/** Other lines of a product only bring a picture. */
const isVariant = (row: Row) => row.option1Value !== "" || row.price !== "" || row.sku !== "" || row.barcode !== "";

const NO_OPTION = { name: "title", value: "default title" };
const PLACES = [1, 2, 3] as const;

/** Options and variants of one product; a product without any line of a variant has one, without a price. */
export function readVariants(
  rows: readonly Row[],
  habits: FileHabits,
  isGiftCard: boolean,
): { options: NonNullable<CatalogProduct["options"]>; variants: CatalogVariant[] } {
  const lines = rows.filter(isVariant);
  if (lines.length === 0) lines.push(...rows.slice(0, 1));
  const names = nameOptions(rows, lines);
  const chosen = lines.map((row) => names.map(({ place, name }) => [name, optionValue(row, place)] as const));
  const options = names.map(({ name }, index) => ({
    name,
    values: [...new Set(chosen.map((values) => values[index]?.[1] ?? ""))],
  }));
  const variants = lines.map((row, index) => ({
    ...toVariant(row, habits, isGiftCard),
    options: Object.fromEntries(chosen[index] ?? []),
  }));
  return { options, variants };
}

type Place = (typeof PLACES)[number];

const optionValue = (row: Row, place: Place) => row[`option${place}Value`] || "Default";

/** The options in use, each with a name of its own. Shopify fact: a product without options has one, "Title", with "Default Title". */
function nameOptions(rows: readonly Row[], lines: readonly Row[]): { place: Place; name: string }[] {
  const taken = new Set<string>();
  return PLACES.flatMap((place) => {
    const isUsed = lines.some((row) => row[`option${place}Value`] !== "");
    const given = rows.find((row) => row[`option${place}Name`] !== "")?.[`option${place}Name`] ?? "";
    const isNone =
      (given === "" || given.toLowerCase() === NO_OPTION.name) &&
      lines.every((row) => row[`option${place}Value`].toLowerCase() === NO_OPTION.value);
    if (!isUsed || isNone) return [];
    let name = given || `Option ${place}`;
    while (taken.has(name.toLowerCase())) name = `${name} ${place}`;
    taken.add(name.toLowerCase());
    return [{ place, name }];
  });
}

function toVariant(row: Row, { sign, blankIsUncounted }: FileHabits, isGiftCard: boolean): CatalogVariant {
  const grams = Number(readDecimal(row.grams, sign) ?? 0);
  const compareAt = readDecimal(row.compareAt, sign);
  const quantity = readCount(row.quantity, sign);
  return {
    sku: row.sku || null,
    // spreadsheet programs keep long numbers whole behind an apostrophe
    barcode: row.barcode.replace(/^'/, "") || null,
    // no price: nothing that could be sold, but still a product
    price: readDecimal(row.price, sign) ?? "0.00",
    compareAtPrice: compareAt !== null && Number(compareAt) > 0 ? compareAt : null,
    ...(grams > 0 ? { weight: { value: grams, unit: "GRAMS" } } : {}),
    requiresShipping: readYesNo(row.requiresShipping) ?? !isGiftCard,
    tracked: row.tracker !== "" || (!blankIsUncounted && quantity !== null),
    continueSelling: row.policy.toLowerCase() === "continue" || readYesNo(row.policy) === true,
    stock: { main: quantity ?? 0, second: 0 },
    ...(row.variantImage ? { picture: row.variantImage } : {}),
  };
}
