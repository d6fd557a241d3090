import { after } from "../../../platform/clock.ts";
import type { DrainContext } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import type { WalkName } from "../intake/watermarks.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";

const WALK = "changed-in-shopify" satisfies WalkName;
const HOUR_MS = 60 * 60_000;
/** Shopify's search may be behind what changed, and its clock behind ours. */
const OVERLAP_MS = 5 * 60_000;
/** How far back the first walk goes. */
const FIRST_WALK_MS = 24 * HOUR_MS;
const AT_ONCE = 250;

/**
 * Makes up for lost webhooks of orders that have left: those that were changed in Shopify are looked at while the channel takes another number
 * for their parcels. Shopify is asked what changed, 250 orders a page, so one that nobody touches costs nothing, however long that is.
 */
export async function wantChanged(deps: OrdersDeps, connection: OrdersConnection, ctx: DrainContext): Promise<void> {
  const key = { connectionId: connection.id, name: WALK };
  const mark = await deps.db.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const began = ctx.now();
  const since = mark?.resumeAt ?? (mark ? after(mark.at, -OVERLAP_MS) : after(began, -FIRST_WALK_MS));
  const keep = async (ids: string[], place: { at: Date; resumeAt: Date | null }) => {
    const wants = (await findShipped(deps, connection, { ids, now: began })).map((channelOrderId) =>
      fulfilmentWant(connection.id, channelOrderId),
    );
    await deps.engine.change(async (tx) => {
      if (wants.length > 0) await deps.engine.want(tx, wants);
      await tx.orderWatermark.upsert({
        where: { connectionId_name: key },
        create: { ...key, ...place },
        update: place,
      });
    });
  };
  let ids: string[] = [];
  for await (const { id, updatedAt } of shopifyOf(deps, connection).ordersChangedSince(since)) {
    ids.push(id);
    if (ids.length < AT_ONCE) continue;
    await keep(ids, { at: mark?.at ?? since, resumeAt: updatedAt });
    ids = [];
  }
  await keep(ids, { at: began, resumeAt: null });
}

/** Those of these Shopify orders that have left with a parcel the channel was told of, not longer ago than its number may be corrected. */
async function findShipped(
  deps: OrdersDeps,
  { shopId, channel, channelShopId, region }: OrdersConnection,
  { ids, now }: { ids: string[]; now: Date },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { withinHours } = deps.channels(channel).trackingCorrections(region);
  const toldAt = withinHours === null ? { not: null } : { gte: after(now, -withinHours * HOUR_MS) };
  const orders = await deps.db.channelOrder.findMany({
    where: {
      ...{ shopId, channel, channelShopId, shopifyOrderId: { in: ids } },
      // the others are looked at anyhow
      status: { notIn: ["to-ship", "partly-shipped", "cancelled"] },
      shipments: { some: { toldAt, state: { not: "cancelled" } } },
    },
    select: { channelOrderId: true },
  });
  return orders.map((order) => order.channelOrderId);
}
