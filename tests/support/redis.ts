import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../app/platform/postgres/embedded.server.ts";

export interface RunningRedis {
  url: string;
  stop(): void;
}

/**
 * REDIS_URL if it is set, else a `redis-server` from PATH on a free port, else null: the caller's Redis half does not run, which is
 * said loudly here and is an error under CI. `isDurable`: writes its data to the disk.
 */
export async function startRedis(options: { isDurable?: boolean } = {}): Promise<RunningRedis | null> {
  const { REDIS_URL: given, CI: isCi } = process.env;
  if (given) return { url: given, stop: () => {} };
  if (spawnSync("redis-server", ["--version"]).status !== 0) {
    const reason = "Redis half NOT RUN: REDIS_URL is not set and there is no redis-server on PATH";
    if (isCi) throw new Error(reason);
    console.error(`\n*** ${reason} ***\n`);
    return null;
  }
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "reelshelf-redis-"));
  const port = await freePort();
  const keep = options.isDurable ? ["--appendonly", "yes"] : ["--appendonly", "no"];
  const place = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory];
  const server = spawn("redis-server", [...place, "--save", "", ...keep], { stdio: "ignore" });
  const stop = () => {
    server.kill("SIGKILL");
    fs.rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", stop);
  await answers(port, server);
  return { url: `redis://127.0.0.1:${port}`, stop };
}

async function answers(port: number, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    if (server.exitCode !== null) break;
    if (spawnSync("redis-cli", ["-p", String(port), "ping"]).status === 0) return;
  }
  throw new Error("redis-server does not answer");
}
