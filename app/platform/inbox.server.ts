import { type Db, isDatabaseAway, type Tx } from "./db.server.ts";
import type { Engine } from "./engine/engine.server.ts";

export interface Delivery<Event> {
  /** Who sent it, e.g. "shopify". Ids are unique within a source. */
  source: string;
  id: string;
  topic: string;
  /** For people looking at the table: whom it concerns. */
  scopeHint?: string;
  receivedAt: Date;
  /** What it tells. The body itself is not kept: the truth is fetched later. */
  events: readonly Event[];
}

/** Writes down what is wanted because of these events, of several deliveries at once. In the transaction that records them. */
export type Reaction<Event> = (tx: Tx, events: readonly Event[]) => Promise<void>;

type Received = "recorded" | "repeat";

/** At most so many deliveries share a transaction: a failing one must not hold up too many others. */
const MOST_TOGETHER = 40;
/** More of them wait in vain: their senders have given up by the time it is their turn. */
const MOST_WAITING = 5_000;

/**
 * The place where verified deliveries are written down: each with what it makes due, in one transaction; wakes afterwards. Those that
 * arrive while others are being written share the next transaction and are reacted to together, so that a flood costs few commits
 * and few statements. A delivery seen before changes nothing. Throws only when the database fails, or the reaction to this very
 * delivery: then the sender must be told to try again.
 */
export function createInbox<Event>(
  engine: Engine,
  react: Reaction<Event>,
): (delivery: Delivery<Event>) => Promise<Received> {
  const waiting: { delivery: Delivery<Event>; resolve(outcome: Received): void; reject(error: unknown): void }[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_TOGETHER);
      try {
        const outcomes = await record(batch.map((one) => one.delivery));
        for (const [at, one] of batch.entries()) one.resolve(outcomes[at] ?? "repeat");
      } catch (error) {
        if (isDatabaseAway(error)) {
          for (const one of batch) one.reject(error);
          continue;
        }
        // one of them spoils the others' transaction: each by itself, then only the guilty one fails
        for (const one of batch)
          await record([one.delivery]).then(([outcome]) => one.resolve(outcome ?? "repeat"), one.reject);
      }
    }
    isWriting = false;
  }

  const record = (deliveries: Delivery<Event>[]): Promise<Received[]> =>
    engine.change(async (tx) => {
      const isFresh = await storeDeliveries(tx, deliveries);
      const events = deliveries.flatMap((delivery, at) => (isFresh[at] ? delivery.events : []));
      if (events.length > 0) await react(tx, events);
      return isFresh.map((fresh) => (fresh ? "recorded" : "repeat"));
    });

  return (delivery) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= MOST_WAITING) {
        reject(new Error("too many deliveries wait to be recorded"));
        return;
      }
      waiting.push({ delivery, resolve, reject });
      if (!isWriting) void write();
    });
}

/** Stores the ids; tells of each delivery whether it was new. */
async function storeDeliveries(tx: Tx, deliveries: readonly Delivery<unknown>[]): Promise<boolean[]> {
  const rows = deliveries.map(({ source, id, topic, scopeHint, receivedAt }) => ({
    ...{ source, id, topic, receivedAt },
    scope: scopeHint ?? null,
  }));
  const stored = await tx.$queryRaw<{ source: string; id: string }[]>`
    INSERT INTO "Delivery" (source, id, topic, scope, "receivedAt")
    SELECT source, id, topic, scope, "receivedAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d(source text, id text, topic text, scope text, "receivedAt" timestamptz(3))
    ORDER BY source, id
    ON CONFLICT DO NOTHING RETURNING source, id`;
  const fresh = new Set(stored.map(({ source, id }) => JSON.stringify([source, id])));
  // a repeat within the batch finds its id taken off the list
  return deliveries.map(({ source, id }) => fresh.delete(JSON.stringify([source, id])));
}

/** Forgets deliveries older than `before`, a bounded number at a time; returns how many. Senders repeat for days, not for weeks. */
export async function forgetDeliveries(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Delivery" WHERE (source, id) IN (
      SELECT source, id FROM "Delivery" WHERE "receivedAt" < ${before} ORDER BY "receivedAt" LIMIT ${atMost})`;
}
