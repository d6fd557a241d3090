import type { Tx } from "../db.server.ts";
import type { Logger } from "../log.server.ts";

/** Whose work a row is. Scopes take turns; nothing of one scope waits for another. */
export type Scope = `shop:${string}` | `grant:${string}` | `connection:${string}`;

export interface LaneDefinition {
  name: string;
  /** Lower = more harmful when late. */
  order: number;
  /** How soon a lost wake-up is made up for. */
  sweepEveryMs: number;
  /** Drains of this lane at once in one process. */
  concurrency: number;
  /** While a process has more to do than it can, it gives way to lanes that may not, for a second or two. Default false. */
  mayWait?: boolean;
  /** False: nothing of this scope may be worked now; its rows stay due. */
  gate(scope: Scope): Promise<boolean>;
}

/** Something has to be done about a subject. Nothing else of the moment is kept: whoever works it fetches the truth then. */
export interface Want {
  lane: string;
  scope: Scope;
  subject: string;
  /** The channel product or order the work will touch: rows of one object are worked together and by nobody else at the time. */
  object?: string;
  /** Not before then. A later look does not replace what is wanted already: both happen. Default: now. */
  dueAt?: Date;
  /**
   * Now, but it may wait for so long, for what else will be wanted of the row: one working then does for all of it. What is wanted at once
   * meanwhile takes it along; else the lane's next sweep after that time finds it, and nobody is woken for it.
   */
  withinMs?: number;
  /** Higher goes first within the lane and scope. Default 0. */
  urgency?: number;
  /** Newest time of the other side known for it. */
  seenAt?: Date;
}

/** A row this process may work on until its lease ends. */
export interface Claim {
  readonly lane: string;
  readonly scope: Scope;
  readonly subject: string;
  readonly object: string | null;
  /** What was wanted when it was claimed; only this much is done at the end. */
  readonly version: bigint;
  readonly token: string;
  readonly newestSeenAt: Date | null;
  /** Claims since the last end, this one included. */
  readonly attempts: number;
  /** Failures since the last success. */
  readonly failures: number;
  readonly urgency: number;
  /** The holder before us never came to an end: what it sent may still land. The engine has the row worked once more after that. */
  readonly takenOver: boolean;
  /** Since when it is wanted. */
  readonly wantedAt: Date;
  readonly claimedAt: Date;
}

export type Ending =
  /** What was wanted at the claim is done. `recheckAt`: work it once more then, whatever happens in between. */
  | { kind: "done"; recheckAt?: Date }
  /** Not now. `at` given: exactly then, not counted as a failure; else a back-off that grows. */
  | { kind: "later"; at?: Date; reason: string; recheckAt?: Date }
  /** Nothing can be done until somebody raises `for` ("merchant", "sku:…", "armed:orders"), or until the slow look at `recheckAt` (default an hour). */
  | { kind: "waits"; for: string; reason: string; recheckAt?: Date };

export interface DrainContext {
  /**
   * Ends a row. False: the lease is no longer ours and nothing was changed. Inside a transaction of the engine's (`change`) the row is
   * ended last of all, and a lost lease throws `LeaseLost` there, so that the caller's own change is rolled back with it. Ends of
   * one moment are sent together.
   */
  end(claim: Claim, ending: Ending, tx?: Tx): Promise<boolean>;
  /** Ends a row by the family of its error, as the engine does with an error that leaves the drain. */
  fail(claim: Claim, error: unknown): Promise<boolean>;
  /**
   * Asks, right before a send, whether the row and its object are still ours and the lane's gate is still open, and lengthens the lease
   * when it runs low. False: send nothing and leave the row; the engine gives it back.
   */
  holds(claim: Claim): Promise<boolean>;
  /** Stop soon: the process ends or the turn took far too long. Rows not ended are given back. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  now(): Date;
}

/**
 * The work of one lane. `drain` gets a bounded batch of one scope and ends every row of it. What it throws ends the rows not ended
 * yet: `BudgetClosed` → due again when the budget opens; a `CallError` by its family; anything else → back-off, and the rows are
 * worked one by one from then on.
 */
export interface Work {
  lane: string;
  batchSize: number;
  /** How many rows the drain works beside each other: a smaller batch would end no sooner. Default 1. */
  atOnce?: number;
  /** At least four times the deadline of the lane's calls. Default 40 s (10 s deadline). */
  leaseMs?: number;
  drain(claims: Claim[], context: DrainContext): Promise<void>;
}

export interface ParkedRow {
  lane: string;
  scope: Scope;
  subject: string;
  object: string | null;
  attempts: number;
}

export interface WakeUp {
  lane: string;
  scope: Scope;
  /** The same wake-up has the same id: it need not be stored twice. */
  id: string;
}

/** Puts wake-ups where job hosts hear of them. May fail: a sweep makes up for it. */
export type Waker = (wakeUps: WakeUp[]) => Promise<void>;

export interface BacklogLine {
  lane: string;
  /** Rows that could be worked now, those being worked included. */
  due: number;
  /** Rows that wait for somebody or something. */
  waiting: number;
  parked: number;
  doneLastMinute: number;
  /** Age of the oldest due row. */
  oldestMs: number | null;
  ratePerSecond: number;
  /** At the present rate; null: unknown. */
  timeLeftMs: number | null;
}

/** Rows that were wanted together. */
export interface Run {
  /** Not done yet; nothing runs when it is 0. */
  left: number;
  total: number;
}

/** How many calls a budget allows when nothing better has been learned. */
export interface BudgetProfile {
  perSecond: number;
  burst: number;
  dailyCap?: number;
  /** What lanes leave for people's clicks. Default: a tenth of the burst. */
  reserve?: number;
  /** The other side counts calls in a time that slides, and takes no more than these in it. */
  window?: BudgetWindow;
}

export interface BudgetWindow {
  most: number;
  ms: number;
}

export interface Budgets {
  /** Takes from the budget or throws `BudgetClosed` with the time to come back; never waits. Within a drain the lane's rank and share count. */
  take(key: string, profile: BudgetProfile, cost?: number): Promise<void>;
  /** Nobody takes from it until then (a 429, a quota code). */
  close(key: string, until: Date, reason: string): Promise<void>;
  /** What the other side's answer said about the budget. It replaces our own reckoning. */
  learn(key: string, seen: BudgetNews): Promise<void>;
  /** The sliding time that binds this budget now, and when calls were let through in it, the oldest first. Null: none binds it. */
  look(key: string, profile: BudgetProfile): Promise<(BudgetWindow & { lately: Date[] }) | null>;
}

export interface BudgetNews {
  available?: number;
  perSecond?: number;
  burst?: number;
  /** For a side that publishes no figures: the shared rate times a factor, kept between two bounds; the burst is half a second of it. */
  times?: { factor: number; least: number; most: number };
  /** It refused because of a sliding time we did not know of, or that others fill too: that holds for `forMs`, and is full now. */
  window?: BudgetWindow & { forMs: number };
}

/** The lease of a call's deadline: four of them, so that a call begun under a lease is over long before somebody else may begin. */
export const DEFAULT_LEASE_MS = 40_000;
/** How long after the end of a call's deadline its effect may still appear, and some more. */
export const LATE_EFFECT_MARGIN_MS = 30_000;
/** What a parked row waits for; raise it to have the row tried again. */
export const PARKED = "parked";
