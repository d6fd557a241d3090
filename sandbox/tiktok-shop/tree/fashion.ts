import { bags, clothing, footwear, jewelry } from "./attributes.ts";
import type { BranchPlan, LeafPlan } from "./model.ts";

const clothes = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: clothing() });
const shoes = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: footwear() });
const bag = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: bags() });
const jewels = (name: string, ...keywords: string[]): LeafPlan => ({ name, keywords, attributes: jewelry() });

/** Everything to wear and to carry. */
export const fashionBranches: BranchPlan[] = [
  {
    name: "Womenswear & Menswear",
    children: [
      {
        name: "Tops",
        children: [
          clothes("T-Shirts", "tshirt", "tee", "crewneck"),
          clothes("Hoodies", "hoodie", "sweatshirt"),
          clothes("Blouses", "blouse"),
          clothes("Shirts", "shirt", "flannel", "polo"),
          clothes("Casual Tops", "top", "tank", "camisole", "tunic"),
          clothes("Knitwear", "sweater", "jumper", "cardigan", "pullover", "knit"),
        ],
      },
      {
        name: "Outerwear",
        children: [clothes("Jackets", "jacket", "blazer", "windbreaker", "vest"), clothes("Coats", "coat", "parka")],
      },
      {
        name: "Bottoms",
        children: [
          clothes("Pants", "pant", "trouser", "legging", "jogger", "short"),
          clothes("Jeans", "jean"),
          clothes("Skirts", "skirt"),
        ],
      },
      clothes("Dresses", "dress", "gown", "jumpsuit"),
      clothes("Suits", "suit", "tuxedo", "waistcoat"),
      clothes("Underwear & Socks", "underwear", "sock", "bra", "boxer", "pajama", "sleepwear"),
      clothes("Swimwear", "bikini", "swimsuit"),
    ],
  },
  {
    name: "Shoes",
    children: [
      shoes("Sneakers", "sneaker", "trainer", "shoe", "runner"),
      shoes("High Tops", "hightop"),
      shoes("Boots", "boot"),
      shoes("Sandals", "sandal", "slipper", "flip-flop"),
    ],
  },
  {
    name: "Luggage & Bags",
    children: [
      bag("Handbags", "bag", "handbag", "tote", "clutch", "purse"),
      bag("Backpacks", "backpack", "rucksack"),
      bag("Wallets", "wallet", "cardholder"),
      bag("Suitcases", "suitcase", "luggage"),
    ],
  },
  {
    name: "Fashion Accessories",
    children: [
      {
        name: "Jewelry",
        children: [
          jewels("Bracelets", "bracelet", "bangle", "anklet"),
          jewels("Earrings", "earring"),
          jewels("Necklaces", "necklace", "choker", "pendant", "chain"),
          jewels("Rings", "ring"),
        ],
      },
      jewels("Watches", "watch"),
      clothes("Hats", "hat", "cap", "beanie"),
      clothes("Scarves & Belts", "scarf", "scarve", "belt", "glove", "tie"),
      bag("Sunglasses", "sunglasse", "eyewear"),
    ],
  },
];
