import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase, urlOfDatabase } from "../app/platform/postgres/databases.server.ts";
import { freePort, startEmbedded } from "../app/platform/postgres/embedded.server.ts";
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

export interface BenchRedis {
  url: string;
  stop(): void;
}

/** REDIS_URL, else an own `redis-server` that keeps its data on disk, else null with the reason on stderr. */
export async function startRedis(given: string | undefined): Promise<BenchRedis | null> {
  if (given) return { url: given, stop: () => {} };
  if (spawnSync("redis-server", ["--version"]).status !== 0) {
    console.error("Redis half NOT RUN: no REDIS_URL and no redis-server on PATH");
    return null;
  }
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "reelshelf-redis-"));
  const port = await freePort();
  const server: ChildProcess = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "yes"],
    { stdio: "ignore" },
  );
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; spawnSync("redis-cli", ["-p", String(port), "ping"]).status !== 0; tries += 1) {
    if (tries > 100) throw new Error("redis-server does not answer");
    await sleep(50);
  }
  return {
    url,
    stop() {
      server.kill("SIGKILL");
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
