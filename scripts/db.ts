import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { startEmbedded } from "../app/platform/postgres/embedded.server.ts";

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
  const folder = fs.mkdtempSync(path.join(process.cwd(), ".data-diff-"));
  const server = await startEmbedded({ dataDir: path.join(folder, "pg"), settings: { fsync: "off" } });
  try {
    compare(server.url, path.join(folder, "diff.sql"));
  } finally {
    server.stop();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
} else {
  console.error("Usage: npm run db:new -- NAME | npm run db:check | npm run db:stop");
  process.exit(2);
}

/** prisma migrate diff: exit 0 = nothing to do, 2 = there is a difference. */
function compare(url: string, output: string): void {
  const args = [
    "migrate",
    "diff",
    "--from-migrations",
    MIGRATIONS,
    "--to-schema-datamodel",
    "prisma/schema.prisma",
    "--script",
    "--exit-code",
    "--output",
    output,
  ];
  const run = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (run.status === 0) {
    console.error("The migrations and prisma/schema.prisma agree.");
  } else if (run.status !== 2) {
    console.error(run.stdout, run.stderr);
    process.exitCode = 1;
  } else if (verb === "check") {
    console.error(
      `prisma/schema.prisma has changes without a migration; write one with "npm run db:new -- NAME":\n${fs.readFileSync(output, "utf8")}`,
    );
    process.exitCode = 1;
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = path.join(MIGRATIONS, `${stamp}_${name}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(output, path.join(folder, "migration.sql"));
    console.error(`Wrote ${folder}/migration.sql`);
  }
}
