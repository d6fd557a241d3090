/** A buyer's request as the page shows it: every text is final. */
export interface BuyerRequestShown {
  id: string;
  title: string;
  at: string;
  state: { label: string; tone: "info" | "attention" | "critical" | "success" };
  lines: string[];
  /** The file can be fetched. */
  canBeFetched: boolean;
  fileName: string;
}

/** One row of what is kept. */
export interface KeptShown {
  what: string;
  why: string;
  long: string;
}
