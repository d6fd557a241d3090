import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db.server.ts";
import type { Scope } from "./model.ts";
import { at, Prisma } from "./sql.server.ts";

const AT_MOST = 10_000;

/**
 * Deletes a bounded number of rows that have had nothing to do since `before`, and leases that ended by then. Such a row says nothing
 * that its next want would not say again. Returns how many rows went.
 */
export async function forgetIdleRows(db: Db, before: Date): Promise<number> {
  await db.$executeRaw(Prisma.sql`DELETE FROM "ObjectLease" WHERE until < ${at(before)}`);
  await db.$executeRaw(Prisma.sql`DELETE FROM "RaisedName" WHERE at < ${at(before)}`);
  return db.$executeRaw(Prisma.sql`
    DELETE FROM "DueRow" d USING (
      SELECT lane, scope, subject FROM "DueRow"
      WHERE "dueAt" IS NULL AND "waitsFor" IS NULL AND "leaseToken" IS NULL AND "wantedAt" < ${at(before)}
      LIMIT ${AT_MOST} FOR UPDATE SKIP LOCKED
    ) idle WHERE d.lane = idle.lane AND d.scope = idle.scope AND d.subject = idle.subject`);
}

/** Nothing is due for these scopes any more: what they belonged to is gone. */
export async function forgetScopes(tx: Tx, scopes: readonly Scope[]): Promise<void> {
  const where = { scope: { in: [...scopes] } };
  await tx.dueRow.deleteMany({ where });
  await tx.laneRow.deleteMany({ where });
  await tx.objectLease.deleteMany({ where });
  await tx.raisedName.deleteMany({ where });
}

/** What was learnt of rates nobody asks for any more; a name comes back with its next call. Returns how many went. */
export async function forgetIdleBudgets(db: Db, before: Date): Promise<number> {
  return db.$executeRaw(Prisma.sql`DELETE FROM "Budget" WHERE "updatedAt" < ${at(before)}`);
}

/** How far this process's clock is ahead of the database's, in milliseconds. */
export async function readClockSkew(db: Db, clock: Clock): Promise<number> {
  const asked = clock.now().getTime();
  const [row] = await db.$queryRaw<
    { ms: number }[]
  >`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float AS ms`;
  const answered = clock.now().getTime();
  return Math.round((asked + answered) / 2 - (row?.ms ?? asked));
}
