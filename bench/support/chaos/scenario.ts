import { type Chance, chanceOf, dealOn } from "./chance.ts";

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
/** A total that nobody can explain. */
const STRAY = "stray";
const cards = [...kinds, "normal", "normal", "normal", STRAY];
/** These have a story of their own. */
const OWN_STORY = new Set(["platform", "test", "on-hold", "unpaid", STRAY]);
const [KINDS, STORIES, UNPAID] = [1, 2, 3];
/** What becomes of an order that is not paid at once. */
const unpaidEnds = ["never paid", "cancelled unpaid", "paid late"] as const;
/** After a late payment something is left to come home. */
const storiesHome = Object.keys(stories).filter((name) => stories[name]?.some(({ act }) => act === "ship"));

/**
 * The orders of a seed. Each seed goes on in the row of kinds and of stories where a seed before it, with as many orders, ended: seeds that
 * follow each other leave none out, however few orders each has.
 */
export function planOrders(seed: number, count: number, goods: number): Planned[] {
  const chance = chanceOf(seed);
  const from = (seed - 1) * count;
  const dealt = chance.shuffle(dealOn(cards, KINDS, from, count));
  const told = tellStories(
    dealt,
    cardsBefore(from, (card) => !OWN_STORY.has(card)),
    chance,
  );
  const unpaid = dealOn(unpaidEnds, UNPAID, cardsBefore(from, isUnpaidCard), dealt.filter(isUnpaidCard).length);
  return dealt.map((card, at) => {
    const kind = card === STRAY ? "normal" : card;
    const { story, acts } =
      told.get(at) ?? (isUnpaidCard(card) ? unpaidStory(unpaid.shift(), chance) : ownStory(card, chance));
    return {
      ...{ seed, number: at + 1, kind, story, acts, lines: chooseLines(chance, goods) },
      isUnpaid: kind === "unpaid",
      skipHold: kind === "normal" && acts[0]?.act === "release" && chance.isTrue(0.1),
      strayMinor: card === STRAY ? 1 + chance.below(50) : 0,
    };
  });
}

const isUnpaidCard = (card: string): boolean => card === "unpaid";

/** How many such cards the orders before the `from`-th have used up. */
function cardsBefore(from: number, isSuch: (card: string) => boolean): number {
  const begun = dealOn(cards, KINDS, from - (from % cards.length), from % cards.length);
  return Math.floor(from / cards.length) * cards.filter(isSuch).length + begun.filter(isSuch).length;
}

/** A story for each order that has none of its own, by the order's place. */
function tellStories(dealt: string[], from: number, chance: Chance): Map<number, { story: string; acts: Act[] }> {
  const isAboutMoney = (name: string) => stories[name]?.some((one) => one.act === "decide" && one.isPart) ?? false;
  const places = [...dealt.keys()].filter((at) => !OWN_STORY.has(dealt[at] ?? ""));
  const names = chance.shuffle(dealOn(Object.keys(stories), STORIES, from, places.length));
  // what is about money goes to orders that were paid
  const paidFirst = places.sort((a, b) => Number(FREE.has(dealt[a] ?? "")) - Number(FREE.has(dealt[b] ?? "")));
  const moneyFirst = names.sort((a, b) => Number(isAboutMoney(b)) - Number(isAboutMoney(a)));
  return new Map(
    paidFirst.map((at, nth) => {
      const story = moneyFirst[nth] ?? "delivered";
      return [at, { story, acts: stories[story] ?? shipped }];
    }),
  );
}

function ownStory(card: string, chance: Chance): { story: string; acts: Act[] } {
  if (card === "on-hold") return { story: "left alone", acts: chance.isTrue(0.3) ? [{ act: "move" }] : [] };
  if (card === STRAY) return { story: "stray total", acts: chance.isTrue(0.5) ? [release] : [] };
  return { story: card, acts: PLATFORM };
}

function unpaidStory(end: (typeof unpaidEnds)[number] | undefined, chance: Chance): { story: string; acts: Act[] } {
  if (end === "cancelled unpaid") return { story: end, acts: [{ act: "cancel", by: "BUYER", how: "instant" }] };
  if (end !== "paid late") return { story: "never paid", acts: [] };
  const name = chance.pick(storiesHome);
  return { story: `${end}, ${name}`, acts: [{ act: "pay" }, ...(stories[name] ?? shipped)] };
}

function chooseLines(chance: Chance, goods: number): Planned["lines"] {
  const count = 1 + chance.below(3);
  const chosen = chance.shuffle(Array.from({ length: goods }, (_, at) => at)).slice(0, count);
  return chosen.map((good) => ({ good, quantity: 1 + chance.below(2) }));
}
