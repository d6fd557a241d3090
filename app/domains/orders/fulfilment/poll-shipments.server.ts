import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import type { WalkName } from "../intake/watermarks.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";
import { wantChanged } from "./want-changed.server.ts";

const EVERY_MS = 5 * 60_000;
/** Should Shopify's search have missed a change, a whole round finds it. */
const ROUND_MS = 60 * 60_000;
const MOST_AT_ONCE = 200;
/** A shop with more of them is gone through part by part, so that nothing else waits for it. */
const NEXT_PART_MS = 60_000;

/**
 * Makes up for lost Shopify webhooks: looks at what was changed there since the last time, and from time to time at every imported order of which
 * the channel is still to be told, the oldest first.
 */
export async function pollShipments(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const key = { connectionId: connection.id, name: "fulfilments" satisfies WalkName };
  const round = await deps.db.orderWatermark.findUnique({ where: { connectionId_name: key } });
  const from = round?.resumeAt ?? null;
  if (from === null) await wantChanged(deps, connection, ctx);
  if (round && from === null && ctx.now() < after(round.at, ROUND_MS)) {
    await ctx.end(claim, { kind: "done", recheckAt: after(ctx.now(), EVERY_MS) });
    return;
  }
  const orders = await findUntold(deps, connection, from);
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

/** The next part of a round. `from`: orders made before it were seen to. */
const findUntold = (
  deps: OrdersDeps,
  { shopId, channel, channelShopId }: OrdersConnection,
  from: Date | null,
): Promise<{ channelOrderId: string; createdAt: Date }[]> =>
  deps.db.channelOrder.findMany({
    where: {
      ...{ shopId, channel, channelShopId, importState: "done", shopifyOrderId: { not: null } },
      // as the index of the list of what is to be shipped has it
      status: { in: ["to-ship", "partly-shipped"] },
      ...(from ? { createdAt: { gte: from } } : {}),
    },
    select: { channelOrderId: true, createdAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MOST_AT_ONCE,
  });
