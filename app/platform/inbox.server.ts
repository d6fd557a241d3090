import { type Db, isDatabaseAway, Prisma, type Tx } from "./db.server.ts";
import type { Engine } from "./engine/engine.server.ts";

export interface Delivery<Event> {
  /** Who sent it, e.g. "shopify". Ids are unique within a source. */
  source: string;
  id: string;
  topic: string;
  /** For people looking at the table: whom it concerns. */
  scopeHint?: string;
  receivedAt: Date;
  /** What it tells; kept as JSON until it is reacted to. The body itself is not kept: the truth is fetched later. */
  events: readonly Event[];
}

/** Writes down what is wanted because of these events, of several deliveries at once. In the transaction that takes them off the pile. */
export type Reaction<Event> = (tx: Tx, events: readonly Event[]) => Promise<void>;

export interface InboxDeps<Event> {
  engine: Engine;
  db: Db;
  react: Reaction<Event>;
  /** An event as it was before it was kept as JSON. */
  revive(json: unknown): Event;
}

export interface Inbox<Event> {
  /**
   * Writes a verified delivery down with what it tells; it is reacted to right after. A delivery seen before changes nothing. Throws only
   * when the database fails: then the sender must be told to try again.
   */
  receive(delivery: Delivery<Event>): Promise<Received>;
  /** Reacts to what was written down at least `olderThanMs` ago by whomever, and not reacted to yet. Returns how many deliveries. */
  catchUp(olderThanMs?: number): Promise<number>;
  /** Waits until this process has reacted to what it has written down so far. */
  settled(): Promise<void>;
}

type Received = "recorded" | "repeat";

/** At most so many deliveries share a statement: one that cannot be stored must not hold up too many others. */
const WRITTEN_TOGETHER = 100;
/** At most so many are reacted to in one transaction. */
const REACTED_TOGETHER = 200;
/** More of them wait in vain: their senders have given up by the time it is their turn. */
const MOST_WAITING = 5_000;
/** One whose reaction fails is tried again after this, doubled each time. */
const FIRST_BACK_OFF_MS = 5_000;
const LONGEST_BACK_OFF_MS = 15 * 60_000;

/**
 * Deliveries are written down first and reacted to afterwards. Written down: one statement for all that arrive while others are being
 * written, after which the sender has its answer; it never waits for rows somebody works on. Reacted to: what they tell is taken off the
 * pile and made due in one transaction, those of one kind together; wakes afterwards. What a process that dies leaves on the pile,
 * another takes up.
 */
export function createInbox<Event>(deps: InboxDeps<Event>): Inbox<Event> {
  const { engine, db } = deps;
  const waiting: { delivery: Delivery<Event>; resolve(outcome: Received): void; reject(error: unknown): void }[] = [];
  let isWriting = false;
  let reacting: Promise<number> | null = null;
  let isMoreToReactTo = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, WRITTEN_TOGETHER);
      try {
        const outcomes = await storeDeliveries(
          db,
          batch.map((one) => one.delivery),
        );
        for (const [at, one] of batch.entries()) one.resolve(outcomes[at] ?? "repeat");
      } catch (error) {
        if (isDatabaseAway(error)) {
          for (const one of batch) one.reject(error);
          continue;
        }
        // one of them spoils the others' statement: each by itself, then only the guilty one fails
        for (const one of batch)
          await storeDeliveries(db, [one.delivery]).then(([outcome]) => one.resolve(outcome ?? "repeat"), one.reject);
      }
      void reactSoon();
    }
    isWriting = false;
  }

  /** One at a time in a process: what is written down meanwhile is taken together in the next round. */
  function reactSoon(): Promise<number> {
    isMoreToReactTo = true;
    reacting ??= (async () => {
      let count = 0;
      while (isMoreToReactTo) {
        isMoreToReactTo = false;
        count += await reactToAll(0);
      }
      return count;
    })()
      .catch((err) => {
        engine.log.warn({ err }, "delivery.reaction-delayed");
        return 0;
      })
      .finally(() => {
        reacting = null;
        if (isMoreToReactTo) void reactSoon();
      });
    return reacting;
  }

  async function reactToAll(olderThanMs: number): Promise<number> {
    let count = 0;
    for (;;) {
      const taken = await reactToSome(olderThanMs);
      count += taken;
      if (taken < REACTED_TOGETHER) return count;
    }
  }

  async function reactToSome(olderThanMs: number): Promise<number> {
    const due = new Date(engine.clock.now().getTime() - olderThanMs);
    let taken: Pending[] = [];
    const react = (which: { due: Date } | Pending) =>
      engine.change(async (tx) => {
        taken = await takePending(tx, which);
        const events = taken.flatMap((one) => one.events.map(deps.revive));
        if (events.length > 0) await deps.react(tx, events);
      });
    try {
      await react({ due });
    } catch (error) {
      if (isDatabaseAway(error) || taken.length === 0) throw error;
      // one of them spoils the others' transaction: each by itself, then only the guilty one stays
      const together = taken;
      for (const one of together) await react(one).catch((err) => putOff(one, err));
      return together.length;
    }
    return taken.length;
  }

  async function putOff({ source, id, attempts }: Pending, err: unknown): Promise<void> {
    const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** attempts, LONGEST_BACK_OFF_MS);
    engine.log.error({ err, source, attempts: attempts + 1, againInMs: backOffMs }, "delivery.reaction-failed");
    const dueAt = new Date(engine.clock.now().getTime() + backOffMs);
    await db.pendingDelivery.updateMany({ where: { source, id }, data: { attempts: attempts + 1, dueAt } });
  }

  return {
    receive: (delivery) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MOST_WAITING) {
          reject(new Error("too many deliveries wait to be recorded"));
          return;
        }
        waiting.push({ delivery, resolve, reject });
        if (!isWriting) void write();
      }),
    catchUp: (olderThanMs = 0) => reactToAll(olderThanMs),
    async settled() {
      while (reacting) await reacting;
    },
  };
}

