import fs from "node:fs";
import path from "node:path";
import { listenForControl } from "./control-listener.ts";
import { createCrewMaker, untilReady } from "./crew-maker.ts";
import { prepareDatabase } from "./fresh-database.ts";
import { firstJsonLine, freePort, type Running, startNode } from "./processes.ts";
import { type SandboxClient, sandboxClient } from "./sandbox-client.ts";
import { demoSettings } from "./settings.ts";
import { supervise } from "./supervisor.ts";

/** Everything that runs during a demo, a check or a bench: database, sandbox, web and worker processes. */
export interface Stand {
  appUrl: string;
  /** Where a script reaches the app: the loopback address behind `appUrl`. */
  appOrigin: string;
  adminUrl: string;
  sandbox: SandboxClient;
  databaseUrl: string;
  env: Record<string, string>;
  folder: string;
  sandboxProcess: Running;
  webs: Running[];
  workers: Running[];
  /** One more web process; `extra` environment is its own. Resolves when it is ready. */
  startWeb(port: number, extra?: Record<string, string>): Promise<Running>;
  startWorker(extra?: Record<string, string>): Running;
  /** Stops everything and removes what it left; the logs stay in `.data/last-logs` when `keepLogs` says so. */
  stop(options?: { keepLogs?: boolean }): Promise<void>;
}

export interface StandOptions {
  speed: number;
  /** Sandbox settings beyond speed, as environment. */
  sandboxEnv?: Record<string, string>;
  /** How many workers to begin with. Default 1. */
  workers?: number;
  /** Called when a step is finished, with its title. */
  onStep?(title: string): void;
  /** Extra environment for web and worker. */
  appEnv?: Record<string, string>;
  /** The sandbox's drawer may kill the worker and begin anew, and a process that dies is started again; needs `install`. */
  supervised?: {
    install(stand: Stand): Promise<void>;
    /** A reset begins: whoever works on the stand stops. */
    beforeReset?(): void;
  };
  /** The database need not survive a power cut, only its clients' deaths; how long it takes to keep something is not measured. */
  isFastDatabase?: boolean;
  /** The app is reached through something else on this port; web processes are then started by the caller. */
  frontPort?: number;
}

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Starts a stand with a database of its own under `.data`. Throws with the log of whatever did not start; nothing is left running then. */
export async function startStand(options: StandOptions): Promise<Stand> {
  const data = path.join(ROOT, ".data");
  removeOrphans(data);
  const folder = path.join(data, `stand-${process.pid}-${Date.now()}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "owner.pid"), String(process.pid));
  const cleanUp: (() => Promise<void> | void)[] = [() => fs.rmSync(folder, { recursive: true, force: true })];
  const stop = async ({ keepLogs = false }: { keepLogs?: boolean } = {}) => {
    if (keepLogs) keepLogsOf(folder, path.join(data, "last-logs"));
    for (const undo of cleanUp.splice(0).reverse()) await undo();
  };
  try {
    const withMore = options.supervised !== undefined;
    // nothing of a demo has to survive a power cut
    const isFast = withMore || (options.isFastDatabase ?? false);
    const database = await prepareDatabase(folder, cleanUp, { withMore, isFast });
    const databaseUrl = database.url;
    options.onStep?.("Database ready");

    const appPort = options.frontPort ?? (Number(process.env.PORT) || (await freePort()));
    const appUrl = process.env.SHOPIFY_APP_URL || `http://app.localhost:${appPort}`;
    const control = options.supervised ? await listenForControl() : undefined;
    cleanUp.push(() => control?.close());
    const sandboxProcess = startNode(
      "sandbox",
      ["sandbox/start.ts"],
      {
        ...sandboxSettings(),
        SHOPIFY_APP_URL: appUrl,
        SANDBOX_SPEED: String(options.speed),
        ...(control ? { SANDBOX_SUPERVISOR_URL: control.url } : {}),
        ...options.sandboxEnv,
      },
      path.join(folder, "sandbox.log"),
    );
    remember(folder, sandboxProcess);
    cleanUp.push(() => sandboxProcess.stop(3_000));
    const sandboxPort = Number((await firstJsonLine(sandboxProcess)).port);
    const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    options.onStep?.("Sandbox running");

    const env: Record<string, string> = {
      ...demoSettings({ appPort, sandboxUrl, sandboxPort, databaseUrl }),
      // processes that are started again and again start faster
      ...(control ? { NODE_COMPILE_CACHE: path.join(ROOT, ".cache/compile") } : {}),
      ...options.appEnv,
    };
    const webs: Running[] = [];
    const workers: Running[] = [];
    cleanUp.push(async () => {
      await Promise.all([...webs, ...workers].map((one) => one.stop()));
    });
    const start = (kind: "web" | "worker", extra: Record<string, string> = {}, imports: string[] = []) => {
      const list = kind === "web" ? webs : workers;
      const name = `${kind}-${list.length + 1}`;
      const files = ["./sandbox/preload.ts", ...imports].flatMap((file) => ["--import", file]);
      const file = kind === "web" ? "server.ts" : "worker.ts";
      const running = startNode(name, [...files, file], { ...env, ...extra }, path.join(folder, `${name}.log`));
      list.push(running);
      return remember(folder, running);
    };
    const startWeb = async (port: number, extra: Record<string, string> = {}) => {
      const web = start("web", { ...extra, PORT: String(port) });
      await untilReady(web, port).catch(async (error: unknown) => {
        await web.kill();
        throw error;
      });
      return web;
    };
    const startWorker = (extra: Record<string, string> = {}) => start("worker", extra);
    for (let n = 0; n < (options.workers ?? 1); n++) startWorker();
    if (options.frontPort === undefined) await startWeb(appPort);
    options.onStep?.("Web and worker running");

    const sandbox = sandboxClient(sandboxUrl);
    const stand: Stand = {
      appUrl: env.SHOPIFY_APP_URL ?? appUrl,
      appOrigin: `http://127.0.0.1:${appPort}`,
      adminUrl: `${env.SANDBOX_ADMIN_URL}/store/reelshelf-demo/apps/reelshelf`,
      sandbox,
      databaseUrl,
      env,
      folder,
      sandboxProcess,
      webs,
      workers,
      startWeb,
      startWorker,
      stop,
    };
    const [web] = webs;
    const [worker] = workers;
    const { supervised } = options;
    if (control && supervised && web && worker) {
      const supervisor = supervise({
        ...createCrewMaker((kind, url, imports) => start(kind, { DATABASE_URL: url }, imports), appPort, database.more),
        crew: { web, worker, databaseUrl },
        async resetSandbox() {
          supervised.beforeReset?.();
          await sandbox.post("reset");
        },
        install: () => supervised.install(stand),
        resetRefused: database.more ? null : "The database was given by DATABASE_URL; the demo does not empty it.",
      });
      control.adopt(supervisor);
      cleanUp.push(() => supervisor.close());
    }
    return stand;
  } catch (error) {
    await stop({ keepLogs: true });
    throw error;
  }
}

