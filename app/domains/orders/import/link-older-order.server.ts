import { after } from "../../../platform/clock.ts";
import { shopifyOf } from "../deps.ts";
import { isOwed } from "../intake/owed-units.ts";
import { recordOrderActivity } from "../problems.server.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import { linkLines } from "./link-lines.server.ts";

/** Shopify tells of new orders itself; this look makes up for what it did not tell. */
const LOOK_AGAIN_MS = 30 * 60_000;

/**
 * An order that is left out and still to travel: did somebody else bring it home? Then Shopify's number contains its units from a reading
 * begun after this look.
 */
export async function linkOlderOrder(turn: ImportTurn): Promise<StepResult> {
  const { ctx, order } = turn;
  if (await linkLines(turn)) return "again";
  if (await linkFound(turn)) return "again";
  const unlinked = order.lines.find((line) => !line.variantId && isOwed(order, line));
  if (unlinked)
    return { kind: "waits", for: `sku:${unlinked.channelSkuId}`, reason: "an older order's SKU is not linked" };
  return { kind: "done", recheckAt: after(ctx.now(), LOOK_AGAIN_MS) };
}

/** Looks for an order of somebody else's making. It is not ours: it is linked, and never written to. False: there is none. */
export async function linkFound({ deps, connection, order }: ImportTurn): Promise<boolean> {
  const { shopId, channelOrderId } = order;
  const found = await shopifyOf(deps, connection).findOrdersBySourceIdentifier(channelOrderId);
  const at = deps.clock.now();
  // a cancelled one put its units back, or never took them
  const [first] = found
    .filter((one) => one.cancelledAt === null)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  if (!first) return false;
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id },
      data: {
        ...{ linkedOrderId: first.id, linkedOrderName: first.name },
        ...{ importState: "shown", parkedReason: order.parkedReason ?? "before-cutoff" },
      },
    });
    await deps.inventory.markImported(tx, { shopId, connectionId: connection.id, channelOrderId, at });
    await recordOrderActivity(tx, order, {
      event: "order.linked",
      data: { shopifyOrderId: first.id, shopifyOrderName: first.name },
    });
  });
  return true;
}
