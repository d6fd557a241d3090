/**
 * BullMQ, one queue a lane, in PostgreSQL or in Redis; nothing above this file knows which. A job is only a wake-up: what is due and
 * what is done stands in the engine's rows, so losing the whole store loses nothing but a moment.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  type IQueueBackend,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type Processor,
  Queue,
  type RedisQueueBackend,
  Worker,
} from "bullmq";
import pg from "pg";
import type { Scope, WakeUp } from "./engine/model.ts";
import type { Logger } from "./log.server.ts";

export interface Queues {
  /**
   * Stores wake-ups; one that is stored already (same id) is not stored twice. Fails within seconds when the store is down. What is hosted
   * here and has room begins at once, past the store: should this process die, a sweep finds it as it finds all that is lost.
   */
  put(wakeUps: WakeUp[]): Promise<void>;
  /** The same for scopes that have had their turn: they begin at once only where half of the lane is idle, so that nobody waits before them. */
  putLast(wakeUps: WakeUp[]): Promise<void>;
  /** Has wake-ups of a lane handled here: up to `concurrency` at once out of the store, and half as many more that begin past it. */
  host(lane: string, concurrency: number, handle: (wakeUp: WakeUp) => Promise<void>): HostedQueue;
  /** Throws when the store does not answer. For readiness. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface HostedQueue {
  /** Takes no new wake-up and waits for those being handled. `force`: does not wait. */
  close(force?: boolean): Promise<void>;
}

export interface QueueSettings {
  databaseUrl: string;
  redisUrl?: string;
  lanes: string[];
  log: Logger;
}

interface WakeUpJob {
  scope: Scope;
}

/** Jobs are wake-ups: nothing is kept, nothing is tried again by the queue. */
const JOB = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
/** Nothing is built on BullMQ's events (on PostgreSQL some are lost); keeping few makes each job cheaper. */
const KEPT_EVENTS = { events: { maxLen: 100 } };
const ANSWER_WITHIN_MS = 5_000;
/** On PostgreSQL a bulk makes temporary tables: for a few wake-ups that costs several times what adding them one by one does. */
const FEW = 8;

export function openQueues(settings: QueueSettings): Queues {
  return settings.redisUrl ? openOnRedis(settings, settings.redisUrl) : openOnPostgres(settings);
}

/**
 * The planner switches keep "take the next job" on its ordered index: with a backlog and fresh statistics the planner otherwise
 * sorts all of it for every job. jit=off: before PostgreSQL 18 a switched-off plan node inflates the cost and would compile every
 * call. A wake-up need not survive a power cut, so the store does not wait for the disk.
 */
const POOL_OPTIONS =
  "-c search_path=bullmq -c enable_sort=off -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off -c synchronous_commit=off";

function openOnPostgres({ databaseUrl, lanes, log }: QueueSettings): Queues {
  // each hosted lane keeps one connection for LISTEN
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: lanes.length + 8,
    keepAlive: true,
    options: POOL_OPTIONS,
  });
  pool.setMaxListeners(0); // every queue and worker listens to it
  pool.on("error", (err) => {
    if (!pool.ending) log.warn({ err }, "queue.connection-lost");
  });
  return createQueues<PostgresQueueBackend, PostgresConnectionOptions>(lanes, log, {
    connection: pool,
    workerConnection: pool,
    backend: createPostgresBackend,
    close: () => pool.end(),
  });
}

