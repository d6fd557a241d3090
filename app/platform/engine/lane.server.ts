import { createHash } from "node:crypto";
import type { Db } from "../db.server.ts";
import type { Scope, WakeUp } from "./model.ts";
import { at, Prisma, queryJson, records, WITHOUT_WAITING } from "./sql.server.ts";

/** A drain keeps its (lane, scope) by renewing this; short, so that the scope is not left alone for long when its process dies. */
const LANE_LEASE_MS = 12_000;
/** A wake-up that was stored so recently is not stored again; after that the queue itself drops a second one of the same id. */
const QUEUED_MS = 2_000;

export interface Turn {
  token: string;
  /** The wake count the turn began with. */
  wakes: bigint;
  /** A budget is used up: no work before this. */
  restUntil: Date | null;
}

/** The queue's store takes neither ":" nor digits alone in an id. */
const wakeUpId = (scope: string, turn: string) =>
  `${createHash("sha1").update(scope).digest("hex").slice(0, 20)}-${turn}`;

/**
 * Begins a turn on (lane, scope): null when somebody else is at it. A wake-up whose id is not the present one is an old one and
 * begins nothing. Either way the number of the next wake-up changes, so that the queue does not take it for the one just running.
 */
export async function beginTurn(
  db: Db,
  target: { lane: string; scope: Scope; token: string; wakeUp?: string },
  now: Date,
): Promise<Turn | null> {
  const turn = target.wakeUp?.split("-").at(-1) ?? null;
  const found = await queryJson<{ wakes: string; restUntil: string | null; isOurs: boolean } | null>(
    db,
    Prisma.sql`
    WITH begun AS (
      INSERT INTO "LaneRow" AS l (lane, scope, turns, "leaseToken", "leaseUntil")
      VALUES (${target.lane}, ${target.scope}, 1, ${target.token}, ${at(new Date(now.getTime() + LANE_LEASE_MS))})
      ON CONFLICT (lane, scope) DO UPDATE SET turns = l.turns + 1, "queuedUntil" = NULL,
        "leaseToken" = CASE WHEN l."leaseUntil" > ${at(now)} THEN l."leaseToken" ELSE excluded."leaseToken" END,
        "leaseUntil" = CASE WHEN l."leaseUntil" > ${at(now)} THEN l."leaseUntil" ELSE excluded."leaseUntil" END
      WHERE ${turn}::text IS NULL OR l.turns = ${turn}::bigint
      RETURNING l.wakes::text AS wakes, l."leaseToken" = ${target.token} AS "isOurs",
        CASE WHEN l."restFor" = 'budget' AND l."restUntil" > ${at(now)} THEN l."restUntil" END AS "restUntil"
    ) SELECT coalesce((SELECT to_json(b) FROM begun b), 'null'::json)::text AS result FROM ${WITHOUT_WAITING}`,
  );
  if (!found?.isOurs) return null;
  const restUntil = found.restUntil === null ? null : new Date(found.restUntil);
  return { token: target.token, wakes: BigInt(found.wakes), restUntil };
}

export interface TurnEnd {
  done: number;
  /** More rows were due when the turn was full. */
  hasMore: boolean;
  rest?: { until: Date; for: "gate" | "budget" };
}

/** Ends a turn. Returns the wake-up that puts the scope at the back of the queue when rows are due or somebody woke it meanwhile. */
export async function endTurn(
  db: Db,
  target: { lane: string; scope: Scope; turn: Turn },
  end: TurnEnd,
  now: Date,
): Promise<WakeUp | null> {
  const again = Prisma.sql`(l.wakes <> ${target.turn.wakes.toString()}::bigint OR ${end.hasMore})`;
  // a budget's rest is ended by its time; a gate is looked at again as soon as somebody wakes the scope
  const rests = end.rest?.for === "gate" ? Prisma.sql`NOT ${again}` : Prisma.sql`${end.rest !== undefined}::boolean`;
  const next = await queryJson<{ turns: string; again: boolean } | null>(
    db,
    Prisma.sql`
    WITH ended AS (
      UPDATE "LaneRow" l SET "leaseToken" = NULL, "leaseUntil" = NULL,
        "restUntil" = CASE WHEN ${rests} THEN ${end.rest ? at(end.rest.until) : Prisma.sql`NULL::timestamptz`} END,
        "restFor" = CASE WHEN ${rests} THEN ${end.rest?.for ?? null}::text END,
        "queuedUntil" = CASE WHEN ${again} AND NOT ${rests} THEN ${at(new Date(now.getTime() + QUEUED_MS))} END,
        ${countedIn(now, end.done)}
      WHERE lane = ${target.lane} AND scope = ${target.scope} AND "leaseToken" = ${target.turn.token}
      RETURNING l.turns::text AS turns, (${again} AND NOT ${rests}) AS again
    ) SELECT coalesce((SELECT to_json(e) FROM ended e), 'null'::json)::text AS result FROM ${WITHOUT_WAITING}`,
  );
  if (!next?.again) return null;
  return { lane: target.lane, scope: target.scope, id: wakeUpId(target.scope, next.turns) };
}

