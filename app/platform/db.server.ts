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
 * the process. A connection parses each statement once and plans it each time: a plan made while a table was empty must not outlive that,
 * nor one for a small shop serve a large one. `keepsPlans`: it plans once, too; only for tables that stay small.
 */
export function openDb(
  url: string,
  options: { connections?: number; onError?: (error: Error) => void; keepsPlans?: boolean } = {},
): Database {
  // UTC: the adapter drops the offset of timestamptz values instead of converting it
  const settings = `-c timezone=UTC -c plan_cache_mode=${options.keepsPlans ? "auto" : "force_custom_plan"}`;
  const pool = new pg.Pool({
    ...{ connectionString: url, max: options.connections ?? 10, options: settings },
    // a connection that is closed takes its plans with it
    ...(options.keepsPlans ? { idleTimeoutMillis: 0, allowExitOnIdle: true } : {}),
  });
  pool.on("error", (error) => {
    if (!pool.ending) options.onError?.(error);
  });
  const nameOf = createStatementNames();
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql, args }) => nameOf(sql, args.length) }),
  });
  return {
    db: withPlainStatements(prisma, pool, nameOf),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** More than the app asks often, less than would weigh on a connection. */
const MOST_NAMED = 500;
/** A list of values makes a statement of its own for each length: those of long lists hardly come twice. The widest row has fewer columns. */
const MOST_PARAMETERS = 70;

/**
 * Names for statements, so that PostgreSQL parses each once a connection. One that asks for whatever columns there are gets none: a migration
 * beside it would change what it returns, which a named statement may not.
 */
function createStatementNames(): (sql: string, parameters: number) => string {
  const names = new Map<string, string>();
  return (sql, parameters) => {
    if (parameters > MOST_PARAMETERS) return UNNAMED;
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_NAMED || RETURNS_ALL.test(sql)) return UNNAMED;
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}

const UNNAMED = "";
const RETURNS_ALL = /^\s*select\s+(\w+\.)?\*|returning\s+(\w+\.)?\*\s*$/i;

/**
 * The client with its plain statements outside of transactions put to the pool as they are: Prisma works each of them out like a query of
 * its own making, at three times the cost, and nearly all that the engine asks are such. Values come as Prisma gives them: big integers
 * as bigint, times as Date, JSON parsed.
 */
function withPlainStatements(
  prisma: PrismaClient,
  pool: pg.Pool,
  nameOf: (sql: string, parameters: number) => string,
): PrismaClient {
  const run = (query: Prisma.Sql) => {
    const { text, values } = query;
    return pool.query({ name: nameOf(text, values.length), text, values: values.map(toParameter), types: TYPES });
  };
  const plain = {
    $queryRaw: async (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) =>
      (await run(toSql(query, values))).rows,
    $executeRaw: async (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) =>
      (await run(toSql(query, values))).rowCount ?? 0,
  };
  const bound = new Map<string | symbol, unknown>(Object.entries(plain));
  return new Proxy(prisma, {
    get(target, name) {
      if (bound.has(name)) return bound.get(name);
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      const own = value.bind(target);
      bound.set(name, own);
      return own;
    },
  });
}

const toSql = (query: Prisma.Sql | TemplateStringsArray, values: unknown[]): Prisma.Sql =>
  "raw" in query ? Prisma.sql(query, ...values) : query;

const toParameter = (value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);

const INT8 = 20;
const NUMERIC = 1700;
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === INT8) return BigInt;
    if (oid === NUMERIC) return (text: string) => new Prisma.Decimal(text);
    return pg.types.getTypeParser(oid, format as "text");
  },
};

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
  ...["53300", "57P01", "57P02", "57P03", "EPIPE"],
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
/** In a transaction a raw statement's error has one code whatever happened (P2010); only its words, or PostgreSQL's own code in them, tell. */
const AWAY_WORDS =
  /connect ENOENT|EPIPE|ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|timeout exceeded when trying to connect|Can't reach database server|Server has closed the connection|Operation has timed out|Code: `(53300|57P0[123])`/;
