import fc from "fast-check";
import { expect, test } from "vitest";
import { readBarcode } from "./barcode.ts";
import type { ProductFacts } from "./facts.ts";
import { fillAttributes } from "./fill-attributes.ts";
import { isLiableClaim } from "./liable-claims.ts";
import { mapProduct } from "./map-product.ts";
import { matchCategory } from "./match-category.ts";
import { sanitizeDescription } from "./sanitize-description.ts";
import { chooseSellerSku, ownSellerSku } from "./seller-sku.ts";
import { aMappingInput, anAttribute, aProduct, aUnit, aVariant, someLimits, someRules } from "./testing.ts";
import { cleanText, cutAtWord, lengthOf } from "./text.ts";
import { firstBlockOf, needsYes, validateListing } from "./validate-listing.ts";

const findingsOf = (over: Parameters<typeof aMappingInput>[0]) => {
  const input = aMappingInput(over);
  return validateListing(input, mapProduct(input));
};
const codesOf = (over: Parameters<typeof aMappingInput>[0]) => findingsOf(over).map((finding) => finding.code);

test("a sound product has no findings", () => {
  expect(codesOf({})).toEqual([]);
});

test.each([
  ["gift-card", { product: aProduct({ isGiftCard: true, status: "DRAFT" }) }],
  ["not-active", { product: aProduct({ status: "DRAFT" }) }],
  ["not-active", { product: aProduct({ status: "UNLISTED" }) }],
  ["not-shipped", { units: [] }],
  [
    "too-many-options",
    { product: aProduct({ options: ["Model", "Color", "Finish", "Strap"].map((name) => ({ name, values: ["x"] })) }) },
  ],
  ["no-picture", { product: aProduct({ pictures: [] }) }],
  [
    "picture-too-small",
    { product: aProduct({ pictures: [{ url: "https://p.test/a.png", width: 200, height: 299, alt: "" }] }) },
  ],
  ["price-out-of-range", { units: [aUnit({ variant: aVariant({ priceMinor: 760_001n }) })] }],
  ["price-out-of-range", { units: [aUnit({ variant: aVariant({ priceMinor: 0n }) })] }],
  ["no-category", { category: null }],
  [
    "certificate-missing",
    {
      category: {
        id: "9",
        attributes: [],
        rules: { ...someRules, certificates: [{ id: "c", name: "CPC", required: true, onlyIf: [] }] },
      },
    },
  ],
  ["attribute-missing", { category: { id: "9", rules: someRules, attributes: [anAttribute({ values: [] })] } }],
] as const)("%s blocks", (code, over) => {
  expect(firstBlockOf(findingsOf(over as Parameters<typeof aMappingInput>[0]))).toBe(code);
});

test("on the edge of a limit nothing blocks", () => {
  const pictures = [{ url: "https://p.test/a.png", width: 300, height: 300, alt: "" }];
  const units = [aUnit({ variant: aVariant({ priceMinor: 760_000n }) })];
  const options = ["A", "B", "C"].map((name) => ({ name, values: ["x"] }));
  expect(firstBlockOf(findingsOf({ product: aProduct({ pictures, options }), units }))).toBeNull();
});

test("small pictures beside a good one are left out and block nothing", () => {
  const pictures = [
    { url: "https://p.test/small.png", width: 100, height: 100, alt: "" },
    { url: "https://p.test/good.png", width: 800, height: 800, alt: "" },
  ];
  const input = aMappingInput({ product: aProduct({ pictures }) });
  const mapped = mapProduct(input);
  expect(mapped.wanted.content.pictureUrls).toEqual(["https://p.test/good.png"]);
  expect(
    validateListing(input, mapped).map(({ code, blocks, defaultOffered }) => ({ code, blocks, defaultOffered })),
  ).toEqual([{ code: "picture-dropped", blocks: false, defaultOffered: false }]);
});

