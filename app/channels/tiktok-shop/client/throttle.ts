import type { Clock } from "../../../platform/clock.ts";
import { BudgetClosed, CallError } from "../../../platform/errors.ts";
import type { Logger } from "../../../platform/log.server.ts";
import type { CallBudgets } from "../../port.ts";
import type { Pace } from "../operations.ts";
import { PACES } from "../operations.ts";
import { createPacer } from "./pace.ts";

/** Who pays for a call. */
export interface Payer {
  /** Public key of the app registration. */
  appKey: string;
  /** The channel shop, or the grant for calls above shops. */
  shop: string;
  operation: string;
  pace: Pace;
}

/** Calls per second. TikTok Shop fact: until December 2025 the documented limit was 50 for each operation, app and shop. */
const RATES = { least: 0.2, most: 50 };
/** All operations of one shop together: no figure is known, so this only bundles hourly and daily caps once they are met. */
const SHOP_PROFILE = { perSecond: 200, burst: 400 };

const DEFAULT_PAUSE_MS = 1_000;
/** Asked to stay away for this long, it is an hourly or daily cap of the shop and not a burst of one operation. */
const CAP_PAUSE_MS = 60_000;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Layer: each sending pays one call of the operation's budget and one of the shop's. A 429 or a quota code closes the budget and
 * ends the work with BudgetClosed; what was granted is learned both ways.
 */
export function createThrottle({ budgets, clock, log }: { budgets: CallBudgets; clock: Clock; log: Logger }) {
  const pacer = createPacer(() => clock.now().getTime());

  async function letThrough(key: string): Promise<void> {
    const factor = pacer.succeeded(key);
    if (factor !== null) await tell(() => budgets.learn(key, { times: { factor, ...RATES } }));
  }

  /** The call has been answered: that the budget could not be told must not make a failure of it. */
  async function tell(news: () => Promise<void>): Promise<void> {
    try {
      await news();
    } catch (error) {
      log.warn({ err: error }, "channel.budget-not-told");
    }
  }

  return async function paid<T>({ appKey, shop, operation, pace }: Payer, send: () => Promise<T>): Promise<T> {
    const shopKey = `tiktok-shop:${appKey}:${shop}`;
    const key = `${shopKey}:${operation}`;
    await budgets.take(shopKey, SHOP_PROFILE);
    try {
      await budgets.take(key, PACES[pace]);
    } catch (error) {
      if (error instanceof BudgetClosed) pacer.wasShort(key);
      throw error;
    }
    try {
      const answer = await send();
      await letThrough(key);
      return answer;
    } catch (error) {
      if (wasAnswered(error)) await letThrough(key);
      if (!(error instanceof CallError) || error.family !== "rateLimit") throw error;
      const pauseMs = pauseAfter(error, clock.now());
      const retryAt = new Date(clock.now().getTime() + pauseMs);
      const closes = pauseMs >= CAP_PAUSE_MS && !isOfOneOperation(error.code) ? shopKey : key;
      const factor = pacer.refused(key);
      await tell(() => budgets.learn(key, { available: 0, ...(factor !== null && { times: { factor, ...RATES } }) }));
      const reason = `TikTok Shop: ${error.code ?? "throttled"}`;
      await tell(() => budgets.close(closes, retryAt, reason));
      throw new BudgetClosed(closes, retryAt, reason);
    }
  };
}

/** A refusal for another reason than haste was let through all the same. */
const wasAnswered = (error: unknown) =>
  error instanceof CallError &&
  error.code !== undefined &&
  !["rateLimit", "unavailable", "timeout"].includes(error.family);

/** TikTok Shop facts: the daily quota counts per operation, the daily listing limit counts creations. */
const isOfOneOperation = (code: string | undefined) => code === "45101004" || code === "12052093";

function pauseAfter(error: CallError, now: Date): number {
  if (error.retryAfterMs !== undefined && error.retryAfterMs > 0) return error.retryAfterMs;
  if (error.code === "45101004") return msToNextDay(now);
  // Nobody says when a seller's listing day begins: look again every hour.
  if (error.code === "12052093") return HOUR_MS;
  return DEFAULT_PAUSE_MS + Math.round(Math.random() * 250);
}

function msToNextDay(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - now.getTime();
}
