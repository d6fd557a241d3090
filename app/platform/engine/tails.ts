import type { Tail } from "./turn.server.ts";

/**
 * Keeps count of the rows that turns left behind, so that a scope has about one full batch under way in this process at most, however
 * many of its calls hang.
 */
export function createTails() {
  const open = new Map<string, Set<Tail>>();
  const keyOf = (lane: string, scope: string) => `${lane} ${scope}`;
  return {
    rows(lane: string, scope: string): number {
      return [...(open.get(keyOf(lane, scope)) ?? [])].reduce((sum, tail) => sum + tail.left(), 0);
    },
    /** Counts the tail until it has ended. */
    async add(lane: string, scope: string, tail: Tail): Promise<void> {
      const key = keyOf(lane, scope);
      const mine = open.get(key) ?? new Set();
      open.set(key, mine.add(tail));
      await tail.ended;
      mine.delete(tail);
      if (mine.size === 0) open.delete(key);
    },
    allEnded: async (): Promise<void> => {
      await Promise.all([...open.values()].flatMap((tails) => [...tails].map((tail) => tail.ended)));
    },
  };
}
