import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenForControl } from "./control-listener.ts";
import { type Running, startNode, until } from "./processes.ts";
import type { Crew } from "./standby.ts";
import { type SupervisorDeps, supervise } from "./supervisor.ts";

let folder: string;
let all: Running[];
let told: string[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "supervisor-"));
  all = [];
  told = [];
});
afterEach(async () => {
  await Promise.all(all.map((one) => one.kill()));
  fs.rmSync(folder, { recursive: true });
});

const isAlive = ({ child }: Running) => child.exitCode === null && child.signalCode === null;

/** A real process that does nothing. */
function sleeper(name: string): Running {
  const running = startNode(name, ["-e", "setInterval(() => {}, 1000)"], {}, path.join(folder, `${name}.log`));
  all.push(running);
  return running;
}

function aStand(change: Partial<SupervisorDeps> = {}) {
  const crew: Crew = { web: sleeper("web"), worker: sleeper("worker"), databaseUrl: "first" };
  let latest = crew;
  const supervisor = supervise({
    crew,
    startWeb: async () => sleeper("web again"),
    startWorker: async (databaseUrl) => {
      told.push(`worker on ${databaseUrl}`);
      return sleeper("worker again");
    },
    prepare: async () => {
      latest = { web: sleeper("next web"), worker: sleeper("next worker"), databaseUrl: "second" };
      return latest;
    },
    release: async () => void told.push("released"),
    dismiss: async ({ databaseUrl }) => void told.push(`dropped ${databaseUrl}`),
    resetSandbox: async () =>
      void told.push(`reset while ${isAlive(crew.web) || isAlive(crew.worker) ? "running" : "dead"}`),
    install: async () => void told.push("installed"),
    resetRefused: null,
    ...change,
  });
  const state = () => supervisor.state() as { phase: string; problem: string | null; lastResetSeconds: number | null };
  return { crew, supervisor, state, latest: () => latest };
}

const soon = (what: string, look: () => boolean) => until(what, 5_000, async () => look(), 10);

describe("a process that is gone", () => {
  it("is started again on the same database, whoever killed it", async () => {
    const { crew, supervisor, state } = aStand();
    await supervisor.killWorker();
    expect(isAlive(crew.web)).toBe(true);
    await soon("a second worker", () => told.length === 1 && state().phase === "running");
    expect(told).toEqual(["worker on first"]);
    all.at(-1)?.child.kill("SIGKILL"); // the new one dies by itself
    await soon("a third worker", () => told.length === 2 && state().phase === "running");
    expect(all.filter(isAlive)).toHaveLength(2);
    await supervisor.close();
  });

  it("that cannot be started is tried again, and the reason is told meanwhile", async () => {
    let tries = 0;
    const { supervisor, state } = aStand({
      startWorker: async () => {
        tries += 1;
        if (tries === 1) throw new Error("no memory");
        return sleeper("worker again");
      },
    });
    await supervisor.killWorker();
    await soon("the reason", () => state().problem === "The worker process does not start: no memory");
    await soon("the second try", () => tries === 2 && state().problem === null);
    await supervisor.close();
  });

  it("stays gone after the end", async () => {
    const { crew, supervisor } = aStand();
    await supervisor.close();
    await crew.worker.kill();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told).toEqual([]);
  });
});

describe("beginning anew", () => {
  it("kills both before the sandbox forgets, then lets a fresh crew take over", async () => {
    const { crew, supervisor, state, latest } = aStand();
    await supervisor.reset();
    expect(state().phase).toBe("resetting");
    await expect(supervisor.reset()).rejects.toThrow("A reset is under way.");
    await expect(supervisor.killWorker()).rejects.toThrow("a process is starting");
    await soon("the end of it", () => state().lastResetSeconds !== null && told.includes("dropped first"));
    expect(told).toEqual(["reset while dead", "released", "installed", "dropped first"]);
    expect([crew.web, crew.worker].some(isAlive)).toBe(false);
    expect(latest().databaseUrl).toBe("second");
    await supervisor.killWorker();
    await soon("a worker on the new database", () => told.includes("worker on second"));
    await supervisor.close();
  });

  it("tells what went wrong and goes on supervising", async () => {
    const { supervisor, state } = aStand({ install: () => Promise.reject(new Error("no catalog")) });
    await supervisor.reset();
    await soon("the reason", () => state().problem === "The reset did not come to its end: no catalog");
    expect(state().phase).toBe("running");
    await supervisor.close();
  });

  it("is refused where the database is somebody's own", async () => {
    const { crew, supervisor } = aStand({ resetRefused: "It is yours." });
    await expect(supervisor.reset()).rejects.toThrow("It is yours.");
    expect(isAlive(crew.web)).toBe(true);
    await supervisor.close();
  });
});

describe("the control listener", () => {
  it("answers only who knows the secret, and refusals with a sentence", async () => {
    const listener = await listenForControl();
    const ask = async (url: string, method = "GET") => {
      const answer = await fetch(url, { method });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    expect(await ask(`${listener.url}/state`)).toEqual({ status: 409, error: "The app is still starting." });
    listener.adopt({
      state: () => ({ phase: "running" }),
      killWorker: async () => "Dead.",
      reset: () => Promise.reject(new Error("Not now.")),
    });
    expect(await ask(`${listener.url}/state`)).toEqual({ status: 200, phase: "running" });
    expect(await ask(`${listener.url}/kill-worker`, "POST")).toEqual({ status: 200, done: "Dead." });
    expect(await ask(`${listener.url}/reset`, "POST")).toEqual({ status: 409, error: "Not now." });
    expect(await ask(`${new URL(listener.url).origin}/state`)).toEqual({ status: 404 });
    expect(await ask(`${listener.url}/kill-worker`)).toEqual({ status: 404 });
    listener.close();
  });
});