function openOnRedis({ lanes, log }: QueueSettings, url: string): Queues {
  return createQueues<RedisQueueBackend, ConnectionOptions>(lanes, log, {
    // a store that is down must fail a put soon, not collect puts in memory
    connection: { url, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
    workerConnection: { url, maxRetriesPerRequest: null },
    backend: undefined,
    close: async () => {},
  });
}

interface Store<B extends IQueueBackend, C> {
  connection: C;
  workerConnection: C;
  /** Undefined: BullMQ's own default, Redis. */
  backend: BackendFactory<B, C> | undefined;
  close(): Promise<void>;
}

function createQueues<B extends IQueueBackend, C>(lanes: string[], log: Logger, store: Store<B, C>): Queues {
  type LaneQueue = Queue<WakeUpJob, void, string, WakeUpJob, void, string, B, C>;
  // BullMQ types the Redis default and a given backend as two different signatures of one constructor
  const backend = store.backend as BackendFactory<B, C>;
  const queues = new Map<string, LaneQueue>();

  function queueOf(lane: string): LaneQueue {
    const known = queues.get(lane);
    if (known) return known;
    if (!lanes.includes(lane)) throw new Error(`no such lane: ${lane}`);
    const queue: LaneQueue = new Queue(lane, { connection: store.connection, streams: KEPT_EVENTS } as never, backend);
    queue.on("error", (err) => log.warn({ err, lane }, "queue.failed"));
    queues.set(lane, queue);
    return queue;
  }

  function putAll(queue: LaneQueue, wakeUps: WakeUp[]): Promise<unknown> {
    const jobs = wakeUps.map(({ scope, id }) => ({ name: "drain", data: { scope }, opts: { ...JOB, jobId: id } }));
    if (jobs.length > FEW) return queue.addBulk(jobs as never);
    return Promise.all(jobs.map(({ name, data, opts }) => queue.add(name as never, data as never, opts)));
  }

  async function putIntoStore(wakeUps: WakeUp[]): Promise<void> {
    const puts = [...Map.groupBy(wakeUps, (wakeUp) => wakeUp.lane)].map(([lane, some]) => putAll(queueOf(lane), some));
    await within(ANSWER_WITHIN_MS, Promise.all(puts));
  }

  /** Lanes hosted here, as long as they take new wake-ups. */
  const hosts = new Map<string, Host>();

  return {
    put: (wakeUps) => putIntoStore(wakeUps.filter((wakeUp) => !hosts.get(wakeUp.lane)?.begin(wakeUp))),
    putLast: (wakeUps) => putIntoStore(wakeUps.filter((wakeUp) => !hosts.get(wakeUp.lane)?.beginIdle(wakeUp))),
    host(lane, concurrency, handle) {
      const host = createHost(concurrency, handle);
      hosts.set(lane, host);
      const run: Processor<WakeUpJob, void> = (job) => host.run({ lane, scope: job.data.scope, id: job.id ?? "" });
      const worker = new Worker<WakeUpJob, void, string, B, never, C>(
        lane,
        run as never,
        { connection: store.workerConnection, concurrency, lockDuration: 30_000, stalledInterval: 30_000 } as never,
        backend,
      );
      worker.on("error", (err) => log.warn({ err, lane }, "queue.worker-failed"));
      return {
        async close(force) {
          hosts.delete(lane);
          await worker.close(force);
          if (!force) await host.idle();
        },
      };
    },
    async check() {
      const [lane] = lanes;
      if (lane) await within(ANSWER_WITHIN_MS, queueOf(lane).getJobCounts("waiting"));
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await store.close();
    },
  };
}

interface Host {
  run(wakeUp: WakeUp): Promise<void>;
  /** Begins it when there is room; a full lane has others waiting in the store, who come first. */
  begin(wakeUp: WakeUp): boolean;
  /** Begins it when so little is under way that hardly anything waits in the store. */
  beginIdle(wakeUp: WakeUp): boolean;
  /** Waits for what was begun past the store. */
  idle(): Promise<void>;
}

function createHost(concurrency: number, handle: (wakeUp: WakeUp) => Promise<void>): Host {
  let running = 0;
  // whoever puts a wake-up is in the middle of something else, whose log fields and budgets are not its
  const outside = AsyncLocalStorage.snapshot();
  const begun = new Set<Promise<void>>();
  const run = async (wakeUp: WakeUp) => {
    running += 1;
    try {
      await handle(wakeUp);
    } finally {
      running -= 1;
    }
  };
  const half = Math.floor(concurrency / 2);
  const begin = (wakeUp: WakeUp): boolean => {
    if (running >= concurrency || begun.size >= half) return false;
    // whoever handles it tells of its failures
    const done = outside(run, wakeUp).catch(() => {});
    begun.add(done);
    void done.then(() => begun.delete(done));
    return true;
  };
  return {
    run,
    begin,
    // whoever puts it counts still
    beginIdle: (wakeUp) => running <= half && begin(wakeUp),
    async idle() {
      await Promise.all(begun);
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue's store did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
