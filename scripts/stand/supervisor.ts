import { setTimeout as sleep } from "node:timers/promises";
import type { Controlled } from "./control-listener.ts";
import type { Running } from "./processes.ts";
import { type Crew, type CrewMaker, keepStandby } from "./standby.ts";

export interface SupervisorDeps extends CrewMaker {
  crew: Crew;
  /** Another process on the same database; resolves when it can work. */
  startWeb(databaseUrl: string): Promise<Running>;
  startWorker(databaseUrl: string): Promise<Running>;
  resetSandbox(): Promise<void>;
  /** The merchant opens the app: it is installed. */
  install(): Promise<void>;
  /** Why there is no reset here; null: there is. */
  resetRefused: string | null;
}

export interface Supervisor extends Controlled {
  /** Starts nothing any more. Resolves when a reset or a restart under way has ended. */
  close(): Promise<void>;
}

type Kind = "web" | "worker";
type Phase = "running" | "worker-starting" | "web-starting" | "resetting";

/** A process that dies sooner than this after its start is started again only after a wait. */
const EARLY_MS = 5_000;
const MOST_WAIT_MS = 10_000;

/** Keeps one web process and one worker alive, kills the worker and begins anew when asked. */
export function supervise(deps: SupervisorDeps): Supervisor {
  let crew = deps.crew;
  const standby = keepStandby(deps);
  let phase: Phase = "running";
  let isClosing = false;
  let early = 0;
  let problem: string | null = null;
  let killedAt: number | null = null;
  let lastBackSeconds: number | null = null;
  let lastResetSeconds: number | null = null;
  let work: Promise<void> = Promise.resolve();

  function watch(kind: Kind): void {
    const running = crew[kind];
    const startedAt = Date.now();
    const died = () => {
      // stopped on purpose, by the end of the demo or a reset, or replaced already
      if (isClosing || phase === "resetting" || crew[kind] !== running) return;
      early = Date.now() - startedAt < EARLY_MS ? early + 1 : 0;
      work = work.then(() => bringBack(kind, running));
    };
    if (running.child.exitCode !== null || running.child.signalCode !== null) died();
    else running.child.once("exit", died);
  }

  async function bringBack(kind: Kind, dead: Running): Promise<void> {
    if (isClosing || crew[kind] !== dead) return;
    const diedAt = Date.now();
    phase = `${kind}-starting`;
    try {
      if (early > 1) await sleep(Math.min(MOST_WAIT_MS, 250 * 2 ** early));
      if (isClosing) return;
      crew[kind] = await (kind === "web" ? deps.startWeb : deps.startWorker)(crew.databaseUrl);
      if (kind === "worker") lastBackSeconds = seconds(diedAt);
      problem = null;
    } catch (error) {
      early += 1;
      problem = `The ${kind} process does not start: ${(error as Error).message.split("\n")[0]}`;
    }
    phase = "running";
    watch(kind);
  }

  async function beginAnew(askedAt: number): Promise<void> {
    const old = crew;
    try {
      // both are gone before the sandbox forgets what they were doing
      await Promise.all([old.web.kill(), old.worker.kill()]);
      const [next] = await Promise.all([standby.take(), deps.resetSandbox()]);
      crew = next;
      if (isClosing) return;
      await deps.release(next);
      await deps.install();
      lastResetSeconds = seconds(askedAt);
      killedAt = null;
      problem = null;
    } catch (error) {
      problem = `The reset did not come to its end: ${(error as Error).message.split("\n")[0]}`;
    }
    phase = "running";
    if (isClosing) return;
    watch("web");
    watch("worker");
    if (old !== crew) deps.dismiss(old).catch(() => {}); // its database is dropped with the stand's at the latest
    void standby.refill();
  }

  watch("web");
  watch("worker");
  if (!deps.resetRefused) void standby.refill();
  return {
    state: () => ({
      phase,
      resetRefused: deps.resetRefused,
      secondsSinceKill: killedAt === null ? null : seconds(killedAt),
      lastBackSeconds,
      lastResetSeconds,
      problem,
    }),
    async killWorker() {
      if (phase !== "running") throw new Error("One moment: a process is starting.");
      killedAt = Date.now();
      await crew.worker.kill();
      return "The worker is dead. It comes back by itself.";
    },
    async reset() {
      if (deps.resetRefused) throw new Error(deps.resetRefused);
      if (phase === "resetting") throw new Error("A reset is under way.");
      phase = "resetting";
      const askedAt = Date.now();
      work = work.then(() => beginAnew(askedAt));
      return "Everything begins anew.";
    },
    async close() {
      isClosing = true;
      await Promise.all([work, standby.close()]);
    },
  };
}

const seconds = (since: number) => Math.round((Date.now() - since) / 100) / 10;
