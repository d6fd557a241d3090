import { type Db, type Json, Prisma, type Tx } from "./db.server.ts";

/** Who did it. */
export type Actor =
  | { kind: "staff"; id: string }
  | { kind: "job"; id: string }
  | { kind: "channel"; id: string }
  | { kind: "shopify"; id: string };

export type Severity = "urgent" | "needs-you" | "info";

export interface ActivityEntry {
  id: bigint;
  at: Date;
  actor: Actor;
  event: string;
  subject: string;
  data: unknown;
}

export interface OpenProblem {
  id: string;
  key: string;
  kind: string;
  severity: Severity;
  subject: string | null;
  connectionId: string | null;
  affected: number;
  data: unknown;
  openedAt: Date;
}

type ActivityRow = Prisma.ActivityCreateManyInput;

/** What is noted in transactions that store it last of all, in one statement. */
const gathered = new WeakMap<Tx, ActivityRow[]>();

/** From now on what is noted in this transaction is gathered; whoever calls this stores it with `storeActivity` before it commits. */
export function gatherActivity(tx: Tx): void {
  gathered.set(tx, []);
}

/** Stores what was gathered. */
export async function storeActivity(tx: Tx): Promise<void> {
  const rows = gathered.get(tx);
  gathered.delete(tx);
  if (rows && rows.length > 0) await tx.activity.createMany({ data: rows });
}

/** Notes what happened, in the transaction of the change itself. `event` in the past tense ("listing.created"); no buyer data. */
export async function recordActivity(
  tx: Tx,
  entry: { shopId: string; actor: Actor; event: string; subject: string; data?: Json; at?: Date },
): Promise<void> {
  const { actor, ...rest } = entry;
  const row: ActivityRow = { ...rest, actorKind: actor.kind, actorId: actor.id };
  const rows = gathered.get(tx);
  if (rows) rows.push(row);
  else await tx.activity.createMany({ data: [row] });
}

