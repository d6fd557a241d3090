import type { Db } from "../db.server.ts";
import type { BacklogLine, Run, Scope } from "./model.ts";
import { at, Prisma, queryJson } from "./sql.server.ts";

interface BacklogRecord {
  lane: string;
  due: number;
  waiting: number;
  parked: number;
  doneThis: number;
  doneBefore: number;
  oldestAt: string | null;
}

/** What is due in these scopes, how fast it goes and how long it will take, per lane, in one query. */
export async function readBacklog(db: Db, scopes: Scope[], now: Date): Promise<BacklogLine[]> {
  const minute = Math.floor(now.getTime() / 60_000);
  const rows = await queryJson<BacklogRecord[]>(
    db,
    Prisma.sql`
    WITH rows AS (
      SELECT lane, count(*) FILTER (WHERE "dueAt" <= ${at(now)}) AS due, count(*) FILTER (WHERE "waitsFor" IS NOT NULL) AS waiting,
        count(*) FILTER (WHERE "parkedAt" IS NOT NULL) AS parked, min("wantedAt") FILTER (WHERE "dueAt" <= ${at(now)}) AS oldest
      FROM "DueRow" WHERE scope = ANY(${scopes}::text[]) AND ("dueAt" IS NOT NULL OR "waitsFor" IS NOT NULL) GROUP BY lane
    ), speed AS (
      SELECT lane, sum(CASE WHEN minute = ${minute} THEN "doneThis" ELSE 0 END) AS this,
        sum(CASE WHEN minute = ${minute} THEN "doneBefore" WHEN minute = ${minute} - 1 THEN "doneThis" ELSE 0 END) AS before
      FROM "LaneRow" WHERE scope = ANY(${scopes}::text[]) GROUP BY lane
    )
    SELECT coalesce(json_agg(json_build_object('lane', s.lane, 'due', coalesce(r.due, 0), 'waiting', coalesce(r.waiting, 0),
      'parked', coalesce(r.parked, 0), 'oldestAt', r.oldest, 'doneThis', s.this, 'doneBefore', s.before) ORDER BY s.lane), '[]')::text AS result
    FROM speed s LEFT JOIN rows r USING (lane)`,
  );
  return rows.map((row) => toLine(row, now));
}

/** The running minute is not over: its own rows and the part of the last minute that is still within sixty seconds. */
function toLine(row: BacklogRecord, now: Date): BacklogLine {
  const secondsIn = (now.getTime() % 60_000) / 1000;
  const doneLastMinute = Math.round(Number(row.doneThis) + (Number(row.doneBefore) * (60 - secondsIn)) / 60);
  const ratePerSecond = doneLastMinute / 60;
  return {
    lane: row.lane,
    due: Number(row.due),
    waiting: Number(row.waiting),
    parked: Number(row.parked),
    doneLastMinute,
    oldestMs: row.oldestAt === null ? null : Math.max(0, now.getTime() - new Date(row.oldestAt).getTime()),
    ratePerSecond,
    timeLeftMs: row.due === 0 ? 0 : ratePerSecond > 0 ? Math.round((row.due / ratePerSecond) * 1000) : null,
  };
}

/**
 * How far what was wanted together is: everything wanted, or done, since the oldest row that is still due was wanted. Only rows whose subject begins with
 * `subjects`. A row that waits for something or is given up counts as done: nobody works on it.
 */
export async function readRun(
  db: Db,
  { lane, scope, subjects = "" }: { lane: string; scope: Scope; subjects?: string },
  now: Date,
): Promise<Run> {
  const mine = Prisma.sql`lane = ${lane} AND scope = ${scope} AND starts_with(subject, ${subjects})`;
  const [run] = await queryJson<Run[]>(
    db,
    Prisma.sql`
    WITH begun AS (
      SELECT min("wantedAt") AS at FROM "DueRow" WHERE ${mine} AND "dueAt" <= ${at(now)} AND "wantedVersion" > "doneVersion"
    )
    SELECT json_build_array(json_build_object('total', count(*), 'left',
      count(*) FILTER (WHERE "wantedVersion" > "doneVersion" AND "waitsFor" IS NULL AND "parkedAt" IS NULL)))::text AS result
    FROM "DueRow" WHERE ${mine} AND "wantedAt" >= (SELECT at FROM begun)`,
  );
  return run ?? { left: 0, total: 0 };
}

/** Due rows and the age of the oldest, per lane, over everything that is not held back by a closed gate; for the metrics. */
export async function readLaneAges(db: Db, now: Date): Promise<{ lane: string; due: number; oldestSeconds: number }[]> {
  return queryJson(
    db,
    Prisma.sql`
    SELECT coalesce(json_agg(l), '[]')::text AS result FROM (
      SELECT d.lane, count(*)::int AS due, greatest(0, extract(epoch FROM ${at(now)} - min(d."wantedAt")))::float AS "oldestSeconds"
      FROM "DueRow" d JOIN "LaneRow" l USING (lane, scope)
      WHERE d."dueAt" <= ${at(now)} AND NOT (l."restFor" = 'gate' AND l."restUntil" > ${at(now)}) IS TRUE
      GROUP BY d.lane) l`,
  );
}
