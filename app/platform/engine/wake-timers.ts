import type { Clock } from "../clock.ts";
import type { Scope } from "./model.ts";

/** Later moments are the sweep's business. */
const HORIZON_MS = 60_000;
/** Moments of one scope that lie this close together are one: the end of their grain, so that all of them have come. */
const GRAIN_MS = 10;

/** Wakes scopes at the moments at which their rows become due; kept in memory only, since the sweep finds what is lost. */
export function createWakeTimers(clock: Clock, wake: (lane: string, scope: Scope) => void) {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    add(lane: string, scope: Scope, time: Date): void {
      const grain = Math.ceil(time.getTime() / GRAIN_MS);
      const inMs = grain * GRAIN_MS - clock.now().getTime();
      if (inMs > HORIZON_MS) return;
      const key = `${lane} ${scope} ${grain}`;
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
