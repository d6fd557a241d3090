import { AsyncLocalStorage } from "node:async_hooks";
import { atMost } from "../platform/at-most.ts";
import type { Db, Tx } from "../platform/db.server.ts";

/** What reads and writes sessions: the connection that holds the lock, or the pool. */
export interface ShopLock {
  /**
   * Runs alone for this shop, across processes: nobody else exchanges or renews its tokens meanwhile. Whatever `run` stores through
   * `ShopLock.db()` commits when it resolves and is rolled back when it throws.
   */
  hold<T>(domain: string, run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Inside `hold` its transaction, else the pool. Storing on a second connection while the lock is held could starve the pool. */
  db(): Db | Tx;
}

/** Renewal waits for one call to Shopify (10 s) and its repetition. */
const HOLD_MS = 40_000;
const WAIT_MS = 60_000;
/** Each holds a connection while Shopify answers; a token host that hangs must not empty the pool. */
const SHOPS_AT_ONCE = 4;

/**
 * One lock per shop: only one expiring offline token per app and shop is alive, and a second exchange or renewal would kill the
 * first. A Postgres advisory lock bound to the transaction, so a killed process frees it; in front of it a queue in memory, so that
 * a crowd of first loads of one shop occupies one connection and not the whole pool.
 */
export function createShopLock(db: Db): ShopLock {
  const held = new AsyncLocalStorage<Tx>();
  const queues = new Map<string, Promise<unknown>>();
  const few = atMost(SHOPS_AT_ONCE);

  const holdInDatabase = <T>(domain: string, run: (tx: Tx) => Promise<T>): Promise<T> =>
    few(() =>
      db.$transaction(
        async (tx) => {
          await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`shopify-token:${domain}`}, 0))`;
          return held.run(tx, () => run(tx));
        },
        { maxWait: WAIT_MS, timeout: WAIT_MS + HOLD_MS },
      ),
    );

  return {
    db: () => held.getStore() ?? db,
    async hold(domain, run) {
      const before = queues.get(domain) ?? Promise.resolve();
      const mine = before.then(
        () => holdInDatabase(domain, run),
        () => holdInDatabase(domain, run),
      );
      queues.set(domain, mine);
      try {
        return await mine;
      } finally {
        if (queues.get(domain) === mine) queues.delete(domain);
      }
    },
  };
}