test("what has a one-click default never blocks", () => {
  const product = aProduct({
    title: `🔥 Campfire ${"Candle ".repeat(60)}`,
    descriptionHtml: "<img src='https://x.test/y.png'>",
  });
  const units = [aUnit({ skuFinding: "sku-duplicate", variant: aVariant({ weightGrams: null }) })];
  const findings = findingsOf({ product, units });
  expect(findings.map((finding) => finding.code).sort()).toEqual([
    "description-missing",
    "sku-duplicate",
    "title-emoji",
    "title-too-long",
    "weight-missing",
  ]);
  expect(findings.every((finding) => !finding.blocks && finding.defaultOffered)).toBe(true);
});

test("Chinese is left out of titles where the channel refuses it, and what is left still names the product", () => {
  const titleOf = (over: Partial<ProductFacts>, takesChineseTitles = false) => {
    const input = aMappingInput({ product: aProduct(over), limits: { ...someLimits, takesChineseTitles } });
    const mapped = mapProduct(input);
    return [mapped.wanted.content.title, ...validateListing(input, mapped).map((finding) => finding.code)];
  };
  expect(titleOf({ title: "红色马克杯（Red Mug）" })).toEqual(["Red Mug", "title-language"]);
  expect(titleOf({ title: "红色T恤" })).toEqual(["T – Drinkware", "title-language"]);
  expect(titleOf({ title: "马克杯", productType: "杯子", vendor: "茶社", tags: [] })).toEqual([
    "Product MUG-1",
    "title-language",
  ]);
  expect(titleOf({ title: "赤いマグ" }, true)).toEqual(["赤いマグ"]);
  expect(titleOf({ title: "Красная кружка" })).toEqual(["Красная кружка"]);
});

test("titles lose emoji, entities and control characters and keep plain signs", () => {
  expect(cleanText("🔥 Salt &amp;amp; Pepper\u0007 ™ 👩‍👩‍👧 mug 1️⃣")).toEqual({
    text: "Salt & Pepper ™ mug 1",
    wasDirty: true,
  });
  expect(cleanText("Plain & simple – 50% “off”")).toEqual({ text: "Plain & simple – 50% “off”", wasDirty: false });
});

test("a long title is cut between words, without a dangling comma", () => {
  expect(cutAtWord("one two, three", 8)).toBe("one two");
  expect(cutAtWord("one two, three", 7)).toBe("one two");
  expect(cutAtWord("one two, three", 6)).toBe("one");
  expect(cutAtWord("one two", 7)).toBe("one two");
  expect(cutAtWord("unbreakable", 5)).toBe("unbre");
});

test("descriptions keep text and lists, and lose pictures, scripts, links and attributes", () => {
  const html = `<div class="x"><script>alert("<p>")</script><p style="a">One <a href="https://x.test">link</a></p><img src="https://x.test/p.png"><ul><li>two<li>three</ul><table><tr><td>four</td></tr></table>`;
  const { html: clean } = sanitizeDescription(html, 10_000);
  expect(clean).not.toMatch(/script|img|href|style|alert|<a|<td|<div/);
  for (const word of ["One", "link", "two", "three", "four"]) expect(clean).toContain(word);
});

test("attributes come from the product's words, else from a neutral value, else from type or vendor", () => {
  const source = { ...aProduct({ title: "Big Glass Mug 350 ml" }), description: "" };
  const specs = [
    anAttribute({ id: "m" }),
    anAttribute({
      id: "n",
      name: "Wax Type",
      values: [
        { id: "n1", name: "Soy" },
        { id: "n2", name: "Other" },
      ],
    }),
    anAttribute({ id: "f", name: "Scent", values: [], allowsFreeText: true }),
    anAttribute({ id: "c", name: "Capacity", values: [], allowsFreeText: true, numeric: true }),
    anAttribute({ id: "o", name: "Optional", required: false }),
    anAttribute({ id: "x", name: "None at all", values: [] }),
    anAttribute({ id: "s", name: "Size", purpose: "varies" }),
  ];
  const filled = fillAttributes(specs, source);
  expect(filled.attributes).toEqual([
    { id: "m", values: [{ id: "m-glass" }] },
    { id: "n", values: [{ id: "n2" }] },
    { id: "f", values: [{ name: "See product description" }] },
    { id: "c", values: [{ name: "350" }] },
  ]);
  expect(filled.defaulted.map((one) => one.id)).toEqual(["n", "f", "c"]);
  expect(filled.missing).toEqual([{ id: "x", name: "None at all" }]);
});

