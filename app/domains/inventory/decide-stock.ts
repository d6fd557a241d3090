/** What is known of one unit on the channel. */
export interface Known {
  /** The number last acknowledged; null: never, or nobody knows any more. */
  pushed: number | null;
  pushedAt: Date | null;
  /** Units bought since, less those given back, as far as we know. */
  soldSincePush: number;
  /** A push whose answer was lost may land until then. */
  uncertainUntil: Date | null;
  /** Units the channel sold that no known order explains. */
  unexplained: number;
  unexplainedSince: Date | null;
  verifyAt: Date | null;
}

export type Decision =
  | { kind: "nothing" }
  /** Known orders explain the channel's number exactly: it is right already; read it back at that time. */
  | { kind: "trust"; verifyAt: Date }
  /** Send it now, without asking anybody. */
  | { kind: "push"; quantity: number }
  /** Ask the channel first. */
  | { kind: "look" }
  /** The number wanted is too low by units counted twice at this moment, perhaps by all of the difference: decide when they are home. */
  | { kind: "wait" };

const VERIFY_AFTER_MS = 60_000;
/** How long the channel's missing units are kept back while their orders have not shown up. */
const UNEXPLAINED_KEPT_MS = 5 * 60_000;

/** The number the channel should show as sellable: it lowers its own with every order. Null: nobody knows. */
export const expectedOf = ({ pushed, soldSincePush }: Known): number | null =>
  pushed === null ? null : pushed - soldSincePush;

/** Units still kept back because no order explains them. */
export function keptBack({ unexplained, unexplainedSince }: Known, now: Date): number {
  const isOver = unexplainedSince === null || now.getTime() - unexplainedSince.getTime() >= UNEXPLAINED_KEPT_MS;
  return isOver ? 0 : unexplained;
}

/**
 * A decrease goes out at once, an increase only after a look at the channel. Where the channel has lowered its own number by orders we
 * know, sending the same number again would undo whatever it sold in the meantime: nothing is sent. While orders are on their way home
 * the number wanted dips for moments (their units count twice), and more orders are likely that we do not know yet: what is below the
 * number we expect may be above the one the channel shows. So a decrease, too, looks first, and one that the units counted twice explain
 * waits until they are home: a number sent in the middle of a rush can only give back what is being bought.
 */
export function decideStock(input: {
  wanted: number;
  known: Known;
  /** Orders are on their way home. */
  hasWaiting: boolean;
  /** Units whose order is just being made in Shopify, so that they may be missing from its number and waiting as well. */
  maybeTwice: number;
  isTakenOver: boolean;
  marginMs: number;
  now: Date;
}): Decision {
  const { known, hasWaiting, maybeTwice, isTakenOver, marginMs, now } = input;
  const wanted = Math.max(0, input.wanted - keptBack(known, now));
  const expected = expectedOf(known);
  if (isTakenOver) return { kind: "push", quantity: wanted };
  if (known.uncertainUntil) {
    const lostAt = known.uncertainUntil.getTime() - marginMs;
    const isAnsweredSince = known.pushedAt !== null && known.pushedAt.getTime() > lostAt;
    if (!isAnsweredSince) return { kind: "push", quantity: wanted };
    // the old call may have landed after the newer one
    if (now >= known.uncertainUntil) return { kind: "look" };
  }
  if (expected === null || wanted > expected) return { kind: "look" };
  if (wanted < expected && expected - wanted <= maybeTwice) return { kind: "wait" };
  if (wanted < expected) return hasWaiting ? { kind: "look" } : { kind: "push", quantity: wanted };
  if (known.soldSincePush === 0) return { kind: "nothing" };
  if (known.verifyAt === null) return { kind: "trust", verifyAt: new Date(now.getTime() + VERIFY_AFTER_MS) };
  return now >= known.verifyAt ? { kind: "look" } : { kind: "nothing" };
}

export type Judgement =
  /** The channel shows the right number: that is as good as an acknowledgement. */
  | { kind: "adopt" }
  | { kind: "push"; quantity: number; unexplained: number }
  /** Right but for units that nobody can explain yet or that count twice at this moment; look again soon. */
  | { kind: "keep"; unexplained: number }
  /** Orders we do not know exist: read them, then judge again. */
  | { kind: "investigate" };

/**
 * What the channel's own number means. `hasInvestigated`: the orders were just read, so what is still missing stays kept back for a
 * while instead of being offered a second time.
 */
export function judgeReading(input: {
  read: number;
  wanted: number;
  known: Known;
  maybeTwice: number;
  hasInvestigated: boolean;
  now: Date;
}): Judgement {
  const { read, wanted, known, maybeTwice, hasInvestigated, now } = input;
  const expected = expectedOf(known);
  if (read === wanted && known.unexplained === 0) return { kind: "adopt" };
  const kept = keptBack(known, now);
  if (wanted < read && read - wanted <= maybeTwice) return { kind: "keep", unexplained: kept };
  if (expected !== null && read === expected && kept === 0) return { kind: "push", quantity: wanted, unexplained: 0 };
  if (!hasInvestigated) return { kind: "investigate" };
  if (read === wanted) return { kind: "adopt" };
  if (expected === null) return { kind: "push", quantity: wanted, unexplained: 0 };
  const isGivenUp = known.unexplained > 0 && kept === 0;
  const missing = isGivenUp ? 0 : kept + Math.max(0, expected - read);
  // nothing is raised that is to be lowered, until nobody expects an order for the missing units any more
  if (!isGivenUp && wanted < expected && wanted >= read) return { kind: "keep", unexplained: missing };
  const quantity = Math.max(0, wanted - missing);
  return quantity === read ? { kind: "keep", unexplained: missing } : { kind: "push", quantity, unexplained: missing };
}
