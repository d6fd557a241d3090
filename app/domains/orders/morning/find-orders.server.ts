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
 */
export async function whereFound(
  db: Db,
  shopId: string,
  search: string | undefined,
): Promise<{ hits: Prisma.Sql; condition: Prisma.Sql } | null> {
  const text = search?.trim();
  if (!text) return null;
  const lower = text.toLowerCase();
  const begins = `${escapeLike(lower)}%`;
  const numbers = Prisma.sql`
    select id from "ChannelOrder" where "shopId" = ${shopId} and lower("channelOrderId") like ${begins}
    union all select id from "ChannelOrder" where "shopId" = ${shopId} and lower("shopifyOrderName") in (${lower}, ${`#${lower}`})
    union all select id from "ChannelOrder" where "shopId" = ${shopId} and lower("linkedOrderName") in (${lower}, ${`#${lower}`})`;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const inTitle = words.length > 0 ? Prisma.sql`line.words @@ to_tsquery('simple', ${queryOf(shopId, words)})` : null;
  const isSku = Prisma.sql`lower(line."sellerSku") like ${begins}`;
  const linesWhere = (condition: Prisma.Sql) =>
    Prisma.sql`select line."orderId" as id from "ChannelOrderLine" line where line."shopId" = ${shopId} and ${condition}`;
  const lines = inTitle ? Prisma.sql`${linesWhere(isSku)} union all ${linesWhere(inTitle)}` : linesWhere(isSku);
  const hits = Prisma.sql`(${numbers} union all ${lines}) hit`;
  const [found] = await db.$queryRaw<{ count: number; few: string[] | null }[]>`
    with hit as materialized (select id from ${hits} limit ${FEW + 1}), size as (select count(*)::int as count from hit)
    select count, case when count <= ${FEW} then array(select distinct id from hit) end as few from size`;
  if (!found || found.few) return { condition: Prisma.sql`o.id = any(${found?.few ?? []})`, hits: Prisma.empty };
  return {
    // read once, by the statement that walks the list
    hits: Prisma.sql`with hit as materialized (select id from ${hits} limit ${MANY + 1})`,
    // a "case" keeps the planner from joining: the hits become one table in memory, and the walk stays in the list's order.
    // not "exists": the planner would rather look at every line of the shop first
    condition: Prisma.sql`case when (select count(*) from hit) <= ${MANY} then o.id in (select id from hit)
      else lower(o."channelOrderId") like ${begins} or coalesce(lower(o."shopifyOrderName") in (${lower}, ${`#${lower}`}), false)
        or coalesce(lower(o."linkedOrderName") in (${lower}, ${`#${lower}`}), false) or coalesce((
        select true from "ChannelOrderLine" line where line."orderId" = o.id and (${isSku} or ${inTitle ?? Prisma.sql`false`}) limit 1), false)
      end`,
  };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** All words typed, each the beginning of one in the title, with the shop before it, as the column has them. */
const queryOf = (shopId: string, words: readonly string[]): string =>
  words.map((word) => `'s${shopId.replaceAll("-", "")}${word}':*`).join(" & ");