test("a closed list without a neutral value that the product does not name is a choice, with a proposal", () => {
  const age = anAttribute({
    ...{ id: "a", name: "Age Group" },
    values: [
      { id: "kid", name: "Kids" },
      { id: "adult", name: "Adult" },
    ],
  });
  const source = (over: Partial<ProductFacts> = {}) => ({ ...aProduct(over), description: "" });
  const filled = fillAttributes([age], source());
  expect(filled.choices).toEqual([{ id: "a", name: "Age Group", valueId: "adult", value: "Adult" }]);
  expect(filled.defaulted).toEqual([]);
  expect(filled.attributes).toEqual([{ id: "a", values: [{ id: "adult" }] }]);
  // named by the product, or chosen: nothing is left to choose
  expect(fillAttributes([age], source({ tags: ["kids"] })).choices).toEqual([]);
  expect(fillAttributes([age], source(), { a: [{ id: "kid" }] }).choices).toEqual([]);

  const findings = findingsOf({ category: { id: "9", rules: someRules, attributes: [age] } });
  expect(findings).toMatchObject([
    {
      ...{ code: "attribute-choice", field: "attributes.a", blocks: false, defaultOffered: false },
      values: { name: "Age Group", value: "Adult", attributeId: "a", valueId: "adult" },
    },
  ]);
  // a yes to defaults does not answer a question that was not asked then
  expect(needsYes(findings, { defaultsApplied: true })).toBe(true);
});

test("a claim the merchant answers for is a choice whatever is proposed, unless the product names it", () => {
  const claims = [
    anAttribute({
      ...{ id: "d", name: "Contains Flammable Liquid" },
      values: [
        { id: "no", name: "No" },
        { id: "yes", name: "Yes" },
      ],
    }),
    anAttribute({ id: "w", name: "Safety Warning", values: [], allowsFreeText: true }),
    anAttribute({ id: "b", name: "Battery Capacity", values: [], allowsFreeText: true, numeric: true }),
    anAttribute({
      ...{ id: "l", name: "Allergens" },
      values: [
        { id: "none", name: "None" },
        { id: "nuts", name: "Nuts" },
      ],
    }),
    anAttribute({ id: "m" }),
  ];
  const filled = fillAttributes(claims, { ...aProduct(), description: "" });
  expect(filled.choices).toEqual([
    { id: "d", name: "Contains Flammable Liquid", valueId: "no", value: "No" },
    { id: "w", name: "Safety Warning", value: "See product description" },
    { id: "b", name: "Battery Capacity", value: "1" },
    { id: "l", name: "Allergens", valueId: "none", value: "None" },
  ]);
  expect(filled.defaulted.map((one) => one.id)).toEqual(["m"]);
  const named = fillAttributes(claims, { ...aProduct({ tags: ["Nuts"] }), description: "" }, { w: [{ name: "Hot" }] });
  expect(named.choices.map((one) => one.id)).toEqual(["d", "b"]);
});

test.each([
  ["Contains Batteries", true],
  ["Dangerous Goods Class", true],
  ["Recommended Age", true],
  ["Prop 65 Warning", true],
  ["CPSC Certificate Number", true],
  ["Ingredients", true],
  ["Dishwasher Safe", false],
  ["Material", false],
  ["Package Contents", false],
  ["Average Weight", false],
])("%s: a claim that is answered for? %s", (name, isClaim) => expect(isLiableClaim(name)).toBe(isClaim));

