/** Everything that happens later in the sandbox, so that closing and resetting can call it off. */
export interface Timers {
  /** After `ms` of wall time. A throwing or rejecting `run` is told on stderr, never thrown. */
  wall(ms: number, run: () => void | Promise<void>): () => void;
  cancelAll(): void;
}

export function createTimers(): Timers {
  const pending = new Set<NodeJS.Timeout>();
  return {
    wall(ms, run) {
      const timer = setTimeout(
        async () => {
          pending.delete(timer);
          try {
            await run();
          } catch (error) {
            console.error("sandbox: a planned step failed", error);
          }
        },
        Math.max(0, ms),
      );
      pending.add(timer);
      return () => {
        clearTimeout(timer);
        pending.delete(timer);
      };
    },
    cancelAll() {
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    },
  };
}
