import { type Chance, chanceOf } from "./chance.ts";

/** Every kind of order there is, in the words of the app's README. */
export const kinds = [
  ...["normal", "unpaid", "on-hold", "pre-order", "backorder", "made-to-order", "sample", "exchange", "replacement"],
  ...["zero-price", "gift", "test", "split", "combined", "subscription", "platform"],
] as const;
export type Kind = string;

/** One thing somebody does with an order once it can be done; `units`: how many, left out: all that are open. */
export type Act =
  | { act: "pay" }
  | { act: "move" }
  | { act: "release"; home?: true }
  | { act: "cancel"; by: "BUYER" | "SELLER"; how: "instant" | "request"; units?: 1; home?: true }
  | { act: "answer"; answer: "approve" | "refuse" }
  | { act: "cancel-in-shopify"; refund: boolean; restock: boolean }
  | { act: "ship"; parcels: number }
  | { act: "correct" }
  | { act: "platform-ships" }
  | { act: "deliver" }
  | { act: "ask-return"; type: "RETURN_AND_REFUND" | "REFUND" | "REPLACEMENT"; units?: 1 }
  | { act: "decide"; decision: string; keepItem?: true; isPart?: true }
  | { act: "continue"; what: "ship" | "accept" | "withdraw" };

const release: Act = { act: "release" };
const ship: Act = { act: "ship", parcels: 1 };
const deliver: Act = { act: "deliver" };
const shipped: Act[] = [release, ship, deliver];
const backAndPaid: Act[] = [
  { act: "decide", decision: "APPROVE_RETURN" },
  { act: "continue", what: "ship" },
  { act: "decide", decision: "APPROVE_RECEIVED_PACKAGE" },
];
const returned = (...then: Act[]): Act[] => [...shipped, { act: "ask-return", type: "RETURN_AND_REFUND" }, ...then];

/** What becomes of an order. Whatever cannot be done any more (it was cancelled before it was shipped, say) is left out. */
export const stories: Record<string, Act[]> = {
  delivered: shipped,
  "in parcels": [release, { act: "ship", parcels: 2 }, deliver],
  "number corrected": [release, ship, { act: "correct" }, deliver],
  "platform's label": [release, { act: "platform-ships" }, deliver],
  "cancelled at once": [{ act: "cancel", by: "BUYER", how: "instant" }],
  "cancelled on hold": [{ act: "cancel", by: "BUYER", how: "instant", home: true }],
  "a unit cancelled at once": [{ act: "cancel", by: "BUYER", how: "instant", units: 1 }, ...shipped],
  "a unit cancelled on hold": [{ act: "cancel", by: "BUYER", how: "instant", units: 1, home: true }, ...shipped],
  "one unit cancelled after the other": [
    ...[1, 2, 3].map((): Act => ({ act: "cancel", by: "BUYER", how: "instant", units: 1 })),
    ...shipped,
  ],
  "request approved": [release, { act: "cancel", by: "BUYER", how: "request" }, { act: "answer", answer: "approve" }],
  "request refused": [
    release,
    { act: "cancel", by: "BUYER", how: "request", home: true },
    { act: "answer", answer: "refuse" },
    ship,
    deliver,
  ],
  "request for a unit": [
    release,
    { act: "cancel", by: "BUYER", how: "request", units: 1, home: true },
    { act: "answer", answer: "approve" },
    ship,
    deliver,
  ],
  "cancelled by the seller": [release, { act: "cancel", by: "SELLER", how: "instant", home: true }],
  "a unit cancelled by the seller": [
    release,
    { act: "cancel", by: "SELLER", how: "instant", units: 1, home: true },
    ship,
    deliver,
  ],
  "cancelled in Shopify": [release, { act: "cancel-in-shopify", refund: false, restock: true }],
  "cancelled and refunded in Shopify": [release, { act: "cancel-in-shopify", refund: true, restock: false }],
  "moved on hold": [{ act: "move" }, ...shipped],
  "moved after the hold": [{ act: "release", home: true }, { act: "move" }, ship, deliver],
  returned: returned(...backAndPaid),
  "a unit returned": [...shipped, { act: "ask-return", type: "RETURN_AND_REFUND", units: 1 }, ...backAndPaid],
  "returned after parcels": [
    release,
    { act: "ship", parcels: 2 },
    deliver,
    { act: "ask-return", type: "RETURN_AND_REFUND" },
    ...backAndPaid,
  ],
  "kept and refunded": returned({ act: "decide", decision: "APPROVE_RETURN", keepItem: true }),
  "a part offered": returned(
    { act: "decide", decision: "OFFER_PARTIAL_REFUND", isPart: true },
    { act: "continue", what: "accept" },
  ),
  "return refused": returned({ act: "decide", decision: "REJECT_RETURN" }),
  "return withdrawn": returned({ act: "decide", decision: "APPROVE_RETURN" }, { act: "continue", what: "withdraw" }),
  refunded: [...shipped, { act: "ask-return", type: "REFUND" }, { act: "decide", decision: "APPROVE_REFUND" }],
  "a unit refunded": [
    ...shipped,
    { act: "ask-return", type: "REFUND", units: 1 },
    { act: "decide", decision: "APPROVE_REFUND" },
  ],
  replaced: [
    ...shipped,
    { act: "ask-return", type: "REPLACEMENT", units: 1 },
    { act: "decide", decision: "APPROVE_REPLACEMENT" },
  ],
};