/** What happened in a shop, newest first; `cursor` is the `nextCursor` of the page before. */
export async function listActivity(
  db: Db | Tx,
  query: {
    shopId: string;
    subject?: string;
    /** Only events that begin with one of these ("listing."). */
    about?: readonly string[];
    actorKind?: Actor["kind"];
    cursor?: string;
    limit?: number;
  },
): Promise<{ entries: ActivityEntry[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const rows = await db.activity.findMany({
    where: {
      shopId: query.shopId,
      subject: query.subject,
      actorKind: query.actorKind,
      OR: query.about?.map((prefix) => ({ event: { startsWith: prefix } })),
      id: query.cursor ? { lt: BigInt(query.cursor) } : undefined,
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const entries = rows.slice(0, limit).map(({ actorKind, actorId, id, at, event, subject, data }) => ({
    id,
    at,
    event,
    subject,
    data,
    actor: { kind: actorKind, id: actorId } as Actor,
  }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id.toString() ?? null) : null };
}

export interface ProblemReport {
  shopId: string;
  /** Stable: the same trouble always has the same key, however often it is found. */
  key: string;
  kind: string;
  severity: Severity;
  data?: Json;
  /** How many things it concerns. */
  affected?: number;
  connectionId?: string;
  subject?: string;
  at?: Date;
}

/** Opens a problem, or brings the open one up to date; it keeps the moment it was opened. "opened" tells that it is news. */
export async function openProblem(tx: Tx, report: ProblemReport): Promise<"opened" | "known"> {
  const at = report.at ?? new Date();
  const facts = {
    kind: report.kind,
    severity: report.severity,
    subject: report.subject ?? null,
    connectionId: report.connectionId ?? null,
    affected: report.affected ?? 1,
    data: report.data ?? {},
    updatedAt: at,
  };
  const known = await tx.problem.updateMany({
    where: { shopId: report.shopId, key: report.key, closedAt: null },
    data: facts,
  });
  if (known.count > 0) return "known";
  await tx.problem.upsert({
    where: { shopId_key: { shopId: report.shopId, key: report.key } },
    create: { shopId: report.shopId, key: report.key, ...facts, openedAt: at },
    update: { ...facts, openedAt: at, closedAt: null },
  });
  return "opened";
}

/** Closes a problem because its cause is gone. False: there was none open. */
export async function closeProblem(tx: Tx, problem: { shopId: string; key: string; at?: Date }): Promise<boolean> {
  const { key, ...rest } = problem;
  return (await closeProblems(tx, { ...rest, keys: [key] })) > 0;
}

/** Closes those of these problems that are open. Returns how many. */
export async function closeProblems(
  tx: Tx,
  { shopId, keys, at }: { shopId: string; keys: readonly string[]; at?: Date },
): Promise<number> {
  const { count } = await tx.problem.updateMany({
    where: { shopId, key: { in: [...keys] }, closedAt: null },
    data: { closedAt: at ?? new Date() },
  });
  return count;
}

const RANK: Record<string, number> = { urgent: 0, "needs-you": 1, info: 2 };

/** What somebody must act on, the most urgent first, then the oldest. */
export async function listOpenProblems(
  db: Db | Tx,
  query: { shopId: string; connectionId?: string; subject?: string; subjects?: readonly string[]; limit?: number },
): Promise<OpenProblem[]> {
  const rows = await db.problem.findMany({
    where: {
      shopId: query.shopId,
      connectionId: query.connectionId,
      subject: query.subjects ? { in: [...query.subjects] } : query.subject,
      closedAt: null,
    },
    orderBy: { openedAt: "asc" },
    take: query.limit ?? 200,
  });
  return rows
    .map((row) => ({ ...row, severity: row.severity as Severity }))
    .sort((a, b) => (RANK[a.severity] ?? 9) - (RANK[b.severity] ?? 9));
}

/** The ids of the things of one kind ("order") that an open problem asks somebody to act on, as a query; one may come more than once. */
export const withProblems = ({ shopId, kind }: { shopId: string; kind: string }): Prisma.Sql => Prisma.sql`
  select substr(p.subject, ${kind.length + 2}) as id from "Problem" p
  where p."shopId" = ${shopId} and p."closedAt" is null and p.severity <> 'info' and p.subject like ${`${kind}:%`}`;

/** Which of these things of one kind an open problem asks somebody to act on. */
export async function idsWithProblems(
  db: Db | Tx,
  { shopId, kind, among }: { shopId: string; kind: string; among: readonly string[] },
): Promise<string[]> {
  const subjects = among.map((id) => `${kind}:${id}`);
  const rows = await db.problem.findMany({
    where: { shopId, closedAt: null, severity: { not: "info" }, subject: { in: subjects } },
    select: { subject: true },
  });
  return [...new Set(rows.map((row) => (row.subject ?? "").slice(kind.length + 1)))];
}

/**
 * Takes words of others out of what is told of these subjects: closed problems go, open ones and activities lose these keys of their data.
 */
export async function forgetWords(
  tx: Tx,
  { shopId, subjects, keys }: { shopId: string; subjects: string[]; keys: string[] },
): Promise<void> {
  await tx.problem.deleteMany({ where: { shopId, subject: { in: subjects }, closedAt: { not: null } } });
  await tx.$executeRaw`
    UPDATE "Problem" SET data = data - ${keys}::text[] WHERE "shopId" = ${shopId} AND subject = ANY(${subjects}) AND data ?| ${keys}::text[]`;
  await tx.$executeRaw`
    UPDATE "Activity" SET data = data - ${keys}::text[] WHERE "shopId" = ${shopId} AND subject = ANY(${subjects}) AND data ?| ${keys}::text[]`;
}

/** Forgets problems closed before a time, a bounded number at a time; returns how many. */
export async function forgetClosedProblems(db: Db, before: Date, atMost = 10_000): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Problem" WHERE id IN (SELECT id FROM "Problem" WHERE "closedAt" < ${before} LIMIT ${atMost})`;
}