test("a conditional attribute is filled exactly when its condition holds", () => {
  const danger = anAttribute({
    id: "d",
    name: "Contains Flammable Liquid",
    values: [
      { id: "no", name: "No" },
      { id: "yes", name: "Yes" },
    ],
  });
  const kind = anAttribute({
    id: "k",
    name: "Class",
    required: false,
    requiredIf: [{ attributeId: "d", valueId: "yes" }],
  });
  const source = { ...aProduct(), description: "no yes" };
  expect(fillAttributes([danger, kind], source).attributes.map((one) => one.id)).toEqual(["d"]);
  expect(fillAttributes([kind, danger], source, { d: [{ id: "yes" }] }).attributes.map((one) => one.id)).toEqual([
    "k",
    "d",
  ]);
});

test("a seller SKU is Shopify's where it can be, else ours, and never somebody else's", () => {
  const variant = { shopifyId: "gid://shopify/ProductVariant/41", sku: "CAS-37" as string | null };
  const free = () => false;
  expect(chooseSellerSku(variant, free, 50)).toEqual({ sellerSku: "CAS-37", finding: null });
  expect(chooseSellerSku(variant, (sku) => sku === "CAS-37", 50)).toEqual({
    sellerSku: "RS-41",
    finding: "sku-duplicate",
  });
  expect(chooseSellerSku({ ...variant, sku: "x".repeat(51) }, free, 50).finding).toBe("sku-too-long");
  expect(chooseSellerSku({ ...variant, sku: "x".repeat(50) }, free, 50).finding).toBeNull();
  expect(chooseSellerSku({ ...variant, sku: "A B" }, free, 50)).toEqual({
    sellerSku: "RS-41",
    finding: "sku-has-blanks",
  });
  expect(chooseSellerSku({ ...variant, sku: " " }, free, 50).finding).toBe("sku-missing");
  expect(
    chooseSellerSku({ ...variant, sku: null }, (sku) => sku === ownSellerSku(variant.shopifyId), 50).sellerSku,
  ).toBe("RS-41-2");
});

test("the category is the open leaf that fits type and title, or none", () => {
  const leaf = (id: string, name: string, isOpen = true) => ({ id, parentId: "1", name, isLeaf: true, isOpen });
  const tree = [
    { id: "1", parentId: null, name: "Drinkware", isLeaf: false, isOpen: true },
    leaf("2", "Mugs"),
    leaf("3", "Water Bottles"),
    leaf("4", "Scented Candles"),
    leaf("5", "Laser Pointers", false),
  ];
  const match = (productType: string, title: string) =>
    matchCategory(tree, { productType, title, tags: [] })?.id ?? null;
  expect(match("Drinkware", "Harbor Stoneware Mug")).toBe("2");
  expect(match("Drinkware", "Ridge Insulated Bottle")).toBe("3");
  expect(match("Scented Candles", "Cedar & Smoke")).toBe("4");
  expect(match("", "Laser Pointer")).toBeNull();
  expect(match("Bicycles", "Roadster")).toBeNull();
});

test("barcodes need a right check digit and must name something outside the shop", () => {
  expect(readBarcode("4006381333931")).toEqual({ kind: "EAN", code: "4006381333931" });
  expect(readBarcode("036000291452")).toEqual({ kind: "UPC", code: "036000291452" });
  expect(readBarcode("4006381333932")).toBeNull();
  expect(readBarcode("2000000000015")).toBeNull();
  expect(readBarcode("ABC")).toBeNull();
});

// ---------------------------------------------------------------- properties

