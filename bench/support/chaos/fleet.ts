import { freePort, type Running } from "../../../scripts/stand/processes.ts";
import type { Stand } from "../../../scripts/stand/start-stand.ts";
import { say } from "../../figures.ts";
import { type Forwarder, type Passing, startProxy } from "../forward.ts";
import type { Chance } from "./chance.ts";

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

const RESTART_MS = 2_000;
/** What a worker is killed over: calls that change something about an order. */
const WRITES = new Set([
  ...["OrderCreate", "FulfillmentHold", "FulfillmentHoldRelease", "FulfillmentRecord", "OrderCancel", "OrderUpdate"],
  ...["RefundCreate", "ReturnCreate", "ReturnProcess", "ReturnCancel"],
]);
const CHANNEL_WRITES = /\/(packages|external_orders|shipping_info\/update|cancellations|approve|reject|split)(\?|$)/;
const isWrite = ({ operation, method, path }: Passing): boolean =>
  WRITES.has(operation) || (method === "POST" && CHANNEL_WRITES.test(path));
const isDelivery = ({ path }: Passing): boolean => path.startsWith("/webhooks/");

/** Kills drawn from a seed: mostly workers, at every point. */
export function planKills(chance: Chance, count: number, gap: number): DueKill[] {
  const kinds = chance.deal<Kind>(["worker", "worker", "web"], count);
  const points = {
    worker: chance.deal<Point>(["before send", "after send", "before commit"], count),
    web: chance.deal<Point>(["before answer", "after answer"], count),
  };
  return kinds.map((process, at) => ({
    ...{ process, point: points[process][at] ?? "after send" },
    after: 1 + chance.below(gap * (process === "web" ? 4 : 1)),
  }));
}

export interface Fleet {
  /** From now on these are due, one after the other. */
  kill(kills: DueKill[]): void;
  /** How many kills hit a process that had a request in its hands, by process and point. */
  killed(): Map<string, number>;
  left(): number;
  stop(): void;
}

/** Two workers and two web processes, each killed in the middle of its work and started again. */
export async function startFleet(stand: Stand, frontPort: number): Promise<Fleet> {
  const webPorts = [await freePort(), await freePort()];
  const webs: Running[] = [];
  const proxies: Forwarder[] = [];
  const killed = new Map<string, number>();
  const queue: Record<Kind, DueKill[]> = { worker: [], web: [] };
  const seen: Record<Kind, number> = { worker: 0, web: 0 };
  let isStopped = false;

  /** Counts a request against the next kill of its kind; the kill once it is due. */
  function dueNow(kind: Kind): DueKill | undefined {
    const [next] = queue[kind];
    if (!next || ++seen[kind] < next.after) return undefined;
    queue[kind].shift();
    seen[kind] = 0;
    return next;
  }

  async function strike(due: DueKill, victim: Running, over: Passing, restart: () => Promise<unknown>): Promise<void> {
    const { child } = victim;
    if (child.exitCode !== null || child.signalCode !== null) {
      // whoever ended it starts it again: a second start would fight with the first for the port
      queue[due.process].push(due);
      return;
    }
    await victim.kill();
    if (victim.child.signalCode === "SIGKILL") {
      const key = `${due.process} ${due.point}`;
      killed.set(key, (killed.get(key) ?? 0) + 1);
      say(`✗ killed ${victim.name} ${due.point} (${over.operation || over.path.split("?")[0]})`);
    } else queue[due.process].push(due);
    const again = () => (isStopped ? undefined : restart().catch((error: Error) => retry(error)));
    const retry = (error: Error) => {
      say(`! ${error.message.split("\n")[0]}`);
      setTimeout(again, RESTART_MS);
    };
    setTimeout(again, RESTART_MS);
  }

  async function startWorker(): Promise<void> {
    let self: Running | undefined;
    const marked = new Map<Passing, DueKill>();
    const hit = async (passing: Passing, point: Point): Promise<boolean> => {
      const due = marked.get(passing);
      if (due?.point !== point || !self) return false;
      marked.delete(passing);
      await strike(due, self, passing, startWorker);
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
    });
    proxies.push(proxy);
    self = stand.startWorker({
      SANDBOX_SHOPIFY_URL: proxy.url,
      TIKTOK_SHOP_API_URL: proxy.url,
      TIKTOK_SHOP_AUTH_URL: proxy.url,
    });
  }

  async function startWeb(at: number): Promise<void> {
    webs[at] = await stand.startWeb(webPorts[at] ?? 0);
  }
  const strikeWeb = (due: DueKill, passing: Passing) => {
    const at = webPorts.findIndex((port) => passing.target?.endsWith(`:${port}`));
    const victim = webs[at];
    if (victim) void strike(due, victim, passing, () => startWeb(at));
    else queue.web.push(due);
  };
  const marked = new Map<Passing, DueKill>();
  const front = await startProxy(
    () => webPorts.map((port) => `http://127.0.0.1:${port}`),
    {
      sent(passing) {
        const due = isDelivery(passing) ? dueNow("web") : undefined;
        if (due?.point === "before answer") strikeWeb(due, passing);
        else if (due) marked.set(passing, due);
      },
      after(passing) {
        const due = marked.get(passing);
        marked.delete(passing);
        if (due) strikeWeb(due, passing);
      },
    },
    frontPort,
  );
  proxies.push(front);
  await Promise.all([startWorker(), startWorker(), startWeb(0), startWeb(1)]);
  return {
    kill: (kills) => {
      for (const one of kills) queue[one.process].push(one);
    },
    killed: () => killed,
    left: () => queue.worker.length + queue.web.length,
    stop() {
      isStopped = true;
      for (const proxy of proxies) proxy.close();
    },
  };
}
