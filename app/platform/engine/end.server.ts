import type { Db } from "../db.server.ts";
import type { Claim, Scope } from "./model.ts";
import { at, mergeTimes, Prisma, type Queryable, queryJson, records } from "./sql.server.ts";

/** How a row ends, all decided: what the statement below stores. */
export interface RowEnd {
  claim: Claim;
  /** "back": given back untouched, as if never claimed. */
  kind: "done" | "later" | "waits" | "back";
  /** later, waits: when it is due again. */
  at?: Date;
  recheckAt?: Date;
  waitsFor?: string;
  reason?: string;
  /** later: counts towards the back-off. */
  isFailure?: boolean;
  /** later: from now on worked by itself. */
  isSuspect?: boolean;
}

/** Clocks of two processes may differ by this much: what came so shortly before a claim is looked at once more. */
const SKEW_MS = 2_000;
const LOOK_AGAIN_MS = 1_000;

/** The subjects that were ended, each with whether it is due again already: it was wanted once more since its claim. */
export type Ended = Map<string, boolean>;

/** Ends rows (see `storeEnds`). Rows about to wait for something that has come since they were claimed are due again instead. */
export async function endRows(
  db: Queryable,
  target: { lane: string; scope: Scope; token: string },
  ends: RowEnd[],
  objects: string[],
  now: Date,
): Promise<Ended> {
  const names = [...new Set(ends.flatMap((end) => (end.kind === "waits" && end.waitsFor ? [end.waitsFor] : [])))];
  if (names.length === 0) return storeEnds(db, target, ends, objects, now);
  // the marks stay locked until the rows are seen to wait: whoever raises a name then finds them
  const inOrder = async (tx: Queryable) => {
    const raisedAt = await lockNames(tx, target.scope, names);
    const decided = ends.map((end) =>
      end.kind === "waits" ? waitUnlessRaised(end, raisedAt.get(end.waitsFor ?? ""), now) : end,
    );
    return storeEnds(tx, target, decided, objects, now);
  };
  return isDatabase(db) ? db.$transaction(inOrder) : inOrder(db);
}

const isDatabase = (db: Queryable): db is Db => "$transaction" in db;

function waitUnlessRaised(end: RowEnd, raisedAt: Date | undefined, now: Date): RowEnd {
  const sinceClaim =
    raisedAt === undefined ? Number.NEGATIVE_INFINITY : raisedAt.getTime() - end.claim.claimedAt.getTime();
  if (sinceClaim < -SKEW_MS) return end;
  const lookAt = sinceClaim >= 0 ? now : new Date(now.getTime() + LOOK_AGAIN_MS);
  return { ...end, kind: "later", at: lookAt, isFailure: false };
}

/** When each name last came; names that never did are noted as of long ago. */
async function lockNames(tx: Queryable, scope: Scope, names: string[]): Promise<Map<string, Date>> {
  const marks = await tx.$queryRaw<{ name: string; at: Date }[]>(Prisma.sql`
    INSERT INTO "RaisedName" AS r (scope, name, at) SELECT ${scope}, n, timestamptz 'epoch' FROM unnest(${names}::text[]) AS n ORDER BY n
    ON CONFLICT (scope, name) DO UPDATE SET at = r.at RETURNING name, at`);
  return new Map(marks.map((mark) => [mark.name, mark.at]));
}

/**
 * Ends rows of one scope in one statement, each only if its lease token still matches, and frees `objects` held with the same
 * token. A row wanted again since its claim is due again at once instead of done or waiting.
 */
