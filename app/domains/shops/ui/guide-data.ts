import type { ReadinessItem } from "../model.ts";

export const guideSteps = ["connect", "ready", "stock", "pick", "try", "arm"] as const;
export type GuideStep = (typeof guideSteps)[number];

/** The set-up guide: which steps are done in truth, and what the next one needs. */
export interface GuideShown {
  connectionId: string | null;
  done: GuideStep[];
  /** The first that is not done; null: all are. */
  next: GuideStep | null;
  failing: ReadinessItem[];
  isChecked: boolean;
  picked: number;
  trial: { wanted: number; sent: number; pending: number; live: number; sendable: number };
  plan: { wouldList: number; refused: number };
}
