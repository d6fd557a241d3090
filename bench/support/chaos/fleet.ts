import { freePort, type Running } from "../../../scripts/stand/processes.ts";
import type { Stand } from "../../../scripts/stand/start-stand.ts";
import { say } from "../../figures.ts";
import { type Forwarder, type Passing, startProxy } from "../forward.ts";
import { chanceOf, dealOn } from "./chance.ts";
import { worldSleep } from "./world-time.ts";

/**
 * Where a process is killed, seen from the wire. A worker: its request never leaves, its answer never arrives, or it arrives and nothing more
 * happens. A web process: with a delivery in its hands, or when it has just answered one.
 */
type Point = "before send" | "after send" | "before commit" | "before answer" | "after answer";
type Kind = "worker" | "web";
interface DueKill {
  process: Kind;
  point: Point;
  /** After so many requests that match. */
  after: number;
}

const WORKER_KILLS: Pick<DueKill, "process" | "point">[] = [
  { process: "worker", point: "before send" },
  { process: "worker", point: "after send" },
  { process: "worker", point: "before commit" },
];
/** Mostly workers, at every point. */
const KILLS: typeof WORKER_KILLS = [
  ...[...WORKER_KILLS, ...WORKER_KILLS],
  { process: "web", point: "before answer" },
  { process: "web", point: "after answer" },
];
const pointOf = ({ process, point }: Pick<DueKill, "process" | "point">): string => `${process} ${point}`;
/** Every way to be killed, in the words of `killed`. */
export const killPoints: ReadonlySet<string> = new Set(KILLS.map(pointOf));
const KILL_ROW = 301;
const ORDERS_A_KILL = 12;
const LEAST_KILLS = 2;
/** Requests between two kills, at most, for each order that a kill is planned for: every order makes more. */
const GAP_AN_ORDER = 3;
/** Somebody who starts it again needs so long to notice. */
const RESTART_MS = 2_000;
/** After so many deaths nobody has to see what becomes of the rest. */
const MOST_DEATHS = 10;

/** What a worker is killed over: calls that change something about an order. */
const WRITES = new Set([
  ...["OrderCreate", "FulfillmentHold", "FulfillmentHoldRelease", "FulfillmentRecord", "OrderCancel", "OrderUpdate"],
  ...["RefundCreate", "ReturnCreate", "ReturnProcess", "ReturnCancel"],
]);
const CHANNEL_WRITES = /\/(packages|external_orders|shipping_info\/update|cancellations|approve|reject|split)(\?|$)/;
const isWrite = ({ operation, method, path }: Passing): boolean =>
  WRITES.has(operation) || (method === "POST" && CHANNEL_WRITES.test(path));
const isDelivery = ({ path }: Passing): boolean => path.startsWith("/webhooks/");

/** The kills of a seed with so many orders. Seeds that follow each other leave no point out. */
export function planKills(seed: number, orders: number): DueKill[] {
  const chance = chanceOf(seed + 15_485_863);
  const count = Math.max(LEAST_KILLS, Math.round(orders / ORDERS_A_KILL));
  const gap = Math.ceil((GAP_AN_ORDER * orders) / count);
  return dealOn(KILLS, KILL_ROW, (seed - 1) * count, count).map((one) => ({
    ...one,
    after: 1 + chance.below(gap * (one.process === "web" ? 2 : 1)),
  }));
}

export interface Fleet {
  /** From now on these are due, one after the other. */
  kill(kills: DueKill[]): void;
  /** How many kills hit a process that had a request in its hands, by process and point. */
  killed(): Map<string, number>;
  /** Kills that were due and were not made. */
  left(): number;
  /** Processes that ended although nobody ended them, and that did not start, each as a sentence. Each was started again. */
  died(): readonly string[];
  /** Throws when processes end by themselves again and again. */
  mustLive(): void;
  /** The workers that run right now. */
  workers(): Running[];
  /** Every process ends, and none is started again. */
  stop(): Promise<void>;
}

