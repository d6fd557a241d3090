import { Prisma } from "../../../platform/db.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { SOON_MS } from "../model.ts";
import { CANCELLED_BY_US, COUNTED, isDue, standingWindow, TO_SHIP, WENT_LATE } from "./views.server.ts";

/** What the channel's two rates are made of, as far as it is known here. */
export interface Standing {
  /** Orders whose ship-by time fell into the window. */
  due: number;
  /** Of those: went out late, or are late now. */
  late: number;
  /** Of those: will be late unless shipped within a day. */
  dueSoon: number;
  /** Paid orders of the window. */
  paid: number;
  /** Of those: cancelled by the seller, or by the channel because the seller did not ship. */
  cancelled: number;
  /** Of those: the channel cancels them within a day unless they are shipped. */
  cancelledSoon: number;
}

/** Counts what the rates of late dispatch and of cancellations by the seller are made of, in one connection. */
export async function readStanding(
  { db, clock }: Pick<OrdersDeps, "db" | "clock">,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<Standing> {
  const now = clock.now();
  const { from, to } = standingWindow(now);
  const mine = Prisma.sql`o."shopId" = ${shopId} and o."connectionId" = ${connectionId} and ${COUNTED}`;
  const soon = new Date(now.getTime() + SOON_MS).toISOString();
  const count = (where: Prisma.Sql) =>
    Prisma.sql`(select count(*)::int from "ChannelOrder" o where ${mine} and ${where})`;
  // what the channel cancels by itself is late, or nearly so: what is due later need not be asked
  const [found] = await db.$queryRaw<Standing[]>`
    select
      ${count(Prisma.sql`${isDue(now)} and o.status <> 'cancelled'`)} as due,
      open.late + ${count(Prisma.sql`${isDue(now)} and ${WENT_LATE} and not ${TO_SHIP} and o.status <> 'cancelled'`)} as late,
      open."dueSoon",
      ${count(Prisma.sql`o."paidAt" is not null and o."createdAt" >= ${from}`)} as paid,
      ${count(CANCELLED_BY_US(shopId, from))} as cancelled,
      open."cancelledSoon"
    from (
      select count(*) filter (where o."shipByAt" >= ${from} and o."shipByAt" < ${now})::int as late,
        count(*) filter (where o."shipByAt" >= ${now})::int as "dueSoon",
        count(*) filter (where o.facts->>'cancelAutomaticallyAt' < ${soon})::int as "cancelledSoon"
      from "ChannelOrder" o where ${mine} and ${TO_SHIP} and o."shipByAt" < ${to}) open`;
  return found ?? { due: 0, late: 0, dueSoon: 0, paid: 0, cancelled: 0, cancelledSoon: 0 };
}
