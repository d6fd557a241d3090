import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase, dropDatabases, urlOfDatabase } from "../../app/platform/postgres/databases.server.ts";
import { startEmbedded } from "../../app/platform/postgres/embedded.server.ts";
import { migrate } from "../../app/platform/postgres/migrate.server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseAdminUrl: string;
    databaseTemplate: string;
  }
}

/** Throw-away data: nothing of it has to survive a power cut. */
const FAST = {
  ...{ fsync: "off", synchronous_commit: "off", full_page_writes: "off", wal_level: "minimal", max_wal_senders: "0" },
  ...{ max_wal_size: "4GB", checkpoint_timeout: "1h", autovacuum: "off", jit: "off", max_connections: "300" },
};

/**
 * One PostgreSQL for the whole run, with a migrated template that `aDatabase()` copies. `TEST_DATABASE_URL` names a server to use
 * instead of an embedded one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = `template_${process.pid}_${Date.now()}`;
  const { adminUrl, stop } = await openServer(template);
  await createDatabase(adminUrl, template);
  await migrate(urlOfDatabase(adminUrl, template));
  project.provide("databaseAdminUrl", adminUrl);
  project.provide("databaseTemplate", template);
  return stop;
}

async function openServer(template: string): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, stop: () => dropDatabases(given, template) };
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "reelshelf-test-"));
  fs.chmodSync(directory, 0o755);
  const server = await startEmbedded({ dataDir: path.join(directory, "pg"), settings: FAST });
  return {
    adminUrl: server.url,
    stop: async () => {
      server.stop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
