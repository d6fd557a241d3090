/**
 * The pure rules of a shared budget: a token bucket that several processes and lanes take slices from. Three promises: never more
 * than the rate allows; a more important lane goes first while it is in want; and a less important lane in want still gets a share.
 */
import type { BudgetNews, BudgetProfile, BudgetWindow } from "./model.ts";

/** What is stored of a budget; times are epoch milliseconds. */
export interface BudgetState {
  tokens: number;
  at: number;
  /** Learned from answers; the caller's profile holds where nothing was learned. */
  perSecond?: number;
  burst?: number;
  closedUntil?: number;
  closedFor?: string;
  day?: { day: number; used: number };
  /** Learned from a refusal; the caller's profile holds where nothing was learned. */
  window?: BudgetWindow & { until: number };
  /** When calls were let through in the sliding time, the oldest first. */
  recent?: number[];
  /** Lanes that were turned away lately: until when that counts, their rank, and what they were saved meanwhile. */
  hungry: Record<string, { order: number; until: number; saved: number }>;
}

/** Who asks. Somebody waiting at a screen has no lane and may use the reserve. */
export interface Asker {
  lane: string;
  order: number;
}

export interface Grant {
  state: BudgetState;
  /** Tokens leased to the asker; 0: turned away until `retryAt`. */
  granted: number;
  /** There is plenty, and so little was leased that it may lie unused for a while: all lanes' slices together are no more than the reserve. */
  isSmall: boolean;
  retryAt: number;
  reason?: string;
}

/** Kept back from lanes for people's clicks. */
const RESERVE = 0.1;
/** Of everything granted while a lane is turned away, this part is saved for it. */
const SHARE = 0.1;
const HUNGRY_MS = 2_000;
/** Where there is plenty, this part of it is leased at once. */
const PLENTY = 0.02;
/** Whoever was turned away comes back when so much is there. */
const WORTH_SECONDS = 0.5;
const DAY_MS = 86_400_000;

export const openBudget = (profile: BudgetProfile, now: number): BudgetState => ({
  tokens: profile.burst,
  at: now,
  hungry: {},
});

/** Asks for `cost`, and for up to `slice` so that the next ones need not ask. Returns the new state; the old one is not changed. */
export function grantFrom(
  before: BudgetState,
  profile: BudgetProfile,
  ask: { cost: number; slice: number; by: Asker | null; now: number },
): Grant {
  const state = refill(before, profile, ask.now);
  const rate = state.perSecond ?? profile.perSecond;
  const burst = Math.max(state.burst ?? profile.burst, ask.cost);
  const turnAway = (retryAt: number, reason: string): Grant => {
    const since = ask.by && state.hungry[ask.by.lane];
    if (ask.by) {
      const saved = since && since.until > ask.now ? since.saved : 0;
      const until = Math.max(retryAt, ask.now) + HUNGRY_MS;
      state.hungry = { ...state.hungry, [ask.by.lane]: { order: ask.by.order, until, saved } };
    }
    return { state, granted: 0, isSmall: false, retryAt: Math.ceil(Math.max(retryAt, ask.now + 1)), reason };
  };

  if (state.closedUntil && state.closedUntil > ask.now) return turnAway(state.closedUntil, state.closedFor ?? "closed");
  const used = state.day?.used ?? 0;
  if (profile.dailyCap !== undefined && used + ask.cost > profile.dailyCap) {
    return turnAway((Math.floor(ask.now / DAY_MS) + 1) * DAY_MS, "daily cap");
  }
  const window = windowOf(state, profile, ask.now);
  const recent = window ? recentIn(state, window, ask.now) : [];
  if (window && recent.length + ask.cost > window.most) {
    const leaves = recent[recent.length + ask.cost - window.most - 1] ?? ask.now;
    return turnAway(leaves + window.ms, "so many in a time");
  }
  const free = freeFor(state, burst, profile.reserve ?? Math.floor(burst * RESERVE), ask);
  if (free < ask.cost) {
    // come back when it is worth it, not for each single token; a small burst must not run over meanwhile
    const worth = Math.max(ask.cost, ask.slice, Math.min(rate * WORTH_SECONDS, burst / 4));
    const missing = Math.min(worth - free, burst);
    return turnAway(ask.now + (Math.max(missing, 0) / rate) * 1000, "used up");
  }
  const room = profile.dailyCap === undefined ? Infinity : profile.dailyCap - used;
  // calls of a sliding time are counted when they are made, so none is leased ahead
  const slice = window ? ask.cost : Math.max(ask.slice, Math.floor(free * PLENTY));
  const granted = Math.max(ask.cost, Math.min(slice, Math.floor(free), room));
  if (window) state.recent = [...recent, ...Array<number>(granted).fill(ask.now)];
  state.tokens -= granted;
  if (state.day) state.day = { ...state.day, used: used + granted };
  state.hungry = shareOut(state.hungry, ask.by, granted);
  return { state, granted, isSmall: state.tokens > burst / 2 && granted <= burst * PLENTY, retryAt: ask.now };
}

