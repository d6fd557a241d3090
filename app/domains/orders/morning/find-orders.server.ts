import { type Db, Prisma } from "../../../platform/db.server.ts";
import type { OrderSort } from "../model.ts";
import { queryOf } from "./order-words.ts";

/** Up to so many hits are looked up one by one. */
const FEW = 1_000;
/** Of more, so many orders of the list are asked whether they are one: that ends most lists, or fills a page. */
const NEAR = 2_000;

/** Orders `o` in their order. */
export interface OrderedList {
  /** Which orders it has. */
  where: Prisma.Sql;
  /** What they are ordered by, together with the id: when they were bought, where the newest come first. */
  at: Prisma.Sql;
  sort: OrderSort;
  /** The place after which it is read. Null: from its beginning. */
  after: { at: string; id: string } | null;
}

/** An order's place in a list. */
export interface Place {
  id: string;
  at: Date;
}

/** The first places of a list. */
export function readPlaces(db: Db, list: OrderedList, limit: number): Promise<Place[]> {
  return db.$queryRaw<Place[]>`${placesOf(list)} limit ${limit}`;
}

const placesOf = (list: OrderedList): Prisma.Sql => Prisma.sql`
  select o.id, ${list.at} as at from "ChannelOrder" o where ${list.where} and ${isNext(list, { at: list.at, id: Prisma.sql`o.id` })}
  order by ${list.at} ${DIRECTION[list.sort]}, o.id ${DIRECTION[list.sort]}`;

const DIRECTION = { newest: Prisma.sql`desc`, deadline: Prisma.sql`asc` };
const BEHIND = { newest: Prisma.sql`<`, deadline: Prisma.sql`>` };

const isNext = ({ sort, after }: OrderedList, { at, id }: { at: Prisma.Sql; id: Prisma.Sql }): Prisma.Sql =>
  after ? Prisma.sql`(${at}, ${id}) ${BEHIND[sort]} (${after.at}::timestamptz, ${after.id})` : Prisma.sql`true`;

/**
 * The first places of a list that have what was typed: the beginning of a TikTok order number or of a SKU, a Shopify order's name, or words
 * of products' titles. Buyers are sealed and cannot be searched.
 */
export async function findPlaces(
  db: Db,
  list: OrderedList,
  { shopId, text, limit }: { shopId: string; text: string; limit: number },
): Promise<Place[]> {
  const isHit = isFoundBy(shopId, text);
  const few = await findFew(db, isHit);
  if (few) return readPlaces(db, { ...list, where: Prisma.sql`${list.where} and o.id = any(${few})` }, limit);
  return (await findNear(db, list, { isHit, limit })) ?? (await findAmongHits(db, list, { isHit, limit }));
}

/** An order's words `w` have what was typed. */
function isFoundBy(shopId: string, text: string): Prisma.Sql {
  const lower = text.toLowerCase();
  const named = (name: Prisma.Sql) =>
    Prisma.sql`select o.id from "ChannelOrder" o where o."shopId" = ${shopId} and lower(${name}) in (${lower}, ${`#${lower}`})`;
  return Prisma.sql`w."shopId" = ${shopId} and (w.words @@ ${queryOf(shopId, text)}::tsquery
    or w."orderId" = any(array(${named(Prisma.sql`o."shopifyOrderName"`)} union all ${named(Prisma.sql`o."linkedOrderName"`)})))`;
}

/** All hits; null: there are too many to look up one by one. */
async function findFew(db: Db, isHit: Prisma.Sql): Promise<string[] | null> {
  const hits = await db.$queryRaw<{ ids: string[] }[]>`
    select array(select w."orderId" from "OrderWords" w where ${isHit} limit ${FEW + 1}) as ids`;
  const ids = hits[0]?.ids ?? [];
  return ids.length > FEW ? null : ids;
}

/** Asks the next orders of the list one by one. Null: a page was not filled, and the list goes on. */
async function findNear(
  db: Db,
  list: OrderedList,
  { isHit, limit }: { isHit: Prisma.Sql; limit: number },
): Promise<Place[] | null> {
  const direction = DIRECTION[list.sort];
  const rows = await db.$queryRaw<(Partial<Place> & { asked: number })[]>`
    with place as materialized (${placesOf(list)} limit ${NEAR})
    select hit.id, hit.at, size.asked from (select count(*)::int as asked from place) size left join (
      select id, at from place where (select ${isHit} from "OrderWords" w where w."orderId" = place.id)
      order by at ${direction}, id ${direction} limit ${limit}) hit on true
    order by at ${direction}, id ${direction}`;
  const places = rows.flatMap(({ id, at }) => (id && at ? [{ id, at }] : []));
  const isWhole = (rows[0]?.asked ?? 0) < NEAR;
  return isWhole || places.length === limit ? places : null;
}

/**
 * Asks the hits, wherever in the list they lie, whether they are in it. When an order was bought stands beside its words: where the newest
 * come first, the hits come in the list's order, and a page is soon full.
 */
function findAmongHits(
  db: Db,
  list: OrderedList,
  { isHit, limit }: { isHit: Prisma.Sql; limit: number },
): Promise<Place[]> {
  const direction = DIRECTION[list.sort];
  const [at, isNextHit] =
    list.sort === "newest"
      ? [Prisma.sql`hit."boughtAt"`, isNext(list, { at: Prisma.sql`w."boughtAt"`, id: Prisma.sql`w."orderId"` })]
      : [Prisma.sql`place.at`, Prisma.sql`true`];
  return db.$queryRaw<Place[]>`
    with hit as materialized (select w."orderId" as id, w."boughtAt" from "OrderWords" w where ${isHit} and ${isNextHit})
    select place.id, place.at from hit cross join lateral (${placesOf({ ...list, where: Prisma.sql`o.id = hit.id and ${list.where}` })} limit 1) place
    order by ${at} ${direction}, hit.id ${direction} limit ${limit}`;
}