const wildText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc.lorem({ maxCount: 80 }),
  fc.constant("&amp;lt;b&amp;gt; 🔥"),
);
const wildOption = fc.record({ name: wildText, values: fc.array(wildText, { maxLength: 4 }) });
const wildInput = fc.record({
  title: wildText,
  descriptionHtml: fc.oneof(
    wildText,
    wildText.map((text) => `<div><p>${text}<ul><li>${text}</p><img src=x>`),
    fc.integer({ min: 1, max: 40 }).map((n) => "<p>lorem ipsum <b>dolor</b></p>".repeat(n * 20)),
  ),
  productType: wildText,
  vendor: wildText,
  tags: fc.array(wildText, { maxLength: 4 }),
  options: fc.array(wildOption, { maxLength: 5 }),
  pictures: fc.array(
    fc.record({
      url: fc.webUrl(),
      width: fc.integer({ min: 0, max: 6_000 }),
      height: fc.integer({ min: 0, max: 6_000 }),
      alt: fc.constant(""),
    }),
    { maxLength: 14 },
  ),
  values: fc.array(fc.array(wildText, { maxLength: 5 }), { maxLength: 12 }),
  weightGrams: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
  titleMin: fc.constantFrom(1, 25),
});

test("mapping never exceeds a limit of the channel", () => {
  fc.assert(
    fc.property(wildInput, (wild) => {
      const product = aProduct({ ...wild });
      const units = wild.values.map((values, index) =>
        aUnit({
          listingSkuId: `u${index}`,
          sellerSku: `RS-${index}`,
          variant: aVariant({
            weightGrams: wild.weightGrams,
            options: product.options.map(({ name }, at) => ({ name, value: values[at] ?? "" })),
          }),
        }),
      );
      const limits = { ...someLimits, titleMin: wild.titleMin, skusMax: 8 };
      const { content } = mapProduct(aMappingInput({ product, units, limits })).wanted;
      expect(lengthOf(content.title)).toBeLessThanOrEqual(limits.titleMax);
      expect(content.title).not.toMatch(/\p{Cc}|\p{Emoji_Presentation}|&(#\d+|#x[0-9a-f]+|[a-z]+);/iu);
      expect(content.title).not.toMatch(/\p{Script=Han}/u);
      expect(lengthOf(content.descriptionHtml)).toBeLessThanOrEqual(limits.descriptionMax);
      expect(content.descriptionHtml).not.toMatch(/<(img|script|iframe|object|embed|a|div)\b/i);
      expect(content.pictureUrls.length).toBeLessThanOrEqual(limits.picturesMax);
      expect(content.weightGrams).toBeGreaterThan(0);
      expect(content.skus.length).toBeLessThanOrEqual(limits.skusMax);
      const names = new Set(content.skus.map((sku) => JSON.stringify(sku.options.map((option) => option.name))));
      expect(names.size).toBeLessThanOrEqual(1);
      const seen = content.skus
        .filter((sku) => sku.options.length > 0)
        .map((sku) => JSON.stringify(sku.options.map((option) => option.value.toLowerCase())));
      expect(new Set(seen).size).toBe(seen.length);
      for (const { options } of content.skus) {
        expect(options.length).toBeLessThanOrEqual(limits.optionsMax);
        expect(new Set(options.map((option) => option.name.toLowerCase())).size).toBe(options.length);
        for (const { name, value } of options) {
          expect(lengthOf(name)).toBeLessThanOrEqual(limits.optionNameMax);
          expect(lengthOf(value)).toBeLessThanOrEqual(limits.optionValueMax);
          expect(name.trim() && value.trim()).not.toBe("");
        }
      }
    }),
    { numRuns: 400 },
  );
});

test("mapping is the same for the same product, and cleaning what was cleaned changes nothing", () => {
  fc.assert(
    fc.property(wildText, (text) => {
      const once = cleanText(text).text;
      expect(cleanText(once)).toEqual({ text: once, wasDirty: false });
      const html = sanitizeDescription(text, 500).html;
      expect(sanitizeDescription(html, 500).html).toBe(html);
    }),
    { numRuns: 400 },
  );
});
