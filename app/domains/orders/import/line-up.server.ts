import { after } from "../../../platform/clock.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Ending } from "../../../platform/engine/model.ts";
import type { OrderPace } from "../../../shopify/model.ts";
import { shopifyOf } from "../deps.ts";
import type { ImportTurn } from "./import-order.server.ts";
import { isInLine, standsBefore } from "./line.server.ts";
import { turnOf } from "./turn-of.ts";

const ASK_AGAIN_MS = 1_000;

/**
 * Leave to make this order now. Null: given. Else it stands in line with a turn of its own, behind those that came before: a development
 * or trial shop takes so many orders a minute, and is not asked for more.
 */
export async function lineUp(turn: ImportTurn): Promise<Ending | null> {
  const { deps, connection, ctx, order } = turn;
  const now = ctx.now();
  if (order.turnAt && order.turnAt > now) return waitUntil(order.turnAt);
  const shopify = shopifyOf(deps, connection);
  const shop = { isDevelopment: connection.shop.isDevelopment ?? false };
  const isNext = !shop.isDevelopment || order.turnAt !== null || !(await hasLine(turn));
  if (isNext && (await shopify.takeOrderSlot({ ...shop, isHeld: order.status === "on-hold" }))) return null;
  const pace = await shopify.orderPace(shop);
  return waitUntil(pace ? await giveTurn(turn, pace) : after(now, ASK_AGAIN_MS));
}

/** The order is not waiting for its turn any more. */
export async function leaveLine({ deps, order }: ImportTurn): Promise<void> {
  await deps.engine.change((tx) => tx.channelOrder.updateMany({ where: { id: order.id }, data: { turnAt: null } }));
}

/** News of the order are looked at before its turn: it may be cancelled. */
const waitUntil = (turnAt: Date): Ending => ({
  ...{ kind: "waits", for: "order-turn", recheckAt: turnAt },
  reason: "Shopify takes so many orders a minute here",
});

async function hasLine({ deps, order, ctx }: ImportTurn): Promise<boolean> {
  const [found] = await deps.db.$queryRaw<{ has: boolean }[]>`
    select exists (select 1 from "ChannelOrder" o where o."shopId" = ${order.shopId} and ${isInLine(ctx.now())}) as has`;
  return found?.has ?? false;
}

/** One at a time in a shop: two that lined up at once would be promised the same turn. */
async function giveTurn({ deps, order, ctx }: ImportTurn, pace: OrderPace): Promise<Date> {
  return deps.engine.change(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`order-line:${order.shopId}`}, 0))`;
    const now = ctx.now();
    const turnAt = turnOf(pace, await promisedBefore(tx, order, now), now);
    await tx.channelOrder.updateMany({ where: { id: order.id }, data: { turnAt } });
    return turnAt;
  });
}

/** Turns of those that stand before this order; for one that only comes, everybody's. The last ones of the line are enough. */
async function promisedBefore(tx: Tx, order: ImportTurn["order"], now: Date): Promise<Date[]> {
  const before = order.turnAt ? standsBefore({ id: order.id, turnAt: order.turnAt }) : Prisma.sql`o.id <> ${order.id}`;
  const rows = await tx.$queryRaw<{ turnAt: Date }[]>`
    select o."turnAt" from "ChannelOrder" o where o."shopId" = ${order.shopId} and ${isInLine(now)} and ${before}
    order by o."turnAt" desc limit ${LAST}`;
  return rows.map((row) => row.turnAt);
}

/** More than any shop may make at once. */
const LAST = 100;
