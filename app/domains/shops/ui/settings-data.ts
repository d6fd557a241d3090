import type { ImportingSettings } from "../model.ts";
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
  importing: ImportingSettings;
  /** exchangeRate: what one unit of the connection's currency is worth; "" where nobody said. */
  buyerMoney: { customerPolicy: "guest" | "email"; shopCurrency: string; exchangeRate: string };
  /** What becomes of goods that came back. */
  restockReturns: "ask" | "restock" | "leave";
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
