import { type Db, Prisma, type Tx } from "../db.server.ts";

/** Whatever can run a query: the database or a transaction. */
export type Queryable = Pick<Db | Tx, "$queryRaw">;

/** A point of time as a parameter. */
export const at = (date: Date): Prisma.Sql => Prisma.sql`${date.toISOString()}::timestamptz`;

/** Rows as one parameter, whatever their number; use with `jsonb_to_recordset`. */
export const records = (rows: unknown[]): Prisma.Sql => Prisma.sql`${JSON.stringify(rows)}::jsonb`;

/** Runs a statement whose only column, `result`, is JSON text: one cell is many times faster to hand over than many rows. */
export async function queryJson<T>(db: Queryable, statement: Prisma.Sql): Promise<T> {
  const [row] = await db.$queryRaw<{ result: string }[]>(statement);
  if (!row) throw new Error("the statement gave no result");
  return JSON.parse(row.result) as T;
}

/**
 * As the FROM of a statement of its own: its commit does not wait for the disk. For lane rows and budgets, which carry no truth: what a
 * power cut takes from them a sweep or the next answer makes up for.
 */
export const WITHOUT_WAITING = Prisma.sql`set_config('synchronous_commit', 'off', true)`;

/** Runs it again when the database ended it for the sake of another (a deadlock). Only for statements and transactions of their own. */
export async function retryDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= DEADLOCK_ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

const DEADLOCK_ATTEMPTS = 5;

function isDeadlock(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "P2034" || /40P01|40001|deadlock detected|could not serialize/i.test(message ?? "");
}

/** Union of two arrays of times, without those before `after`; the latest ones when there are too many (working late is safe, not working is not). */
export const mergeTimes = (times: Prisma.Sql, more: Prisma.Sql, after: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`ARRAY(SELECT DISTINCT t FROM unnest(${times} || ${more}) AS t WHERE t > ${after} ORDER BY t DESC LIMIT 16)`;

export { Prisma };
