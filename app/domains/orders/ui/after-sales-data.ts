import type { BadgeProps } from "@shopify/polaris";

/** A cancellation or a return as the order's page shows it: every text is final. */
export interface AfterSaleShown {
  /** The channel's id of it. */
  key: string;
  title: string;
  state: { label: string; tone: BadgeProps["tone"] | null };
  /** What it is about, and what happens, or happened, to stock and money. */
  lines: string[];
  until: { text: string; isNear: boolean } | null;
  /** The seller can answer it here. */
  isAsking: boolean;
  /** Somebody must say what becomes of the goods. */
  restock: { question: string; units: { id: string; title: string }[] } | null;
}

export interface AfterSalesShown {
  items: AfterSaleShown[];
  /** What is being told to the channel, or Shopify, right now. */
  underWay: string[];
  /** The seller may ask whether it can still be cancelled. */
  mayCancel: boolean;
  /** Why nothing is written at the moment; null: it is. */
  pausedNote: string | null;
}

/** One thing that may be decided, as the channel says right now. */
export interface ChoiceShown {
  kind: string;
  requestId: string;
  label: string;
  /** What happens to stock and money. */
  effect: string;
  isRefusal: boolean;
  /** To choose from; empty: none is needed. */
  reasons: { code: string; text: string; allowsPart: boolean }[];
  /** Units to choose from; empty: it is about all of them. */
  units: { id: string; title: string }[];
  /** An amount is asked for, in this currency. */
  amountIn: string | null;
}

/** What may be decided about one order. */
export interface ChoicesShown {
  choices: ChoiceShown[];
  /** Why there is nothing to decide, or the channel could not be asked. */
  note: string | null;
}
