import type { OrderFacts } from "../../channels/port.ts";

/** What kinds of orders there are, the most telling first: an order that is several of them is named by the first. */
export const orderKinds = [
  "test",
  "platform",
  "sample",
  "replacement",
  "exchange",
  "zero-price",
  "subscription",
  "pre-order",
  "backorder",
  "made-to-order",
  "gift",
  "split",
  "combined",
  "unpaid",
  "on-hold",
  "normal",
] as const;
export type OrderKind = (typeof orderKinds)[number];

/** Kinds whose orders a merchant may keep out of Shopify. The others are ordinary orders with something to know about them. */
export const choosableKinds = [
  "platform",
  "sample",
  "replacement",
  "exchange",
  "zero-price",
  "pre-order",
  "backorder",
  "made-to-order",
  "subscription",
  "test",
] as const satisfies readonly OrderKind[];

/** Kinds a list need not name: the state beside it says so already, or there is nothing to say. */
const UNREMARKABLE = new Set<string>(["normal", "unpaid", "on-hold"]);

type KindFacts = Pick<OrderFacts, "kind" | "status" | "fulfilledBy" | "isSubscription" | "packing" | "money"> & {
  lines: readonly { isGift: boolean }[];
};

/**
 * Every kind an order is of, most telling first, never empty. The channel's own words decide; that a whole shop is there for tests only the
 * merchant knows. Worth nothing to the buyer and none of the reasons known: given away, which is a zero-price order too.
 */
export function kindsOf(facts: KindFacts, shop: { isForTests: boolean }): OrderKind[] {
  const { kind, status } = facts;
  const is: Partial<Record<OrderKind, boolean>> = {
    test: shop.isForTests,
    platform: facts.fulfilledBy === "platform",
    sample: kind === "sample",
    replacement: kind === "replacement",
    exchange: kind === "exchange",
    "zero-price": kind === "zero-price" || (isOrdinary(kind) && isFree(facts)),
    subscription: facts.isSubscription ?? false,
    "pre-order": kind === "pre-order",
    backorder: kind === "backorder",
    "made-to-order": kind === "made-to-order",
    gift: facts.lines.some((line) => line.isGift),
    split: facts.packing === "split",
    combined: facts.packing === "combined",
    unpaid: status === "unpaid",
    "on-hold": status === "on-hold",
  };
  const found = orderKinds.filter((one) => is[one]);
  return found.length > 0 ? found : ["normal"];
}

const isOrdinary = (kind: OrderFacts["kind"]): boolean => kind === "normal" || kind === "other";

/** Nobody pays for it, the platform neither. */
const isFree = ({ money, lines }: KindFacts): boolean =>
  lines.length > 0 &&
  money.totalMinor === 0n &&
  money.platformDiscountMinor === 0n &&
  money.shippingPlatformDiscountMinor === 0n;

/** The kind for which this order is kept out of Shopify; null: it is not. */
export const leftOutKind = (kinds: readonly string[], leaveOut: readonly string[]): string | null =>
  kinds.find((kind) => leaveOut.includes(kind)) ?? null;

/** Kinds worth a badge. */
export const kindsWorthSaying = (kinds: readonly string[]): string[] => kinds.filter((kind) => !UNREMARKABLE.has(kind));
