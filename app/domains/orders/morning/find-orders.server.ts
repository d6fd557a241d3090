import { type Db, Prisma } from "../../../platform/db.server.ts";
import type { OrderSort } from "../model.ts";
import { queryOf } from "./order-words.ts";
import { NO_DEADLINE_MS } from "./views.server.ts";

/** So many orders of the list are asked first: that ends most lists, and of a frequent word it fills a page. */
const NEAR = 3_000;

/** Orders `o` in their order. */
export interface OrderedList {
  /** Which orders it has. */
  where: Prisma.Sql;
  /** What they are ordered by, together with the id: when they were bought, where the newest come first. */
  at: Prisma.Sql;
  sort: OrderSort;
  /** The place after which it is read. Null: from its beginning. */
  after: Place | null;
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

const [UP, DOWN] = [Prisma.sql`asc`, Prisma.sql`desc`];

function placesOf(list: OrderedList): Prisma.Sql {
  const ahead = list.sort === "newest" ? DOWN : UP;
  const isNext = isBehind(list, { at: list.at, id: Prisma.sql`o.id` });
  return Prisma.sql`
    select o.id, ${list.at} as at from "ChannelOrder" o where ${list.where} and ${isNext} order by ${list.at} ${ahead}, o.id ${ahead}`;
}

/** A place lies in the part of the list that is read. */
function isBehind({ sort, after }: OrderedList, { at, id }: { at: Prisma.Sql; id: Prisma.Sql }): Prisma.Sql {
  if (!after) return Prisma.sql`true`;
  const is = sort === "newest" ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${at}, ${id}) ${is} (${after.at}::timestamptz, ${after.id})`;
}

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
  const { places, last } = await findNear(db, list, { isHit, limit });
  if (!last || places.length === limit) return places;
  const rest = await findFar(db, { ...list, after: last }, { isHit, limit: limit - places.length });
  return [...places, ...rest];
}

/** An order's words `w` have what was typed. */
function isFoundBy(shopId: string, text: string): Prisma.Sql {
  const lower = text.toLowerCase();
  const named = (name: Prisma.Sql) =>
    Prisma.sql`select o.id from "ChannelOrder" o where o."shopId" = ${shopId} and lower(${name}) in (${lower}, ${`#${lower}`})`;
  return Prisma.sql`w."shopId" = ${shopId} and (w.words @@ ${queryOf(shopId, text)}::tsquery
    or w."orderId" = any(array(${named(Prisma.sql`o."shopifyOrderName"`)} union all ${named(Prisma.sql`o."linkedOrderName"`)})))`;
}

/** Asks the next orders of the list. `last`: the last one asked, where the list goes on behind it. */
async function findNear(
  db: Db,
  list: OrderedList,
  { isHit, limit }: { isHit: Prisma.Sql; limit: number },
): Promise<{ places: Place[]; last: Place | null }> {
  const [ahead, back] = list.sort === "newest" ? [DOWN, UP] : [UP, DOWN];
  const rows = await db.$queryRaw<(Partial<Place> & { lastId: string; lastAt: Date; asked: number })[]>`
    with place as materialized (${placesOf(list)} limit ${NEAR})
    select hit.id, hit.at, last.id as "lastId", last.at as "lastAt", last.asked from (
      select id, at, (select count(*)::int from place) as asked from place order by at ${back}, id ${back} limit 1) last
    left join (
      select id, at from place where (select ${isHit} from "OrderWords" w where w."orderId" = place.id)
      order by at ${ahead}, id ${ahead} limit ${limit}) hit on true
    order by at ${ahead}, id ${ahead}`;
  const [first] = rows;
  return {
    places: rows.flatMap(({ id, at }) => (id && at ? [{ id, at }] : [])),
    last: first?.asked === NEAR ? { id: first.lastId, at: first.lastAt } : null,
  };
}

/**
 * Asks the hits whether they are in the rest of the list, wherever they lie. Where the newest come first, or none has a deadline any more, they
 * come in the list's order, and a page is soon full; else, behind thousands that have one, each of them is asked.
 */
function findFar(
  db: Db,
  list: OrderedList & { after: Place },
  { isHit, limit }: { isHit: Prisma.Sql; limit: number },
): Promise<Place[]> {
  const { after, sort } = list;
  const isNext = (of: string) => isBehind(list, { at: Prisma.raw(`${of}.at`), id: Prisma.raw(`${of}.id`) });
  const [rest, order] =
    sort === "newest"
      ? [Prisma.sql`where ${isNext("found")} order by at desc, id desc`, Prisma.sql`hit.at desc, hit.id desc`]
      : after.at.getTime() === NO_DEADLINE_MS
        ? [Prisma.sql`where id > ${after.id} order by id`, Prisma.sql`hit.id`]
        : [Prisma.empty, Prisma.sql`place.at, place.id`];
  // "offset 0" keeps the planner from turning it round: from all orders to the hits among them
  return db.$queryRaw<Place[]>`
    with found as materialized (select w."orderId" as id, w."boughtAt" as at from "OrderWords" w where ${isHit})
    select place.id, place.at from (select * from found ${rest} offset 0) hit
    cross join lateral (select o.id, ${list.at} as at from "ChannelOrder" o where o.id = hit.id and ${list.where} offset 0) place
    where ${isNext("place")} order by ${order} limit ${limit}`;
}
