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

/**
 * Records a verified delivery and what it makes due, in one transaction; wakes afterwards. A delivery seen before changes nothing.
 * Throws only when the database fails: then the sender must be told to try again.
 */
export function receiveDelivery(engine: Engine, delivery: Delivery): Promise<"recorded" | "repeat"> {
  return engine.change(async (tx) => {
    const { count } = await tx.delivery.createMany({
      data: {
        source: delivery.source,
        id: delivery.id,
        topic: delivery.topic,
        scope: delivery.scopeHint ?? null,
        receivedAt: delivery.receivedAt,
      },
      skipDuplicates: true,
    });
    if (count === 0) return "repeat";
    if (delivery.wants.length > 0) await engine.want(tx, delivery.wants);
    await delivery.inTx?.(tx);
    return "recorded";
  });
}

/** Forgets deliveries older than `before`, a bounded number at a time; returns how many. Senders repeat for days, not for weeks. */
export async function forgetDeliveries(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Delivery" WHERE (source, id) IN (
      SELECT source, id FROM "Delivery" WHERE "receivedAt" < ${before} ORDER BY "receivedAt" LIMIT ${atMost})`;
}
