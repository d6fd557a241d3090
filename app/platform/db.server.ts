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