/** The sliding time that binds the budget now. Null: none. */
export function windowOf(state: BudgetState, profile: BudgetProfile, now: number): BudgetWindow | null {
  return state.window && state.window.until > now ? state.window : (profile.window ?? null);
}

/** When calls were let through that still count. */
export const recentIn = (state: BudgetState, window: BudgetWindow, now: number): number[] =>
  (state.recent ?? []).filter((at) => at > now - window.ms);

/** Tokens that have come in since, the day that has begun, lanes that no longer ask. */
function refill(before: BudgetState, profile: BudgetProfile, now: number): BudgetState {
  const rate = before.perSecond ?? profile.perSecond;
  const burst = before.burst ?? profile.burst;
  const elapsed = Math.max(0, now - before.at) / 1000;
  const day = Math.floor(now / DAY_MS);
  return {
    ...before,
    tokens: Math.max(before.tokens, Math.min(burst, before.tokens + elapsed * rate)),
    at: Math.max(before.at, now),
    day: before.day?.day === day ? before.day : { day, used: 0 },
    hungry: Object.fromEntries(Object.entries(before.hungry).filter(([, lane]) => lane.until > now)),
  };
}

/** What this asker may take: all but the reserve, what is saved for others, and everything while a more important lane is in want. */
function freeFor(state: BudgetState, burst: number, kept: number, ask: { cost: number; by: Asker | null }): number {
  const { by } = ask;
  if (!by) return state.tokens;
  const reserve = Math.min(kept, Math.max(0, burst - ask.cost));
  const mine = state.hungry[by.lane]?.saved ?? 0;
  const others = Object.entries(state.hungry).filter(([lane]) => lane !== by.lane);
  const savedForOthers = others.reduce((sum, [, lane]) => sum + lane.saved, 0);
  const isOutranked = others.some(([, lane]) => lane.order < by.order);
  const open = Math.max(0, state.tokens - reserve - savedForOthers);
  return isOutranked ? Math.min(mine, open) : open;
}

/** The asker is no longer in want; of what it got, every lane still in want is saved a part. */
function shareOut(hungry: BudgetState["hungry"], by: Asker | null, granted: number): BudgetState["hungry"] {
  return Object.fromEntries(
    Object.entries(hungry).flatMap(([lane, waiting]) => {
      if (lane !== by?.lane) return [[lane, { ...waiting, saved: waiting.saved + granted * SHARE }]];
      const saved = Math.max(0, waiting.saved - granted);
      return saved > 0 ? [[lane, { ...waiting, saved }]] : [];
    }),
  );
}

export const closeBudget = (before: BudgetState, until: number, reason: string): BudgetState =>
  (before.closedUntil ?? 0) >= until ? before : { ...before, closedUntil: until, closedFor: reason };

/** What an answer said. `outstanding`: tokens leased by this process and not used yet: they are still to come off. */
export function learnBudget(
  before: BudgetState,
  seen: BudgetNews,
  outstanding: number,
  now: number,
  profile: BudgetProfile,
): BudgetState {
  return {
    ...before,
    ...(seen.times ? scaledRate(before.perSecond ?? profile.perSecond, seen.times) : {}),
    ...(seen.window ? fullWindow(seen.window, now) : {}),
    ...(seen.perSecond ? { perSecond: seen.perSecond } : {}),
    ...(seen.burst ? { burst: seen.burst } : {}),
    ...(seen.available === undefined ? {} : { tokens: Math.max(0, seen.available - outstanding), at: now }),
  };
}

/** It is not known when the calls were made that fill it: they are taken to be spread evenly, so that trying begins early and gently. */
function fullWindow(
  { most, ms, forMs }: NonNullable<BudgetNews["window"]>,
  now: number,
): Pick<BudgetState, "window" | "recent"> {
  const recent = Array.from({ length: most }, (_, n) => now - ms + ((n + 1) * ms) / most);
  return { window: { most, ms, until: now + forMs }, recent };
}

function scaledRate(perSecond: number, times: NonNullable<BudgetNews["times"]>): { perSecond: number; burst: number } {
  const rate = Math.min(Math.max(perSecond * times.factor, times.least), times.most);
  return { perSecond: rate, burst: Math.max(1, Math.ceil(rate / 2)) };
}
