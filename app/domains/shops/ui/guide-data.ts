import type { ReadinessItem } from "../model.ts";
import type { PlanInNumbers } from "./home-data.ts";

export const guideSteps = ["connect", "ready", "stock", "pick", "try", "arm"] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What is so, and the page of it. */
export interface SaidShown {
  text: string;
  link: { label: string; url: string } | null;
}

/** The set-up guide: which steps are done in truth, and what the next one needs. */
export interface GuideShown {
  connectionId: string | null;
  done: GuideStep[];
  /** The first that is not done; null: all are. */
  next: GuideStep | null;
  failing: ReadinessItem[];
  isChecked: boolean;
  picked: number;
  trial: { wanted: number; sent: number; pending: number; live: number; sendable: number; queued: number };
  /** Products go out as soon as they are sent. */
  isListingOn: boolean;
  plan: PlanInNumbers;
  /** What was chosen in the steps that are done, in final words, and where it can be seen or changed. */
  said: Partial<Record<GuideStep, SaidShown>>;
}
