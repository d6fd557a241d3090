/** Words of the room safe for browser and server: what of a buyer is kept, what for, and how long after what. The one place that decides it. */

const DAY_MS = 24 * 3_600_000;

/**
 * over: the order was delivered, completed or cancelled, counted from the last thing the channel told of it · asked: the request came ·
 * closed: the problem was closed · received: the delivery came.
 */
export type KeptAfter = "over" | "asked" | "closed" | "received";

export interface Kept {
  /** What is kept; its words are in the locale files, under `privacy.kept`. */
  what: "address" | "buyer" | "papers" | "request" | "problems" | "deliveries";
  days: number;
  after: KeptAfter;
}

/** How much of a buyer was erased of an order: the rungs an order goes down, one after the other. */
export const ERASED = { nothing: 0, address: 1, buyer: 2, papers: 3 } as const;

/**
 * address: street, postcode, phone, e-mail, the buyer's message: to pack and ship (TikTok Shop fact: kept only until the shipment is done;
 * the channel hides them itself 30 days after the end) · buyer: name and town: to know whose return it is · papers: the shop's note, what was
 * written to the channel, reasons of cancellations and returns, numbers of parcels: to prove what was sent and answered · request: what a
 * buyer asked for; Shopify fact §17: answered within 30 days.
 */
export const KEPT: readonly Kept[] = [
  { what: "address", days: 30, after: "over" },
  { what: "buyer", days: 90, after: "over" },
  { what: "papers", days: 180, after: "over" },
  { what: "request", days: 60, after: "asked" },
  { what: "problems", days: 30, after: "closed" },
  { what: "deliveries", days: 30, after: "received" },
];

/** Shopify fact §17: a request must be answered within this time. */
export const ANSWER_WITHIN_DAYS = 30;
/** From then on an unanswered request is urgent. */
export const ANSWER_SOON_DAYS = 7;

/** An order the channel never brings to an end, or that never came home, counts as over once nothing was told of it for so long. */
const SILENT_DAYS = 150;

/** Whatever was kept before this may go. */
export const keptUntil = (what: Kept["what"], now: Date): Date => {
  const kept = KEPT.find((one) => one.what === what);
  if (!kept) throw new RangeError(`nothing is said of ${what}`);
  return new Date(now.getTime() - kept.days * DAY_MS);
};

/** When it goes what was asked for or closed then. */
export const goesAt = (what: Kept["what"], since: Date): Date =>
  new Date(since.getTime() + since.getTime() - keptUntil(what, since).getTime());

export interface AgingOrder {
  status: string;
  importState: string;
  /** The last thing the channel told of it. */
  updateTime: Date;
  erased: number;
}

const ENDED: readonly string[] = ["delivered", "completed", "cancelled"];
const SETTLED: readonly string[] = ["done", "shown"];

/** An order the channel and we are through with. */
export const isOver = ({ status, importState }: Pick<AgingOrder, "status" | "importState">): boolean =>
  ENDED.includes(status) && SETTLED.includes(importState);

/** How much of an order's buyer is to be erased by now; never less than was. */
export function erasedBy(order: AgingOrder, now: Date): number {
  const silentMs = isOver(order) ? 0 : SILENT_DAYS * DAY_MS;
  const since = new Date(order.updateTime.getTime() + silentMs);
  const rungs = (["address", "buyer", "papers"] as const).filter((what) => since <= keptUntil(what, now));
  return Math.max(order.erased, ...rungs.map((what) => ERASED[what]));
}

/** Words of the conditions above for a query; `erasedBy` has the last word on what it finds. */
export const AGING = { ended: ENDED, settled: SETTLED, silentMs: SILENT_DAYS * DAY_MS } as const;
