import { readBarcode } from "./barcode.ts";
import type { MappingInput } from "./facts.ts";
import { fillAttributes } from "./fill-attributes.ts";
import { mapOptions } from "./map-options.ts";
import { mapTitle, type Note } from "./map-title.ts";
import type { FindingCode, Wanted, WantedContent, WantedSku } from "./model.ts";
import { sanitizeDescription, textOf } from "./sanitize-description.ts";

/** Something the mapping had to change, choose or leave out. */
export interface MappingNote {
  code: FindingCode;
  field: string;
  values: Record<string, string>;
}

export interface Mapped {
  wanted: Wanted;
  notes: MappingNote[];
}

/**
 * What the listing should be, with every proposed default in it, and notes on what was changed. Never exceeds a limit of the channel in
 * what it can shorten or leave out; what it cannot (a price, too many options) is for `validateListing` to block.
 */
export function mapProduct(input: MappingInput): Mapped {
  const notes: MappingNote[] = [];
  const note = (code: FindingCode, field: string, values: Record<string, string> = {}) =>
    notes.push({ code, field, values });
  const title = mapTitle(input, note);
  const content: WantedContent = {
    title,
    descriptionHtml: mapDescription(input, title, note),
    categoryId: input.category?.id ?? "",
    pictureUrls: mapPictures(input, note),
    attributes: mapAttributes(input, note),
    certificates: (input.overrides.certificates ?? []).filter((one) =>
      input.category?.rules.certificates.some((rule) => rule.id === one.id),
    ),
    weightGrams: mapWeight(input, note),
    ...mapPackage(input, note),
    skus: mapSkus(input, note),
  };
  const pricesMinor = new Map(
    input.units.flatMap(({ listingSkuId, variant }) => (variant ? [[listingSkuId, variant.priceMinor] as const] : [])),
  );
  return { wanted: { content, pricesMinor }, notes };
}

function mapDescription({ product, overrides, limits }: MappingInput, title: string, note: Note): string {
  const { html, wasCut } = sanitizeDescription(
    overrides.descriptionHtml ?? product.descriptionHtml,
    limits.descriptionMax,
  );
  if (wasCut) note("description-too-long", "description", { most: String(limits.descriptionMax) });
  if (html !== "") return html;
  note("description-missing", "description");
  return sanitizeDescription(`<p>${title.replaceAll("<", "&lt;")}</p>`, limits.descriptionMax).html;
}

/** Pictures the channel takes, in order; the others are left out as long as one stays. */
function mapPictures({ product, limits, badPictures }: MappingInput, note: Note): string[] {
  const fits = product.pictures.filter((picture) => {
    const sides = [picture.width, picture.height].filter((side) => side > 0);
    return (
      !badPictures.has(picture.url) && sides.every((side) => side >= limits.pictureMinPx && side <= limits.pictureMaxPx)
    );
  });
  const dropped = product.pictures.length - fits.length;
  if (dropped > 0 && fits.length > 0)
    note("picture-dropped", "pictures", { dropped: String(dropped), least: String(limits.pictureMinPx) });
  return [...new Set(fits.map((picture) => picture.url))].slice(0, limits.picturesMax);
}

function mapAttributes({ product, category, overrides }: MappingInput, note: Note): WantedContent["attributes"] {
  if (!category) return [];
  const source = { ...product, description: textOf(product.descriptionHtml) };
  const { attributes, defaulted, choices, missing } = fillAttributes(category.attributes, source, overrides.attributes);
  for (const { id, name, value } of defaulted) note("attribute-defaulted", `attributes.${id}`, { name, value });
  for (const { id: attributeId, name, valueId, value } of choices)
    note("attribute-choice", `attributes.${attributeId}`, {
      name,
      value,
      attributeId,
      ...(valueId ? { valueId } : {}),
    });
  for (const { id, name } of missing) note("attribute-missing", `attributes.${id}`, { name });
  return attributes;
}

/** The heaviest variant's: what is charged for shipping must cover every one of them. */
function mapWeight({ units, overrides, defaults }: MappingInput, note: Note): number {
  if (overrides.weightGrams !== undefined) return overrides.weightGrams;
  const heaviest = Math.max(0, ...units.map(({ variant }) => variant?.weightGrams ?? 0));
  if (heaviest > 0) return heaviest;
  note("weight-missing", "weight", { grams: String(defaults.weightGrams) });
  return defaults.weightGrams;
}

function mapPackage({ category, overrides, defaults }: MappingInput, note: Note): Pick<WantedContent, "packageSizeCm"> {
  if (overrides.packageSizeCm) return { packageSizeCm: overrides.packageSizeCm };
  if (!category?.rules.packageSizeRequired) return {};
  const { length, width, height } = defaults.packageCm;
  note("package-size-missing", "packageSize", { length: String(length), width: String(width), height: String(height) });
  return { packageSizeCm: defaults.packageCm };
}

function mapSkus(input: MappingInput, note: Note): WantedSku[] {
  for (const { skuFinding, sellerSku, variant } of input.units) {
    if (skuFinding) note(skuFinding, "skus", { sku: variant?.sku ?? "", proposed: sellerSku });
  }
  if (input.unlistedVariants > 0) note("variant-not-listed", "skus", { count: String(input.unlistedVariants) });
  const { options, wasShortened } = mapOptions(input);
  if (wasShortened)
    note("option-shortened", "options", {
      name: String(input.limits.optionNameMax),
      value: String(input.limits.optionValueMax),
    });
  const codes = new Set<string>();
  return input.units.slice(0, input.limits.skusMax).map((unit) => {
    // TikTok Shop fact: a barcode cannot be changed once it was accepted.
    const barcode = unit.submitted?.barcode ?? readBarcode(unit.variant?.barcode ?? null);
    const isFree = barcode !== null && !codes.has(barcode.code);
    if (isFree) codes.add(barcode.code);
    const { listingSkuId, sellerSku } = unit;
    return { listingSkuId, sellerSku, options: options.get(listingSkuId) ?? [], ...(isFree ? { barcode } : {}) };
  });
}
