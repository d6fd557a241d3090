import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { findOrder } from "../store.server.ts";

const DOUBLED_HOLD = "reelshelf-doubled";
const NOTE = "A second order for one channel order. Do not ship; cancel it.";

/** After a second attempt: counts Shopify orders with this order's identifier. Two is urgent, and the later ones are held. */
export async function countOrders(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  channelOrderId: string,
  ctx: DrainContext,
): Promise<void> {
  const order = await findOrder(deps.db, connection, channelOrderId);
  if (!order?.shopifyOrderId) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const shopify = shopifyOf(deps, connection);
  const found = (await shopify.findOrdersBySourceIdentifier(channelOrderId)).filter((one) => one.cancelledAt === null);
  const others = found.filter((one) => one.id !== order.shopifyOrderId);
  for (const other of others) {
    for (const part of await shopify.holdTargets(other.id)) {
      if (part.canHold && !part.holds.some((hold) => hold.handle === DOUBLED_HOLD))
        await shopify.holdFulfillment(part.id, { handle: DOUBLED_HOLD, note: NOTE });
    }
  }
  await deps.engine.change(async (tx) => {
    if (others.length === 0) await closeOrderProblems(tx, order, ["order-doubled"]);
    else {
      await openOrderProblem(tx, order, {
        kind: "order-doubled",
        severity: "urgent",
        data: { kept: order.shopifyOrderName ?? "", others: others.map((one) => one.name) },
      });
      await recordOrderActivity(tx, order, { event: "order.doubled", data: { others: others.map((one) => one.id) } });
    }
    await ctx.end(claim, { kind: "done" }, tx);
  });
}
