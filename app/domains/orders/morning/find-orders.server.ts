import { type Db, Prisma } from "../../../platform/db.server.ts";

/** Up to so many hits are looked up one by one. */
const FEW = 1_000;
/**
 * Of more than that, the list is walked and each order looked up among the hits, wherever in time they lie. Of more than this, nearly every
 * order is one, and each is asked as the walk comes by: a page is soon full.
 */
const MANY = 12_000;

/**
 * A condition for what was typed: the beginning of a TikTok order number or of a SKU, a Shopify order's name, or words of a product's
 * title. Buyers are sealed and cannot be searched. `hits` goes before the statement that has the condition. Null: nothing was typed.
 * `isShort`: the list holds a small part of all orders. Of many hits most lie elsewhere, so its own orders are asked instead.
 */
export async function whereFound(
  db: Db,
  { shopId, search, isShort }: { shopId: string; search: string | undefined; isShort: boolean },
): Promise<{ hits: Prisma.Sql; condition: Prisma.Sql } | null> {
  const text = search?.trim();
  if (!text) return null;
  const lower = text.toLowerCase();
  const begins = `${escapeLike(lower)}%`;
  const names = Prisma.sql`(${lower}, ${`#${lower}`})`;
  const ofOrder = [
    Prisma.sql`lower(o."channelOrderId") like ${begins}`,
    Prisma.sql`lower(o."shopifyOrderName") in ${names}`,
    Prisma.sql`lower(o."linkedOrderName") in ${names}`,
  ];
  const words = lower.match(/[\p{L}\p{N}]+/gu) ?? [];
  const ofLine = [
    Prisma.sql`lower(line."sellerSku") like ${begins}`,
    ...(words.length > 0 ? [Prisma.sql`line.words @@ to_tsquery('simple', ${queryOf(shopId, words)})`] : []),
  ];
  // each by its own index
  const hits = Prisma.sql`(${Prisma.join(
    [
      ...ofOrder.map((is) => Prisma.sql`select o.id from "ChannelOrder" o where o."shopId" = ${shopId} and ${is}`),
      ...ofLine.map(
        (is) =>
          Prisma.sql`select line."orderId" as id from "ChannelOrderLine" line where line."shopId" = ${shopId} and ${is}`,
      ),
    ],
    " union all ",
  )}) hit`;
  const [found] = await db.$queryRaw<{ count: number; few: string[] | null }[]>`
    with hit as materialized (select id from ${hits} limit ${FEW + 1}), size as (select count(*)::int as count from hit)
    select count, case when count <= ${FEW} then array(select distinct id from hit) end as few from size`;
  if (!found || found.few) return { condition: Prisma.sql`o.id = any(${found?.few ?? []})`, hits: Prisma.empty };
  // not "exists": the planner would rather look at every line of the shop first
  const hasLine = Prisma.sql`(
    select true from "ChannelOrderLine" line where line."orderId" = o.id and (${Prisma.join(ofLine, " or ")}) limit 1)`;
  const known = [...ofOrder, hasLine].map((is) => Prisma.sql`coalesce(${is}, false)`);
  const isHit = Prisma.sql`(${Prisma.join(known, " or ")})`;
  if (isShort) return { condition: isHit, hits: Prisma.empty };
  return {
    // read once, by the statement that walks the list
    hits: Prisma.sql`with hit as materialized (select id from ${hits} limit ${MANY + 1})`,
    // a "case" keeps the planner from joining: the hits become one table in memory, and the walk stays in the list's order
    condition: Prisma.sql`case when (select count(*) from hit) <= ${MANY} then o.id in (select id from hit) else ${isHit} end`,
  };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** All words typed, each the beginning of one in the title, with the shop before it, as the column has them. */
const queryOf = (shopId: string, words: readonly string[]): string =>
  words.map((word) => `'s${shopId.replaceAll("-", "")}${word}':*`).join(" & ");
