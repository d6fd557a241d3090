import fs from "node:fs";
import path from "node:path";
import { startEmbedded } from "../app/platform/postgres/embedded.server.ts";
import { migrate } from "../app/platform/postgres/migrate.server.ts";
import { diffSchema } from "./diff-schema.ts";

/**
 * Database chores of a developer: `db new NAME` writes the migration that brings the database to prisma/schema.prisma, `db check` fails when
 * one is missing, `db stop` ends the embedded server of `.data/pg`.
 */
const [verb, name = "change"] = process.argv.slice(2);
const MIGRATIONS = "prisma/migrations";

if (verb === "stop") {
  if (fs.existsSync(".data/pg/postmaster.pid")) (await startEmbedded({ dataDir: ".data/pg" })).stop();
  console.error("The embedded database server is stopped.");
} else if (verb === "new" || verb === "check") {
  const missing = await findMissing();
  if (missing === null) console.error("The migrations and prisma/schema.prisma agree.");
  else if (verb === "new") writeMigration(missing);
  else {
    console.error(
      `prisma/schema.prisma has changes without a migration; write one with "npm run db:new -- NAME":\n${missing}`,
    );
    process.exitCode = 1;
  }
} else {
  console.error("Usage: npm run db:new -- NAME | npm run db:check | npm run db:stop");
  process.exit(2);
}

/** What the schema says beyond all migrations, as SQL; null: nothing. */
async function findMissing(): Promise<string | null> {
  const folder = fs.mkdtempSync(path.join(process.cwd(), ".data-diff-"));
  const server = await startEmbedded({ dataDir: path.join(folder, "pg"), settings: { fsync: "off" } });
  try {
    await migrate(server.url);
    return await diffSchema(server.url);
  } finally {
    server.stop();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function writeMigration(sql: string): void {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(MIGRATIONS, `${stamp}_${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), sql);
  console.error(`Wrote ${folder}/migration.sql`);
}
