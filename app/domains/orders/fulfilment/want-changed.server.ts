import { after } from "../../../platform/clock.ts";
import type { DrainContext, Want } from "../../../platform/engine/model.ts";
import type { ChangedOrder } from "../../../shopify/model.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { holdWant } from "../import/hold-want.ts";
import type { WalkName } from "../intake/watermarks.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";

const WALK = "changed-in-shopify" satisfies WalkName;
/** Shopify's search may be behind what changed, and its clock behind ours. */
const OVERLAP_MS = 2 * 60_000;
/** How far back the first walk goes. */
const FIRST_WALK_MS = 24 * 60 * 60_000;
const AT_ONCE = 250;

/**
 * Makes up for lost webhooks: whatever changed of our orders in Shopify is looked at, as if it had been told. Shopify is asked which orders changed,
 * 250 a page, so one that nobody touches costs nothing: also long after it has left, when its number may still be corrected.
 */
export async function wantChanged(deps: OrdersDeps, connection: OrdersConnection, ctx: DrainContext): Promise<void> {
  const key = { connectionId: connection.id, name: WALK };
  const mark = await deps.db.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const began = ctx.now();
  const since = mark?.resumeAt ?? (mark ? after(mark.at, -OVERLAP_MS) : after(began, -FIRST_WALK_MS));
  const keep = async (changed: ChangedOrder[], place: { at: Date; resumeAt: Date | null }) => {
    const wants = await wantsOf(deps, connection, changed);
    await deps.engine.change(async (tx) => {
      if (wants.length > 0) await deps.engine.want(tx, wants);
      await tx.orderWatermark.upsert({
        where: { connectionId_name: key },
        create: { ...key, ...place },
        update: place,
      });
    });
  };
  let changed: ChangedOrder[] = [];
  for await (const one of shopifyOf(deps, connection).ordersChangedSince(since)) {
    changed.push(one);
    if (changed.length < AT_ONCE) continue;
    await keep(changed, { at: mark?.at ?? since, resumeAt: one.updatedAt });
    changed = [];
  }
  await keep(changed, { at: began, resumeAt: null });
}

/** What is due about those of these that are this connection's. */
async function wantsOf(
  deps: OrdersDeps,
  { id: connectionId, shopId, channel, channelShopId }: OrdersConnection,
  changed: ChangedOrder[],
): Promise<Want[]> {
  if (changed.length === 0) return [];
  const orders = await deps.db.channelOrder.findMany({
    where: { shopId, channel, channelShopId, shopifyOrderId: { in: changed.map(({ id }) => id) } },
    select: { channelOrderId: true, shopifyOrderId: true, status: true, _count: { select: { shipments: true } } },
  });
  return orders.flatMap(({ channelOrderId, shopifyOrderId, status, _count }) => {
    const one = changed.find(({ id }) => id === shopifyOrderId);
    // a parcel we know of may have been called off
    const isShipped = one?.isFulfilled || _count.shipments > 0;
    return [
      ...(isShipped ? [fulfilmentWant(connectionId, channelOrderId)] : []),
      ...(isShipped && status === "on-hold" ? [holdWant(connectionId, channelOrderId)] : []),
      ...(one?.isCancelled || one?.hasUnitsOff || one?.hasReturn ? [afterSalesWant(connectionId, channelOrderId)] : []),
    ];
  });
}
