import type { BackfillState } from "../model.ts";

/** One range of older orders as the page shows it: every text is final. */
export interface BackfillShown {
  id: string;
  range: string;
  shop: string;
  state: BackfillState;
  /** While it is read: how far, in words and as a part of one. */
  progress: { text: string; share: number } | null;
  counts: string[];
  /** Orders that can be brought now. */
  askable: number;
  /** Some of its orders are parked. */
  needsMe: boolean;
  /** Something of it is under way. */
  isMoving: boolean;
}
