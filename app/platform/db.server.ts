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
 * the process.
 */
export function openDb(
  url: string,
  options: { connections?: number; onError?: (error: Error) => void } = {},
): Database {
  // UTC: the adapter drops the offset of timestamptz values instead of converting it
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 10, options: "-c timezone=UTC" });
  pool.on("error", (error) => {
    if (!pool.ending) options.onError?.(error);
  });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** The database cannot be reached, or has no connection to spare: the same would befall whatever is tried next. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return AWAY_CODES.has(code ?? "") || AWAY_WORDS.test(message ?? "");
}

const AWAY_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "ECONNREFUSED", "ECONNRESET"]);
const AWAY_WORDS =
  /ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|timeout exceeded when trying to connect/;
