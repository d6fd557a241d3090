import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@prisma/client";
import pg from "pg";

export { Prisma };
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;

export interface Database {
  db: Db;
  close(): Promise<void>;
}

/**
 * One pool per process. `onError` hears of idle connections that broke (a restarting server); without a listener they would end
 * the process. `keepsPlans`: a connection has each statement parsed and planned once instead of each time; only for tables that stay
 * small, as such plans are made without a look at the values.
 */
export function openDb(
  url: string,
  options: { connections?: number; onError?: (error: Error) => void; keepsPlans?: boolean } = {},
): Database {
  // UTC: the adapter drops the offset of timestamptz values instead of converting it
  const pool = new pg.Pool({
    ...{ connectionString: url, max: options.connections ?? 10, options: "-c timezone=UTC" },
    // a connection that is closed takes its plans with it
    ...(options.keepsPlans ? { idleTimeoutMillis: 0, allowExitOnIdle: true } : {}),
  });
  pool.on("error", (error) => {
    if (!pool.ending) options.onError?.(error);
  });
  const adapter = new PrismaPg(pool, options.keepsPlans ? { statementNameGenerator: ({ sql }) => nameOf(sql) } : {});
  const db = new PrismaClient({ adapter });
  return {
    db,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** The same for the same statement, and short enough for PostgreSQL. */
const nameOf = (sql: string) => createHash("sha1").update(sql).digest("base64");

/** Rows that go in one statement: locks are held for moments only. */
const DELETED_AT_ONCE = 500;

/** Deletes the rows of a table whose column is one of these values, a part at a time. Names are the caller's own, never what somebody sent. */
export async function deleteInParts(
  db: Db,
  { table, column, values }: { table: string; column: string; values: string[] },
): Promise<void> {
  const [rows, key] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)];
  let count: number;
  do
    count = await db.$executeRaw`
      DELETE FROM ${rows} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${rows} WHERE ${key} = ANY(${values}) LIMIT ${DELETED_AT_ONCE}))`;
  while (count > 0);
}

/** The database cannot be reached, or has no connection to spare: the same would befall whatever is tried next. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return AWAY_CODES.has(code ?? "") || AWAY_WORDS.test(message ?? "");
}

const AWAY_CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
  "ECONNREFUSED",
  "ECONNRESET",
]);
/** A raw statement's error has one code whatever happened (P2010); only its words, or PostgreSQL's own code in them, tell. */
const AWAY_WORDS =
  /ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|timeout exceeded when trying to connect|Can't reach database server|Server has closed the connection|Operation has timed out|Code: `(53300|57P0[123])`/;
