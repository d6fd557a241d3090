import fc from "fast-check";
import { expect, it } from "vitest";
import { CatalogError } from "./catalog-error.ts";
import { readCsv } from "./read-csv.ts";

const read = (text: string | Uint8Array) =>
  readCsv(typeof text === "string" ? new TextEncoder().encode(text) : text, "shop.csv");
const OLD =
  "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Requires Shipping,Image Src,Image Position,Image Alt Text,Gift Card,Variant Image";

it("reads the columns exports had for years, a product's lines wherever they stand", () => {
  const products = read(
    [
      OLD,
      "cup,,,,,,,,Blue,CUP-B,300,shopify,4,12.50,,true,https://pictures.example/back.jpg,2,,,https://pictures.example/blue.jpg",
      'cup,Cup,<p>A cup</p>,Maker,Mugs,"kitchen, gift",true,Color,Red,CUP-R,310,shopify,7,12.00,15.00,true,https://pictures.example/front.jpg,1,Front,false,',
      "plate,Plate,,,,,true,Title,Default Title,,0,shopify,0,9,,true,,,,false,",
      "cup,,,,,,,,,,,,,,,,https://pictures.example/side.jpg,3,,,",
    ].join("\n"),
  );
  expect(products.map((one) => one.title)).toEqual(["Cup", "Plate"]);
  const [cup, plate] = products;
  expect(cup).toMatchObject({
    handle: "cup",
    bodyHtml: "<p>A cup</p>",
    vendor: "Maker",
    productType: "Mugs",
    tags: ["kitchen", "gift"],
    status: "ACTIVE",
    options: [{ name: "Color", values: ["Blue", "Red"] }],
  });
  expect(cup?.variants[1]).toMatchObject({
    sku: "CUP-R",
    price: "12.00",
    compareAtPrice: "15.00",
    weight: { value: 310, unit: "GRAMS" },
    tracked: true,
    stock: { main: 7, second: 0 },
    options: { Color: "Red" },
  });
  expect(cup?.pictures?.map((one) => one.file.split("/").at(-1))).toEqual([
    "front.jpg",
    "back.jpg",
    "side.jpg",
    "blue.jpg",
  ]);
  expect(cup?.pictures?.[0]?.alt).toBe("Front");
  expect(plate).toMatchObject({ options: [], pictures: [], variants: [{ sku: null, price: "9", stock: { main: 0 } }] });
  expect(plate?.variants[0]).not.toHaveProperty("weight");
});

it("reads the columns of newer exports", () => {
  const [tee, card] = read(
    [
      "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Price,Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Requires shipping,Product image URL,Image position,Image alt text,Variant image URL,Gift card",
      "Tee,tee,<p>Soft</p>,Maker,Apparel & Accessories > Clothing > Shirts & Tops,Tops,,TRUE,Active,TEE-S-RED,4006381333931,Size,S,,Color,Red,25.00,,shopify,3,CONTINUE,200,TRUE,https://pictures.example/tee.png,1,,,FALSE",
      ",tee,,,,,,,,TEE-M-RED,,,M,,,Red,25.00,,shopify,5,DENY,210,TRUE,,,,,",
      "Card,card,,,,,,TRUE,Draft,,,Title,Default Title,,,,10.00,,,,,,FALSE,,,,,TRUE",
    ].join("\r\n"),
  );
  expect(tee).toMatchObject({
    category: "Apparel & Accessories > Clothing > Shirts & Tops",
    options: [
      { name: "Size", values: ["S", "M"] },
      { name: "Color", values: ["Red"] },
    ],
    variants: [
      { sku: "TEE-S-RED", barcode: "4006381333931", continueSelling: true, options: { Size: "S", Color: "Red" } },
      { sku: "TEE-M-RED", continueSelling: false, stock: { main: 5 } },
    ],
  });
  expect(card).toMatchObject({
    status: "DRAFT",
    isGiftCard: true,
    variants: [{ requiresShipping: false, tracked: false }],
  });
});

it.each([
  ["semicolons", ";"],
  ["tabs", "\t"],
])("reads %s, a byte order mark and decimal commas", (_name, separator) => {
  const lines = [
    ["Handle", "Title", "Variant Price", "Variant Compare At Price", "Variant Grams", "Variant Inventory Qty"],
    ["tasse", "Große Tasse", "1.299,50 €", "1.500,00", "350,5", "2"],
    ["teller", "Teller", "7", "", "", "1"],
  ];
  const products = read(`\u{feff}${lines.map((cells) => cells.join(separator)).join("\n")}`);
  expect(products).toMatchObject([
    { title: "Große Tasse", variants: [{ price: "1299.50", compareAtPrice: "1500.00", weight: { value: 350.5 } }] },
    { title: "Teller", variants: [{ price: "7", compareAtPrice: null }] },
  ]);
});

