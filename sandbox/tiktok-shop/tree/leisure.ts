import { beauty, childSafety, closed, food, freeText, gear, phones, toys } from "./attributes.ts";
import type { BranchPlan, LeafPlan } from "./model.ts";

const toy = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: toys() });
const care = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: beauty() });
const eat = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: food() });
const things = (name: string, keywords: string[], ...materials: string[]): LeafPlan => ({
  name,
  keywords,
  attributes: gear(...materials),
});

/** Everything to play, care, eat and be busy with. */
export const leisureBranches: BranchPlan[] = [
  {
    name: "Phones & Electronics",
    children: [
      {
        name: "Phone Accessories",
        children: [
          { name: "Phone Cases", keywords: ["case", "phone", "cover", "bumper"], attributes: phones() },
          { name: "Screen Protectors", keywords: ["protector", "tempered"], attributes: phones() },
          { name: "Chargers & Cables", keywords: ["charger", "cable", "powerbank", "adapter"], attributes: phones() },
        ],
      },
      things("Headphones & Speakers", ["headphone", "earbud", "earphone", "speaker"], "Plastic", "Metal"),
      { name: "Laser Pointers", keywords: ["laser"], attributes: phones(), permission: "PROHIBITED" },
    ],
  },
  {
    name: "Toys & Hobbies",
    children: [
      {
        name: "Toys",
        children: [
          toy("Building Blocks", "block", "brick", "stacking", "construction"),
          toy("Plush Toys", "plush", "stuffed", "teddy", "bear", "bunny"),
          toy("Puzzles", "puzzle", "jigsaw"),
          toy("Toy Vehicles", "car", "truck", "train", "racer"),
          toy("Educational Toys", "toy", "learning", "wooden", "game", "kite", "spinning"),
          { ...toy("Baby Teethers", "teether", "teething", "baby"), certificates: [childSafety] },
        ],
      },
    ],
  },
  {
    name: "Beauty & Personal Care",
    children: [
      care("Skincare", "skin", "cream", "serum", "lotion", "cleanser", "moisturizer", "balm"),
      care("Makeup", "lipstick", "mascara", "foundation", "eyeshadow", "blush"),
      care("Haircare", "hair", "shampoo", "conditioner", "brush"),
      care("Bath & Body", "soap", "bath", "scrub", "deodorant"),
      care("Perfumes", "perfume", "fragrance", "cologne"),
    ],
  },
  {
    name: "Sports & Outdoors",
    children: [
      things("Fitness Gear", ["yoga", "fitness", "dumbbell", "gym", "resistance"], "Rubber", "Metal", "Cotton"),
      things("Winter Sports Gear", ["snowboard", "ski", "skate", "binding", "sled"], "Wood", "Fiberglass", "Metal"),
      things("Camping Gear", ["tent", "camping", "hiking", "hammock"], "Nylon", "Metal", "Cotton"),
      things("Cycling Gear", ["bike", "bicycle", "cycling", "helmet"], "Metal", "Plastic"),
    ],
  },
  {
    name: "Food & Beverages",
    children: [
      eat("Coffee & Tea", "coffee", "tea", "espresso", "matcha"),
      eat("Snacks", "chocolate", "cookie", "snack", "candy", "nut", "granola"),
      eat("Pantry", "sauce", "honey", "spice", "oil", "jam", "salt"),
    ],
  },
  {
    name: "Pet Supplies",
    children: [
      things("Dog Supplies", ["dog", "puppy", "leash", "collar"], "Nylon", "Leather", "Plastic"),
      things("Cat Supplies", ["cat", "kitten", "scratcher", "litter"], "Wood", "Cotton", "Plastic"),
    ],
  },
  {
    name: "Office & Stationery",
    children: [
      things(
        "Notebooks & Paper",
        ["notebook", "journal", "planner", "postcard", "stationery", "sticker"],
        "Paper",
        "Leather",
      ),
      things("Pens & Art Supplies", ["pen", "pencil", "marker", "paint", "canvas"], "Plastic", "Wood", "Metal"),
      things("Books", ["book", "novel", "cookbook", "guide"], "Paper"),
    ],
  },
  {
    name: "Collectibles",
    children: [
      {
        name: "Trading Cards",
        keywords: ["trading"],
        attributes: [freeText("Edition"), closed("Condition", ["New", "Graded"])],
        permission: "INVITE_ONLY",
      },
    ],
  },
];
