import { type Db, Prisma, type Tx } from "../../../platform/db.server.ts";
import { type FoundBy, wordsOf } from "./order-words.ts";

type Order = FoundBy & { id: string; createdAt: Date };

/** Stores what an order is found by, where a reading changed it. */
export async function keepWords(tx: Tx, { before, order }: { before: Order; order: Order }): Promise<void> {
  const isSame =
    before.lines.length > 0 &&
    before.createdAt.getTime() === order.createdAt.getTime() &&
    wordsOf(before).join(" ") === wordsOf(order).join(" ");
  if (!isSame) await storeWords(tx, [order]);
}

/** Stores what orders are found by. */
export async function storeWords(db: Db | Tx, orders: readonly Order[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(
    (order) =>
      Prisma.sql`(${order.id}, ${order.shopId}, ${order.createdAt}::timestamptz, array_to_tsvector(${wordsOf(order)}::text[]))`,
  );
  await db.$executeRaw`
    insert into "OrderWords" ("orderId", "shopId", "boughtAt", words) values ${Prisma.join(rows)}
    on conflict ("orderId") do update set "boughtAt" = excluded."boughtAt", words = excluded.words`;
}
