/**
 * How fast due rows are drained beside plain BullMQ jobs that do nothing either: 50,000 of each, there beforehand, one worker
 * process, everything durable. Rows are claimed, checked and ended in PostgreSQL in both halves; BullMQ's jobs and our wake-ups are
 * in PostgreSQL in the first half and in Redis in the second.
 */
import { type ConnectionOptions, createPostgresBackend, Queue, Worker } from "bullmq";
import pg from "pg";
import { systemClock } from "../app/platform/clock.ts";
import { openDb } from "../app/platform/db.server.ts";
import { createEngine } from "../app/platform/engine/engine.server.ts";
import { createJobHost } from "../app/platform/engine/host.server.ts";
import type { LaneDefinition, Scope, Work } from "../app/platform/engine/model.ts";
import { createLogger } from "../app/platform/log.server.ts";
import { openQueues } from "../app/platform/queue.server.ts";
import { startRedis } from "../tests/support/redis.ts";
import { type Figure, median, round, say } from "./figures.ts";
import { type BenchPostgres, startPostgres } from "./services.ts";

const ROWS = Number(process.env.BENCH_ROWS ?? 50_000);
const SCOPES = 10;
const RUNS = 3;
const BARS = { rows_over_bullmq: 2, rows_over_bullmq_redis: 0.5 };

const log = createLogger({ level: "warn" });
const lane: LaneDefinition = { name: "bench", order: 1, sweepEveryMs: 2_000, concurrency: 4, gate: async () => true };

export default async function bench(): Promise<Figure[]> {
  const postgres = await startPostgres();
  const redis = await startRedis({ isDurable: true });
  try {
    const first = await measure("rows_over_bullmq", postgres, undefined);
    const second = redis
      ? await measure("rows_over_bullmq_redis", postgres, redis.url)
      : notRun("rows_over_bullmq_redis");
    return [first, second];
  } finally {
    redis?.stop();
    postgres.stop();
  }
}

async function measure(
  name: keyof typeof BARS,
  postgres: BenchPostgres,
  redisUrl: string | undefined,
): Promise<Figure> {
  const runs: { rows: number; jobs: number }[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const rows = await drainRows(await postgres.database(), redisUrl);
    const jobs = Math.max(
      await drainJobs(await postgres.database(), redisUrl, 10),
      await drainJobs(await postgres.database(), redisUrl, 50),
    );
    say(`${name} run ${run}: ${Math.round(rows)} rows/s, ${Math.round(jobs)} jobs/s, ${round(rows / jobs, 2)}`);
    runs.push({ rows, jobs });
  }
  const ratio = round(median(runs.map(({ rows, jobs }) => rows / jobs)));
  const baseline = Math.round(median(runs.map(({ jobs }) => jobs)));
  return { name, value: ratio, unit: "ratio", bar: `>= ${BARS[name]}`, baseline, ratio, ok: ratio >= BARS[name] };
}

const notRun = (name: keyof typeof BARS): Figure => ({
  name,
  value: null,
  unit: "ratio",
  bar: `>= ${BARS[name]}`,
  baseline: null,
  ratio: null,
  ok: false,
});

/** Rows a second from the start of the job host to the last end. Every row has an object whose lease is taken and freed with it. */
async function drainRows(databaseUrl: string, redisUrl: string | undefined): Promise<number> {
  const { db, close } = openDb(databaseUrl);
  const queues = openQueues({ databaseUrl, redisUrl, lanes: [lane.name], log });
  const engine = createEngine({ db, clock: systemClock, log, waker: queues.put, lanes: [lane] });
  for (let from = 0; from < ROWS; from += 1000) {
    const wants = Array.from({ length: Math.min(1000, ROWS - from) }, (_, n) => ({
      lane: lane.name,
      scope: `connection:${(from + n) % SCOPES}` as Scope,
      subject: `row:${from + n}`,
      object: `object:${from + n}`,
    }));
    await engine.change((tx) => engine.want(tx, wants));
  }
  await engine.flush();

  let ended = 0;
  let announce = () => {};
  const all = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const work: Work = {
    lane: lane.name,
    batchSize: 500,
    async drain(claims, context) {
      await Promise.all(
        claims.map(async (claim) => {
          if (!(await context.holds(claim))) return;
          if (await context.end(claim, { kind: "done" })) ended += 1;
          if (ended === ROWS) announce();
        }),
      );
    },
  };
  const host = createJobHost({ engine, queues, works: [work], log });
  const began = performance.now();
  await host.start();
  await all;
  const seconds = (performance.now() - began) / 1000;
  await host.stop();
  await queues.close();
  const left = await db.dueRow.count({ where: { NOT: { dueAt: null } } });
  const leases = await db.objectLease.count();
  if (left > 0 || leases > 0) throw new Error(`${left} rows left due, ${leases} leases left`);
  await close();
  return ROWS / seconds;
}

/** Jobs a second of plain BullMQ from the start of its worker to the last job. */
async function drainJobs(databaseUrl: string, redisUrl: string | undefined, concurrency: number): Promise<number> {
  const name = `plain-${concurrency}-${Date.now()}`;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: concurrency + 4,
    options: "-c search_path=bullmq -c enable_sort=off -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off",
  });
  pool.on("error", () => {});
  const onRedis: ConnectionOptions = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = redisUrl
    ? new Queue(name, { connection: onRedis })
    : new Queue(name, { connection: pool }, createPostgresBackend);
  const jobs = Array.from({ length: 1000 }, (_, n) => ({
    name: "nothing",
    data: { n },
    opts: { removeOnComplete: true },
  }));
  for (let added = 0; added < ROWS; added += 1000) await queue.addBulk(jobs.slice(0, ROWS - added));

  let done = 0;
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const worker = redisUrl
      ? new Worker(name, async () => {}, { connection: onRedis, concurrency })
      : new Worker(name, async () => {}, { connection: pool, concurrency }, createPostgresBackend);
    worker.on("error", (error) => say(`worker: ${error.message}`));
    worker.on("completed", () => {
      done += 1;
      if (done === ROWS) void worker.close().then(() => resolve());
    });
  });
  const seconds = (performance.now() - began) / 1000;
  await queue.close();
  await pool.end();
  return ROWS / seconds;
}
