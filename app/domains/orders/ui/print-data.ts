/** What is printed; every text is final. */
export type SheetShown = PickSheet | SlipSheet;

interface Sheet {
  /** Orders on it. */
  count: number;
  /** "2 orders are cancelled and left out." */
  leftOut: string | null;
}

export interface PickSheet extends Sheet {
  kind: "pick";
  lead: string;
  rows: { key: string; quantity: number; title: string; sku: string; orders: string }[];
}

export interface SlipSheet extends Sheet {
  kind: "slips";
  slips: SlipShown[];
}

export interface SlipShown {
  id: string;
  shop: string;
  title: string;
  numbers: string[];
  /** Empty: why there is none stands in `noAddress`. */
  address: string[];
  noAddress: string | null;
  rows: { key: string; quantity: number; title: string; sku: string }[];
  message: string | null;
}
