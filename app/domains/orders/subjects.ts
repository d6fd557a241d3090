/**
 * Subjects of this room's due rows. The plain channel order id means "read this order"; the other kinds of work on an order carry a
 * prefix so that a row that waits (for arming, for a SKU, for the next look) never keeps the order from being read.
 */

export type Subject =
  | { kind: "order"; channelOrderId: string }
  | { kind: "import"; channelOrderId: string }
  | { kind: "count"; channelOrderId: string }
  | { kind: "hold"; channelOrderId: string }
  | { kind: "fulfil"; channelOrderId: string }
  | { kind: "poll"; name: string }
  | { kind: "backfill"; backfillId: string };

const PREFIXES = ["import", "count", "hold", "fulfil"] as const;
const BACKFILL = "backfill:";

export const readSubject = (channelOrderId: string): string => channelOrderId;
export const importSubject = (channelOrderId: string): string => `import:${channelOrderId}`;
/** "Does its hold still stand?" */
export const holdSubject = (channelOrderId: string): string => `hold:${channelOrderId}`;
export const countSubject = (channelOrderId: string): string => `count:${channelOrderId}`;
export const backfillSubject = (backfillId: string): string => `${BACKFILL}${backfillId}`;
/** In the lane `reports`. */
export const referenceSubject = (channelOrderId: string): string => `reference:${channelOrderId}`;
export const fulfilSubject = (channelOrderId: string): string => `fulfil:${channelOrderId}`;
export const pollSubject = (name: string): string => `poll:${name}`;

/** The lease every writer of one order takes, whatever its lane. */
export const orderObject = (channelOrderId: string): string => `order:${channelOrderId}`;

export function parseSubject(subject: string): Subject {
  if (subject.startsWith("poll:")) return { kind: "poll", name: subject.slice("poll:".length) };
  if (subject.startsWith(BACKFILL)) return { kind: "backfill", backfillId: subject.slice(BACKFILL.length) };
  for (const kind of PREFIXES) {
    if (subject.startsWith(`${kind}:`)) return { kind, channelOrderId: subject.slice(kind.length + 1) };
  }
  return { kind: "order", channelOrderId: subject };
}
