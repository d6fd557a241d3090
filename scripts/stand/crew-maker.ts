import type { StandDatabase } from "./fresh-database.ts";
import { type Running, Stopped, until, untilSaid } from "./processes.ts";
import type { CrewMaker } from "./standby.ts";

/** Starts one process of the app under this name; `imports` are loaded before `file`. */
export type StartProcess = (kind: "web" | "worker", databaseUrl: string, imports?: string[]) => Running;

/** How crews of this stand are made: a database from the template, a held web process and a worker. */
export function createCrewMaker(
  start: StartProcess,
  port: number,
  more: StandDatabase["more"],
): CrewMaker & { startWeb(url: string): Promise<Running>; startWorker(url: string): Promise<Running> } {
  const startWorker = (databaseUrl: string) => untilSaid(start("worker", databaseUrl), "worker.started");
  return {
    startWorker,
    async startWeb(databaseUrl) {
      const web = start("web", databaseUrl);
      await untilReady(web, port);
      return web;
    },
    async prepare() {
      if (!more) throw new Error("there is no server for another database");
      const databaseUrl = await more.create();
      // Windows has no such signal: there the web process is started when it is needed
      const held = process.platform === "win32" ? [] : ["./scripts/stand/hold-listen.ts"];
      const web = start("web", databaseUrl, held);
      const [worker] = await Promise.all([
        startWorker(databaseUrl),
        held.length > 0 ? untilSaid(web, "held until SIGUSR2") : web,
      ]);
      return { web, worker, databaseUrl };
    },
    async release({ web }) {
      if (process.platform !== "win32") web.child.kill("SIGUSR2");
      await untilReady(web, port);
    },
    async dismiss({ web, worker, databaseUrl }) {
      await Promise.all([web.kill(), worker.kill()]);
      await more?.drop(databaseUrl);
    },
  };
}

/** Resolves when a web process on this port says it is ready. */
export async function untilReady(web: Running, port: number): Promise<void> {
  await until(`${web.name} to answer`, 30_000, async () => {
    if (web.child.exitCode !== null) throw new Stopped(web);
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  });
}
