import { createHmac, randomUUID } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createJourney, DEMO_SHOP } from "../scripts/journey.ts";
import { freePort, startNode, until } from "../scripts/stand/processes.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, median } from "./figures.ts";

const PER_SECOND = 300;
const SECONDS = 12;
const RUNS = 3;

/** How fast the webhook doors answer at 300 deliveries a second while the worker works them off, beside a route with one insert. */
export default async function webhooks(): Promise<Figure[]> {
  const stand = await startStand({ speed: 300, onStep: (title) => console.error(`✓ ${title}`) });
  try {
    const journey = createJourney(stand);
    await journey.install();
    const connectionId = await journey.connect();
    await journey.pickEverything(connectionId);
    await journey.arm(connectionId);
    await journey.send(connectionId);
    await journey.waitUntilListed();
    const state = await stand.sandbox.state();
    const items = Object.entries(state.shopify.stock).flatMap(([item, levels]) =>
      Object.entries(levels).map(([location, { available }]) => ({ item, location, available })),
    );

    const barePort = await freePort();
    const bare = startNode(
      "bare",
      ["bench/support/bare-route.ts"],
      { ...stand.env, PORT: String(barePort) },
      `${stand.folder}/bare.log`,
    );
    await until("the bare route", 10_000, async () => (await fetch(`http://127.0.0.1:${barePort}/`)).ok);
    const runs: { ours: number; bare: number }[] = [];
    await stand.sandbox.post("webhooks", { platform: "shopify", off: true });
    const old = () => delivery(stand, any(items), new Date().toISOString());
    try {
      for (let run = 0; run < RUNS; run++) {
        const before = (await stand.sandbox.state()).truth.calls;
        const stock = changeStock(stand, items);
        let told = 0;
        // every fourth tells a new number, which the worker reads, compares and pushes; the others tell what is known
        const ours = await load(stand.appOrigin, (n) => {
          const news = n % 4 === 0 ? stock.take() : undefined;
          if (news) told += 1;
          return news ?? old();
        });
        await stock.stop();
        const { truth } = await stand.sandbox.state();
        const calls = truth.calls.shopify - before.shopify + truth.calls.tiktok - before.tiktok;
        const baseline = await load(`http://127.0.0.1:${barePort}`, old);
        console.error(
          `run ${run + 1}: door p99 ${ours.p99.toFixed(1)} ms (${ours.answered} answers, ${told} with news, ${calls} calls made), bare ${baseline.p99.toFixed(1)} ms`,
        );
        if (ours.answered !== PER_SECOND * SECONDS || baseline.answered !== PER_SECOND * SECONDS)
          throw new Error(`not every delivery was answered with 200: ${ours.answered}, ${baseline.answered}`);
        if (told < PER_SECOND * SECONDS * 0.2) throw new Error(`only ${told} deliveries told something new`);
        if (calls < SECONDS) throw new Error(`the worker made only ${calls} calls meanwhile`);
        runs.push({ ours: ours.p99, bare: baseline.p99 });
      }
    } finally {
      await bare.stop();
    }
    const p99 = median(runs.map((run) => run.ours));
    const baseline = median(runs.map((run) => run.bare));
    const ratio = median(runs.map((run) => run.ours / run.bare));
    const ok = p99 <= 50 || ratio <= 4;
    return [
      {
        name: "p99_ms",
        value: round(p99),
        unit: "ms",
        bar: "<= 50",
        baseline: round(baseline),
        ratio: round(ratio),
        ok,
      },
      {
        name: "p99_over_bare",
        value: round(ratio),
        unit: "ratio",
        bar: "<= 4",
        baseline: round(baseline),
        ratio: round(ratio),
        ok,
      },
    ];
  } finally {
    await stand.stop();
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

interface Delivery {
  headers: Record<string, string>;
  body: Buffer;
}

interface StockLine {
  item: string;
  location: string;
  available: number;
}

/** A delivery as Shopify signs it, with an id of its own. `at`: when the level changed, as Shopify writes it. */
function delivery(stand: Stand, line: StockLine, at: string): Delivery {
  const number = (gid: string) => gid.split("/").at(-1);
  const body = Buffer.from(
    `{"inventory_item_id":${number(line.item)},"location_id":${number(line.location)},"available":${line.available},"updated_at":"${at}","admin_graphql_api_id":"gid://shopify/InventoryLevel/${number(line.location)}?inventory_item_id=${number(line.item)}"}`,
  );
  const secret = (stand.env.SHOPIFY_API_SECRET ?? "").split(",")[0] ?? "";
  return {
    body,
    headers: {
      host: new URL(stand.appUrl).host,
      "content-type": "application/json",
      "x-shopify-topic": "inventory_levels/update",
      "x-shopify-shop-domain": DEMO_SHOP,
      "x-shopify-api-version": "2026-07",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": new Date().toISOString(),
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
    },
  };
}

/**
 * Really changes stock in Shopify, as often as every fourth delivery needs, and keeps the deliveries that tell of it. The sandbox's own
 * webhooks are off meanwhile: what the doors are told, they are told by the load.
 */
function changeStock(stand: Stand, items: StockLine[]): { take(): Delivery | undefined; stop(): Promise<number> } {
  const news: Delivery[] = [];
  let changed = 0;
  let isStopped = false;
  const change = async () => {
    const began = performance.now();
    while (!isStopped) {
      const line = any(items);
      line.available += line.available > 3 && Math.random() < 0.5 ? -1 : 1;
      const { item: inventoryItemId, location: locationId, available } = line;
      const { updatedAt } = await stand.sandbox.post<{ updatedAt: string }>("shopify/set-stock", {
        ...{ inventoryItemId, locationId, available },
      });
      news.push(delivery(stand, line, updatedAt));
      changed += 1;
      await sleep(Math.max(0, began + (changed * 4_000) / PER_SECOND - performance.now()));
    }
  };
  const running = change();
  return {
    take: () => news.shift(),
    stop: async () => {
      isStopped = true;
      await running;
      return changed;
    },
  };
}

function any<T>(list: readonly T[]): T {
  const one = list[Math.floor(Math.random() * list.length)];
  if (one === undefined) throw new Error("the shop has no stock");
  return one;
}

/** Sends at a steady rate whatever the answers take; a delivery that waits for a socket is late, and counted so. */
async function load(origin: string, next: (n: number) => Delivery): Promise<{ p99: number; answered: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
  const times: number[] = [];
  let failed = 0;
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    const dueAt = began + (n * 1000) / PER_SECOND;
    const wait = dueAt - performance.now();
    if (wait > 1) await sleep(wait);
    pending.push(
      post(agent, origin, next(n)).then(
        (status) => void (status === 200 ? times.push(performance.now() - dueAt) : failed++),
        () => void failed++,
      ),
    );
  }
  await Promise.all(pending);
  agent.destroy();
  times.sort((a, b) => a - b);
  if (failed > 0) console.error(`! ${failed} deliveries failed`);
  return { p99: times[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY, answered: times.length };
}

function post(agent: http.Agent, origin: string, { headers, body }: Delivery): Promise<number> {
  const url = new URL(origin);
  return new Promise((resolve, reject) => {
    const req = http.request(
      {
        agent,
        host: url.hostname,
        port: url.port,
        path: "/webhooks/shopify",
        method: "POST",
        headers: { ...headers, "content-length": body.length },
      },
      (res) => {
        res.resume();
        res.on("end", () => resolve(res.statusCode ?? 0));
      },
    );
    req.on("error", reject);
    req.end(body);
  });
}
