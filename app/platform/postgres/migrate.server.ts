/**
 * Applies prisma/migrations and BullMQ's own schema, and writes Prisma's ledger (_prisma_migrations) in Prisma's format, so that
 * `prisma migrate status` and `deploy` agree with it.
 */
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { runMigrations } from "bullmq";
import pg from "pg";

/** The key `prisma migrate` locks, so that the two never run at once. */
const PRISMA_LOCK = 72707369;

const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** Applies what is missing, each migration in its own transaction; several processes may call it at once. Returns the names applied. */
export async function migrate(url: string, directory = "prisma/migrations"): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(LEDGER);
    const missing = await missingMigrations(client, directory);
    for (const migration of missing) await apply(client, migration);
    await runMigrations(client);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** Names of migrations in the directory that the database does not have yet; for readiness. */
export async function pendingMigrations(
  query: (sql: string) => Promise<{ migration_name: string }[]>,
  directory = "prisma/migrations",
): Promise<string[]> {
  const rows = await query("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL");
  const done = new Set(rows.map((row) => row.migration_name));
  return migrationNames(directory).filter((name) => !done.has(name));
}

const migrationNames = (directory: string) =>
  fs
    .readdirSync(directory)
    .filter((name) => fs.existsSync(path.join(directory, name, "migration.sql")))
    .sort();

async function missingMigrations(client: pg.Client, directory: string): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const known = new Map(rows.map((row) => [row.migration_name, row]));
  for (const row of rows) {
    if (!row.finished_at) throw new Error(`migration ${row.migration_name} failed earlier; fix it first`);
  }
  return migrationNames(directory).flatMap((name) => {
    const sql = fs.readFileSync(path.join(directory, name, "migration.sql"), "utf8");
    const checksum = createHash("sha256").update(sql).digest("hex");
    const prior = known.get(name);
    if (prior && prior.checksum !== checksum) throw new Error(`migration ${name} was edited after it was applied`);
    return prior ? [] : [{ name, sql, checksum }];
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error });
  }
}
