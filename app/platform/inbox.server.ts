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
  /**
   * Reacts to what was written down at least `olderThanMs` ago by whomever and not reacted to yet, and to what is to be tried again.
   * Returns how many deliveries it took up.
   */
  catchUp(olderThanMs?: number): Promise<number>;
  /** Waits until this process has nothing under way. */
  settled(): Promise<void>;
  /** Deliveries nobody reacted to yet, and how long the oldest has been lying. */
  pile(): Promise<{ deliveries: number; oldestSeconds: number }>;
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
/** Those are tried one by one, at most so many at a time. */
const TRIED_AGAIN_AT_ONCE = 50;

/**
 * Deliveries are written down first and reacted to afterwards. Written down: one statement for all that arrive while others are being
 * written, after which the sender has its answer; it never waits for rows somebody works on. Reacted to: what they tell is taken off the
 * pile and made due in one transaction, those of one kind together; wakes afterwards. What a process that dies leaves on the pile,
 * another takes up.
 */
export function createInbox<Event>(deps: InboxDeps<Event>): Inbox<Event> {
  const { engine, db } = deps;
  const waiting: { delivery: Delivery<Event>; resolve(outcome: Received): void; reject(error: unknown): void }[] = [];
  let writing: Promise<void> | null = null;
  let reacting: Promise<void> | null = null;
  let isMoreToReactTo = false;

  async function write(): Promise<void> {
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
      reactSoon();
    }
    writing = null;
  }

  /** One at a time in a process: what is written down meanwhile is taken together in the next round. */
  function reactSoon(): void {
    isMoreToReactTo = true;
    reacting ??= reactWhileMore()
      .catch((err) => engine.log.warn({ err }, "delivery.reaction-delayed"))
      .finally(() => {
        reacting = null;
        if (isMoreToReactTo) reactSoon();
      });
  }

  async function reactWhileMore(): Promise<void> {
    while (isMoreToReactTo) {
      isMoreToReactTo = false;
      await reactToAll(0);
    }
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
    try {
      await engine.change(async (tx) => {
        taken = await takePending(tx, { due });
        await reactTo(tx, taken);
      });
      return taken.length;
    } catch (error) {
      if (taken.length === 0 || isDatabaseGone(error)) throw error;
      // one of them spoils the others' transaction: each by itself, then only the guilty one stays
      const together = taken;
      for (const one of together) await reactToOne(one);
      return together.length;
    }
  }

  async function reactToOne(one: Pending): Promise<void> {
    try {
      await engine.change(async (tx) => reactTo(tx, await takePending(tx, { one })));
    } catch (error) {
      if (isDatabaseGone(error)) throw error;
      await putOff(one, error);
    }
  }

  async function reactTo(tx: Tx, taken: readonly Pending[]): Promise<void> {
    const events = taken.flatMap((one) => one.events.map(deps.revive));
    if (events.length > 0) await deps.react(tx, events);
  }

  /** Those whose reaction failed before, apart from the fresh ones: they would spoil their rounds. */
  async function tryAgain(): Promise<number> {
    const due = await db.pendingDelivery.findMany({
      where: { attempts: { gt: 0 }, dueAt: { lte: engine.clock.now() } },
      orderBy: { dueAt: "asc" },
      take: TRIED_AGAIN_AT_ONCE,
    });
    for (const one of due) await reactToOne({ ...one, events: [] });
    return due.length;
  }

  async function putOff({ source, id, attempts }: Pending, err: unknown): Promise<void> {
    const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** attempts, LONGEST_BACK_OFF_MS);
    engine.log.error({ err, source, id, attempts: attempts + 1, againInMs: backOffMs }, "delivery.reaction-failed");
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
        writing ??= write();
      }),
    catchUp: async (olderThanMs = 0) => (await reactToAll(olderThanMs)) + (await tryAgain()),
    async settled() {
      while (writing || reacting) await (writing ?? reacting);
    },
    async pile() {
      const [found] = await db.$queryRaw<{ deliveries: number; oldest: Date | null }[]>`
        SELECT count(*)::int AS deliveries, min(d."receivedAt") AS oldest
        FROM "PendingDelivery" p JOIN "Delivery" d ON d.source = p.source AND d.id = p.id`;
      const oldest = found?.oldest?.getTime() ?? engine.clock.now().getTime();
      return { deliveries: found?.deliveries ?? 0, oldestSeconds: (engine.clock.now().getTime() - oldest) / 1000 };
    },
  };
}

/** One statement: the ids, and what those that are new tell. Tells of each delivery whether it was new. */
async function storeDeliveries(db: Db, deliveries: readonly Delivery<unknown>[]): Promise<Received[]> {
  const rows = deliveries.map(({ source, id, topic, scopeHint, receivedAt, events }) => ({
    ...{ source, id: storable(id), topic, receivedAt, events },
    scope: scopeHint ?? null,
  }));
  const unique = [...new Map(rows.map((row) => [keyOf(row), row])).values()];
  const json = JSON.stringify(unique, (_key, value) => (typeof value === "string" ? storable(value) : value));
  const stored = await db.$queryRaw<{ source: string; id: string }[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${json}::jsonb)
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

/** What the database's text does not take, a NUL or half a character, would have the sender told forever to try again. */
const storable = (text: string) => text.replaceAll("\0", "").toWellFormed();

const keyOf = ({ source, id }: { source: string; id: string }) => JSON.stringify([source, id]);

interface Pending {
  source: string;
  id: string;
  events: unknown[];
  attempts: number;
}

/** Takes fresh deliveries off the pile that nobody else is taking, oldest first, or one certain; they are back if the transaction fails. */
function takePending(tx: Tx, which: { due: Date } | { one: Pending }): Promise<Pending[]> {
  const wanted =
    "due" in which
      ? Prisma.sql`"dueAt" <= ${which.due} AND attempts = 0`
      : Prisma.sql`source = ${which.one.source} AND id = ${which.one.id}`;
  return tx.$queryRaw<Pending[]>(Prisma.sql`
    WITH taken AS MATERIALIZED (
      SELECT source, id FROM "PendingDelivery" WHERE ${wanted} ORDER BY "dueAt" LIMIT ${REACTED_TOGETHER} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "PendingDelivery" p USING taken t WHERE p.source = t.source AND p.id = t.id
    RETURNING p.source, p.id, p.events, p.attempts`);
}

/** A transaction that took too long is no such case: fewer deliveries at a time help. */
const isDatabaseGone = (error: unknown) => isDatabaseAway(error) && (error as { code?: string }).code !== "P2028";

/**
 * Forgets deliveries older than `before`, a bounded number at a time; returns how many. Senders repeat for days, not for weeks. What was
 * not reacted to is kept, however old.
 */
export async function forgetDeliveries(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Delivery" WHERE (source, id) IN (
      SELECT source, id FROM "Delivery" d WHERE "receivedAt" < ${before}
        AND NOT EXISTS (SELECT 1 FROM "PendingDelivery" p WHERE p.source = d.source AND p.id = d.id)
      ORDER BY "receivedAt" LIMIT ${atMost})`;
}
