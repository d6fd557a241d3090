import type { ListingStatus } from "../model.ts";

/** What is said of one finding: sentence and next step in final words. */
export interface FindingShown {
  code: string;
  sentence: string;
  /** Null: nothing is left to do. */
  nextStep: string | null;
  blocks: boolean;
  defaultOffered: boolean;
}

/** One row of the product table. */
export interface ListingShown {
  id: string;
  productId: string;
  title: string;
  pictureUrl: string | null;
  variants: number;
  status: ListingStatus;
  isSent: boolean;
  needsDefaults: boolean;
  /** A default is among what waits, not only a question. */
  offersDefaults: boolean;
  findings: FindingShown[];
}

/** A question that several products share, with our proposal, in final words. */
export interface ChoiceShown {
  key: string;
  name: string;
  value: string;
  productType: string;
  question: string;
  action: string;
}

/** What sending would do, in final words. */
export interface PlanShown {
  sendable: number;
  refused: number;
  /** Products whose defaults wait for a yes. */
  needsDefaults: number;
  /** Products are being checked: the numbers are not final. */
  isChecking: boolean;
  lines: string[];
  /** What a yes to the defaults agrees to, by value. */
  defaults: string[];
  /** "and 7 more"; null: these are all. */
  moreDefaults: string | null;
  reasons: { code: string; sentence: string; count: number }[];
  /** Products by name, the first of each group. */
  groups: PlanGroupShown[];
}

export interface PlanGroupShown {
  id: "goes" | "waits" | "cannot";
  title: string;
  products: { id: string; title: string; what: string }[];
  /** "and 37 more"; null: these are all. */
  more: string | null;
}

/** A bulk run under way. */
export interface ProgressShown {
  isRunning: boolean;
  title: string;
  done: number;
  total: number;
  percent: number;
  /** Null: not known yet. */
  rate: string | null;
  timeLeft: string | null;
  failures: number;
}
