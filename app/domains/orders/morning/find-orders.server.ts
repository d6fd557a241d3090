import { type Db, Prisma } from "../../../platform/db.server.ts";

/** Up to so many hits are looked up one by one; of more, the list is walked and each order asked. */
const MANY = 1_000;

/**
 * A condition for what was typed: the beginning of a TikTok order number or of a SKU, a Shopify order's name, or words of a product's
 * title. Buyers are sealed and cannot be searched. Null: nothing was typed.
 */
export async function whereFound(db: Db, shopId: string, search: string | undefined): Promise<Prisma.Sql | null> {
  const text = search?.trim();
  if (!text) return null;
  const lower = text.toLowerCase();
  const begins = `${escapeLike(lower)}%`;
  const numbers = Prisma.sql`
    select id from "ChannelOrder" where "shopId" = ${shopId} and lower("channelOrderId") like ${begins}
    union all select id from "ChannelOrder" where "shopId" = ${shopId} and lower("shopifyOrderName") in (${lower}, ${`#${lower}`})
    union all select id from "ChannelOrder" where "shopId" = ${shopId} and lower("linkedOrderName") in (${lower}, ${`#${lower}`})`;
  const words = wordsOf(shopId, text);
  const isLine = Prisma.sql`(lower(line."sellerSku") like ${begins} ${words ? Prisma.sql`or ${IN_TITLE} @@ to_tsquery('simple', ${words})` : Prisma.empty})`;
  const lines = Prisma.sql`
    select line."orderId" as id from "ChannelOrderLine" line where line."shopId" = ${shopId} and lower(line."sellerSku") like ${begins}
    ${words ? Prisma.sql`union all select line."orderId" from "ChannelOrderLine" line where line."shopId" = ${shopId} and ${IN_TITLE} @@ to_tsquery('simple', ${words})` : Prisma.empty}`;
  const found = await db.$queryRaw<
    { id: string }[]
  >`select id from (${numbers} union all ${lines}) hit limit ${MANY + 1}`;
  if (found.length <= MANY) return Prisma.sql`o.id = any(${[...new Set(found.map((one) => one.id))]})`;
  return Prisma.sql`(lower(o."channelOrderId") like ${begins} or exists (
    select 1 from "ChannelOrderLine" line where line."orderId" = o.id and ${isLine}))`;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** As the index has it, word for word. */
const IN_TITLE = Prisma.sql`to_tsvector('simple', 's' || replace(line."shopId", '-', '') || ' ' || regexp_replace(line.title, '[^[:alnum:][:space:]]+', ' ', 'g'))`;

/** All words typed, each the beginning of one in the title; the shop is a word of its own. Null: there is none. */
function wordsOf(shopId: string, text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  return [`'s${shopId.replaceAll("-", "")}'`, ...words.map((word) => `'${word}':*`)].join(" & ");
}