async function storeEnds(
  db: Queryable,
  target: { lane: string; scope: Scope; token: string },
  ends: RowEnd[],
  objects: string[],
  now: Date,
): Promise<Ended> {
  const rows = ends.map((end) => ({
    subject: end.claim.subject,
    version: end.claim.version.toString(),
    claimedAt: end.claim.claimedAt,
    kind: end.kind,
    at: end.at,
    recheckAt: end.recheckAt,
    waitsFor: end.waitsFor,
    reason: end.reason,
    isFailure: end.isFailure ?? false,
    isSuspect: end.isSuspect ?? false,
  }));
  const again = mergeTimes(
    Prisma.sql`d."againAt"`,
    Prisma.sql`CASE WHEN e."recheckAt" IS NULL THEN '{}' ELSE ARRAY[e."recheckAt"] END`,
    Prisma.sql`e."claimedAt"`,
  );
  const ended = await queryJson<{ subject: string; isDue: boolean }[]>(
    db,
    Prisma.sql`
    WITH ending AS MATERIALIZED (
      SELECT ${target.lane} AS lane, ${target.scope} AS scope, e.* FROM jsonb_to_recordset(${records(rows)}) AS e(subject text, version bigint, "claimedAt" timestamptz(3), kind text,
        at timestamptz(3), "recheckAt" timestamptz(3), "waitsFor" text, reason text, "isFailure" boolean, "isSuspect" boolean)
    ), held AS MATERIALIZED (
      SELECT e.*, CASE WHEN e.kind = 'back' OR (d."againAt" = '{}' AND e."recheckAt" IS NULL) THEN d."againAt" ELSE ${again} END AS again
      FROM ending e JOIN "DueRow" d ON d.lane = e.lane AND d.scope = e.scope AND d.subject = e.subject
      WHERE d."leaseToken" = ${target.token} ORDER BY e.subject FOR UPDATE OF d
    ), ended AS (
      UPDATE "DueRow" d SET "leaseToken" = NULL, "leaseUntil" = NULL, "againAt" = h.again,
        attempts = CASE WHEN h.kind = 'back' THEN greatest(d.attempts - 1, 0) ELSE 0 END,
        failures = CASE WHEN h.kind = 'done' THEN 0 WHEN h."isFailure" THEN d.failures + 1 ELSE d.failures END,
        "isAlone" = CASE WHEN h.kind = 'back' THEN d."isAlone" ELSE h."isSuspect" END,
        "doneVersion" = CASE WHEN h.kind = 'done' THEN greatest(d."doneVersion", h.version) ELSE d."doneVersion" END,
        "wantedAt" = CASE WHEN h.kind = 'done' THEN ${at(now)} ELSE d."wantedAt" END,
        "notBefore" = CASE WHEN h.kind = 'later' THEN h.at WHEN h.kind = 'back' THEN d."notBefore" END,
        "waitsFor" = CASE WHEN h.kind = 'waits' AND d."wantedVersion" <= h.version THEN h."waitsFor" END,
        reason = h.reason,
        urgency = CASE WHEN h.kind = 'done' AND d."wantedVersion" <= h.version THEN 0 ELSE d.urgency END,
        "dueAt" = CASE
          WHEN h.kind = 'back' THEN d."dueAt"
          WHEN h.kind = 'later' THEN h.at
          WHEN d."wantedVersion" > h.version THEN ${at(now)}
          WHEN h.kind = 'waits' THEN h.at
          ELSE (SELECT min(t) FROM unnest(h.again) AS t) END
      FROM held h WHERE d.lane = h.lane AND d.scope = h.scope AND d.subject = h.subject
      RETURNING d.subject, h.kind <> 'back' AND d."wantedVersion" > d."doneVersion" AND coalesce(d."dueAt" <= ${at(now)}, false) AS "isDue"
    ), releasable AS MATERIALIZED (
      SELECT scope, object FROM "ObjectLease" WHERE scope = ${target.scope} AND object = ANY(${objects}::text[])
        AND token = ${target.token} ORDER BY object FOR UPDATE
    ), released AS (
      DELETE FROM "ObjectLease" o USING releasable r WHERE o.scope = r.scope AND o.object = r.object
    )
    SELECT coalesce(json_agg(ended), '[]')::text AS result FROM ended`,
  );
  return new Map(ended.map(({ subject, isDue }) => [subject, isDue]));
}

/**
 * Which of these rows are still ours. Leases with less than `minimumMs` left are lengthened to `leaseMs` from now, together with
 * the lease of the row's object; a row whose object went to somebody else is not ours either.
 */
export async function extendRows(
  db: Queryable,
  target: { lane: string; scope: Scope; token: string },
  claims: Claim[],
  lease: { leaseMs: number; minimumMs: number; skipsLocked?: boolean },
  now: Date,
): Promise<Set<string>> {
  // a heartbeat stands in nobody's way: what is locked right now is being ended, or wanted again and extended at the next beat
  const lock = lease.skipsLocked ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.sql`FOR UPDATE`;
  const subjects = claims.map((claim) => claim.subject);
  const mine = Prisma.sql`d.lane = ${target.lane} AND d.scope = ${target.scope} AND d.subject = ANY(${subjects}::text[])
    AND d."leaseToken" = ${target.token}`;
  const enough = at(new Date(now.getTime() + lease.minimumMs));
  const safe = await queryJson<string[]>(
    db,
    Prisma.sql`SELECT coalesce(json_agg(d.subject), '[]')::text AS result FROM "DueRow" d WHERE ${mine} AND d."leaseUntil" > ${enough}`,
  );
  if (safe.length === subjects.length) return new Set(safe);

  const until = at(new Date(now.getTime() + lease.leaseMs));
  const objects = [...new Set(claims.flatMap((claim) => (claim.object === null ? [] : [claim.object])))];
  const extended = await queryJson<string[]>(
    db,
    Prisma.sql`
    WITH rows AS MATERIALIZED (
      SELECT d.lane, d.scope, d.subject, d.object FROM "DueRow" d WHERE ${mine} ORDER BY d.subject FOR UPDATE
    ), leases AS MATERIALIZED (
      SELECT scope, object FROM "ObjectLease" WHERE scope = ${target.scope} AND object = ANY(${objects}::text[]) AND token = ${target.token}
      ORDER BY object ${lock}
    ), kept AS (
      UPDATE "ObjectLease" o SET until = ${until} FROM leases l WHERE o.scope = l.scope AND o.object = l.object
    ), extended AS (
      UPDATE "DueRow" d SET "leaseUntil" = ${until} FROM rows r
      WHERE d.lane = r.lane AND d.scope = r.scope AND d.subject = r.subject
        AND (r.object IS NULL OR r.object IN (SELECT object FROM leases))
      RETURNING d.subject
    )
    SELECT coalesce(json_agg(subject), '[]')::text AS result FROM extended`,
  );
  return new Set(extended);
}
