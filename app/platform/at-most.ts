/** Runs at most `count` of the given works at once; the others wait their turn in the order they came. */
export function atMost(count: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      // the place is handed on, so nobody who comes just now takes it
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
