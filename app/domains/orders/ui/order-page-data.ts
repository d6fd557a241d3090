import type { Side } from "../timeline.ts";
import type { AfterSalesShown } from "./after-sales-data.ts";
import type { ImportShown } from "./orders-data.ts";

/** A problem of this order with the one thing to do about it here. */
export interface OrderProblemShown {
  key: string;
  title: string;
  meaning: string;
  affected: string;
  since: string;
  tone: "critical" | "warning" | "info";
  toneLabel: string;
  label: string;
  /** Null: the page itself does it, by looking again. */
  url: string | null;
  target: "_top" | "_blank" | null;
}

/** Units of one kind, bought at one price. */
export interface OrderLineShown {
  key: string;
  title: string;
  sku: string | null;
  each: string;
  /** The page of the listing it is linked to; null: it is linked to nothing. */
  url: string | null;
  notes: string[];
}

export interface MomentShown {
  key: string;
  at: string;
  side: Side;
  sentence: string;
  actor: string;
}

/** One order as its page shows it: every text, time and amount is final. */
export interface OrderPageShown {
  id: string;
  title: string;
  placed: string;
  /** What is due first, how much time is left, and when. */
  deadline: { text: string; tone: "critical" | "caution" | null; at: string } | null;
  /** "TikTok Shop cancels it by itself …" */
  cancels: string | null;
  channelLabel: string;
  /** What it is besides an ordinary order, in a word each. */
  kinds: string[];
  /** Shown only: it can be asked for. */
  mayBeAskedFor: boolean;
  shopify: ImportShown;
  now: { text: string; tone: "success" | "info" | "warning" | "critical"; next: string | null };
  notes: string[];
  problems: OrderProblemShown[];
  /** The channel does not know a parcel's carrier: whose, and what it takes. */
  carriers: { companies: { company: string; label: string }[]; options: { value: string; label: string }[] } | null;
  /** Packages whose labels the platform makes. */
  labelledPackages: string[];
  lines: OrderLineShown[];
  money: { label: string; amount: string; isStrong: boolean }[];
  /** The amounts do not add up, and by how much. */
  difference: string | null;
  /** What the estimate of the fee counts on, or why there is none. */
  moneyNote: string;
  buyer: { lines: string[]; note: string };
  afterSales: AfterSalesShown;
  /** The shop's own words, and who wrote them. */
  note: { text: string; by: string | null };
  /** "Reviewed Nov 24, 07:58 by …"; null: not yet. */
  reviewed: string | null;
  channelOrderId: string;
  /** Why it cannot be fulfilled from here; null: it can. */
  fulfilmentRefusal: string | null;
  channelUrl: string;
  shopifyOrder: { name: string; url: string } | null;
  zone: string;
  timeline: MomentShown[];
  /** Something is under way: the page looks often. */
  isMoving: boolean;
}
