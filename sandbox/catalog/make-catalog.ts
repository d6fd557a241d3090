import type { CatalogProduct, CatalogVariant } from "./model.ts";

/** One kind of goods: what its products are called, come in, weigh and cost. */
interface Kind {
  type: string;
  code: string;
  noun: string;
  tags: string[];
  option: string | null;
  values: string[];
  weightGrams: number;
  /** In cents, of the plainest variant; each next one costs `step` more. */
  price: number;
  step: number;
  text: string;
}

const KINDS: Kind[] = [
  {
    ...{ type: "Drinkware", code: "DRK", noun: "Stoneware Mug", tags: ["kitchen", "gift"] },
    ...{ option: "Color", values: ["Black", "Sage", "Berry"], weightGrams: 320, price: 1400, step: 0 },
    text: "Thrown and glazed in small batches. Dishwasher safe, holds a generous pour.",
  },
  {
    ...{ type: "T-Shirts", code: "TEE", noun: "Tee", tags: ["apparel", "cotton"] },
    ...{ option: "Size", values: ["S", "M", "L", "XL"], weightGrams: 180, price: 2400, step: 0 },
    text: "Heavyweight combed cotton, pre-shrunk, with a collar that keeps its shape.",
  },
  {
    ...{ type: "Scented Candles", code: "CND", noun: "Scented Candle", tags: ["home"] },
    ...{ option: "Size", values: ["200 g", "400 g"], weightGrams: 300, price: 1800, step: 900 },
    text: "Soy wax with a cotton wick, poured by hand. Burns for about forty hours.",
  },
  {
    ...{ type: "Phone Cases", code: "CAS", noun: "Phone Case", tags: ["tech"] },
    ...{ option: "Model", values: ["iPhone 15", "iPhone 16", "Galaxy S24"], weightGrams: 45, price: 1900, step: 0 },
    text: "Slim, with raised edges around the camera. Works with wireless charging.",
  },
  {
    ...{ type: "Toys", code: "TOY", noun: "Plush", tags: ["kids"], option: null, values: ["Default Title"] },
    ...{ weightGrams: 240, price: 1700, step: 0 },
    text: "Soft, washable and filled with recycled fibre. Stitched eyes, nothing to swallow.",
  },
];

const FIRST = ["Amber", "Birch", "Coral", "Drift", "Ember", "Fern", "Golden", "Hazel", "Indigo", "Juniper"];
const SECOND = ["Harbor", "Meadow", "Ridge", "Valley", "Island", "Orchard", "Prairie", "Lantern"];

/** A catalog of so many products of the built-in kinds, the same each time; their pictures are drawn. */
export function makeCatalog(count: number): CatalogProduct[] {
  return Array.from({ length: count }, (_, n) => makeProduct(n));
}

function makeProduct(n: number): CatalogProduct {
  const kind = KINDS[n % KINDS.length] as Kind;
  const turn = Math.floor(n / KINDS.length);
  const series = Math.floor(turn / (FIRST.length * SECOND.length));
  const names = [FIRST[turn % FIRST.length], SECOND[Math.floor(turn / FIRST.length) % SECOND.length]];
  const title = [...names, kind.noun, ...(series > 0 ? [`No. ${series + 1}`] : [])].join(" ");
  const handle = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return {
    handle,
    title,
    bodyHtml: `<p>${title}. ${kind.text}</p>`,
    vendor: "Busy Bee Goods",
    productType: kind.type,
    tags: kind.tags,
    status: "ACTIVE",
    options: kind.option ? [{ name: kind.option, values: kind.values }] : [],
    variants: kind.values.map((value, at) => makeVariant(kind, n, value, at)),
    // a path, so that it is no file of the built-in pictures
    pictures: [{ file: `drawn/${handle}.png`, alt: title }],
  };
}

function makeVariant(kind: Kind, n: number, value: string, at: number): CatalogVariant {
  const cents = kind.price + at * kind.step + (n % 9) * 50;
  return {
    sku: `BB-${kind.code}-${String(n + 1).padStart(4, "0")}-${at + 1}`,
    barcode: barcodeOf(n * 10 + at),
    price: (cents / 100).toFixed(2),
    weight: { value: kind.weightGrams, unit: "GRAMS" },
    options: kind.option ? { [kind.option]: value } : {},
    // enough for weeks of orders; every fortieth product runs low
    stock: { main: n % 40 === 7 ? 4 : 24 + ((n * 7 + at * 5) % 30), second: n % 3 },
  };
}

/** A GTIN-13 of the range that shops may use for themselves, its last digit the check digit. */
function barcodeOf(n: number): string {
  const digits = `21${String(n).padStart(10, "0")}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
