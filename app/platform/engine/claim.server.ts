import type { Db, Tx } from "../db.server.ts";
import { type Claim, LATE_EFFECT_MARGIN_MS, PARKED, type ParkedRow, type Scope } from "./model.ts";
import { at, mergeTimes, Prisma, queryJson } from "./sql.server.ts";

/** Claims without an end after which a row is worked by itself, and after which it is given up. */
const ALONE_AFTER = 3;
const PARKED_AFTER = 4;

export interface ClaimRequest {
  lane: string;
  scope: Scope;
  token: string;
  limit: number;
  leaseMs: number;
  now: Date;
  /** "alone": one row suspected of spoiling batches; "batch": the others. */
  mode: "batch" | "alone";
}

export interface ClaimResult {
  claims: Claim[];
  /** There are due rows that must be worked by themselves. */
  hasAlone: boolean;
  /** Due rows were left because somebody else works on their object. */
  isBlocked: boolean;
}

interface ClaimRecord {
  subject: string;
  object: string | null;
  version: string;
  newestSeenAt: string | null;
  attempts: number;
  failures: number;
  urgency: number;
  takenOver: boolean;
  wantedAt: string;
}

/**
 * Claims up to `limit` due rows of one scope in one statement: skips rows others hold, takes the leases of the objects the rows
 * touch, and brings along the other due rows of these objects. A row whose last holder never ended it is marked to be worked once
 * more when that holder's call can no longer land.
 *
 * Joins name lane and scope as columns, never as constants: with constants and no statistics yet, the planner takes the whole scope
 * for one row and goes through all of it once for each claimed row.
 */
export async function claimRows(db: Db, request: ClaimRequest): Promise<ClaimResult> {
  const { lane, scope, token, mode, now } = request;
  const until = new Date(now.getTime() + request.leaseMs);
  const lateEffectMs = request.leaseMs / 4 + LATE_EFFECT_MARGIN_MS;
  const isFree = Prisma.sql`(d."leaseUntil" IS NULL OR d."leaseUntil" <= ${at(now)})`;
  const due = Prisma.sql`d.lane = ${lane} AND d.scope = ${scope} AND d."dueAt" IS NOT NULL AND d."dueAt" <= ${at(now)} AND ${isFree}`;
  // says the same so that only the index over objects fits
  const dueAnyhow = Prisma.sql`d.lane = ${lane} AND d.scope = ${scope} AND coalesce(d."dueAt", 'infinity') <= ${at(now)} AND ${isFree}`;
  const suspected = mode === "alone" ? Prisma.sql`d."isAlone"` : Prisma.sql`NOT d."isAlone"`;

  const found = await queryJson<{ claims: ClaimRecord[]; hasAlone: boolean; isBlocked: boolean }>(
    db,
    Prisma.sql`
    WITH picked AS MATERIALIZED (
      SELECT d.subject, d.object, d."leaseUntil" AS "heldUntil" FROM "DueRow" d
      WHERE ${due} AND ${suspected} AND (d.object IS NULL OR NOT EXISTS (
        SELECT 1 FROM "ObjectLease" o WHERE o.scope = ${scope} AND o.object = d.object AND o.until > ${at(now)}))
      ORDER BY d.urgency DESC, d."dueAt" LIMIT ${request.limit} FOR UPDATE OF d SKIP LOCKED
    ), objects AS MATERIALIZED (
      INSERT INTO "ObjectLease" AS o (scope, object, token, until)
      SELECT DISTINCT ${scope}, object, ${token}, ${at(until)} FROM picked WHERE object IS NOT NULL ORDER BY object
      ON CONFLICT (scope, object) DO UPDATE SET token = excluded.token, until = excluded.until WHERE o.until <= ${at(now)}
      RETURNING object
    ), fellows AS MATERIALIZED (
      SELECT d.subject, d."leaseUntil" AS "heldUntil" FROM "DueRow" d
      WHERE ${dueAnyhow} AND d.object = ANY(ARRAY(SELECT object FROM objects)) AND NOT d."isAlone" AND ${mode} = 'batch'
        AND d.subject NOT IN (SELECT subject FROM picked)
      LIMIT ${request.limit * 4} FOR UPDATE OF d SKIP LOCKED
    ), chosen AS MATERIALIZED (
      SELECT ${lane} AS lane, ${scope} AS scope, subject, "heldUntil" FROM picked
        WHERE object IS NULL OR object IN (SELECT object FROM objects)
      UNION ALL SELECT ${lane}, ${scope}, subject, "heldUntil" FROM fellows
    ), claimed AS (
      UPDATE "DueRow" d SET "leaseToken" = ${token}, "leaseUntil" = ${at(until)}, attempts = d.attempts + 1,
        "isAlone" = d."isAlone" OR d.attempts + 1 >= ${ALONE_AFTER},
        "againAt" = CASE WHEN c."heldUntil" IS NULL THEN d."againAt" ELSE ${mergeTimes(
          Prisma.sql`d."againAt"`,
          Prisma.sql`(c."heldUntil" + ${lateEffectMs} * interval '1 millisecond')`,
          Prisma.sql`'-infinity'`,
        )} END
      FROM chosen c WHERE d.lane = c.lane AND d.scope = c.scope AND d.subject = c.subject
      RETURNING d.subject, d.object, d."wantedVersion"::text AS version, d."newestSeenAt", d.attempts, d.failures, d.urgency,
        c."heldUntil" IS NOT NULL AS "takenOver", d."wantedAt", d."dueAt"
    )
    SELECT json_build_object(
      'claims', coalesce((SELECT json_agg(c ORDER BY c.urgency DESC, c."dueAt") FROM claimed c), '[]'),
      'hasAlone', EXISTS (SELECT 1 FROM "DueRow" d WHERE ${due} AND d."isAlone"),
      'isBlocked', EXISTS (SELECT 1 FROM "DueRow" d WHERE ${dueAnyhow} AND d.object = ANY(ARRAY(
        SELECT object FROM "ObjectLease" WHERE scope = ${scope} AND until > ${at(now)})))
    )::text AS result`,
  );
  return { ...found, claims: found.claims.map((record) => toClaim(record, request)) };
}

function toClaim(record: ClaimRecord, { lane, scope, token, now }: ClaimRequest): Claim {
  return {
    lane,
    scope,
    token,
    subject: record.subject,
    object: record.object,
    version: BigInt(record.version),
    newestSeenAt: record.newestSeenAt === null ? null : new Date(record.newestSeenAt),
    attempts: record.attempts,
    failures: record.failures,
    urgency: record.urgency,
    takenOver: record.takenOver,
    wantedAt: new Date(record.wantedAt),
    claimedAt: now,
  };
}

/** Gives up rows that were worked alone and still never came to an end. They wait until somebody raises "parked". */
export async function parkExhausted(tx: Tx, lane: string, scope: Scope, now: Date): Promise<ParkedRow[]> {
  return queryJson<ParkedRow[]>(
    tx,
    Prisma.sql`
    WITH parked AS (
      UPDATE "DueRow" SET "parkedAt" = ${at(now)}, "waitsFor" = ${PARKED}, "dueAt" = NULL, "leaseToken" = NULL, "leaseUntil" = NULL,
        reason = 'never came to an end'
      WHERE lane = ${lane} AND scope = ${scope} AND "isAlone" AND attempts >= ${PARKED_AFTER} AND "dueAt" <= ${at(now)}
        AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${at(now)})
      RETURNING lane, scope, subject, object, attempts
    )
    SELECT coalesce(json_agg(p), '[]')::text AS result FROM parked p`,
  );
}
