import { type Db, Prisma } from "../../../platform/db.server.ts";

/** One whose turn is long over does not move: its connection is paused or gone. It holds nobody up and is promised nothing. */
const STUCK_MS = 60_000;

/** An order `o` waits for its turn to be made in Shopify (development and trial shops take so many a minute). */
export const isInLine = (now: Date): Prisma.Sql => Prisma.sql`o."turnAt" > ${new Date(now.getTime() - STUCK_MS)}`;

/** An order `o` has its turn before this one. */
export const standsBefore = ({ id, turnAt }: { id: string; turnAt: Date }): Prisma.Sql =>
  Prisma.sql`(o."turnAt", o.id) < (${turnAt}::timestamptz, ${id})`;

/** Where an order stands in the line of its shop: 1 is the next. `turnAt`: when it is made, about. */
export interface PlaceInLine {
  place: number;
  turnAt: Date;
}

/** Places of those of these orders that wait for their turn. */
export async function placesInLine(
  db: Db,
  { shopId, ids, now }: { shopId: string; ids: readonly string[]; now: Date },
): Promise<Map<string, PlaceInLine>> {
  const rows = await db.$queryRaw<(PlaceInLine & { id: string })[]>`
    select * from (
      select o.id, o."turnAt", row_number() over (order by o."turnAt", o.id)::int as place
      from "ChannelOrder" o where o."shopId" = ${shopId} and ${isInLine(now)}) line
    where id = any(${ids})`;
  return new Map(rows.map(({ id, place, turnAt }) => [id, { place, turnAt }]));
}

/** How many orders of a shop wait for their turn, and when the last of them is made, about. */
export async function readLine(
  db: Db,
  { shopId, now }: { shopId: string; now: Date },
): Promise<{ waiting: number; lastAt: Date | null }> {
  const [line] = await db.$queryRaw<{ waiting: number; lastAt: Date | null }[]>`
    select count(*)::int as waiting, max(o."turnAt") as "lastAt" from "ChannelOrder" o where o."shopId" = ${shopId} and ${isInLine(now)}`;
  return line ?? { waiting: 0, lastAt: null };
}
