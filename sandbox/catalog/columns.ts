/** What a product export tells, by our names, each with the headings it has had over the years (compared without case and blanks at the ends). */
const HEADINGS = {
  handle: ["handle", "url handle"],
  title: ["title"],
  body: ["body (html)", "body html", "body", "description"],
  vendor: ["vendor"],
  category: ["product category", "standardized product type", "standard product type"],
  type: ["type", "product type", "custom product type"],
  tags: ["tags"],
  status: ["status"],
  giftCard: ["gift card"],
  option1Name: ["option1 name"],
  option1Value: ["option1 value"],
  option2Name: ["option2 name"],
  option2Value: ["option2 value"],
  option3Name: ["option3 name"],
  option3Value: ["option3 value"],
  sku: ["variant sku", "sku"],
  barcode: ["variant barcode", "barcode"],
  price: ["variant price", "price"],
  compareAt: ["variant compare at price", "compare-at price", "compare at price"],
  grams: ["variant grams", "weight value (grams)"],
  tracker: ["variant inventory tracker", "inventory tracker"],
  quantity: ["variant inventory qty", "variant inventory quantity", "inventory quantity"],
  policy: ["variant inventory policy", "continue selling when out of stock"],
  requiresShipping: ["variant requires shipping", "requires shipping"],
  image: ["image src", "product image url", "image url"],
  imagePosition: ["image position"],
  imageAlt: ["image alt text"],
  variantImage: ["variant image", "variant image url"],
} as const;

export type Field = keyof typeof HEADINGS;

/** One line of an export: what it says of each field, blanks at the ends cut; "" where it says nothing. */
export type Row = Record<Field, string>;

const FIELDS = Object.entries(HEADINGS) as [Field, readonly string[]][];
const plain = (heading: string) => heading.replace(/\s+/g, " ").trim().toLowerCase();

/** Where each field stands in a line with these headings; fields without a column are left out. */
export function findColumns(headings: readonly string[]): Map<Field, number> {
  const at = new Map<string, number>();
  for (const [index, heading] of headings.entries()) if (!at.has(plain(heading))) at.set(plain(heading), index);
  const columns = new Map<Field, number>();
  for (const [field, names] of FIELDS) {
    const name = names.find((one) => at.has(one));
    if (name !== undefined) columns.set(field, at.get(name) ?? 0);
  }
  return columns;
}

/** What a product export always has and these columns lack, as the user knows it. */
export function missingColumns(columns: ReadonlyMap<Field, number>): string[] {
  return [...(columns.has("title") ? [] : ["Title"]), ...(columns.has("price") ? [] : ["Price (or Variant Price)"])];
}

/** A line of cells by field. */
export function toRow(columns: ReadonlyMap<Field, number>, cells: readonly string[]): Row {
  return Object.fromEntries(
    FIELDS.map(([field]) => [field, (cells[columns.get(field) ?? -1] ?? "").trim()]),
  ) as unknown as Row;
}
