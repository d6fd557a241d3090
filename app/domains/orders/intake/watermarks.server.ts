import { after } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/db.server.ts";
import type { OrdersConnection } from "../deps.ts";

/** Each walk begins so much before the last one's end: update times change while a walk is under way. */
const OVERLAP_MS = 15 * 60_000;
/** How far back the first walk of a connection goes: orders still to be shipped are mostly younger. */
const FIRST_WALK_MS = 7 * 24 * 60 * 60_000;

export type WalkName = "orders" | "cancellations" | "returns" | "fulfilments" | "changed-in-shopify";

/** Where the next walk begins; after one that broke off: where that one was. */
export async function walkSince(db: Db, connection: OrdersConnection, name: WalkName): Promise<Date> {
  const mark = await db.orderWatermark.findUnique({
    where: { connectionId_name: { connectionId: connection.id, name } },
  });
  if (mark?.resumeAt) return mark.resumeAt;
  return mark ? after(mark.at, -OVERLAP_MS) : after(connection.createdAt, -FIRST_WALK_MS);
}

/**
 * A walk has come so far and may break off (a budget that is used up, a dying process): the next attempt goes on from here. Walks ascend,
 * so everything older is seen to; the mark itself moves only after a whole walk.
 */
export async function keepPlace(
  tx: Tx,
  connection: OrdersConnection,
  walk: { name: WalkName; since: Date; resumeAt: Date },
): Promise<void> {
  const key = { connectionId: connection.id, name: walk.name };
  const { resumeAt } = walk;
  await tx.orderWatermark.upsert({
    where: { connectionId_name: key },
    create: { ...key, at: after(walk.since, OVERLAP_MS), resumeAt },
    update: { resumeAt },
  });
}

/** A whole walk is over. `newest`: the newest other-side time it met; null: it met nothing, the mark stays. Never moves back, nor into the future. */
export async function moveWatermark(
  tx: Tx,
  connection: OrdersConnection,
  walk: { name: WalkName; newest: Date | null; since: Date; walkedAt: Date },
): Promise<void> {
  const key = { connectionId: connection.id, name: walk.name };
  const mark = await tx.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const known = mark?.at ?? after(walk.since, OVERLAP_MS);
  const newest = walk.newest && walk.newest > walk.walkedAt ? walk.walkedAt : walk.newest;
  const at = newest && newest > known ? newest : known;
  const data = { at, walkedAt: walk.walkedAt, resumeAt: null };
  await tx.orderWatermark.upsert({ where: { connectionId_name: key }, create: { ...key, ...data }, update: data });
}
