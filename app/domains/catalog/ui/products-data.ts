import type { ListingStatus } from "../model.ts";

/** What is said of one finding: sentence and next step in final words. */
export interface FindingShown {
  code: string;
  sentence: string;
  nextStep: string;
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
  findings: FindingShown[];
}

/** A question that several products share, with our proposal, in final words. */
export interface ChoiceShown {
  key: string;
  attributeId: string;
  valueId: string;
  productType: string;
  question: string;
  action: string;
}

/** What sending would do, in final words. */
export interface PlanShown {
  sendable: number;
  refused: number;
  needsDefaults: number;
  lines: string[];
  reasons: { code: string; sentence: string; count: number }[];
}

/** A bulk run under way. */
export interface ProgressShown {
  isRunning: boolean;
  title: string;
  done: number;
  total: number;
  percent: number;
  rate: string;
  timeLeft: string | null;
  failures: number;
}
