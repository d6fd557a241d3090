import type { CategoryRules } from "../../channels/port.ts";
import { formatDecimal } from "../../platform/money.ts";
import type { MappingInput } from "./facts.ts";
import type { Mapped } from "./map-product.ts";
import type { Finding, FindingCode, WantedContent } from "./model.ts";

/** Blocking codes in the order in which they are told: what makes the rest pointless comes first. */
const BLOCKING: readonly FindingCode[] = [
  "gift-card",
  "not-active",
  "needs-selling-plan",
  "not-shipped",
  "too-many-options",
  "too-many-skus",
  "title-missing",
  "no-picture",
  "picture-too-small",
  "picture-refused",
  "price-out-of-range",
  "no-category",
  "certificate-missing",
  "size-chart-missing",
  "responsible-person-missing",
  "manufacturer-missing",
  "attribute-missing",
];
/** Told, but nothing anybody has to agree to. */
const INFORMS: readonly FindingCode[] = ["picture-dropped", "variant-not-listed", "option-shortened"];
/** A question with a proposal: no yes to defaults answers it. */
const ASKS: FindingCode = "attribute-choice";

/** Blocks that follow from the product alone: while one holds, asking the channel about categories is a waste of calls. */
export function findPlainBlocks({
  product,
  units,
  limits,
}: Pick<MappingInput, "product" | "units" | "limits">): FindingCode[] {
  const { length: options } = product.options;
  const checks: [FindingCode, boolean][] = [
    ["gift-card", product.isGiftCard],
    // Shopify fact: UNLISTED is reachable by direct link only.
    ["not-active", product.status !== "ACTIVE"],
    ["needs-selling-plan", product.needsSellingPlan],
    ["not-shipped", !units.some(({ variant }) => variant?.requiresShipping)],
    ["too-many-options", options > limits.optionsMax],
    ["too-many-skus", units.length > limits.skusMax],
  ];
  return checks.flatMap(([code, isFound]) => (isFound ? [code] : []));
}

/**
 * Preflight: what the channel would refuse (blocks), and what was changed or chosen for it (a default to agree to). Blocking ones come
 * first, in a fixed order. Nothing that the channel would take is ever blocked.
 */
export function validateListing(input: MappingInput, mapped: Mapped): Finding[] {
  const plain = findPlainBlocks(input);
  const findings = plain.map((code) => aFinding(code, FIELDS[code] ?? "product", plainValues(code, input)));
  if (mapped.wanted.content.title === "") findings.push(aFinding("title-missing", "title"));
  findings.push(...checkPictures(input, mapped.wanted.content));
  findings.push(...checkPrices(input));
  if (input.category) findings.push(...checkRules(input.category.rules, mapped.wanted.content));
  else if (plain.length === 0) findings.push(aFinding("no-category", "category"));
  findings.push(...mapped.notes.map(({ code, field, values }) => aFinding(code, field, values)));
  const rank = (finding: Finding) => (finding.blocks ? BLOCKING.indexOf(finding.code) : BLOCKING.length);
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => rank(a.finding) - rank(b.finding) || a.index - b.index)
    .map(({ finding }) => finding);
}

/** The first blocking code, or null. */
export const firstBlockOf = (findings: readonly Finding[]): FindingCode | null =>
  findings.find((finding) => finding.blocks)?.code ?? null;

/**
 * Something was proposed that nobody has agreed to yet. A yes to all defaults holds from then on; a choice is asked for until it is made, because
 * whoever said yes did not see what is asked today.
 */
export const needsYes = (findings: readonly Finding[], { defaultsApplied }: { defaultsApplied: boolean }): boolean =>
  findings.some((finding) => finding.code === ASKS || (finding.defaultOffered && !defaultsApplied));

const FIELDS: Partial<Record<FindingCode, string>> = {
  "not-active": "status",
  "not-shipped": "shipping",
  "too-many-options": "options",
  "too-many-skus": "skus",
};

function aFinding(code: FindingCode, field: string, values: Record<string, string> = {}): Finding {
  const blocks = BLOCKING.includes(code);
  const defaultOffered = !blocks && code !== ASKS && !INFORMS.includes(code);
  return {
    code,
    field,
    blocks,
    defaultOffered,
    sentence: `findings.${code}.sentence`,
    nextStep: `findings.${code}.nextStep`,
    values,
  };
}

function plainValues(code: FindingCode, { product, units, limits }: MappingInput): Record<string, string> {
  if (code === "not-active") return { status: product.status };
  if (code === "too-many-options") return { count: String(product.options.length), most: String(limits.optionsMax) };
  if (code === "too-many-skus") return { count: String(units.length), most: String(limits.skusMax) };
  return {};
}

function checkPictures({ product, limits, badPictures }: MappingInput, content: WantedContent): Finding[] {
  if (content.pictureUrls.length > 0) return [];
  if (product.pictures.length === 0) return [aFinding("no-picture", "pictures")];
  if (product.pictures.every((picture) => badPictures.has(picture.url)))
    return [aFinding("picture-refused", "pictures")];
  const largest = product.pictures.reduce((best, one) =>
    Math.min(one.width, one.height) > Math.min(best.width, best.height) ? one : best,
  );
  return [
    aFinding("picture-too-small", "pictures", {
      width: String(largest.width),
      height: String(largest.height),
      least: String(limits.pictureMinPx),
    }),
  ];
}

function checkPrices({ units, limits }: MappingInput): Finding[] {
  const { priceMin, priceMax } = limits;
  const outside = units.flatMap(({ variant }) =>
    variant && (variant.priceMinor < priceMin.amountMinor || variant.priceMinor > priceMax.amountMinor)
      ? [variant.priceMinor]
      : [],
  );
  const [first] = outside;
  if (first === undefined) return [];
  const text = (minor: bigint) => formatDecimal(minor, priceMin.currency);
  const values = {
    price: text(first),
    least: text(priceMin.amountMinor),
    most: text(priceMax.amountMinor),
    currency: priceMin.currency,
    count: String(outside.length),
  };
  return [aFinding("price-out-of-range", "price", values)];
}

function checkRules(rules: CategoryRules, content: WantedContent): Finding[] {
  const has = (one: { attributeId: string; valueId: string }) =>
    content.attributes.some(
      ({ id, values }) => id === one.attributeId && values.some((value) => value.id === one.valueId),
    );
  const findings = rules.certificates
    .filter(
      (rule) => (rule.required || rule.onlyIf.some(has)) && !content.certificates.some((one) => one.id === rule.id),
    )
    .map(({ id, name }) => aFinding("certificate-missing", `certificates.${id}`, { name }));
  if (rules.sizeChartRequired) findings.push(aFinding("size-chart-missing", "sizeChart"));
  if (rules.responsiblePersonRequired) findings.push(aFinding("responsible-person-missing", "responsiblePerson"));
  if (rules.manufacturerRequired) findings.push(aFinding("manufacturer-missing", "manufacturer"));
  return findings;
}
