import { withProblems } from "../../../platform/activity.server.ts";
import { Prisma } from "../../../platform/db.server.ts";
import { type OrderSort, type OrderView, RETURN_ASKS, SOON_MS, STANDING_DAYS } from "../model.ts";

/**
 * The order list's conditions and orders as SQL, of an order named `o`. Indexes are made for these words (the migrations morning and
 * order-words): change both.
 */

const DAY_MS = 24 * 3_600_000;

export interface ViewInput {
  shopId: string;
  view: OrderView;
  now: Date;
  /** For "since": the end of the visit before. */
  since: Date;
}

/** Shipped by the seller, and counted by the channel's standards. */
export const COUNTED = Prisma.sql`o."fulfilledBy" = 'seller' and o.kind <> 'sample'`;
/** Still to be shipped, and not by whoever did so before orders were armed. */
export const TO_SHIP = Prisma.sql`(o.status in ('to-ship', 'partly-shipped') and o."importState" <> 'shown')`;
/** It went out after its deadline, as far as we told the channel of it. */
export const WENT_LATE = Prisma.sql`o."shippedAt" > o."shipByAt"`;
/** Cancelled by the seller, or by the channel because the seller did not ship; not those that were never paid. */
export const CANCELLED_BY_US = (
  shopId: string,
  since: Date,
): Prisma.Sql => Prisma.sql`o."paidAt" is not null and ${COUNTED} and o.id in (
  select c."orderId" from "OrderCancellation" c where c."shopId" = ${shopId} and c."updateTime" >= ${since}
    and c."cancelledBy" in ('seller', 'system') and c.status in ('approved', 'completed'))`;

/** Over which deadlines the rates are counted: those of the last days, and of the day to come. */
export const standingWindow = (now: Date): { from: Date; to: Date } => ({
  from: new Date(now.getTime() - STANDING_DAYS * DAY_MS),
  to: new Date(now.getTime() + SOON_MS),
});

/** Its ship-by time falls into the window. */
export function isDue(now: Date): Prisma.Sql {
  const { from, to } = standingWindow(now);
  return Prisma.sql`o."shipByAt" >= ${from} and o."shipByAt" < ${to}`;
}

/** Which orders a view shows. */
export function isInView({ shopId, view, now, since }: ViewInput): Prisma.Sql {
  switch (view) {
    case "since":
      return Prisma.sql`o."firstSeenAt" > ${since} and o."reviewedAt" is null`;
    case "needs-me":
      return Prisma.sql`o.id = any(array(${withProblems({ shopId, kind: "order" })}))`;
    case "to-ship":
      return TO_SHIP;
    case "on-hold":
      return Prisma.sql`o.status = 'on-hold'`;
    case "parked":
      return Prisma.sql`o."importState" = 'parked'`;
    case "cancelled":
      return Prisma.sql`o.status = 'cancelled'`;
    case "all":
      return Prisma.sql`true`;
    case "late":
      return Prisma.sql`${COUNTED} and ${isDue(now)} and (${WENT_LATE} or ${TO_SHIP})`;
    case "cancelled-by-us":
      return CANCELLED_BY_US(shopId, standingWindow(now).from);
  }
}

/** After every real deadline; the indexes say it in words. */
const NO_DEADLINE = Prisma.sql`'9999-12-31 00:00:00+00'::timestamptz`;
export const NO_DEADLINE_MS = Date.UTC(9999, 11, 31);
const SHIP_BY = Prisma.sql`(case when o.status in ('on-hold', 'to-ship', 'partly-shipped')
  then coalesce(o."shipByAt", ${NO_DEADLINE}) else ${NO_DEADLINE} end)`;
const ANSWER_BY = Prisma.sql`least(
  (select min(c."answerBy") from "OrderCancellation" c where c."orderId" = o.id and c.status = 'requested'),
  (select min(r."answerBy") from "OrderReturn" r where r."orderId" = o.id and r.status = any(${RETURN_ASKS})))`;

/** What a list is ordered by, together with the id. */
export function placeOf(view: OrderView, sort: OrderSort): Prisma.Sql {
  if (sort === "newest") return Prisma.sql`o."createdAt"`;
  // few enough to look at each: a buyer's request may be due before the parcel is
  return view === "needs-me" ? Prisma.sql`coalesce(least(${SHIP_BY}, ${ANSWER_BY}), ${NO_DEADLINE})` : SHIP_BY;
}
