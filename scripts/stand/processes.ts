import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A child process of the stand: its output goes to a file, so that a failure can be read afterwards. */
export interface Running {
  name: string;
  child: ChildProcess;
  logFile: string;
  /** Asks it to stop and waits; after `graceMs` it is killed. Resolves when it is gone. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
}

/** Starts `node ARGS` with exactly this environment. The child is in a group of its own, so that Ctrl-C is ours to pass on. */
export function startNode(name: string, args: string[], env: Record<string, string>, logFile: string): Running {
  const log = fs.openSync(logFile, "a");
  const child = spawn(process.execPath, args, {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", log],
    detached: true,
  });
  child.stdout?.on("data", (chunk: Buffer) => {
    if (!child.killed || child.exitCode === null) fs.appendFileSync(logFile, chunk);
  });
  child.once("exit", () => fs.closeSync(log));
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    child,
    logFile,
    async stop(graceMs = 10_000) {
      if (gone()) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await exited;
      clearTimeout(timer);
    },
    async kill() {
      if (gone()) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** The first line of a child's stdout that is JSON. Throws with the end of its log when it stops first. */
export async function firstJsonLine(running: Running, withinMs = 30_000): Promise<Record<string, unknown>> {
  let text = "";
  running.child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  return until(`${running.name} to start`, withinMs, async () => {
    if (running.child.exitCode !== null) throw new Stopped(running);
    for (const line of text.split("\n").slice(0, -1))
      if (line.startsWith("{")) return JSON.parse(line) as Record<string, unknown>;
    return undefined;
  });
}

/** Resolves with the child once its log has these words. Throws with the end of its log when it stops first. */
export async function untilSaid(running: Running, words: string, withinMs = 30_000): Promise<Running> {
  return until(`${running.name} to start`, withinMs, async () => {
    if (fs.readFileSync(running.logFile, "utf8").includes(words)) return running;
    if (running.child.exitCode !== null) throw new Stopped(running);
    return undefined;
  });
}

/** There is nothing to wait for any more. */
export class GivenUp extends Error {}

/** A child that stopped on its own; the message carries the end of its log. */
export class Stopped extends GivenUp {
  constructor(running: Running) {
    super(`${running.name} stopped (exit ${running.child.exitCode}):\n${tail(running.logFile)}`);
  }
}

/** The last lines of a log file. */
function tail(file: string, lines = 30): string {
  return fs.existsSync(file)
    ? fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n")
    : "(no log)";
}

/** Polls until `look` gives something; throws saying what was waited for. Errors of class GivenUp end the wait at once. */
export async function until<T>(
  what: string,
  withinMs: number,
  look: () => Promise<T | undefined | false | null>,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      last = error;
    }
    await sleep(everyMs);
  }
  throw new Error(
    `waited ${Math.round(withinMs / 1000)} s for ${what}${last instanceof Error ? ` (last error: ${last.message})` : ""}`,
  );
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
