import type { AttributeRule, CertificateRule } from "./model.ts";

let nextAttribute = 100_100;
let nextValue = 1_000_100;

/** An attribute with a closed list of values. */
export function closed(name: string, values: string[], more: Partial<AttributeRule> = {}): AttributeRule {
  nextAttribute += 7;
  return {
    id: String(nextAttribute),
    name,
    isRequired: true,
    isCustomizable: false,
    isMultiple: false,
    values: values.map((value) => {
      nextValue += 3;
      return { id: String(nextValue), name: value };
    }),
    ...more,
  };
}

/** An attribute that takes any text. */
export function freeText(name: string, more: Partial<AttributeRule> = {}): AttributeRule {
  return closed(name, [], { isCustomizable: true, ...more });
}

const optional = { isRequired: false };
const origin = () => closed("Country of Origin", ["United States", "China", "India", "Portugal", "Other"], optional);
const care = () => freeText("Care Instructions", optional);
const material = (...values: string[]) => closed("Material", [...values, "Other"]);

export function drinkware(...materials: string[]): AttributeRule[] {
  return [
    material(...materials),
    freeText("Capacity", { format: "POSITIVE_INT_OR_DECIMAL" }),
    closed("Dishwasher Safe", ["Yes", "No"], optional),
    care(),
    origin(),
  ];
}

export function clothing(): AttributeRule[] {
  return [
    closed("Material", ["Cotton", "Polyester", "Linen", "Wool", "Silk", "Leather", "Denim", "Blend", "Other"], {
      isMultiple: true,
    }),
    freeText("Fabric Composition"),
    closed("Neckline", ["Crew Neck", "V-Neck", "Polo", "Other"], optional),
    closed("Season", ["All Seasons", "Summer", "Winter"], { ...optional, isMultiple: true }),
    origin(),
  ];
}

export function footwear(): AttributeRule[] {
  return [
    material("Leather", "Suede", "Canvas", "Rubber", "Synthetic"),
    closed("Closure", ["Laces", "Zipper", "Buckle", "Slip On", "Other"], optional),
    origin(),
  ];
}

export function bags(): AttributeRule[] {
  return [
    material("Leather", "Canvas", "Nylon", "Polyester", "Straw"),
    freeText("Capacity", { ...optional, format: "POSITIVE_INT_OR_DECIMAL" }),
    origin(),
  ];
}

export function jewelry(): AttributeRule[] {
  return [
    closed("Metal", ["Gold", "Silver", "Stainless Steel", "Brass", "None", "Other"]),
    closed("Gemstone", ["Diamond", "Pearl", "Turquoise", "Quartz", "None", "Other"], optional),
    closed("Occasion", ["Everyday", "Wedding", "Party"], { ...optional, isMultiple: true }),
    origin(),
  ];
}

export function furniture(): AttributeRule[] {
  return [
    material("Wood", "Metal", "Leather", "Fabric", "Rattan", "Plastic"),
    closed("Assembly Required", ["Yes", "No"]),
    freeText("Room", optional),
    care(),
  ];
}

export function homeGoods(...materials: string[]): AttributeRule[] {
  return [material(...materials), freeText("Pattern", optional), care(), origin()];
}

/** Candles ask about dangerous goods; the class is wanted only when the answer is Yes. */
export function candles(): AttributeRule[] {
  const dangerous = closed("Contains Flammable Liquid", ["No", "Yes"]);
  const yes = dangerous.values[1]?.id ?? "";
  return [
    closed("Wax Type", ["Soy", "Beeswax", "Paraffin", "Coconut", "Other"]),
    freeText("Scent"),
    dangerous,
    closed("Dangerous Goods Class", ["Class 3", "Class 4.1", "Other"], {
      isRequired: false,
      requiredWhen: { attributeId: dangerous.id, valueId: yes },
    }),
    freeText("Burn Time", { isRequired: false, format: "POSITIVE_INT_OR_DECIMAL" }),
  ];
}

export function phones(): AttributeRule[] {
  return [
    material("Silicone", "Polycarbonate", "Leather", "TPU", "Glass"),
    freeText("Compatible Model"),
    closed("Features", ["Shockproof", "Magnetic", "Waterproof", "None"], { isRequired: false, isMultiple: true }),
  ];
}

export function toys(): AttributeRule[] {
  return [
    closed("Recommended Age", ["0-12 months", "1-3 years", "3-6 years", "6+ years"]),
    material("Wood", "Plastic", "Plush", "Paper", "Silicone"),
    freeText("Number of Pieces", { isRequired: false, format: "POSITIVE_INT_OR_DECIMAL" }),
    freeText("Safety Warning"),
  ];
}

export function beauty(): AttributeRule[] {
  return [
    freeText("Ingredients"),
    freeText("Net Content", { format: "POSITIVE_INT_OR_DECIMAL" }),
    closed("Skin Type", ["All Skin Types", "Dry", "Oily", "Sensitive"], optional),
  ];
}

export function food(): AttributeRule[] {
  return [
    freeText("Ingredients"),
    freeText("Net Content", { format: "POSITIVE_INT_OR_DECIMAL" }),
    closed("Allergens", ["None", "Nuts", "Milk", "Gluten", "Other"], { isMultiple: true }),
  ];
}

export function gear(...materials: string[]): AttributeRule[] {
  return [material(...materials), freeText("Features", optional), origin()];
}

export const childSafety: CertificateRule = {
  id: "7182934650127",
  name: "Children's Product Certificate",
  details: "A certificate issued after a test by an accepted laboratory, in English.",
};
