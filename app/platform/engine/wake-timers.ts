import type { Clock } from "../clock.ts";
import type { Scope } from "./model.ts";

/** Later moments are the sweep's business. */
const HORIZON_MS = 60_000;
/**
 * Moments of one scope that lie close together are one: the end of their grain, so that all of them have come. The further away, the
 * coarser: a thousand rows that are to be looked at again in a second cost a few turns, not a thousand.
 */
const GRAIN_MS = 10;
const GRAIN_SHARE = 0.1;

/** Wakes scopes at the moments at which their rows become due; kept in memory only, since the sweep finds what is lost. */
export function createWakeTimers(clock: Clock, wake: (lane: string, scope: Scope) => void) {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    add(lane: string, scope: Scope, time: Date): void {
      const now = clock.now().getTime();
      const grainMs = grainFor(time.getTime() - now);
      const moment = Math.ceil(time.getTime() / grainMs) * grainMs;
      const inMs = moment - now;
      if (inMs > HORIZON_MS) return;
      const key = `${lane} ${scope} ${moment}`;
      if (timers.has(key)) return;
      const fire = () => {
        timers.delete(key);
        wake(lane, scope);
      };
      timers.set(key, setTimeout(fire, Math.max(0, inMs) + 1));
    },
    stop(): void {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Doubles of the least grain, so that coarser moments are finer ones too. */
function grainFor(inMs: number): number {
  return GRAIN_MS * 2 ** Math.floor(Math.log2(Math.max(inMs * GRAIN_SHARE, GRAIN_MS) / GRAIN_MS));
}
