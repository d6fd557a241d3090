/**
 * What one process learned about the rate of each budget. Rises only when our own budget was the brake and the channel was not,
 * doubling until the first refusal and creeping afterwards; falls by a fifth at a refusal. Never exact, never far off for long.
 */
export interface Pacer {
  /** Our own budget had no call left. */
  wasShort(key: string): void;
  /** A call was answered. Returns the new rate when it is time to try a higher one. */
  succeeded(key: string, startPerSecond: number): number | null;
  /** The channel refused for being too fast. Returns the new rate. */
  refused(key: string, startPerSecond: number): number;
}

interface Learned {
  perSecond: number;
  successes: number;
  wasShort: boolean;
  wasRefused: boolean;
}

const FLOOR_PER_SECOND = 0.2;
const MOST_KEYS = 10_000;

export function createPacer(ceilingPerSecond: number): Pacer {
  const learned = new Map<string, Learned>();

  function read(key: string, startPerSecond: number): Learned {
    const found = learned.get(key) ?? { perSecond: startPerSecond, successes: 0, wasShort: false, wasRefused: false };
    if (!learned.has(key)) {
      if (learned.size >= MOST_KEYS) learned.clear();
      learned.set(key, found);
    }
    return found;
  }

  return {
    wasShort(key) {
      const found = learned.get(key);
      if (found) found.wasShort = true;
    },
    succeeded(key, startPerSecond) {
      const found = read(key, startPerSecond);
      found.successes += 1;
      if (!found.wasShort || found.successes < found.perSecond || found.perSecond >= ceilingPerSecond) return null;
      const faster = found.wasRefused ? found.perSecond + Math.max(0.1, found.perSecond * 0.05) : found.perSecond * 2;
      found.perSecond = Math.min(faster, ceilingPerSecond);
      found.successes = 0;
      found.wasShort = false;
      return found.perSecond;
    },
    refused(key, startPerSecond) {
      const found = read(key, startPerSecond);
      // Calls sent together are refused together: one refusal counts until a call has gone through again.
      if (!found.wasRefused || found.successes > 0) {
        found.perSecond = Math.max(found.perSecond * 0.8, FLOOR_PER_SECOND);
        found.successes = 0;
        found.wasRefused = true;
      }
      return found.perSecond;
    },
  };
}
