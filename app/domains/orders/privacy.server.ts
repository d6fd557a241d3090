import type { Tx } from "../../platform/db.server.ts";

/** Forgets buyers: of the named Shopify orders, or of all orders of a shop. Orders, amounts and states stay. */
export async function forgetBuyers(
  tx: Tx,
  input: { shopId: string; shopifyOrderIds: string[] | "all" },
): Promise<number> {
  const ids = input.shopifyOrderIds;
  const named = ids === "all" ? {} : { OR: [{ shopifyOrderId: { in: ids } }, { linkedOrderId: { in: ids } }] };
  const { count } = await tx.channelOrder.updateMany({
    where: { shopId: input.shopId, sealedBuyer: { not: null }, ...named },
    data: { sealedBuyer: null },
  });
  return count;
}

/** Forgets everything about a shop. */
export async function forgetShop(tx: Tx, input: { shopId: string }): Promise<void> {
  await tx.channelOrder.deleteMany({ where: { shopId: input.shopId } });
}
