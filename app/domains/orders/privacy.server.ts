import type { Db, Tx } from "../../platform/db.server.ts";

/** Forgets buyers: of the named Shopify orders, or of all orders of a shop. Orders, amounts and states stay. */
export async function forgetBuyers(
  tx: Tx,
  input: { shopId: string; shopifyOrderIds: string[] | "all" },
): Promise<number> {
  const ids = input.shopifyOrderIds;
  const named = ids === "all" ? {} : { OR: [{ shopifyOrderId: { in: ids } }, { linkedOrderId: { in: ids } }] };
  const { count } = await tx.channelOrder.updateMany({
    where: { shopId: input.shopId, AND: [{ OR: [{ sealedBuyer: { not: null } }, { note: { not: null } }] }, named] },
    // the shop's own words may name the buyer
    data: { sealedBuyer: null, note: null, noteBy: null, noteAt: null },
  });
  await tx.sellerDecision.updateMany({
    where: { shopId: input.shopId, comment: { not: null }, order: named },
    data: { comment: null },
  });
  return count;
}

/** So many orders with all that belongs to them are forgotten in one go. */
const ORDERS_AT_ONCE = 200;

/** Forgets everything about a shop, a part at a time, so that whoever calls again goes on where it ended. */
export async function forgetShop(db: Db, { shopId }: { shopId: string }): Promise<void> {
  for (;;) {
    const some = await db.channelOrder.findMany({ where: { shopId }, select: { id: true }, take: ORDERS_AT_ONCE });
    if (some.length === 0) break;
    await db.channelOrder.deleteMany({ where: { shopId, id: { in: some.map(({ id }) => id) } } });
  }
  await db.orderBackfill.deleteMany({ where: { shopId } });
  await db.carrierChoice.deleteMany({ where: { shopId } });
  await db.orderLook.deleteMany({ where: { shopId } });
}
