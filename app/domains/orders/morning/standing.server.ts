import { Prisma } from "../../../platform/db.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { SOON_MS } from "../model.ts";
import { CANCELLED_BY_US, COUNTED, OPEN, standingWindow, WENT_LATE } from "./views.server.ts";

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
  const mine = Prisma.sql`o."shopId" = ${shopId} and o."connectionId" = ${connectionId}`;
  const inWindow = Prisma.sql`${mine} and ${COUNTED} and o."shipByAt" >= ${from} and o."shipByAt" < ${to}`;
  const soon = new Date(now.getTime() + SOON_MS).toISOString();
  const [[shipping], [paying]] = await Promise.all([
    db.$queryRaw<Pick<Standing, "due" | "late" | "dueSoon">[]>`
      select count(*) filter (where o.status <> 'cancelled')::int as due,
        count(*) filter (where o.status <> 'cancelled' and ((${OPEN} and o."shipByAt" < ${now}) or (not ${OPEN} and ${WENT_LATE})))::int as late,
        count(*) filter (where ${OPEN} and o."shipByAt" >= ${now})::int as "dueSoon"
      from "ChannelOrder" o where ${inWindow}`,
    db.$queryRaw<Pick<Standing, "paid" | "cancelled" | "cancelledSoon">[]>`
      select
        (select count(*)::int from "ChannelOrder" o where ${mine} and ${COUNTED} and o."paidAt" is not null and o."createdAt" >= ${from}) as paid,
        (select count(*)::int from "ChannelOrder" o where ${mine} and ${CANCELLED_BY_US(from)}) as cancelled,
        (select count(*)::int from "ChannelOrder" o where ${mine} and ${COUNTED} and ${OPEN} and o."importState" <> 'shown'
          and o.facts->>'cancelAutomaticallyAt' < ${soon}) as "cancelledSoon"`,
  ]);
  return {
    ...(shipping ?? { due: 0, late: 0, dueSoon: 0 }),
    ...(paying ?? { paid: 0, cancelled: 0, cancelledSoon: 0 }),
  };
}
