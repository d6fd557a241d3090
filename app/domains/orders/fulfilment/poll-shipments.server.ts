import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import type { WalkName } from "../intake/watermarks.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";
import { wantChanged } from "./want-changed.server.ts";

const EVERY_MS = 15 * 60_000;
const MOST_AT_ONCE = 200;
/** A shop with more of them is gone through part by part, so that nothing else waits for it. */
const NEXT_PART_MS = 60_000;

/**
 * Makes up for lost Shopify webhooks: looks at every imported order of which the channel is still to be told, the oldest first, then begins anew;
 * and of those that have left at what was changed in Shopify since the last time.
 */
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
  if (from === null) await wantChanged(deps, connection, ctx);
  const orders = await deps.db.channelOrder.findMany({
    where: {
      shopId,
      channel,
      channelShopId,
      importState: "done",
      shopifyOrderId: { not: null },
      OR: [
        { status: { in: ["to-ship", "partly-shipped"] } },
        // handed over without our having told of it: by the platform, whose parcel is carried to Shopify, or by somebody's hand
        { status: "awaiting-collection", shipments: { none: { state: "sent" } } },
      ],
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
