import { isOwed } from "../intake/owed-units.ts";
import { linkOf, linksFor } from "../intake/store-lines.server.ts";
import type { ImportTurn } from "./import-order.server.ts";

/** Links units whose SKU has become known since the order was read; those still owed are kept back from now on. True: something changed. */
export async function linkLines({ deps, connection, order }: ImportTurn): Promise<boolean> {
  const unlinked = order.lines.filter((line) => !line.variantId && line.status !== "cancelled");
  if (unlinked.length === 0) return false;
  return deps.engine.change(async (tx) => {
    const links = await linksFor(deps, tx, connection, unlinked);
    const linked = unlinked.filter((line) => links.has(line.channelSkuId));
    for (const line of linked)
      await tx.channelOrderLine.update({ where: { id: line.id }, data: linkOf(links.get(line.channelSkuId)) });
    const units = linked.flatMap((line) => {
      const link = links.get(line.channelSkuId);
      const { channelLineId } = line;
      return link?.inventoryItemId && isOwed(order, line)
        ? [{ channelLineId, inventoryItemId: link.inventoryItemId, listingSkuId: link.listingSkuId }]
        : [];
    });
    const { shopId, channelOrderId, createdAt: boughtAt } = order;
    if (units.length > 0)
      await deps.inventory.takeWaiting(tx, { shopId, connectionId: connection.id, channelOrderId, boughtAt, units });
    return linked.length > 0;
  });
}
