/**
 * How the rate of a budget should change, by what one process saw of late. The rate itself is shared and not kept here. It rises only
 * when our own budget was the brake and the channel was not, doubling every second until the first refusal and creeping
 * afterwards; it falls by a fifth at a refusal. Never exact, never far off for long.
 */
export interface Pacer {
  /** Our own budget had no call left. */
  wasShort(key: string): void;
  /** A call was answered. Returns the factor when it is time to try a higher rate. */
  succeeded(key: string): number | null;
  /** The channel refused for being too fast. Returns the factor, or null when this refusal belongs to one already counted. */
  refused(key: string): number | null;
}

interface Seen {
  changedAt: number;
  successes: number;
  wasShort: boolean;
  wasRefused: boolean;
}

const PATIENCE_MS = 1_000;
const MOST_KEYS = 10_000;
export const FASTER = 2;
export const CREEPING = 1.05;
export const SLOWER = 0.8;

export function createPacer(now: () => number): Pacer {
  const all = new Map<string, Seen>();

  function read(key: string): Seen {
    let seen = all.get(key);
    if (!seen) {
      if (all.size >= MOST_KEYS) all.clear();
      seen = { changedAt: now(), successes: 0, wasShort: false, wasRefused: false };
      all.set(key, seen);
    }
    return seen;
  }

  return {
    wasShort(key) {
      read(key).wasShort = true;
    },
    succeeded(key) {
      const seen = read(key);
      seen.successes += 1;
      if (!seen.wasShort || now() - seen.changedAt < PATIENCE_MS) return null;
      Object.assign(seen, { changedAt: now(), successes: 0, wasShort: false });
      return seen.wasRefused ? CREEPING : FASTER;
    },
    refused(key) {
      const seen = read(key);
      // Calls sent together are refused together: one refusal counts until a call has gone through again.
      if (seen.wasRefused && seen.successes === 0) return null;
      Object.assign(seen, { changedAt: now(), successes: 0, wasShort: false, wasRefused: true });
      return SLOWER;
    },
  };
}
