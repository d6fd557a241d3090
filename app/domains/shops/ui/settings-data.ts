import type { ConnectionShown } from "./home-data.ts";
import type { NoticeShown } from "./notice-data.ts";

/** A connection as the Settings screen shows it; times are texts already. */
export interface ConnectionSettingsShown extends ConnectionShown {
  pausedAt: string | null;
  stoppedAt: string | null;
  isEnding: boolean;
  /** What its state means; null: nothing out of the ordinary. */
  notice: NoticeShown | null;
  consentUntil: string | null;
  /** live, in review, off sale only because selling is stopped, refused to be taken off. */
  selling: { live: number; inReview: number; off: number; refused: number };
  openOrders: { toShip: number; untold: number; notHome: number; shipBy: string | null };
}

/** A connection the merchant ended. */
export interface FormerConnectionShown {
  id: string;
  name: string;
  endedAt: string;
}

/** The question a button asks before it acts. */
export type Question = "pause" | "stop" | "resumeSelling" | "disconnect";
export type Submit = (form: Record<string, string | string[]>) => void;
