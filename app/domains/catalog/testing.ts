import type { AttributeSpec, CategoryRules, ListingLimits } from "../../channels/port.ts";
import type { MappingInput, ProductFacts, Unit, VariantFacts } from "./facts.ts";

/** Factories for tests: a valid thing in one line, with what matters to the test on top. */

export const someLimits: ListingLimits = {
  titleMin: 1,
  titleMax: 255,
  takesChineseTitles: false,
  descriptionMax: 10_000,
  picturesMax: 9,
  pictureMinPx: 300,
  pictureMaxPx: 4_000,
  optionsMax: 3,
  skusMax: 300,
  optionNameMax: 20,
  optionValueMax: 50,
  sellerSkuMax: 50,
  priceMin: { amountMinor: 1n, currency: "USD" },
  priceMax: { amountMinor: 760_000n, currency: "USD" },
  quantityMax: 99_999,
  weightUnit: "POUND",
};

export function aVariant(over: Partial<VariantFacts> = {}): VariantFacts {
  return {
    shopifyId: "gid://shopify/ProductVariant/41",
    sku: "MUG-1",
    barcode: null,
    priceMinor: 1_400n,
    weightGrams: 320,
    requiresShipping: true,
    options: [{ name: "Color", value: "Sage" }],
    pictureUrl: null,
    ...over,
  };
}

export function aUnit(over: Partial<Unit> = {}): Unit {
  return {
    listingSkuId: "unit-1",
    sellerSku: "MUG-1",
    skuFinding: null,
    variant: aVariant(),
    submitted: null,
    ...over,
  };
}

export function aProduct(over: Partial<ProductFacts> = {}): ProductFacts {
  return {
    shopifyId: "gid://shopify/Product/7",
    title: "Harbor Stoneware Mug",
    descriptionHtml: "<p>Holds a generous pour.</p>",
    vendor: "Harbor & Kiln",
    productType: "Drinkware",
    tags: ["kitchen"],
    status: "ACTIVE",
    isGiftCard: false,
    needsSellingPlan: false,
    options: [{ name: "Color", values: ["Sage"] }],
    pictures: [{ url: "https://pictures.test/mug.png", width: 800, height: 800, alt: "" }],
    ...over,
  };
}

export const someRules: CategoryRules = {
  categoryId: "601",
  certificates: [],
  packageSizeRequired: false,
  sizeChartRequired: false,
  responsiblePersonRequired: false,
  manufacturerRequired: false,
};

export function anAttribute(over: Partial<AttributeSpec> = {}): AttributeSpec {
  const id = over.id ?? "a1";
  return {
    id,
    name: "Material",
    purpose: "describes",
    required: true,
    requiredIf: [],
    allowsFreeText: false,
    allowsSeveral: false,
    numeric: false,
    values: [
      { id: `${id}-ceramic`, name: "Ceramic" },
      { id: `${id}-glass`, name: "Glass" },
      { id: `${id}-other`, name: "Other" },
    ],
    ...over,
  };
}

export function aMappingInput(over: Partial<MappingInput> = {}): MappingInput {
  return {
    product: aProduct(),
    units: [aUnit()],
    variantCount: 1,
    category: { id: "601", rules: someRules, attributes: [] },
    overrides: {},
    limits: someLimits,
    defaults: { weightGrams: 500, packageCm: { length: 20, width: 15, height: 10 } },
    badPictures: new Set(),
    unlistedVariants: 0,
    ...over,
  };
}
