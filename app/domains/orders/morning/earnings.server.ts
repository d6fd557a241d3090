import { type Db, Prisma } from "../../../platform/db.server.ts";
import { addUp, type GivenBack, givenBack } from "./given-back.ts";

/** What was bought in a time, by connection and currency, and what of it went back: cancelled, unpaid and given away left out. */
export interface Earned {
  connectionId: string;
  currency: string;
  orders: number;
  buyerPaidMinor: bigint;
  platformPaidMinor: bigint;
  taxMinor: bigint;
  buyerFeesMinor: bigint;
  back: GivenBack;
}

/** Sums what was bought since a time. */
export async function readEarnings(db: Db, { shopId, since }: { shopId: string; since: Date }): Promise<Earned[]> {
  const rows = await db.$queryRaw<Record<string, string>[]>`
    select o."connectionId", o.currency, count(*)::text as orders,
      sum(o."buyerPaidMinor")::text as "buyerPaidMinor", sum(o."platformPaidMinor")::text as "platformPaidMinor",
      sum(o."taxMinor")::text as "taxMinor", sum(o."buyerFeesMinor")::text as "buyerFeesMinor"
    from "ChannelOrder" o where ${isEarned({ shopId, since })}
    group by 1, 2 order by 2, 1`;
  const backs = rows.length > 0 ? await readBacks(db, { shopId, since }) : [];
  return rows.map((row) => ({
    ...{ connectionId: row.connectionId ?? "", currency: row.currency ?? "", orders: Number(row.orders) },
    ...{ buyerPaidMinor: BigInt(row.buyerPaidMinor ?? 0), platformPaidMinor: BigInt(row.platformPaidMinor ?? 0) },
    ...{ taxMinor: BigInt(row.taxMinor ?? 0), buyerFeesMinor: BigInt(row.buyerFeesMinor ?? 0) },
    back: addUp(
      backs
        .filter((one) => one.connectionId === row.connectionId && one.currency === row.currency)
        .map((one) => one.back),
    ),
  }));
}

/** Bought since then, and brings something. An index has all that is summed of them (the migration order-words). */
const isEarned = ({ shopId, since }: { shopId: string; since: Date }): Prisma.Sql => Prisma.sql`
  o."shopId" = ${shopId} and o."createdAt" > ${since} and o.status not in ('cancelled', 'unpaid')
  and o.kind not in ('sample', 'replacement', 'exchange')`;

/** What went back of the orders above, of the few that anything went back of. */
async function readBacks(db: Db, { shopId, since }: { shopId: string; since: Date }) {
  // nothing goes back of an order before it was bought
  const found = await db.$queryRaw<{ id: string }[]>`
    select o.id from "ChannelOrder" o where ${isEarned({ shopId, since })} and o.id = any(array(
      select c."orderId" from "OrderCancellation" c
      where c."shopId" = ${shopId} and c."updateTime" > ${since} and c.status in ('approved', 'completed')
      union select r."orderId" from "OrderReturn" r
      where r."shopId" = ${shopId} and r."updateTime" > ${since} and r.status in ('approved', 'completed')))`;
  const rows = await db.channelOrder.findMany({
    where: { shopId, id: { in: found.map(({ id }) => id) } },
    select: { ...GIVEN_BACK, connectionId: true, currency: true },
  });
  return rows.map(({ connectionId, currency, ...row }) => ({ connectionId, currency, back: givenBack(row) }));
}

/** What `givenBack` needs of a row. */
const GIVEN_BACK = {
  ...{ buyerPaidMinor: true, taxMinor: true },
  lines: { select: { channelLineId: true, priceMinor: true, platformDiscountMinor: true, taxMinor: true } },
  cancellations: { select: { status: true, refundMinor: true, channelLineIds: true } },
  returns: { select: { status: true, kind: true, refundMinor: true, platformMinor: true, channelLineIds: true } },
} satisfies Prisma.ChannelOrderSelect;
