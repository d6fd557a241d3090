/** Where code gets the time from, so that tests can hold it still. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface TestClock extends Clock {
  /** Moves time forward. */
  advance(ms: number): void;
}

/** A clock that moves only when told. */
export function aClock(start: Date | string = "2026-01-05T08:00:00.000Z"): TestClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
  };
}

/** `ms` after `date` (before it when negative). */
export const after = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
