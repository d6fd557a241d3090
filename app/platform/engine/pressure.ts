import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** So often is looked how busy this process is. */
const LOOK_MS = 100;
/** Busier than this, what is begun only makes everything else later. */
const FULL = 0.9;

/**
 * Keeps back what may wait while this process has more to do than it can: what is more harmful when late goes first, and events about one
 * thing become one piece of work meanwhile. Nobody waits for longer than `mostMs`, so every lane keeps a share.
 */
export function createPressure({ mostMs }: { mostMs: number }) {
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  let isFull = false;
  const waiting = new Set<() => void>();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    isFull = performance.eventLoopUtilization(now, last).utilization > FULL;
    last = now;
    if (!isFull) letAllGo();
  }, LOOK_MS).unref();

  function letAllGo(): void {
    for (const go of waiting) go();
  }

  return {
    /** Resolves when there is room again, or after the longest time. */
    async relieved(): Promise<void> {
      if (!isFull) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          clearTimeout(late);
          waiting.delete(go);
          resolve();
        };
        const late = setTimeout(go, mostMs);
        waiting.add(go);
      });
    },
    /** Nobody is kept back any more. */
    end(): void {
      clearInterval(timer);
      isFull = false;
      letAllGo();
    },
  };
}