/** What is to be done with an order, all of it drawn from the seed. */
export interface Planned {
  seed: number;
  number: number;
  kind: Kind;
  story: string;
  acts: Act[];
  /** Which of the goods, by their place, and how many units of each. */
  lines: { good: number; quantity: number }[];
  isUnpaid: boolean;
  skipHold: boolean;
  /** The total is so many cents off: nobody can explain it, so nobody brings it home. */
  strayMinor: number;
}

/** What the platform ships, and what nobody ships because it is a test. */
const PLATFORM: Act[] = [release, { act: "platform-ships" }, deliver];
/** Nothing was paid, so there is nothing to ask back in part. */
const FREE = new Set(["sample", "exchange", "replacement", "zero-price"]);
const UNPAID: Act[][] = [[], [{ act: "cancel", by: "BUYER", how: "instant" }]];

/** The orders of a seed. Every kind and every story is among them where there are enough orders. */
export function planOrders(seed: number, count: number, goods: number): Planned[] {
  const chance = chanceOf(seed);
  const rest = Math.max(0, count - kinds.length);
  const dealt = chance.shuffle([
    ...chance.deal(kinds, Math.min(count, kinds.length)),
    ...chance.deal(["normal", "normal", "normal", ...kinds], rest),
  ]);
  const names = chance.deal(Object.keys(stories), count);
  return dealt.map((kind, at) => {
    const told = fitting(kind, names[at] ?? "delivered", chance);
    return {
      ...{ seed, number: at + 1, kind, lines: chooseLines(chance, goods) },
      story: told.name,
      isUnpaid: kind === "unpaid",
      acts: told.acts,
      skipHold: kind === "normal" && chance.isTrue(0.1) && told.acts[0]?.act === "release",
      strayMinor: kind === "normal" && chance.isTrue(0.03) ? 1 + chance.below(50) : 0,
    };
  });
}

function fitting(kind: Kind, name: string, chance: Chance): { name: string; acts: Act[] } {
  const story = stories[name];
  if (kind === "platform" || kind === "test" || !story) return { name: kind, acts: PLATFORM };
  if (kind === "unpaid" && chance.isTrue(0.5)) {
    const acts = chance.pick(UNPAID);
    return { name: acts.length > 0 ? "cancelled unpaid" : "never paid", acts };
  }
  if (kind === "on-hold") return { name: "left alone", acts: chance.isTrue(0.3) ? [{ act: "move" }] : [] };
  const isAboutMoney = story.some((one) => one.act === "decide" && one.isPart);
  const acts = FREE.has(kind) && isAboutMoney ? shipped : story;
  return { name: acts === story ? name : "delivered", acts: kind === "unpaid" ? [{ act: "pay" }, ...acts] : acts };
}

function chooseLines(chance: Chance, goods: number): Planned["lines"] {
  const count = 1 + chance.below(3);
  const chosen = chance.shuffle(Array.from({ length: goods }, (_, at) => at)).slice(0, count);
  return chosen.map((good) => ({ good, quantity: 1 + chance.below(2) }));
}
