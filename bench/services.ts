import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createDatabase, urlOfDatabase } from "../app/platform/postgres/databases.server.ts";
import { startEmbedded } from "../app/platform/postgres/embedded.server.ts";
import { migrate } from "../app/platform/postgres/migrate.server.ts";

export interface BenchPostgres {
  /** A new, migrated database. */
  database(): Promise<string>;
  stop(): void;
}

/** A PostgreSQL of the bench's own that writes to the disk as a real one does. */
export async function startPostgres(): Promise<BenchPostgres> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "reelshelf-bench-"));
  fs.chmodSync(directory, 0o755);
  const server = await startEmbedded({
    dataDir: path.join(directory, "pg"),
    settings: { shared_buffers: "256MB", max_wal_size: "2GB" },
  });
  let count = 0;
  return {
    async database() {
      count += 1;
      const name = `bench_${count}`;
      await createDatabase(server.url, name);
      const url = urlOfDatabase(server.url, name);
      await migrate(url);
      return url;
    },
    stop() {
      server.stop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
