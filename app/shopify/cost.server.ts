import type { Clock } from "../platform/clock.ts";
import type { Cost } from "./answers.ts";

/** The part of the engine's budgets the client uses. `take` throws `BudgetClosed`. */
export interface CallBudgets {
  take(key: string, profile: { perSecond: number; burst: number; dailyCap?: number }, cost?: number): Promise<void>;
  close(key: string, until: Date, reason: string): Promise<void>;
  learn(key: string, seen: { available?: number; perSecond?: number; burst?: number }): Promise<void>;
}

/** People's clicks go through at once, from a reserve that work leaves alone; work pays first and may be sent away. */
export type Urgency = "person" | "work";

/** Where to start before the first answer: the smallest plan. Every answer tells the shop's real figures. */
const STARTING = { perSecond: 100, burst: 1_800 };
/** Orders a minute are limited on development and trial shops only; elsewhere this key never closes. */
const ORDERS = { perSecond: 1_000, burst: 1_000 };
const FIRST_GUESS = { changes: 10, reads: 60 };
/** Correcting a shared budget costs a round trip to the database: at most this often per process, at once when the rate changes. */
const LEARN_EVERY_MS = 250;

export interface CostBook {
  /** Pays for one call before it is sent; throws `BudgetClosed`. Call the result once when the call has ended, with its cost if told. */
  pay(call: {
    domain: string;
    operation: string;
    changes: boolean;
    urgency: Urgency;
  }): Promise<(cost: Cost | undefined) => Promise<void>>;
  /** Sends everybody away from the shop, or only its new orders, until then. Returns key and time for `BudgetClosed`. */
  close(
    domain: string,
    what: "calls" | "orders",
    waitMs: number,
    reason: string,
  ): Promise<{ key: string; retryAt: Date }>;
}

/**
 * Cost points per shop on the shared budgets. Shopify facts: a call reserves its *requested* cost, what it did not use is given
 * back, and every answer tells what the bucket holds now. So each answer corrects the budget, less a reserve for people's clicks
 * and less what this process has under way (another answer may not know of it yet).
 */
export function createCostBook(deps: { budgets: CallBudgets; clock: Clock; ordersOperation: string }): CostBook {
  const { budgets, clock, ordersOperation } = deps;
  /** Requested cost by operation, as last told. */
  const requested = new Map<string, number>();
  const underWay = new Map<string, number>();
  /** What this process last told the budget of a shop. */
  const told = new Map<string, { at: number; perSecond: number; burst: number }>();

  const guess = (call: { operation: string; changes: boolean }) =>
    requested.get(call.operation) ?? (call.changes ? FIRST_GUESS.changes : FIRST_GUESS.reads);
  const move = (domain: string, by: number) => underWay.set(domain, (underWay.get(domain) ?? 0) + by);
  const keyOf = (domain: string, what: "calls" | "orders") =>
    what === "calls" ? `shopify:${domain}` : `shopify:${domain}:orders`;

  const profileOf = (domain: string) => {
    const { perSecond, burst } = told.get(domain) ?? STARTING;
    return { perSecond, burst };
  };

  async function learn(domain: string, { throttleStatus }: Cost): Promise<void> {
    const { maximumAvailable, currentlyAvailable, restoreRate: perSecond } = throttleStatus;
    const reserve = reserveOf(maximumAvailable);
    const burst = maximumAvailable - reserve;
    const at = clock.now().getTime();
    const last = told.get(domain);
    if (last && last.perSecond === perSecond && last.burst === burst && at - last.at < LEARN_EVERY_MS) return;
    told.set(domain, { at, perSecond, burst });
    const available = Math.max(0, currentlyAvailable - reserve - (underWay.get(domain) ?? 0));
    await budgets.learn(keyOf(domain, "calls"), { available, perSecond, burst });
  }

  return {
    async pay(call) {
      const paid = guess(call);
      if (call.urgency === "work") {
        if (call.operation === ordersOperation) await budgets.take(keyOf(call.domain, "orders"), ORDERS, 1);
        await budgets.take(keyOf(call.domain, "calls"), profileOf(call.domain), paid);
      }
      move(call.domain, paid);
      return async (cost) => {
        move(call.domain, -paid);
        if (!cost) return;
        requested.set(call.operation, cost.requestedQueryCost);
        await learn(call.domain, cost);
      };
    },

    async close(domain, what, waitMs, reason) {
      const key = keyOf(domain, what);
      const retryAt = new Date(clock.now().getTime() + waitMs);
      await budgets.close(key, retryAt, reason);
      return { key, retryAt };
    },
  };
}

/** A tenth of the bucket, at most 200 points: two large pages. */
function reserveOf(maximumAvailable: number): number {
  return Math.min(200, Math.floor(maximumAvailable / 10));
}
