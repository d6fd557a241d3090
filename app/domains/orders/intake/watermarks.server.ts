import { after } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/db.server.ts";
import type { OrdersConnection } from "../deps.ts";

/** Each walk begins so much before the last one's end: update times change while a walk is under way. */
const OVERLAP_MS = 15 * 60_000;
/** How far back the first walk of a connection goes: orders still to be shipped are mostly younger. */
const FIRST_WALK_MS = 7 * 24 * 60 * 60_000;

export type WalkName = "orders" | "cancellations";

/** Where the next walk begins. */
export async function walkSince(db: Db, connection: OrdersConnection, name: WalkName): Promise<Date> {
  const mark = await db.orderWatermark.findUnique({
    where: { connectionId_name: { connectionId: connection.id, name } },
  });
  return mark ? after(mark.at, -OVERLAP_MS) : after(connection.createdAt, -FIRST_WALK_MS);
}

/** A whole walk is over. `newest`: the newest other-side time it met; null: it met nothing, the mark stays. Never moves back. */
export async function moveWatermark(
  tx: Tx,
  connection: OrdersConnection,
  walk: { name: WalkName; newest: Date | null; since: Date; walkedAt: Date },
): Promise<void> {
  const key = { connectionId: connection.id, name: walk.name };
  const mark = await tx.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const known = mark?.at ?? after(walk.since, OVERLAP_MS);
  const at = walk.newest && walk.newest > known ? walk.newest : known;
  const data = { at, walkedAt: walk.walkedAt };
  await tx.orderWatermark.upsert({ where: { connectionId_name: key }, create: { ...key, ...data }, update: data });
}
