import type { AttributeRule, CategoryNode } from "./category-tree.ts";
import { Refusal } from "./errors.ts";
import type { ChosenAttribute, World } from "./model.ts";
import type { ProductInput } from "./product-input.ts";

const mostCertificates = 10;

/** Every required attribute is there, conditional ones exactly when their condition holds, values are of the closed lists. */
export function checkAttributes(leaf: CategoryNode, chosen: ChosenAttribute[]): void {
  const rules = new Map(leaf.attributes.map((rule) => [rule.id, rule]));
  const byId = new Map(chosen.map((entry) => [entry.id, entry]));
  for (const entry of chosen) {
    const rule = rules.get(entry.id);
    if (!rule) throw new Refusal(12052990, `the category has no attribute ${entry.id}`);
    checkValues(rule, entry);
  }
  for (const rule of leaf.attributes) {
    const isThere = (byId.get(rule.id)?.values.length ?? 0) > 0;
    const condition = rule.requiredWhen;
    if (!condition) {
      if (rule.isRequired && !isThere) throw new Refusal(12052104, `the attribute ${rule.name} is missing`);
      continue;
    }
    const holds = byId.get(condition.attributeId)?.values.some((value) => value.id === condition.valueId) ?? false;
    if (holds && !isThere) throw new Refusal(12052182, `the attribute ${rule.name} is missing under its condition`);
    if (!holds && isThere) throw new Refusal(12052183, `the attribute ${rule.name} is superfluous`);
  }
}

function checkValues(rule: AttributeRule, entry: ChosenAttribute): void {
  if (entry.values.length > 1 && !rule.isMultiple) throw new Refusal(12052990, `${rule.name} takes one value`);
  for (const value of entry.values) {
    if (value.id !== undefined && value.id !== "" && rule.values.some((known) => known.id === value.id)) continue;
    const isKnownName = rule.values.some((known) => known.name === value.name);
    if (!value.name || !(rule.isCustomizable || isKnownName)) {
      throw new Refusal(12052990, `${rule.name} does not know this value`);
    }
    const wantsNumber = rule.format === "POSITIVE_INT_OR_DECIMAL" && !isKnownName;
    if (wantsNumber && !(/^\d+(\.\d+)?$/.test(value.name) && Number(value.name) > 0)) {
      throw new Refusal(12052990, `${rule.name} wants a positive number`);
    }
  }
}

/** Every certificate the category requires is there, with a picture or a file known here. */
export function checkCertificates(
  world: World,
  leaf: CategoryNode,
  given: NonNullable<ProductInput["certifications"]>,
): void {
  if (given.length > mostCertificates) throw new Refusal(12052655, "too many certificates");
  for (const entry of given) {
    if (!leaf.certificates.some((rule) => rule.id === entry.id)) {
      throw new Refusal(12052655, `the category knows no certificate ${entry.id}`);
    }
    for (const image of entry.images ?? []) {
      if (!world.pictures.has(image.uri)) throw new Refusal(12052655, "a picture of a certificate is unknown");
    }
  }
  for (const rule of leaf.certificates) {
    const found = given.find((entry) => entry.id === rule.id);
    if (!found || ((found.images ?? []).length === 0 && (found.files ?? []).length === 0)) {
      throw new Refusal(12052105, `the certificate ${rule.name} is missing`);
    }
  }
}
