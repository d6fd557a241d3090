import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { CreatedOrder } from "../../../shopify/model.ts";
import { scopeOf } from "../deps.ts";
import { fulfilmentWant } from "../fulfilment/fulfilment-want.ts";
import { hasLeft } from "../fulfilment/platform-parcels.ts";
import { closeOrderProblems, recordOrderActivity } from "../problems.server.ts";
import { referenceWant } from "../references/reference-want.ts";
import { lockOrder } from "../store.server.ts";
import { countSubject, orderObject, readSubject } from "../subjects.ts";
import { assignLines, groupUnits } from "./group-lines.ts";
import type { ImportTurn } from "./import-order.server.ts";
import { PARKING_PROBLEMS } from "./park-order.server.ts";

/** Shopify's search index lags: a count before it has caught up would prove nothing. The second one catches what came very late. */
const COUNTS_AFTER_MS = [60_000, 600_000];

/**
 * The Shopify order is there: keeps its id whoever holds the row now, since it is the truth, and lets inventory know that a reading
 * begun from now on contains the units.
 */
export async function recordCreated(
  { deps, connection, order }: ImportTurn,
  created: CreatedOrder,
  how: "created" | "found",
): Promise<void> {
  await deps.engine.changeTogether(async (tx) => {
    const now = deps.clock.now();
    const current = await lockOrder(tx, connection, order.channelOrderId);
    if (!current || current.shopifyOrderId === created.id) return;
    const scope = scopeOf(connection.id);
    const object = orderObject(order.channelOrderId);
    if (current.shopifyOrderId !== null) {
      await deps.engine.want(tx, { lane: "orders", scope, subject: countSubject(order.channelOrderId), object });
      return;
    }
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: {
        ...{
          shopifyOrderId: created.id,
          shopifyOrderName: created.name,
          importedAt: now,
          importLeaseUntil: null,
          parkedReason: null,
        },
        // With a hold to come it is not home yet: the hold's confirmation ends the import.
        importState: current.holdState === "wanted" ? "sending" : "done",
      },
    });
    // also those cancelled while the order was made, or before: they are taken off the line they went into
    const units = current.lines.map(
      ({ channelLineId, channelSkuId, variantId, priceMinor: unitPriceMinor, status }) => ({
        ...{ channelLineId, channelSkuId, variantId, unitPriceMinor, isCancelled: status === "cancelled" },
      }),
    );
    for (const [channelLineId, shopifyLineId] of assignLines(groupUnits(units), created.lines)) {
      await tx.channelOrderLine.updateMany({ where: { orderId: order.id, channelLineId }, data: { shopifyLineId } });
    }
    const { shopId, channelOrderId } = order;
    await deps.inventory.markImported(tx, { shopId, connectionId: connection.id, channelOrderId, at: now });
    await deps.engine.want(tx, referenceWant(connection.id, channelOrderId));
    await closeOrderProblems(tx, order, PARKING_PROBLEMS);
    await recordOrderActivity(tx, order, {
      event: "order.imported",
      data: { shopifyOrderId: created.id, shopifyOrderName: created.name, how },
    });
    if (current.importAttempts > 1) {
      const subject = countSubject(channelOrderId);
      for (const ms of COUNTS_AFTER_MS)
        await deps.engine.want(tx, { lane: "orders", scope, subject, object, dueAt: after(now, ms) });
    }
    // whatever was done with it in Shopify while we did not know of it: nobody told us, or we could not tell whose it was
    const mayBeChanged = how === "found";
    const hasAfterSales = mayBeChanged || current.status === "cancelled" || (await hasOpenAfterSales(tx, order.id));
    // shipped before it was home: Shopify is to hear of that too, or of the numbers of what came as fulfilled
    if (hasLeft(current.status) || mayBeChanged)
      await deps.engine.want(tx, fulfilmentWant(connection.id, channelOrderId));
    if (hasAfterSales)
      await deps.engine.want(tx, { lane: "after-sales", scope, subject: readSubject(channelOrderId), object });
  });
}

async function hasOpenAfterSales(tx: Tx, orderId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ isOpen: boolean }[]>`
    select exists (select 1 from "OrderCancellation" where "orderId" = ${orderId} and "shopifyState" <> 'done')
      or exists (select 1 from "OrderReturn" where "orderId" = ${orderId}) as "isOpen"`;
  return found?.isOpen ?? false;
}
