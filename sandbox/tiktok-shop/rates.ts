import type { RateProfile } from "../kernel/model.ts";
import { Refusal } from "./errors.ts";
import type { World } from "./model.ts";

const reads = /^(get|search|check|recommend)/;
const segmentMs = 30_000;
/** real: the rate of the segments of 30 s, one after the other. */
const segmentFactors = [1, 0.6, 1.4, 0.8, 1.2];
/** real: in every third segment all calls are refused for this long, from this far into it. */
const burst = { everySegments: 3, fromMs: 12_000, lengthMs: 1_500 };

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Limits of the calls of a (app, shop, operation), by profile, and how many calls they granted. */
export interface Rates {
  /** Takes one call or refuses it with 429. */
  take(key: string, operation: string): void;
  /** How many calls of the operation the limits allow between two moments (wall ms), bursts of refusals taken off. */
  granted(operation: string, fromMs: number, toMs: number): number;
  /** Calls per second now, refusals left out. */
  perSecond(operation: string, atMs: number): number;
  clear(): void;
}

/** Token buckets over the kernel's clock; the profile is read at every call. */
export function createRates(world: World, startMs: number): Rates {
  const buckets = new Map<string, Bucket>();
  const profile = (): RateProfile => world.kernel.settings.profile;

  const perSecond = (operation: string, atMs: number): number => {
    if (profile() !== "real") return 50;
    const base = reads.test(operation) ? 5 : 2;
    const segment = Math.floor((atMs - startMs) / segmentMs);
    const index = (segment + world.kernel.settings.seed) % segmentFactors.length;
    return base * (segmentFactors[Math.abs(index)] ?? 1);
  };

  const isBurst = (atMs: number): boolean => {
    if (profile() !== "real") return false;
    const since = atMs - startMs;
    const segment = Math.floor(since / segmentMs);
    const within = since - segment * segmentMs;
    return segment % burst.everySegments === 1 && within >= burst.fromMs && within < burst.fromMs + burst.lengthMs;
  };

  const spend = (key: string, perSecondNow: number, capacity: number): number => {
    const now = world.kernel.clock.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, atMs: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.atMs) / 1000) * perSecondNow);
    bucket.atMs = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecondNow;
    bucket.tokens -= 1;
    return 0;
  };

  return {
    take(key, operation) {
      const now = world.kernel.clock.now();
      if (isBurst(now)) refuseRate(2);
      if (profile() === "dev" && spend(`hour ${key}`, 1000 / 3600, 1000) > 0) refuseRate(60);
      const limit = perSecond(operation, now);
      if (spend(`${key} ${operation}`, limit, Math.max(1, Math.ceil(limit))) > 0) refuseRate(null);
    },
    perSecond,
    granted(operation, fromMs, toMs) {
      let sum = Math.max(1, Math.ceil(perSecond(operation, fromMs)));
      const stepMs = 100;
      for (let at = fromMs; at < toMs; at += stepMs) {
        if (!isBurst(at)) sum += (perSecond(operation, at) * Math.min(stepMs, toMs - at)) / 1000;
      }
      if (profile() === "dev") sum = Math.min(sum, 1000 + ((toMs - fromMs) / 3_600_000) * 1000);
      return Math.floor(sum);
    },
    clear: () => buckets.clear(),
  };
}

function refuseRate(retryAfterSeconds: number | null): never {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  throw new Refusal(36009002, "Too many requests", 429, headers);
}