/** Counts rows that were done outside a turn, for rate and time left. */
export async function countDone(
  db: Db,
  target: { lane: string; scope: Scope },
  done: number,
  now: Date,
): Promise<void> {
  if (done === 0) return;
  await db.$executeRaw(
    Prisma.sql`UPDATE "LaneRow" l SET ${countedIn(now, done)} WHERE lane = ${target.lane} AND scope = ${target.scope}`,
  );
}

function countedIn(now: Date, done: number): Prisma.Sql {
  const minute = Math.floor(now.getTime() / 60_000);
  return Prisma.sql`minute = ${minute},
    "doneThis" = CASE WHEN l.minute = ${minute} THEN l."doneThis" ELSE 0 END + ${done},
    "doneBefore" = CASE WHEN l.minute = ${minute} THEN l."doneBefore" WHEN l.minute = ${minute} - 1 THEN l."doneThis" ELSE 0 END`;
}

/** Renews the lease of the lane row; false: somebody else has it. */
export async function keepTurn(
  db: Db,
  target: { lane: string; scope: Scope; turn: Turn },
  now: Date,
): Promise<boolean> {
  const kept = await db.$executeRaw(Prisma.sql`
    UPDATE "LaneRow" SET "leaseUntil" = ${at(new Date(now.getTime() + LANE_LEASE_MS))}
    WHERE lane = ${target.lane} AND scope = ${target.scope} AND "leaseToken" = ${target.turn.token}`);
  return kept === 1;
}

/**
 * Counts a wake for each (lane, scope), so that a running drain goes round again, and returns the wake-ups that must be stored: none for
 * a scope somebody is at, who goes round again by himself. Should he die, a sweep finds the rows when his lease is over.
 */
export async function countWakes(db: Db, targets: { lane: string; scope: Scope }[], now: Date): Promise<WakeUp[]> {
  const queuedUntil = at(new Date(now.getTime() + QUEUED_MS));
  const woken = await queryJson<{ lane: string; scope: Scope; turns: string }[]>(
    db,
    Prisma.sql`
    WITH woken AS (
      INSERT INTO "LaneRow" AS l (lane, scope, wakes, "queuedUntil")
      SELECT lane, scope, 1, ${queuedUntil} FROM jsonb_to_recordset(${records(targets)}) AS t(lane text, scope text) ORDER BY lane, scope
      ON CONFLICT (lane, scope) DO UPDATE SET wakes = l.wakes + 1,
        "queuedUntil" = CASE WHEN l."queuedUntil" > ${at(now)} OR l."leaseUntil" > ${at(now)} THEN l."queuedUntil" ELSE ${queuedUntil} END
      RETURNING l.lane, l.scope, l.turns::text AS turns, l."queuedUntil" = ${queuedUntil} AS "isNew"
    )
    SELECT coalesce((SELECT json_agg(w) FROM woken w WHERE w."isNew"), '[]')::text AS result FROM ${WITHOUT_WAITING}`,
  );
  return woken.map(({ lane, scope, turns }) => ({ lane, scope, id: wakeUpId(scope, turns) }));
}

/**
 * Scopes of a lane that have due rows and nobody at them: what lost wake-ups, dead processes and times that have come leave behind.
 * Whatever the number of processes, one of them finds them in each interval; the others get an empty list.
 */
export async function sweepLane(db: Db, lane: string, everyMs: number, now: Date): Promise<WakeUp[]> {
  const isMine = await db.$executeRaw(Prisma.sql`
    INSERT INTO "LaneRow" AS l (lane, scope, "restUntil", "restFor")
    VALUES (${lane}, '*', ${at(new Date(now.getTime() + everyMs * 0.9))}, 'sweep')
    ON CONFLICT (lane, scope) DO UPDATE SET "restUntil" = excluded."restUntil" WHERE l."restUntil" <= ${at(now)}`);
  if (isMine === 0) return [];
  const found = await queryJson<{ scope: Scope; turns: string }[]>(
    db,
    Prisma.sql`
    SELECT coalesce(json_agg(s), '[]')::text AS result FROM (
      SELECT l.scope, l.turns::text AS turns FROM "LaneRow" l
      WHERE l.lane = ${lane} AND l.scope <> '*' AND (l."leaseUntil" IS NULL OR l."leaseUntil" <= ${at(now)})
        AND (l."restUntil" IS NULL OR l."restUntil" <= ${at(now)})
        AND EXISTS (SELECT 1 FROM "DueRow" d WHERE d.lane = l.lane AND d.scope = l.scope AND d."dueAt" IS NOT NULL
          AND d."dueAt" <= ${at(now)} AND (d."leaseUntil" IS NULL OR d."leaseUntil" <= ${at(now)}))
      LIMIT 10000) s`,
  );
  return found.map(({ scope, turns }) => ({ lane, scope, id: wakeUpId(scope, turns) }));
}
