import type { Clock } from "../platform/clock.ts";
import { BudgetClosed } from "../platform/errors.ts";
import type { Cost } from "./answers.ts";
import type { OrderPace } from "./model.ts";

/** The part of the engine's budgets the client uses. `take` throws `BudgetClosed`. */
export interface CallBudgets {
  take(key: string, profile: CallProfile, cost?: number): Promise<void>;
  close(key: string, until: Date, reason: string): Promise<void>;
  learn(
    key: string,
    seen: {
      available?: number;
      perSecond?: number;
      burst?: number;
      window?: { most: number; ms: number; forMs: number };
    },
  ): Promise<void>;
  look(key: string, profile: CallProfile): Promise<{ most: number; ms: number; lately: Date[] } | null>;
}

export interface CallProfile {
  perSecond: number;
  burst: number;
  reserve?: number;
  window?: { most: number; ms: number };
}

/** People's clicks go through at once, from a reserve that work leaves alone; work pays first and may be sent away. */
export type Urgency = "person" | "work";

/** Where to start before the first answer: the smallest plan. Every answer tells the shop's real figures. */
const STARTING = { perSecond: 100, burst: 1_800 };
/**
 * Shopify fact §1: development and trial shops take five orders a minute. A call may be on its way longer than the one a minute before, so
 * two seconds more.
 */
const FIVE_A_MINUTE = { most: 5, ms: 62_000 };
const COUNTED_ORDERS: CallProfile = { perSecond: 1_000, burst: 1_000, window: FIVE_A_MINUTE };
/** The calls that make an order and hold it. */
const CREATE = "OrderCreate";
const HOLD = "FulfillmentHold";
/** A shop that refused one order is taken for such a shop for so long; then it is asked again. */
const LEARNED_FOR_MS = 60 * 60_000;
const FIRST_GUESS = { changes: 10, reads: 60 };
/**
 * Correcting a shared budget costs a round trip to the database. At once when the rate changes, else at most so often per process, and only
 * once so many points were spent or so much time has passed.
 */
const LEARN_EVERY_MS = 250;
const LEARN_AFTER_POINTS = 100;
const LEARN_AT_LEAST_MS = 5_000;

/** The budget of a shop's new orders. */
export const ordersKeyOf = (domain: string): string => `shopify:${domain}:orders`;

export interface CostBook {
  /** Pays for one call before it is sent; throws `BudgetClosed`. Call the result once when the call has ended, with its cost if told. */
  pay(call: {
    domain: string;
    operation: string;
    changes: boolean;
    urgency: Urgency;
    /** It was paid before. */
    isPaid?: boolean;
    /** A write to be paid with it. */
    paysFor?: string | undefined;
  }): Promise<(cost: Cost | undefined) => Promise<void>>;
  /** Sends everybody away from the shop until then. Returns key and time for `BudgetClosed`. */
  close(domain: string, waitMs: number, reason: string): Promise<{ key: string; retryAt: Date }>;
  /** New orders have a budget of their own where they are counted. */
  orders: {
    /** See `ShopGateway`. */
    takeSlot(shop: { domain: string; isDevelopment: boolean; isHeld: boolean }): Promise<boolean>;
    pace(shop: { domain: string; isDevelopment: boolean }): Promise<OrderPace | null>;
    /** The shop refused one more. Returns key and time for `BudgetClosed`. */
    refused(domain: string, waitMs: number): Promise<{ key: string; retryAt: Date }>;
  };
}

/**
 * Cost points per shop on the shared budgets. Shopify facts: a call reserves its *requested* cost, what it did not use is given
 * back, and every answer tells what the bucket holds now. So each answer corrects the budget, less a reserve for people's clicks
 * and less what this process has under way (another answer may not know of it yet).
 */
