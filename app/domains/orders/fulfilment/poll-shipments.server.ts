import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import type { WalkName } from "../intake/watermarks.server.ts";
import { orderObject, readSubject } from "../subjects.ts";

const EVERY_MS = 15 * 60_000;
const MOST_AT_ONCE = 200;
/** A shop with more of them is gone through part by part, so that nothing else waits for it. */
const NEXT_PART_MS = 60_000;

/** The due row of "look what was fulfilled in Shopify". */
export const fulfilmentWant = (connectionId: string, channelOrderId: string, seenAt?: Date): Want => ({
  lane: "fulfilment",
  scope: scopeOf(connectionId),
  subject: readSubject(channelOrderId),
  object: orderObject(channelOrderId),
  ...(seenAt ? { seenAt } : {}),
});

/** Makes up for lost Shopify webhooks: looks at every imported order that has not left yet, the oldest first, then begins anew. */
export async function pollShipments(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { shopId, channel, channelShopId } = connection;
  const key = { connectionId: connection.id, name: "fulfilments" satisfies WalkName };
  const place = await deps.db.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const from = place?.resumeAt ?? null;
  const orders = await deps.db.channelOrder.findMany({
    where: {
      shopId,
      channel,
      channelShopId,
      importState: "done",
      shopifyOrderId: { not: null },
      // handed over, but its number may still be corrected in Shopify, or the platform's own parcel be carried there
      status: { in: ["to-ship", "partly-shipped", "awaiting-collection"] },
      ...(from ? { createdAt: { gte: from } } : {}),
    },
    select: { channelOrderId: true, createdAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MOST_AT_ONCE,
  });
  const last = orders.length < MOST_AT_ONCE ? null : (orders.at(-1)?.createdAt ?? null);
  // so many in one second: the next part begins after it all the same
  const resumeAt = last && from && last <= from ? after(from, 1_000) : last;
  const wants = orders.map((order) => fulfilmentWant(connection.id, order.channelOrderId));
  await deps.engine.change(async (tx) => {
    if (wants.length > 0) await deps.engine.want(tx, wants);
    const now = ctx.now();
    await tx.orderWatermark.upsert({
      where: { connectionId_name: key },
      create: { ...key, at: now, resumeAt },
      update: { at: now, resumeAt },
    });
    await ctx.end(claim, { kind: "done", recheckAt: after(now, resumeAt ? NEXT_PART_MS : EVERY_MS) }, tx);
  });
}
