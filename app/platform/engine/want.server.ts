import type { Tx } from "../db.server.ts";
import { PARKED, type Scope, type Want } from "./model.ts";
import { at, mergeTimes, Prisma, queryJson, records } from "./sql.server.ts";

/** A new want may cut a running back-off to this, never to nothing: a stream of events must not hammer a side that fails. */
const SHORTEST_BACK_OFF = Prisma.sql`interval '30 seconds'`;

interface WantRecord {
  lane: string;
  scope: string;
  subject: string;
  object: string | null;
  urgency: number;
  dueAt: string;
  isLater: boolean;
  seenAt: string | null;
}

/** Stores wants: a new row, or one version more of the row there is. Wants for the same row in one call count once. */
export async function storeWants(tx: Tx, wants: Want[], now: Date): Promise<void> {
  // one statement may touch a row only once: a row wanted now and again later takes a second one
  for (let rows = mergeWants(wants, now); rows.length > 0; ) {
    const seen = new Set<string>();
    const again: WantRecord[] = [];
    const first = rows.filter((row) => {
      const key = JSON.stringify([row.lane, row.scope, row.subject]);
      if (seen.has(key)) again.push(row);
      return !seen.has(key) && seen.add(key);
    });
    await storeRecords(tx, first, now);
    rows = again;
  }
}

async function storeRecords(tx: Tx, rows: WantRecord[], now: Date): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    WITH wanted AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${records(rows)}) AS w(lane text, scope text, subject text, object text,
        urgency int, "dueAt" timestamptz(3), "isLater" boolean, "seenAt" timestamptz(3))
    ), lanes AS (
      INSERT INTO "LaneRow" (lane, scope) SELECT DISTINCT lane, scope FROM wanted ORDER BY lane, scope
      ON CONFLICT DO NOTHING
    )
    INSERT INTO "DueRow" AS d (lane, scope, subject, object, urgency, "wantedVersion", "wantedAt", "dueAt", "againAt", "newestSeenAt")
    SELECT lane, scope, subject, object, urgency, CASE WHEN "isLater" THEN 0 ELSE 1 END, CASE WHEN "isLater" THEN "dueAt" ELSE ${at(now)} END, "dueAt",
      CASE WHEN "isLater" THEN ARRAY["dueAt"] ELSE '{}' END, "seenAt"
    FROM wanted ORDER BY lane, scope, subject
    ON CONFLICT (lane, scope, subject) DO UPDATE SET
      "wantedVersion" = d."wantedVersion" + excluded."wantedVersion",
      object = coalesce(excluded.object, d.object),
      urgency = CASE WHEN d."dueAt" IS NULL THEN excluded.urgency ELSE greatest(d.urgency, excluded.urgency) END,
      "newestSeenAt" = greatest(d."newestSeenAt", excluded."newestSeenAt"),
      "wantedAt" = CASE WHEN excluded."wantedVersion" = 1 AND d."wantedVersion" = d."doneVersion"
        THEN excluded."wantedAt" ELSE d."wantedAt" END,
      "againAt" = CASE WHEN excluded."wantedVersion" = 1 THEN d."againAt"
        ELSE ${mergeTimes(Prisma.sql`d."againAt"`, Prisma.sql`excluded."againAt"`, Prisma.sql`'-infinity'`)} END,
      "waitsFor" = CASE WHEN excluded."wantedVersion" = 1 AND d."parkedAt" IS NULL THEN NULL ELSE d."waitsFor" END,
      "dueAt" = CASE
        WHEN d."parkedAt" IS NOT NULL THEN NULL
        WHEN excluded."wantedVersion" = 1 AND d."notBefore" > ${at(now)}
          THEN least(d."dueAt", d."notBefore", ${at(now)} + ${SHORTEST_BACK_OFF})
        ELSE least(d."dueAt", excluded."dueAt") END`);
}

function mergeWants(wants: Want[], now: Date): WantRecord[] {
  const rows = new Map<string, WantRecord>();
  for (const want of wants) {
    const isLater = want.dueAt !== undefined && want.dueAt > now;
    const dueAt = isLater && want.dueAt ? want.dueAt : new Date(now.getTime() + (want.withinMs ?? 0));
    const key = JSON.stringify([want.lane, want.scope, want.subject, isLater && want.dueAt]);
    const known = rows.get(key);
    rows.set(key, {
      lane: want.lane,
      scope: want.scope,
      subject: want.subject,
      object: want.object ?? known?.object ?? null,
      urgency: Math.max(want.urgency ?? 0, known?.urgency ?? -Infinity),
      dueAt: [dueAt.toISOString(), known?.dueAt].filter((time) => time !== undefined).sort()[0] as string,
      isLater,
      seenAt: [want.seenAt?.toISOString(), known?.seenAt].filter(Boolean).sort().at(-1) ?? null,
    });
  }
  return [...rows.values()];
}

/**
 * Makes the rows that wait for `name` due. A row being worked right now may be about to wait for what has just come: it finds the
 * name marked when it ends. Returns the lanes and scopes to wake: those of the rows, and those that rest before a closed gate, since
 * what has come may open it.
 */
export async function raiseRows(
  tx: Tx,
  scopes: Scope[],
  name: string,
  now: Date,
): Promise<{ raised: number; touched: { lane: string; scope: Scope }[] }> {
  // two statements: the second must see the rows that ended before the mark's lock was had
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "RaisedName" (scope, name, at) SELECT s, ${name}, ${at(now)} FROM unnest(${scopes}::text[]) AS s ORDER BY s
    ON CONFLICT (scope, name) DO UPDATE SET at = excluded.at`);
  return queryJson(
    tx,
    Prisma.sql`
    WITH waiting AS MATERIALIZED (
      SELECT lane, scope, subject FROM "DueRow" WHERE scope = ANY(${scopes}::text[]) AND "waitsFor" = ${name}
      ORDER BY lane, scope, subject FOR UPDATE
    ), raised AS (
      UPDATE "DueRow" d SET
        "wantedVersion" = d."wantedVersion" + CASE WHEN d."leaseToken" IS NULL THEN 0 ELSE 1 END,
        "dueAt" = least(d."dueAt", ${at(now)}), "waitsFor" = NULL, "notBefore" = NULL, "parkedAt" = NULL, reason = NULL,
        attempts = CASE WHEN ${name} = ${PARKED} THEN 0 ELSE d.attempts END,
        "isAlone" = d."isAlone" AND ${name} <> ${PARKED}
      FROM waiting w WHERE d.lane = w.lane AND d.scope = w.scope AND d.subject = w.subject
      RETURNING d.lane, d.scope
    )
    SELECT json_build_object(
      'raised', (SELECT count(*) FROM raised),
      'touched', (SELECT coalesce(json_agg(t), '[]') FROM (
        SELECT lane, scope FROM raised
        UNION SELECT lane, scope FROM "LaneRow"
          WHERE scope = ANY(${scopes}::text[]) AND "restFor" = 'gate' AND "restUntil" > ${at(now)}) t)
    )::text AS result`,
  );
}