/** What the processes said, kept for whoever wants to know why something failed. */
function keepLogsOf(folder: string, target: string): void {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  const database = path.join("pg", "server.log");
  for (const name of [...fs.readdirSync(folder), database]) {
    const from = path.join(folder, name);
    if (name.endsWith(".log") && fs.existsSync(from))
      fs.copyFileSync(from, path.join(target, name.replace("pg/", "postgres-")));
  }
  console.error("  The logs of every process are in .data/last-logs.");
}

/** The sandbox sees the caller's environment, without what would change Node itself. */
function sandboxSettings(): Record<string, string> {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Record<string, string>;
}

/** Notes a child, so that a later stand can end it when this one dies without cleaning up. */
function remember(folder: string, running: Running): Running {
  fs.appendFileSync(path.join(folder, "children.pid"), `${running.child.pid}\n`);
  return running;
}

/** Stands whose owner died without cleaning up: their processes and database server are stopped, their folder removed. */
function removeOrphans(data: string): void {
  for (const name of fs.existsSync(data) ? fs.readdirSync(data) : []) {
    if (!name.startsWith("stand-")) continue;
    const folder = path.join(data, name);
    const owner = readNumber(path.join(folder, "owner.pid"));
    if (owner === undefined || isAlive(owner)) continue;
    const server = readNumber(path.join(folder, "pg", "postmaster.pid"));
    for (const pid of [...readNumbers(path.join(folder, "children.pid")), ...(server ? [server] : [])]) {
      if (isAlive(pid)) process.kill(pid, "SIGINT");
    }
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const readNumber = (file: string): number | undefined => readNumbers(file)[0];

/** One number a line; an unreadable file has none. */
function readNumbers(file: string): number[] {
  try {
    return fs
      .readFileSync(file, "utf8")
      .split("\n")
      .map(Number)
      .filter((number) => number > 0);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
