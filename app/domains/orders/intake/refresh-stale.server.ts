import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { FRESH_MS } from "../import/send-order.server.ts";
import { parseSubject } from "../subjects.ts";
import { readFromChannel } from "./read-orders.server.ts";
import { storeOrder } from "./store-order.server.ts";

/**
 * Imports that come in a burst (after arming, a range of older orders) need a fresh reading each: those worked together are read together, one
 * call for up to 50. A help, never a condition: what cannot be read here is read by its own import, which ends by its own error.
 */
export async function refreshStale(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: readonly Claim[],
  ctx: DrainContext,
): Promise<void> {
  if (!connection.armedFlows.includes("orders")) return;
  const importing = claims.flatMap((claim) => {
    const subject = parseSubject(claim.subject);
    return subject.kind === "import" ? [subject.channelOrderId] : [];
  });
  if (importing.length < 2) return;
  const { shopId, channel, channelShopId } = connection;
  const stale = await deps.db.channelOrder.findMany({
    where: {
      ...{ shopId, channel, channelShopId, channelOrderId: { in: importing } },
      seenAt: { lt: after(ctx.now(), -FRESH_MS) },
      OR: [
        { importState: { in: ["planned", "parked"] }, shopifyOrderId: null, status: { not: "unpaid" } },
        { importState: "shown", importAskedAt: { not: null }, linkedOrderId: null },
      ],
    },
    select: { channelOrderId: true },
  });
  if (stale.length < 2) return;
  try {
    const ids = stale.map((order) => order.channelOrderId);
    for (const reading of (await readFromChannel(deps, connection, ids)).values())
      await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  } catch (error) {
    ctx.log.info({ err: error, connectionId: connection.id, orders: stale.length }, "orders.not-refreshed-together");
  }
}
