import { candles, closed, drinkware, freeText, furniture, homeGoods } from "./attributes.ts";
import type { BranchPlan, LeafPlan } from "./model.ts";

const drinks = (name: string, keywords: string[], ...materials: string[]): LeafPlan => ({
  name,
  keywords,
  attributes: drinkware(...materials),
});
const goods = (name: string, keywords: string[], ...materials: string[]): LeafPlan => ({
  name,
  keywords,
  attributes: homeGoods(...materials),
});
const piece = (name: string, ...keywords: string[]): LeafPlan => ({
  name,
  keywords,
  attributes: furniture(),
  needsDimensions: true,
});

const kitchen: BranchPlan = {
  name: "Kitchenware",
  children: [
    {
      name: "Drinkware",
      children: [
        drinks("Mugs", ["mug", "coffee", "cup", "espresso", "latte"], "Ceramic", "Porcelain", "Glass", "Enamel"),
        drinks("Water Bottles", ["bottle", "flask", "hydration"], "Stainless Steel", "Glass", "Plastic"),
        drinks("Tumblers", ["tumbler", "travel"], "Stainless Steel", "Plastic"),
        drinks("Drinkware Sets", ["drinkware", "glasses", "carafe", "teacup"], "Ceramic", "Glass", "Stainless Steel"),
      ],
    },
    {
      name: "Cutlery",
      keywords: ["fork", "knife", "spoon"],
      attributes: drinkware("Stainless Steel", "Wood"),
      needsDimensions: true,
    },
    goods("Dinnerware", ["plate", "dish", "bowl", "tableware"], "Ceramic", "Porcelain", "Wood"),
    goods("Cookware", ["pan", "skillet", "saucepan", "wok", "kettle"], "Cast Iron", "Stainless Steel", "Aluminum"),
  ],
};

const fragrance: BranchPlan = {
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
};

const textiles: BranchPlan = {
  name: "Home Textiles",
  children: [
    goods("Bedding", ["bedding", "sheet", "duvet", "blanket", "bed", "quilt"], "Cotton", "Linen", "Polyester"),
    goods("Pillows", ["pillow", "cushion", "throw"], "Cotton", "Wool", "Polyester"),
    goods("Rugs", ["rug", "carpet", "mat"], "Wool", "Cotton", "Jute"),
    goods("Curtains", ["curtain", "drape", "blind"], "Cotton", "Linen", "Polyester"),
    goods("Towels", ["towel"], "Cotton", "Linen"),
  ],
};

const rooms: BranchPlan = {
  name: "Furniture",
  children: [
    piece("Sofas", "sofa", "couch", "loveseat"),
    piece("Chairs", "chair", "armchair", "stool", "bench", "beanbag"),
    piece("Tables", "table", "desk", "nightstand"),
    piece("Storage", "drawer", "cabinet", "shelf", "bookcase", "wardrobe", "dresser", "rack"),
    piece("Beds", "bedframe", "headboard", "mattress"),
  ],
};

/** Everything for the house. */
export const homeBranches: BranchPlan[] = [
  {
    name: "Home Supplies",
    children: [
      kitchen,
      fragrance,
      textiles,
      goods("Lamps", ["lamp", "light", "lighting", "chandelier"], "Metal", "Copper", "Glass", "Wood"),
      goods(
        "Home Decor",
        ["vase", "poster", "print", "frame", "mirror", "clock", "decor", "ornament"],
        "Glass",
        "Ceramic",
        "Paper",
        "Wood",
      ),
    ],
  },
  rooms,
  {
    name: "Garden",
    children: [
      goods("Planters", ["pot", "planter", "flowerpot", "plant", "flower"], "Clay", "Ceramic", "Plastic", "Paper"),
      goods("Watering Cans", ["watering", "hose", "sprinkler"], "Metal", "Plastic"),
      goods("Gardening Hand Tools", ["trowel", "rake", "spade", "pruner", "gardening", "shovel"], "Metal", "Wood"),
      goods("Fencing", ["fence", "fencing", "slat", "trellis"], "Wood", "Metal", "Plastic"),
      goods("Seeds", ["seed", "bulb", "seedling"], "Paper"),
    ],
  },
];