export function createCostBook(deps: { budgets: CallBudgets; clock: Clock }): CostBook {
  const { budgets, clock } = deps;
  /** Requested cost by operation, as last told. */
  const requested = new Map<string, number>();
  const underWay = new Map<string, number>();
  /** What this process last told the budget of a shop. */
  const told = new Map<string, { at: number; perSecond: number; burst: number; spent: number }>();
  /** Shops that refused an order: their orders are counted until then. */
  const counted = new Map<string, number>();

  const guess = (call: { operation: string; changes: boolean }) =>
    requested.get(call.operation) ?? (call.changes ? FIRST_GUESS.changes : FIRST_GUESS.reads);
  const pointsOf = (operation: string) => guess({ operation, changes: true });
  const isCounted = (domain: string, isDevelopment: boolean) =>
    isDevelopment || (counted.get(domain) ?? 0) > clock.now().getTime();
  const move = (domain: string, by: number) => underWay.set(domain, (underWay.get(domain) ?? 0) + by);
  const keyOf = (domain: string) => `shopify:${domain}`;

  const profileOf = (domain: string) => {
    const { perSecond, burst } = told.get(domain) ?? STARTING;
    // what the bucket is told to hold has the reserve taken off already
    return { perSecond, burst, reserve: 0 };
  };

  async function learn(domain: string, { throttleStatus, requestedQueryCost }: Cost): Promise<void> {
    const { maximumAvailable, currentlyAvailable, restoreRate: perSecond } = throttleStatus;
    const reserve = reserveOf(maximumAvailable);
    const burst = maximumAvailable - reserve;
    const at = clock.now().getTime();
    const last = told.get(domain);
    if (last && last.perSecond === perSecond && last.burst === burst) {
      last.spent += requestedQueryCost;
      const agoMs = at - last.at;
      if (agoMs < LEARN_EVERY_MS || (last.spent < LEARN_AFTER_POINTS && agoMs < LEARN_AT_LEAST_MS)) return;
    }
    told.set(domain, { at, perSecond, burst, spent: 0 });
    const available = Math.max(0, currentlyAvailable - reserve - (underWay.get(domain) ?? 0));
    await budgets.learn(keyOf(domain), { available, perSecond, burst });
  }

  return {
    async pay(call) {
      const paid = guess(call);
      const ahead = call.paysFor ? pointsOf(call.paysFor) : 0;
      if (call.urgency === "work" && !call.isPaid)
        await budgets.take(keyOf(call.domain), profileOf(call.domain), paid + ahead);
      move(call.domain, paid);
      return async (cost) => {
        move(call.domain, -paid);
        if (!cost) return;
        requested.set(call.operation, cost.requestedQueryCost);
        await learn(call.domain, cost);
      };
    },

    async close(domain, waitMs, reason) {
      const key = keyOf(domain);
      const retryAt = new Date(clock.now().getTime() + waitMs);
      await budgets.close(key, retryAt, reason);
      return { key, retryAt };
    },

    orders: {
      async takeSlot({ domain, isDevelopment, isHeld }) {
        const points = pointsOf(CREATE) + (isHeld ? pointsOf(HOLD) : 0);
        await budgets.take(keyOf(domain), profileOf(domain), points);
        if (!isCounted(domain, isDevelopment)) return true;
        try {
          await budgets.take(ordersKeyOf(domain), COUNTED_ORDERS);
          return true;
        } catch (error) {
          if (error instanceof BudgetClosed) return false;
          throw error;
        }
      },
      async pace({ domain, isDevelopment }) {
        if (!isCounted(domain, isDevelopment)) return null;
        const found = await budgets.look(ordersKeyOf(domain), COUNTED_ORDERS);
        return found && { most: found.most, everyMs: found.ms, lately: found.lately };
      },
      async refused(domain, waitMs) {
        const key = ordersKeyOf(domain);
        counted.set(domain, clock.now().getTime() + LEARNED_FOR_MS);
        await budgets.learn(key, { window: { ...FIVE_A_MINUTE, forMs: LEARNED_FOR_MS } });
        return { key, retryAt: new Date(clock.now().getTime() + waitMs) };
      },
    },
  };
}

/** A tenth of the bucket, at most 200 points: two large pages. */
function reserveOf(maximumAvailable: number): number {
  return Math.min(200, Math.floor(maximumAvailable / 10));
}
