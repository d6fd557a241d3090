import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabase, dropDatabase, urlOfDatabase } from "../../app/platform/postgres/databases.server.ts";

export interface TestDatabase {
  url: string;
  /** Also drops it while connections are open. */
  drop(): Promise<void>;
}

/** An own, empty, migrated database in under 0.1 s. Close your pools, then `drop()`. */
export async function aDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("databaseAdminUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(adminUrl, name, inject("databaseTemplate"));
  return { url: urlOfDatabase(adminUrl, name), drop: () => dropDatabase(adminUrl, name) };
}
