/**
 * Collects calls and answers them all with one `run`. `waitMs` says for how long the first of them waits for more; 0: only for those
 * of the same moment. A failure of `run` fails each of them.
 */
export function createMicroBatch<Item, Answer>(
  run: (items: Item[]) => Promise<Answer[]>,
  waitMs: () => number = () => 0,
): (item: Item) => Promise<Answer> {
  let waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      const answers = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length > 1) return;
      const ms = waitMs();
      if (ms > 0) setTimeout(() => void flush(), ms);
      else setImmediate(() => void flush());
    });
}
