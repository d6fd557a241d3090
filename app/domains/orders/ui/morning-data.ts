/** What stands above the order list; every text, time and amount is final. */
export interface MorningShown {
  title: string;
  figures: { orders: string; money: FigureShown[] };
  /** What the estimate of the fees counts on. */
  assumption: string;
  needs: NeedShown[];
  /** How many orders need somebody in all. */
  needsMe: number;
  standing: StandingShown[];
  fees: FeeShown[];
}

export interface FigureShown {
  currency: string;
  buyers: string;
  platform: string;
  fees: string;
  get: string;
}

/** One order that needs somebody, with the most important cause. */
export interface NeedShown {
  id: string;
  title: string;
  meaning: string;
  tone: "critical" | "warning" | "info";
  toneLabel: string;
  /** "and 1 thing more" */
  more: string | null;
  due: { text: string; tone: "critical" | "caution" | null } | null;
  url: string;
  /** No address: looking again helps. */
  action: { label: string; url: string | null; target: "_top" | "_blank" | null };
}

export interface StandingShown {
  id: string;
  title: string;
  toShip: string;
  /** How long holds took; null: nothing was held lately. */
  held: string | null;
  rates: RateShown[];
  note: string;
}

export interface RateShown {
  id: "late" | "cancelled";
  title: string;
  tone: "success" | "warning" | "critical" | "info";
  toneLabel: string;
  now: string;
  predicted: string | null;
  limit: string;
  /** The list of the orders behind it; null: there are none. */
  url: string | null;
}

/** The fee of one connection, as its form shows it. */
export interface FeeShown {
  connectionId: string;
  name: string;
  /** Empty: what the channel publishes. */
  percent: string;
  help: string;
}
