import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { orderObject, readSubject } from "../subjects.ts";

const EVERY_MS = 15 * 60_000;
const MOST_AT_ONCE = 200;

/** The due row of "look what was fulfilled in Shopify". */
export const fulfilmentWant = (connectionId: string, channelOrderId: string, seenAt?: Date): Want => ({
  lane: "fulfilment",
  scope: scopeOf(connectionId),
  subject: readSubject(channelOrderId),
  object: orderObject(channelOrderId),
  ...(seenAt ? { seenAt } : {}),
});

/** Makes up for lost Shopify webhooks: looks at imported orders that have not left yet, those due to ship first. */
export async function pollShipments(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { shopId, channel, channelShopId } = connection;
  const orders = await deps.db.channelOrder.findMany({
    where: {
      shopId,
      channel,
      channelShopId,
      importState: "done",
      shopifyOrderId: { not: null },
      // handed over, but its number may still be corrected in Shopify, or the platform's own parcel be carried there
      status: { in: ["to-ship", "partly-shipped", "awaiting-collection"] },
    },
    select: { channelOrderId: true },
    orderBy: [{ shipByAt: "asc" }, { createdAt: "asc" }],
    take: MOST_AT_ONCE,
  });
  const wants = orders.map((order) => fulfilmentWant(connection.id, order.channelOrderId));
  await deps.engine.change(async (tx) => {
    if (wants.length > 0) await deps.engine.want(tx, wants);
    await ctx.end(claim, { kind: "done", recheckAt: after(ctx.now(), EVERY_MS) }, tx);
  });
}
