import type { Db, Tx } from "./db.server.ts";
import type { Engine } from "./engine/engine.server.ts";
import type { Want } from "./engine/model.ts";

export interface Delivery {
  /** Who sent it, e.g. "shopify". Ids are unique within a source. */
  source: string;
  id: string;
  topic: string;
  /** For people looking at the table: whom it concerns. */
  scopeHint?: string;
  receivedAt: Date;
  /** What has to be looked at because of it. The body itself is not kept: the truth is fetched later. */
  wants: Want[];
  /** For wants that need a look at stored rows first. Not called for a repeat. */
  inTx?: (tx: Tx) => Promise<void>;
}

type Received = "recorded" | "repeat";

/** At most so many deliveries share a transaction: a failing one must not hold up too many others. */
const MOST_TOGETHER = 40;

/**
 * The place where verified deliveries are written down: each with what it makes due, in one transaction; wakes afterwards. Those that
 * arrive while others are being written share the next transaction, so that a flood costs few commits. A delivery seen before
 * changes nothing. Throws only when the database fails, or this delivery's own reaction: then the sender must be told to try again.
 */
export function createInbox(engine: Engine): (delivery: Delivery) => Promise<Received> {
  const waiting: { delivery: Delivery; resolve(outcome: Received): void; reject(error: unknown): void }[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_TOGETHER);
      try {
        const outcomes = await engine.change((tx) =>
          recordTogether(
            engine,
            tx,
            batch.map((one) => one.delivery),
          ),
        );
        for (const [at, one] of batch.entries()) one.resolve(outcomes[at] ?? "repeat");
      } catch {
        // one of them spoils the others' transaction: each by itself, then only the guilty one fails
        for (const one of batch) {
          const alone = engine.change((tx) => recordTogether(engine, tx, [one.delivery]));
          await alone.then(([outcome]) => one.resolve(outcome ?? "repeat"), one.reject);
        }
      }
    }
    isWriting = false;
  }

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (!isWriting) void write();
    });
}

async function recordTogether(engine: Engine, tx: Tx, deliveries: Delivery[]): Promise<Received[]> {
  const rows = deliveries.map(({ source, id, topic, scopeHint, receivedAt }) => ({
    ...{ source, id, topic, receivedAt },
    scope: scopeHint ?? null,
  }));
  const stored = await tx.$queryRaw<{ source: string; id: string }[]>`
    INSERT INTO "Delivery" (source, id, topic, scope, "receivedAt")
    SELECT source, id, topic, scope, "receivedAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d(source text, id text, topic text, scope text, "receivedAt" timestamptz(3))
    ON CONFLICT DO NOTHING RETURNING source, id`;
  const fresh = new Set(stored.map(({ source, id }) => `${source} ${id}`));
  const outcomes: Received[] = [];
  for (const delivery of deliveries) {
    // a repeat within the batch finds its id taken off the list
    const isFresh = fresh.delete(`${delivery.source} ${delivery.id}`);
    outcomes.push(isFresh ? "recorded" : "repeat");
    if (!isFresh) continue;
    if (delivery.wants.length > 0) await engine.want(tx, delivery.wants);
    await delivery.inTx?.(tx);
  }
  return outcomes;
}

/** Forgets deliveries older than `before`, a bounded number at a time; returns how many. Senders repeat for days, not for weeks. */
export async function forgetDeliveries(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Delivery" WHERE (source, id) IN (
      SELECT source, id FROM "Delivery" WHERE "receivedAt" < ${before} ORDER BY "receivedAt" LIMIT ${atMost})`;
}