/** One statement: the ids, and what those that are new tell. Tells of each delivery whether it was new. */
async function storeDeliveries(db: Db, deliveries: readonly Delivery<unknown>[]): Promise<Received[]> {
  const rows = deliveries.map(({ source, id, topic, scopeHint, receivedAt, events }) => ({
    ...{ source, id, topic, receivedAt, events },
    scope: scopeHint ?? null,
  }));
  const unique = [...new Map(rows.map((row) => [keyOf(row), row])).values()];
  const stored = await db.$queryRaw<{ source: string; id: string }[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(unique)}::jsonb)
        AS d(source text, id text, topic text, scope text, "receivedAt" timestamptz(3), events jsonb)
    ), fresh AS (
      INSERT INTO "Delivery" (source, id, topic, scope, "receivedAt")
      SELECT source, id, topic, scope, "receivedAt" FROM given ORDER BY source, id
      ON CONFLICT DO NOTHING RETURNING source, id
    ), pending AS (
      INSERT INTO "PendingDelivery" (source, id, events, "dueAt")
      SELECT source, id, events, "receivedAt" FROM given JOIN fresh USING (source, id) WHERE events <> '[]'
    )
    SELECT source, id FROM fresh`;
  const fresh = new Set(stored.map(keyOf));
  // a repeat within the batch finds its id taken off the list
  return rows.map((row) => (fresh.delete(keyOf(row)) ? "recorded" : "repeat"));
}

const keyOf = ({ source, id }: { source: string; id: string }) => JSON.stringify([source, id]);

interface Pending {
  source: string;
  id: string;
  events: unknown[];
  attempts: number;
}

/** Takes deliveries off the pile that nobody else is taking, oldest first; they are back if the transaction fails. */
function takePending(tx: Tx, which: { due: Date } | Pending): Promise<Pending[]> {
  const wanted =
    "due" in which ? Prisma.sql`"dueAt" <= ${which.due}` : Prisma.sql`source = ${which.source} AND id = ${which.id}`;
  return tx.$queryRaw<Pending[]>(Prisma.sql`
    WITH taken AS MATERIALIZED (
      SELECT source, id FROM "PendingDelivery" WHERE ${wanted} ORDER BY "dueAt" LIMIT ${REACTED_TOGETHER} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "PendingDelivery" p USING taken t WHERE p.source = t.source AND p.id = t.id
    RETURNING p.source, p.id, p.events, p.attempts`);
}

/** Forgets deliveries older than `before`, a bounded number at a time; returns how many. Senders repeat for days, not for weeks. */
export async function forgetDeliveries(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT source, id FROM "Delivery" WHERE "receivedAt" < ${before} ORDER BY "receivedAt" LIMIT ${atMost}
    ), pending AS (DELETE FROM "PendingDelivery" WHERE (source, id) IN (SELECT source, id FROM old))
    DELETE FROM "Delivery" WHERE (source, id) IN (SELECT source, id FROM old)`;
}
