import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Database, openDb } from "../../app/platform/db.server.ts";
import { createDatabase, urlOfDatabase } from "../../app/platform/postgres/databases.server.ts";

export interface TestDatabase {
  url: string;
  /** A client that stays open for the tests to come. Opened when asked for. */
  readonly db: Database["db"];
  /** Gives the database back. Close pools of your own before. */
  drop(): Promise<void>;
}

/**
 * Those this process has made and nobody uses: emptying one costs a tenth of making and dropping one, and its connections are warm. They
 * go when the run ends (`global-setup.ts`).
 */
const free: TestDatabase[] = [];

/** A migrated database that nobody else uses, with nothing in it. */
export async function aDatabase(): Promise<TestDatabase> {
  const kept = free.pop();
  if (kept) return kept;
  const adminUrl = inject("databaseAdminUrl");
  const template = inject("databaseTemplate");
  const name = `${template}_${randomUUID().slice(0, 8)}`;
  await createDatabase(adminUrl, name, template);
  const url = urlOfDatabase(adminUrl, name);
  const admin = new pg.Client({ connectionString: url });
  admin.on("error", () => {}); // the server stops before this process does
  await admin.connect();
  const empty = await emptier(admin);
  let opened: Database | undefined;
  const database: TestDatabase = {
    url,
    get db() {
      opened ??= openDb(url, { keepsPlans: true });
      return opened.db;
    },
    drop: async () => {
      await empty();
      free.push(database);
    },
  };
  return database;
}

/** What brings a database back to what it holds now: tables with rows (of the migrations) stay as they are. */
async function emptier(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  const looks = tables.map(({ name }) => `SELECT '${name}' AS name WHERE NOT EXISTS (SELECT FROM ${name})`);
  const { rows: empty } = await client.query<{ name: string }>(looks.join(" UNION ALL "));
  const statements = [
    // what a test left open must not hold it up
    "PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'",
    ...empty.map(({ name }) => `DELETE FROM ${name}`),
    "PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence",
  ];
  await client.query("SET session_replication_role = replica"); // foreign keys do not ask for an order
  // a function's statements are planned once: a test has hardly more rows than there are tables
  await client.query(
    `CREATE FUNCTION pg_temp.make_empty() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${statements.join(";\n")}; END $$`,
  );
  return async () => void (await client.query("SELECT pg_temp.make_empty()"));
}
