import type { Tx } from "../../../platform/db.server.ts";
import { type FoundBy, wordsOf } from "./order-words.ts";

type Order = FoundBy & { id: string; createdAt: Date };

/** Stores what an order is found by, where a reading changed it. */
export async function keepWords(tx: Tx, { before, order }: { before: Order; order: Order }): Promise<void> {
  const words = wordsOf(order);
  const isSame =
    before.lines.length > 0 &&
    before.createdAt.getTime() === order.createdAt.getTime() &&
    wordsOf(before).join(" ") === words.join(" ");
  if (isSame) return;
  await tx.$executeRaw`
    insert into "OrderWords" ("orderId", "shopId", "boughtAt", words)
    values (${order.id}, ${order.shopId}, ${order.createdAt}::timestamptz, array_to_tsvector(${words}::text[]))
    on conflict ("orderId") do update set "boughtAt" = excluded."boughtAt", words = excluded.words`;
}
