import type { InventoryDeps } from "./deps.ts";

/** A stock number the channel acknowledged. */
export interface SentNumber {
  id: string;
  at: Date;
  listingSkuId: string;
  before: number;
  after: number;
}

/** Numbers sent to the channels of a shop, newest first; `before` is the last id of the page before. */
export async function listSentNumbers(
  { db }: Pick<InventoryDeps, "db">,
  query: { shopId: string; before?: string; limit: number },
): Promise<SentNumber[]> {
  const rows = await db.ledgerLine.findMany({
    where: {
      shopId: query.shopId,
      number: "channel",
      why: { not: "read back" },
      ...(query.before ? { id: { lt: BigInt(query.before) } } : {}),
    },
    orderBy: { id: "desc" },
    take: query.limit,
  });
  return rows.flatMap(({ id, at, listingSkuId, before, after }) =>
    listingSkuId ? [{ id: id.toString(), at, listingSkuId, before, after }] : [],
  );
}
