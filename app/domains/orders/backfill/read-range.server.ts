import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { readFromChannel, readWant } from "../intake/read-orders.server.ts";
import { storeOrder } from "../intake/store-order.server.ts";
import { askMore } from "./ask-range.server.ts";
import { type BackfillTurn, goOn } from "./turn.ts";

/** Orders read in one turn: fresh orders of the same lane do not wait longer for them than this takes. A little less than a page of the walk. */
const ORDERS_A_TURN = 90;

/** One turn of a backfill: reads on where the last turn ended, or asks on for imports. Killed at any moment, it goes on from there. */
export async function drainBackfill(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  backfillId: string,
  ctx: DrainContext,
): Promise<void> {
  const backfill = await deps.db.orderBackfill.findFirst({
    where: { id: backfillId, shopId: connection.shopId, connectionId: connection.id },
  });
  if (backfill?.state === "reading") await readOn(deps, connection, { backfill, claim, ctx });
  else if (backfill?.state === "asking") await askMore(deps, connection, { backfill, claim, ctx });
  else await ctx.end(claim, { kind: "done" });
}

async function readOn(
  deps: OrdersDeps,
  connection: OrdersConnection,
  { backfill, claim, ctx }: BackfillTurn,
): Promise<void> {
  const { id, readTo, untilAt } = backfill;
  const { orders } = deps.channels(connection.channel);
  const met: { channelOrderId: string; createdAt: Date; updatedAt: Date }[] = [];
  let next: Date | null = null;
  for await (const one of orders.createdBetween(deps.forShop(connection.id), readTo, untilAt)) {
    // a turn ends between two moments, so that the next one begins with orders this one has not seen
    const last = met.at(-1);
    if (last && met.length >= ORDERS_A_TURN && one.createdAt > last.createdAt) {
      next = one.createdAt;
      break;
    }
    met.push(one);
  }
  const news = await unknownOf(deps, connection, met);
  const readings = await readFromChannel(deps, connection, news);
  if (!(await ctx.holds(claim))) return;
  for (const reading of readings.values()) await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
  // those the channel names and does not show get rows of their own, which tell when it stays so
  const unread = met.filter(({ channelOrderId }) => news.includes(channelOrderId) && !readings.has(channelOrderId));
  await deps.engine.change(async (tx) => {
    if (unread.length > 0)
      await deps.engine.want(
        tx,
        unread.map((one) => readWant(connection.id, one.channelOrderId, one.updatedAt)),
      );
    // somebody may have begun the second part meanwhile: only reading goes on from here
    await tx.orderBackfill.updateMany({
      where: { id, state: "reading" },
      data: next ? { readTo: next } : { state: "read", readTo: untilAt, readAt: ctx.now() },
    });
    await ctx.end(claim, next ? goOn(ctx.now()) : { kind: "done" }, tx);
  });
}

/** Those not stored in that state or a newer one: a second run reads little. */
async function unknownOf(
  deps: OrdersDeps,
  { shopId, channel, channelShopId }: OrdersConnection,
  met: { channelOrderId: string; updatedAt: Date }[],
): Promise<string[]> {
  const rows = await deps.db.channelOrder.findMany({
    where: { shopId, channel, channelShopId, channelOrderId: { in: met.map((one) => one.channelOrderId) } },
    select: { channelOrderId: true, updateTime: true },
  });
  const known = new Map(rows.map((row) => [row.channelOrderId, row.updateTime.getTime()]));
  return met
    .filter(({ channelOrderId, updatedAt }) => (known.get(channelOrderId) ?? 0) < updatedAt.getTime())
    .map(({ channelOrderId }) => channelOrderId);
}