it("keeps line breaks, quotes and separators inside quoted cells, and lone quotes", () => {
  const [one] = read('sep=,\nTitle,Description,Price\n"Chain 12""","<ul>\n<li>A, b</li>\n</ul>",5\nRing 3" wide,,4');
  expect(one).toMatchObject({ title: 'Chain 12"', bodyHtml: "<ul>\n<li>A, b</li>\n</ul>" });
});

it("reads Windows-1252 and UTF-16", () => {
  const text = "Title,Price\nCafé crème – “grand”,5";
  const marks: Record<string, number> = { "–": 0x96, "“": 0x93, "”": 0x94 };
  const windows = Uint8Array.from([...text], (sign) => marks[sign] ?? sign.charCodeAt(0));
  expect(read(windows)[0]?.title).toBe("Café crème – “grand”");
  expect(read(Buffer.from(`\u{feff}${text}`, "utf16le"))[0]?.title).toBe("Café crème – “grand”");
});

it("names products without a handle or a title, each its own, and drops none", () => {
  const products = read(
    "Handle,Title,Variant Price,Image Src\n,Tea Cup,5,\n,,,https://pictures.example/1.jpg\n,Saucer,3,\n,Tea Cup,6,\nblue-bowl,,4,\n,Чашка,7,\n,No price,,",
  );
  expect(products.map(({ handle, title }) => [handle, title])).toEqual([
    ["tea-cup", "Tea Cup"],
    ["saucer", "Saucer"],
    ["tea-cup-1", "Tea Cup"],
    ["blue-bowl", "Blue bowl"],
    ["чашка", "Чашка"],
    ["no-price", "No price"],
  ]);
  expect(products[0]?.pictures).toHaveLength(1);
  expect(products.at(-1)?.variants).toMatchObject([{ price: "0.00" }]);
});

it("believes quantities where trackers were left out, and missing trackers where others are named", () => {
  const head = "Title,Price,Inventory tracker,Inventory quantity\n";
  expect(read(`${head}A,1,,3\nB,1,,0`).map((one) => one.variants[0]?.tracked)).toEqual([true, true]);
  expect(read(`${head}A,1,shopify,3\nB,1,,0`).map((one) => one.variants[0]?.tracked)).toEqual([true, false]);
  expect(read(`${head}A,1,,0\nB,1,,0`).map((one) => one.variants[0]?.tracked)).toEqual([false, false]);
});

it("says what is wrong with a file that is no product export", () => {
  const refusal = (text: string | Uint8Array) => {
    try {
      read(text);
      return "taken";
    } catch (error) {
      expect(error).toBeInstanceOf(CatalogError);
      return (error as Error).message;
    }
  };
  const next = "In Shopify, open Products, choose Export and a CSV file, and give that file.";
  expect(refusal("")).toBe(`shop.csv is empty. ${next}`);
  expect(refusal("Name;Email;Total\n#1001;a@example.com;5,00")).toBe(
    `shop.csv is not a Shopify product export: the columns Title and Price (or Variant Price) are missing from its first line, which says "Name, Email, Total". ${next}`,
  );
  expect(refusal("Handle,Title,SKU,Location,Available\na,A,1,Shop,3")).toContain(
    "the column Price (or Variant Price) is missing",
  );
  expect(refusal("Title,Price\n")).toContain("no products");
  expect(refusal('Title,Price\n"Cup,5\nPlate,6\n')).toContain("a quotation mark is opened and never closed");
  expect(refusal(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 1]))).toContain("must be saved as CSV first");
});

it("gives back whatever a spreadsheet wrote, with any separator", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((given) =>
    given
      .trim()
      .replace(/[\0\u{feff}]/gu, "")
      .trim(),
  );
  const product = fc.record({ title: text.filter(Boolean), body: text, cents: fc.nat(99_999), stock: fc.nat(500) });
  fc.assert(
    fc.property(
      fc.array(product, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(",", ";", "\t"),
      (given, separator) => {
        const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const lines = given.map(({ title, body, cents, stock }, n) =>
          [`h-${n}`, title, body, (cents / 100).toFixed(2), "shopify", String(stock)].map(cell).join(separator),
        );
        const head = [
          "Handle",
          "Title",
          "Body (HTML)",
          "Variant Price",
          "Variant Inventory Tracker",
          "Variant Inventory Qty",
        ];
        const products = read([head.join(separator), ...lines].join("\n"));
        expect(
          products.map((one) => ({
            title: one.title,
            body: one.bodyHtml,
            cents: Math.round(Number(one.variants[0]?.price) * 100),
            stock: one.variants[0]?.stock?.main,
          })),
        ).toEqual(given);
      },
    ),
  );
});
