import { allDone } from "../all-done.ts";
import type { Tx } from "../db.server.ts";

/** Transactions of groups under way at once; what comes meanwhile gathers, so the busier it is the more share one. */
const AT_ONCE = 2;
/** Locks are held until the last of a group has run. */
const MOST = 16;
/** Whoever has to wait longer for a row waits by himself. */
const LOCK_WAIT = "1s";

type Run<T> = (tx: Tx) => Promise<T>;
type Change = <T>(run: Run<T>) => Promise<T>;

interface Waiting {
  run: Run<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}

/**
 * Gives a `change` whose runs share transactions with those of the same moment, one after the other, whatever their scope: beginning,
 * committing, wants and ends then cost once for all of them. When one fails they are all run again, each in a transaction of its own, so
 * none fails with another. For runs that lock nothing but rows of their own: those of an object whose lease they have.
 */
export function createGroupChanges(change: Change): Change {
  const waiting: Waiting[] = [];
  let underWay = 0;

  async function alone({ run, resolve, reject }: Waiting): Promise<void> {
    await change(run).then((value) => resolve(value as never), reject);
  }

  /** Resolves when the transaction of all is over; what has to be run again goes on by itself. */
  async function together(group: Waiting[]): Promise<void> {
    const [only] = group;
    if (only && group.length === 1) return alone(only);
    const runAll = async (tx: Tx) => {
      const values: unknown[] = [];
      await tx.$executeRaw`select set_config('lock_timeout', ${LOCK_WAIT}, true)`;
      for (const { run } of group) values.push(await run(tx));
      return values;
    };
    const values = await change(runAll).catch(() => null);
    if (values) group.forEach(({ resolve }, at) => void resolve(values[at] as never));
    else void allDone(group.map(alone));
  }

  function begin(): void {
    while (underWay < AT_ONCE && waiting.length > 0) {
      underWay += 1;
      void together(waiting.splice(0, MOST)).finally(() => {
        underWay -= 1;
        begin();
      });
    }
  }

  return (run) =>
    new Promise((resolve, reject) => {
      waiting.push({ run, resolve: resolve as Waiting["resolve"], reject });
      // those of the same moment come along
      if (waiting.length === 1) setImmediate(begin);
    });
}
