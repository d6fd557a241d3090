import { spawnSync } from "node:child_process";

/** The account a child process runs under; empty = ours. */
export type Account = { uid?: number; gid?: number };

/** postgres refuses to run as root: pick an unprivileged account that already exists. Not root: our own. */
export function pickAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const uid = Number(spawnSync("id", ["-u", name], { encoding: "utf8" }).stdout);
    const gid = Number(spawnSync("id", ["-g", name], { encoding: "utf8" }).stdout);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  return { uid: 65534, gid: 65534 };
}

/** Whether the account can read and enter the path (a checkout below a home of mode 700 cannot be entered by others). */
export function canReach(path: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'test -r "$0" && test -x "$0"', path], { ...account, cwd: "/" }).status === 0;
}
