/**
 * Do small shops stay fast beside a huge one? Fifty shops with an event a second each, two worker processes, one lane, every row one
 * HTTP call to a stand-in that answers in 20 ms; with and without one more shop that has 100,000 rows due. Time is from the want to
 * the end of the row.
 */
import { type ChildProcess, fork } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../app/platform/clock.ts";
import { openDb } from "../app/platform/db.server.ts";
import { createEngine } from "../app/platform/engine/engine.server.ts";
import type { LaneDefinition, Scope } from "../app/platform/engine/model.ts";
import { createLogger } from "../app/platform/log.server.ts";
import { openQueues } from "../app/platform/queue.server.ts";
import { type Figure, median, percentile, round, say } from "./figures.ts";
import { type BenchPostgres, startPostgres } from "./services.ts";

const SHOPS = 50;
const HUGE = 100_000;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 20_000;
const RUNS = 3;
const BAR = 2;
const SHORTEST_DIVISOR_MS = 50;
const ANSWER_MS = 20;

const log = createLogger({ level: "warn" });
const lane: LaneDefinition = { name: "bench", order: 1, sweepEveryMs: 2_000, concurrency: 10, gate: async () => true };

export default async function bench(): Promise<Figure[]> {
  const postgres = await startPostgres();
  const standIn = await startStandIn();
  try {
    const runs: { alone: number; beside: number }[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const alone = await measure(postgres, standIn.url, 0);
      const beside = await measure(postgres, standIn.url, HUGE);
      say(
        `run ${run}: p95 alone ${alone.p95} ms, beside the huge shop ${beside.p95} ms; events ${alone.events}, ${beside.events}; ` +
          `rows of the huge shop done meanwhile ${beside.huge}`,
      );
      if (beside.huge === 0) throw new Error("the huge shop was not worked at all");
      runs.push({ alone: Math.max(alone.p95, SHORTEST_DIVISOR_MS), beside: beside.p95 });
    }
    const value = round(median(runs.map(({ alone, beside }) => beside / alone)));
    const baseline = median(runs.map(({ alone }) => alone));
    return [
      { name: "p95_over_alone", value, unit: "ratio", bar: `<= ${BAR}`, baseline, ratio: value, ok: value <= BAR },
    ];
  } finally {
    standIn.close();
    postgres.stop();
  }
}

interface Ended {
  scope: string;
  subject: string;
  at: number;
}

async function measure(
  postgres: BenchPostgres,
  url: string,
  huge: number,
): Promise<{ p95: number; events: number; huge: number }> {
  const databaseUrl = await postgres.database();
  const { db, close } = openDb(databaseUrl);
  const queues = openQueues({ databaseUrl, lanes: [lane.name], log });
  const engine = createEngine({ db, clock: systemClock, log, waker: queues.put, lanes: [lane] });
  for (let from = 0; from < huge; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, n) => ({
      lane: lane.name,
      scope: "shop:huge" as Scope,
      subject: `row:${from + n}`,
      object: `object:${from + n}`,
    }));
    await engine.change((tx) => engine.want(tx, rows));
  }

  const wantedAt = new Map<string, number>();
  const took: number[] = [];
  let hugeDone = 0;
  const measureFrom = { at: Number.POSITIVE_INFINITY };
  const onEnded = ({ scope, subject, at }: Ended) => {
    const since = wantedAt.get(`${scope} ${subject}`);
    if (scope === "shop:huge") hugeDone += 1;
    else if (since !== undefined) {
      wantedAt.delete(`${scope} ${subject}`);
      if (since >= measureFrom.at) took.push(at - since);
    }
  };
  const workers = await Promise.all([startWorker(databaseUrl, url, onEnded), startWorker(databaseUrl, url, onEnded)]);

  let count = 0;
  const timers = Array.from({ length: SHOPS }, async (_, shop) => {
    await sleep((shop * 1000) / SHOPS);
    return setInterval(() => {
      count += 1;
      const want = {
        lane: lane.name,
        scope: `shop:${shop}` as Scope,
        subject: `event:${count}`,
        object: `object:${count}`,
      };
      wantedAt.set(`${want.scope} ${want.subject}`, Date.now());
      engine.change((tx) => engine.want(tx, want)).catch((error) => say(`want failed: ${error.message}`));
    }, 1000);
  });
  await sleep(WARM_UP_MS);
  measureFrom.at = Date.now();
  await sleep(MEASURED_MS);
  for (const timer of timers) clearInterval(await timer);
  for (const end = Date.now() + 30_000; wantedAt.size > 0 && Date.now() < end; ) await sleep(50);
  await Promise.all(workers.map(stopWorker));
  await engine.flush();
  await queues.close();
  await close();
  if (wantedAt.size > 0) throw new Error(`${wantedAt.size} events were never done`);
  return { p95: percentile(took, 0.95), events: took.length, huge: hugeDone };
}

async function startWorker(databaseUrl: string, url: string, onEnded: (ended: Ended) => void): Promise<ChildProcess> {
  const worker = fork(new URL("./fairness-worker.ts", import.meta.url), [databaseUrl, url, JSON.stringify(lane)], {
    stdio: ["ignore", 2, 2, "ipc"],
  });
  await new Promise<void>((resolve, reject) => {
    worker.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
    worker.on("message", (message: "ready" | Ended[]) => {
      if (message === "ready") resolve();
      else for (const ended of message) onEnded(ended);
    });
  });
  return worker;
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.send("stop");
  await ended;
}

async function startStandIn(): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end("{}"), ANSWER_MS);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
