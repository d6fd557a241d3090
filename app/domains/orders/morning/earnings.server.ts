import type { Db } from "../../../platform/db.server.ts";

/** What was bought in a time, by connection and currency: cancelled, unpaid and given away left out. */
export interface Earned {
  connectionId: string;
  currency: string;
  orders: number;
  buyerPaidMinor: bigint;
  platformPaidMinor: bigint;
  taxMinor: bigint;
  buyerFeesMinor: bigint;
}

/** Sums what was bought since a time. */
export async function readEarnings(db: Db, { shopId, since }: { shopId: string; since: Date }): Promise<Earned[]> {
  const rows = await db.$queryRaw<Record<string, string>[]>`
    select o."connectionId", o.currency, count(*)::text as orders,
      sum(o."buyerPaidMinor")::text as "buyerPaidMinor", sum(o."platformPaidMinor")::text as "platformPaidMinor",
      sum(coalesce((o.facts#>>'{money,taxMinor}')::bigint, 0))::text as "taxMinor",
      sum(coalesce((select sum((fee->>'amountMinor')::bigint) from jsonb_array_elements(o.facts#>'{money,fees}') fee), 0))::text
        as "buyerFeesMinor"
    from "ChannelOrder" o
    where o."shopId" = ${shopId} and o."createdAt" > ${since} and o.status not in ('cancelled', 'unpaid')
      and o.kind not in ('sample', 'replacement', 'exchange')
    group by 1, 2 order by 2, 1`;
  return rows.map((row) => ({
    ...{ connectionId: row.connectionId ?? "", currency: row.currency ?? "", orders: Number(row.orders) },
    ...{ buyerPaidMinor: BigInt(row.buyerPaidMinor ?? 0), platformPaidMinor: BigInt(row.platformPaidMinor ?? 0) },
    ...{ taxMinor: BigInt(row.taxMinor ?? 0), buyerFeesMinor: BigInt(row.buyerFeesMinor ?? 0) },
  }));
}
