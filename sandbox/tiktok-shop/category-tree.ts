/** A required or optional property of products of a leaf. */
export interface AttributeRule {
  id: string;
  name: string;
  isRequired: boolean;
  isCustomizable: boolean;
  isMultiple: boolean;
  format?: "POSITIVE_INT_OR_DECIMAL";
  values: { id: string; name: string }[];
  /** Required when another attribute has this value. */
  requiredWhen?: { attributeId: string; valueId: string };
}

export interface CertificateRule {
  id: string;
  name: string;
  details: string;
}

export interface CategoryNode {
  id: string;
  parentId: string;
  name: string;
  isLeaf: boolean;
  permission: "AVAILABLE" | "INVITE_ONLY" | "PROHIBITED";
  /** Words beside the name by which a recommendation finds the leaf. */
  keywords: string[];
  attributes: AttributeRule[];
  certificates: CertificateRule[];
  needsDimensions: boolean;
}

interface LeafPlan {
  name: string;
  keywords?: string[];
  attributes?: AttributeRule[];
  certificates?: CertificateRule[];
  permission?: CategoryNode["permission"];
  needsDimensions?: boolean;
}
interface BranchPlan {
  name: string;
  children: (BranchPlan | LeafPlan)[];
}

let nextAttribute = 100_100;
let nextValue = 1_000_100;