/** Two workers and two web processes, each killed in the middle of its work and started again. */
export async function startFleet(stand: Stand, frontPort: number): Promise<Fleet> {
  const webPorts = [await freePort(), await freePort()];
  const webs: Running[] = [];
  const workers = new Set<Running>();
  const proxies = new Set<Forwarder>();
  const killed = new Map<string, number>();
  const died: string[] = [];
  const queue: Record<Kind, DueKill[]> = { worker: [], web: [] };
  const seen: Record<Kind, number> = { worker: 0, web: 0 };
  /** Those that we ended ourselves. */
  const struck = new Set<Running>();
  let planned = 0;
  let isStopped = false;

  /** Counts a request against the next kill of its kind; the kill once it is due. */
  function dueNow(kind: Kind): DueKill | undefined {
    const [next] = queue[kind];
    if (!next || ++seen[kind] < next.after) return undefined;
    queue[kind].shift();
    seen[kind] = 0;
    return next;
  }
  /** It could not be made here: it is the next one again. */
  const putBack = (due: DueKill) => void queue[due.process].unshift({ ...due, after: 1 });

  const noteDeath = (sentence: string) => {
    if (isStopped) return;
    died.push(sentence);
    say(`! ${sentence}`);
  };

  /** Starts a process again a while after it ended; until it runs. */
  async function startAgain(start: () => Promise<unknown>): Promise<void> {
    for (let isUp = false; !isUp && !isStopped && died.length < MOST_DEATHS; ) {
      await worldSleep(RESTART_MS);
      if (isStopped) return;
      isUp = await start().then(
        () => true,
        (error: Error) => {
          noteDeath(`a process did not start: ${error.message.split("\n")[0]}`);
          return false;
        },
      );
    }
  }

  /** Whatever ends it, it is started again; nobody may end it but we. */
  function watch(running: Running, start: () => Promise<unknown>): void {
    const { child, name } = running;
    const isOver = () => {
      if (!struck.has(running)) noteDeath(`${name} ended by itself (${child.signalCode ?? `exit ${child.exitCode}`})`);
      void startAgain(start);
    };
    if (child.exitCode !== null || child.signalCode !== null) isOver();
    else child.once("exit", isOver);
  }

  async function strike(due: DueKill, victim: Running | undefined, over: Passing): Promise<void> {
    if (!victim || struck.has(victim) || victim.child.exitCode !== null || victim.child.signalCode !== null)
      return putBack(due);
    struck.add(victim);
    await victim.kill();
    const key = pointOf(due);
    killed.set(key, (killed.get(key) ?? 0) + 1);
    say(`✗ killed ${victim.name} ${due.point} (${over.operation || over.path.split("?")[0]})`);
  }

  async function startWorker(): Promise<void> {
    let self: Running | undefined;
    const marked = new Map<Passing, DueKill>();
    const hit = async (passing: Passing, point: Point): Promise<boolean> => {
      const due = marked.get(passing);
      if (due?.point !== point) return false;
      marked.delete(passing);
      await strike(due, self, passing);
      return true;
    };
    const proxy = await startProxy(() => [stand.sandbox.url], {
      async before(passing) {
        const due = isWrite(passing) ? dueNow("worker") : undefined;
        if (due) marked.set(passing, due);
        return (await hit(passing, "before send")) ? "drop" : undefined;
      },
      after: async (passing) => void (await hit(passing, "after send")),
      handed: async (passing) => void (await hit(passing, "before commit")),
      over: (passing) => unmark(marked, passing),
    });
    proxies.add(proxy);
    const worker = stand.startWorker({
      SANDBOX_SHOPIFY_URL: proxy.url,
      TIKTOK_SHOP_API_URL: proxy.url,
      TIKTOK_SHOP_AUTH_URL: proxy.url,
    });
    self = worker;
    workers.add(worker);
    watch(worker, () => {
      workers.delete(worker);
      proxies.delete(proxy);
      proxy.close();
      return startWorker();
    });
  }

  async function startWeb(at: number): Promise<void> {
    const web = await stand.startWeb(webPorts[at] ?? 0);
    webs[at] = web;
    watch(web, () => startWeb(at));
  }

  /** The request ended before its point came: another one will do. */
  function unmark(marked: Map<Passing, DueKill>, passing: Passing): void {
    const due = marked.get(passing);
    marked.delete(passing);
    if (due) putBack(due);
  }

  const strikeWeb = (due: DueKill, passing: Passing) =>
    void strike(due, webs[webPorts.findIndex((port) => passing.target?.endsWith(`:${port}`))], passing);
  const marked = new Map<Passing, DueKill>();
  const front = await startProxy(
    () => webPorts.map((port) => `http://127.0.0.1:${port}`),
    {
      sent(passing) {
        // one that could not be reached is passed over: the delivery counts once
        const due = isDelivery(passing) && !marked.has(passing) ? dueNow("web") : undefined;
        if (due?.point === "before answer") strikeWeb(due, passing);
        else if (due) marked.set(passing, due);
      },
      after(passing) {
        const due = marked.get(passing);
        marked.delete(passing);
        if (due) strikeWeb(due, passing);
      },
      over: (passing) => unmark(marked, passing),
    },
    frontPort,
  );
  proxies.add(front);
  await Promise.all([startWorker(), startWorker(), startWeb(0), startWeb(1)]);
  return {
    kill(kills) {
      planned += kills.length;
      for (const one of kills) queue[one.process].push(one);
    },
    killed: () => killed,
    left: () => planned - [...killed.values()].reduce((sum, count) => sum + count, 0),
    died: () => died,
    mustLive() {
      if (died.length >= MOST_DEATHS) throw new Error(`processes end by themselves again and again: ${died.at(-1)}`);
    },
    workers: () => [...workers].filter(({ child }) => child.exitCode === null && child.signalCode === null),
    async stop() {
      isStopped = true;
      await Promise.all([...stand.webs, ...stand.workers].map((one) => one.kill()));
      for (const proxy of proxies) proxy.close();
    },
  };
}
