/** Choices that are the same for the same seed. */
export interface Chance {
  /** 0 ≤ n < 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
  isTrue(share: number): boolean;
  shuffle<T>(list: readonly T[]): T[];
  /** `count` of them in a random order, every one of the list at least once where there is room. */
  deal<T>(list: readonly T[], count: number): T[];
}

export function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const shuffle = <T>(list: readonly T[]): T[] => {
    const cards = [...list];
    for (let at = cards.length - 1; at > 0; at--) {
      const other = below(at + 1);
      [cards[at], cards[other]] = [cards[other] as T, cards[at] as T];
    }
    return cards;
  };
  return {
    next,
    below,
    shuffle,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    isTrue: (share) => next() < share,
    deal(list, count) {
      const cards: (typeof list)[number][] = [];
      while (cards.length < count) cards.push(...shuffle(list));
      return cards.slice(0, count);
    },
  };
}

/**
 * `count` cards, from the `from`-th on, of an endless row of decks, each shuffled anew: whoever goes on where another ended leaves no card
 * out. `salt` tells one row from another.
 */
export function dealOn<T>(list: readonly T[], salt: number, from: number, count: number): T[] {
  const deckAt = (nth: number) => chanceOf(salt * 1_000_003 + nth).shuffle(list);
  let deck: T[] = [];
  return Array.from({ length: count }, (_, n) => {
    const place = (from + n) % list.length;
    if (n === 0 || place === 0) deck = deckAt(Math.floor((from + n) / list.length));
    return deck[place] as T;
  });
}