function closed(name: string, values: string[], more: Partial<AttributeRule> = {}): AttributeRule {
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

function freeText(name: string, more: Partial<AttributeRule> = {}): AttributeRule {
  return closed(name, [], { isCustomizable: true, ...more });
}

const origin = () =>
  closed("Country of Origin", ["United States", "China", "India", "Portugal", "Other"], { isRequired: false });
const brandStory = () => freeText("Care Instructions", { isRequired: false });

function drinkware(materials: string[]): AttributeRule[] {
  return [
    closed("Material", materials),
    freeText("Capacity", { format: "POSITIVE_INT_OR_DECIMAL" }),
    closed("Dishwasher Safe", ["Yes", "No"], { isRequired: false }),
    brandStory(),
    origin(),
  ];
}

function clothing(): AttributeRule[] {
  return [
    closed("Material", ["Cotton", "Polyester", "Linen", "Wool", "Blend", "Other"], { isMultiple: true }),
    freeText("Fabric Composition"),
    closed("Neckline", ["Crew Neck", "V-Neck", "Polo", "Other"], { isRequired: false }),
    closed("Season", ["All Seasons", "Summer", "Winter"], { isRequired: false, isMultiple: true }),
    origin(),
  ];
}

/** Candles ask about dangerous goods; the class is wanted only when the answer is Yes. */
function candles(): AttributeRule[] {
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

function phones(): AttributeRule[] {
  return [
    closed("Material", ["Silicone", "Polycarbonate", "Leather", "TPU", "Glass", "Other"]),
    freeText("Compatible Model"),
    closed("Features", ["Shockproof", "Magnetic", "Waterproof", "None"], { isRequired: false, isMultiple: true }),
  ];
}

function toys(): AttributeRule[] {
  return [
    closed("Recommended Age", ["0-12 months", "1-3 years", "3-6 years", "6+ years"]),
    closed("Material", ["Wood", "Plastic", "Plush", "Paper", "Silicone", "Other"]),
    freeText("Number of Pieces", { isRequired: false, format: "POSITIVE_INT_OR_DECIMAL" }),
    freeText("Safety Warning"),
  ];
}

const childSafety: CertificateRule = {
  id: "7182934650127",
  name: "Children's Product Certificate",
  details: "A certificate issued after a test by an accepted laboratory, in English.",
};

const plan: BranchPlan[] = [
  {
    name: "Home Supplies",
    children: [
      {
        name: "Kitchenware",
        children: [
          {
            name: "Drinkware",
            children: [
              {
                name: "Mugs",
                keywords: ["mug", "coffee", "cup", "ceramic", "espresso"],
                attributes: drinkware(["Ceramic", "Porcelain", "Glass", "Enamel", "Other"]),
              },
              {
                name: "Water Bottles",
                keywords: ["bottle", "flask", "hydration"],
                attributes: drinkware(["Stainless Steel", "Glass", "Plastic", "Other"]),
              },
              {
                name: "Tumblers",
                keywords: ["tumbler", "travel"],
                attributes: drinkware(["Stainless Steel", "Plastic", "Other"]),
              },
              {
                name: "Drinkware Sets",
                keywords: ["drinkware", "glasses", "carafe", "teacup"],
                attributes: drinkware(["Ceramic", "Glass", "Stainless Steel", "Other"]),
              },
            ],
          },
          {
            name: "Cutlery",
            keywords: ["fork", "knife", "spoon"],
            attributes: drinkware(["Stainless Steel", "Wood", "Other"]),
            needsDimensions: true,
          },
        ],
      },
      {
        name: "Home Fragrance",
        children: [
          { name: "Scented Candles", keywords: ["candle", "wax", "scented", "soy"], attributes: candles() },
          {
            name: "Candle Holders",
            keywords: ["candlestick", "lantern"],
            attributes: [closed("Material", ["Metal", "Glass", "Wood", "Other"]), freeText("Holder Size")],
          },
          {
            name: "Reed Diffusers",
            keywords: ["diffuser", "aroma"],
            attributes: [freeText("Scent"), closed("Volume Unit", ["ml", "fl oz"])],
          },
        ],
      },
    ],
  },
  {
    name: "Womenswear & Menswear",
    children: [
      {
        name: "Tops",
        children: [
          { name: "T-Shirts", keywords: ["tshirt", "shirt", "tee", "crewneck"], attributes: clothing() },
          { name: "Hoodies", keywords: ["hoodie", "sweatshirt"], attributes: clothing() },
          { name: "Blouses", keywords: ["blouse"], attributes: clothing() },
        ],
      },
    ],
  },
  {
    name: "Phones & Electronics",
    children: [
      {
        name: "Phone Accessories",
        children: [
          { name: "Phone Cases", keywords: ["case", "phone", "cover", "bumper"], attributes: phones() },
          { name: "Screen Protectors", keywords: ["protector", "tempered"], attributes: phones() },
        ],
      },
      { name: "Laser Pointers", keywords: ["laser"], attributes: phones(), permission: "PROHIBITED" },
    ],
  },
  {
    name: "Toys & Hobbies",
    children: [
      {
        name: "Toys",
        children: [
          { name: "Building Blocks", keywords: ["block", "brick", "stacking", "construction"], attributes: toys() },
          { name: "Plush Toys", keywords: ["plush", "stuffed", "teddy", "bear", "bunny"], attributes: toys() },
          { name: "Puzzles", keywords: ["puzzle", "jigsaw"], attributes: toys() },
          { name: "Toy Vehicles", keywords: ["car", "truck", "train", "racer"], attributes: toys() },
          {
            name: "Educational Toys",
            keywords: ["toy", "learning", "wooden", "game", "kite", "spinning"],
            attributes: toys(),
          },
          {
            name: "Baby Teethers",
            keywords: ["teether", "teething", "baby"],
            attributes: toys(),
            certificates: [childSafety],
          },
        ],
      },
    ],
  },
  {
    name: "Collectibles",
    children: [
      {
        name: "Trading Cards",
        keywords: ["card", "trading"],
        attributes: [freeText("Edition"), closed("Condition", ["New", "Graded"])],
        permission: "INVITE_ONLY",
      },
    ],
  },
];

/** The tree in force, flat; six-digit ids. */
export const categoryNodes: readonly CategoryNode[] = flatten(plan, "0", { next: 601_201 });

const nodesById = new Map(categoryNodes.map((node) => [node.id, node]));

export function findCategory(id: string): CategoryNode | undefined {
  return nodesById.get(id);
}

/** A category with its ancestors, root first. */
export function categoryChain(node: CategoryNode): CategoryNode[] {
  const parent = nodesById.get(node.parentId);
  return parent ? [...categoryChain(parent), node] : [node];
}

function flatten(entries: (BranchPlan | LeafPlan)[], parentId: string, ids: { next: number }): CategoryNode[] {
  return entries.flatMap((entry) => {
    ids.next += 11;
    const id = String(ids.next);
    const leaf = "children" in entry ? null : entry;
    const node: CategoryNode = {
      id,
      parentId,
      name: entry.name,
      isLeaf: leaf !== null,
      permission: leaf?.permission ?? "AVAILABLE",
      keywords: leaf?.keywords ?? [],
      attributes: leaf?.attributes ?? [],
      certificates: leaf?.certificates ?? [],
      needsDimensions: leaf?.needsDimensions ?? false,
    };
    return "children" in entry ? [node, ...flatten(entry.children, id, ids)] : [node];
  });
}
