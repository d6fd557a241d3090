import { shopifyOf } from "../deps.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import { linkFound } from "./link-older-order.server.ts";
import { recordCreated } from "./record-created.server.ts";

/**
 * An older order that somebody asked for: ours from an earlier life of the app is taken up again, somebody else's is linked and never written
 * to. Only one that is not found may be made.
 */
export async function lookBefore(turn: ImportTurn): Promise<StepResult> {
  const { deps, connection, ctx, order } = turn;
  const shopify = shopifyOf(deps, connection);
  await shopify.ensureOrderIdDefinition();
  const own = await shopify.findOrderByCustomId(order.channelOrderId);
  const created = own && (await shopify.orderLines(own.id));
  if (created) {
    await recordCreated(turn, created, "found");
    return "again";
  }
  const beganAt = ctx.now();
  if (await linkFound(turn)) return "again";
  await deps.engine.change(async (tx) => {
    await tx.channelOrder.updateMany({
      where: { id: order.id, shopifyOrderId: null, importState: order.importState },
      data: { lookedBeforeAt: beganAt },
    });
  });
  return "again";
}
