/** Repeatable chance and numbers that look like the platforms' own ids. */
export interface Chance {
  random(): number;
  nextId(prefix: string, digits: number): string;
  reset(seed: number): void;
}

/** Seeded chance. Ids stay unique over resets, so nothing made before a reset is met again after it. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const given = new Set<string>();
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const digit = (odd: boolean) => (odd ? 1 + 2 * Math.floor(random() * 5) : Math.floor(random() * 10));
  const nextId = (prefix: string, digits: number): string => {
    for (;;) {
      let id = prefix;
      while (id.length < digits - 1) id += digit(false);
      id += digit(random() < 0.8);
      if (!given.has(id)) {
        given.add(id);
        return id;
      }
    }
  };
  return {
    random,
    nextId,
    reset(next) {
      state = next >>> 0;
    },
  };
}
