import { type EventLoopUtilization, performance } from "node:perf_hooks";

/** So often is looked how busy this process is. */
const LOOK_MS = 100;
/** Busier than this, what is begun only makes everything else later. */
const FULL = 0.9;

/**
 * While this process has more to do than it can, what may wait does so as long as more harmful work is under way: that goes first, and
 * events about one thing become one piece of work meanwhile. Nobody waits for longer than `mostMs`, so every lane keeps a share.
 */
export function createPressure({ mostMs }: { mostMs: number }) {
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  let isFull = false;
  let pressing = 0;
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

  function relieved(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(late);
        waiting.delete(go);
        resolve();
      };
      const late = setTimeout(go, mostMs);
      waiting.add(go);
    });
  }

  return {
    /** Runs what may wait, now or a moment later. */
    async later(run: () => Promise<void>): Promise<void> {
      if (isFull && pressing > 0) await relieved();
      await run();
    },
    /** Runs what others give way to. */
    async first(run: () => Promise<void>): Promise<void> {
      pressing += 1;
      try {
        await run();
      } finally {
        pressing -= 1;
        if (pressing === 0) letAllGo();
      }
    },
    /** Nobody is kept back any more. */
    end(): void {
      clearInterval(timer);
      isFull = false;
      letAllGo();
    },
  };
}
