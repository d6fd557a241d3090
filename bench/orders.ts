import { setTimeout as sleep } from "node:timers/promises";
import { createJourney, type Journey } from "../scripts/journey.ts";
import { until } from "../scripts/stand/processes.ts";
import type { SandboxState } from "../scripts/stand/sandbox-client.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, median, percentile, round, say } from "./figures.ts";
import { type Forwarder, startProxy } from "./support/forward.ts";
import { type Recorded, replay } from "./support/replay.ts";

const RUNS = 3;
const SHOPS = 50;
const PER_SECOND = 20;
const SECONDS = 20;
/** One shop's bucket holds twenty seconds of points: far more orders than that, so that the rate decides and not what was saved up. */
const LIMIT_ORDERS = 120;
const BARE_ORDERS = 200;
const RECORDED_ORDERS = 20;
const PATIENCE_MS = 120_000;
/** Shopify fact: points a second of a shop on Standard. */
const STANDARD_RATE = 100;

interface BenchShop {
  domain: string;
  skuId: string;
}

/**
 * From the channel's order to Shopify's: how long with 50 shops on Standard buckets, how near one shop comes to its bucket's limit, what an
 * order costs there, and how fast it goes without limits beside a bare script that makes the same calls. All figures are the sandbox's.
 */
export default async function orders(): Promise<Figure[]> {
  // what this is about happens in the first minute: held orders stay held
  const stand = await startStand({
    speed: 20,
    sandboxEnv: { SANDBOX_CATALOG: "none" },
    onStep: (title) => say(`✓ ${title}`),
  });
  try {
    const shops = await setUpShops(stand);
    say(`✓ ${shops.length} shops are armed`);
    const p95s: number[] = [];
    const rates: number[] = [];
    const costs: number[] = [];
    for (let run = 1; run <= RUNS; run++) {
      const p95 = await timeToHome(stand, shops);
      const { rate, points } = await rateAtLimit(stand, shops[run] ?? (shops[0] as BenchShop));
      say(
        `run ${run}: p95 ${p95.toFixed(0)} ms; ${points.toFixed(1)} points an order, ${rate.toFixed(3)} of the limit`,
      );
      p95s.push(p95);
      rates.push(rate);
      costs.push(points);
    }
    const bare = await rateOverBare(stand, shops[0] as BenchShop);
    return [
      figure("p95_ms", "ms", "<= 2000", median(p95s), median(p95s) <= 2_000),
      figure("rate_over_limit", "ratio", ">= 0.9", median(rates), median(rates) >= 0.9),
      figure("points_per_order", "points", "<= 60", median(costs), median(costs) <= 60),
      {
        ...figure("rate_over_bare", "ratio", ">= 0.5", bare.ratio, bare.ratio >= 0.5),
        baseline: round(bare.bare),
        ratio: round(bare.ratio),
      },
    ];
  } finally {
    await stand.stop();
  }
}

const figure = (name: string, unit: string, bar: string, value: number, ok: boolean): Figure => ({
  ...{ name, value: round(value), unit, bar, baseline: null, ratio: null, ok },
});

/** Shops with one listing each, connected and armed. */
async function setUpShops(stand: Stand): Promise<BenchShop[]> {
  const numbers = Array.from({ length: SHOPS }, (_, n) => n + 1);
  const made: BenchShop[] = [];
  const worker = async () => {
    for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) made.push(await setUpShop(stand, n));
  };
  await Promise.all([worker(), worker(), worker()]);
  return made;
}

async function setUpShop(stand: Stand, number: number): Promise<BenchShop> {
  const { sandbox } = stand;
  const domain = `bench-${number}.myshopify.com`;
  await sandbox.post("shopify/create-shop", { shop: domain, plan: "Standard" });
  const { sellerId, shopId } = await sandbox.post<{ sellerId: string; shopId: string }>("tiktok/create-shop", {
    name: `Bench ${number}`,
  });
  await sandbox.post("shopify/seed-catalog", { shop: domain, products: [mug(number)] });
  const journey: Journey = createJourney(stand, { shop: domain, sellerId });
  await journey.install();
  const connectionId = await journey.connect();
  await journey.pickEverything(connectionId);
  await journey.arm(connectionId);
  await journey.send(connectionId);
  await journey.waitUntilListed();
  const { tiktok } = await sandbox.state();
  const sku = tiktok.products.find((one) => one.shopId === shopId)?.skus[0];
  if (!sku) throw new Error(`${domain} has nothing on sale`);
  return { domain, skuId: sku.id };
}

const mug = (number: number) => ({
  handle: `bench-mug-${number}`,
  title: `Bench Stoneware Mug number ${number}`,
  bodyHtml: "<p>A stoneware mug that holds three hundred millilitres and is glazed inside and out.</p>",
  vendor: "Bench",
  productType: "Mugs",
  status: "ACTIVE",
  variants: [
    {
      ...{ sku: `BENCH-${number}`, price: "18.00", requiresShipping: true, tracked: true },
      ...{ weight: { value: 0.4, unit: "KILOGRAMS" }, stock: { main: 50_000 } },
    },
  ],
  pictures: [{ file: `https://pictures.example/mug-${number}.jpg`, width: 1_200, height: 1_200 }],
});

async function buy(stand: Stand, { skuId }: BenchShop): Promise<string> {
  const { orderId } = await stand.sandbox.post<{ orderId: string | null }>("tiktok/buy", {
    lines: [{ skuId, quantity: 1 }],
  });
  if (!orderId) throw new Error("the bench's mug is sold out");
  return orderId;
}

type Home = Map<string, number>;

/** When Shopify made which channel order, once all of these are there. */
async function untilHome(stand: Stand, orderIds: readonly string[]): Promise<Home> {
  return until(
    "every order to be home",
    PATIENCE_MS,
    async () => {
      const home = homeOf(await stand.sandbox.state());
      return orderIds.every((id) => home.has(id)) ? home : undefined;
    },
    500,
  );
}

function homeOf({ shopify }: SandboxState): Home {
  return new Map(
    shopify.orders.flatMap(({ sourceIdentifier, createdAt }) =>
      sourceIdentifier ? [[sourceIdentifier, Date.parse(createdAt)] as const] : [],
    ),
  );
}

/** 95 of 100 are home within so many ms, at 20 orders a second in all. */
async function timeToHome(stand: Stand, shops: readonly BenchShop[]): Promise<number> {
  const boughtAt = new Map<string, number>();
  const began = Date.now();
  const buying: Promise<void>[] = [];
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    await sleep(Math.max(0, began + (n * 1_000) / PER_SECOND - Date.now()));
    const at = Date.now();
    const shop = shops[(n * 7) % shops.length] as BenchShop;
    buying.push(buy(stand, shop).then((id) => void boughtAt.set(id, at)));
  }
  await Promise.all(buying);
  const home = await untilHome(stand, [...boughtAt.keys()]);
  return percentile(
    [...boughtAt].map(([id, at]) => (home.get(id) ?? Number.POSITIVE_INFINITY) - at),
    0.95,
  );
}

/** One shop far beyond what its bucket holds: orders a second over what its points allow, and what an order cost. */
async function rateAtLimit(stand: Stand, shop: BenchShop): Promise<{ rate: number; points: number }> {
  const spent = async () => {
    const { shopify } = await stand.sandbox.state();
    return shopify.shops.find((one) => one.domain === shop.domain)?.pointsSpent ?? 0;
  };
  const before = await spent();
  const ids = await Promise.all(Array.from({ length: LIMIT_ORDERS }, () => buy(stand, shop)));
  const home = await untilHome(stand, ids);
  const times = ids.map((id) => home.get(id) ?? 0).sort((a, b) => a - b);
  // what follows the last order's creation belongs to its cost, too
  await sleep(5_000);
  const points = ((await spent()) - before) / LIMIT_ORDERS;
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  const savedUp = STANDARD_RATE * 20;
  const possible = (savedUp + STANDARD_RATE * seconds) / points;
  return { rate: Math.min(LIMIT_ORDERS / possible, 1), points };
}

/** Orders a second with the buckets unwatched, beside a script that makes the very calls of such orders with nothing else to do. */
async function rateOverBare(stand: Stand, shop: BenchShop): Promise<{ ratio: number; bare: number }> {
  await stand.sandbox.post("shopify/settings", { throttle: false });
  const [first] = stand.workers;
  await first?.stop();
  const recorded: Recorded[] = [];
  const proxy: Forwarder = await startProxy(() => [stand.sandbox.url], {
    seen: (call) => void recorded.push(call),
  });
  try {
    const recorder = stand.startWorker({
      ...{ SANDBOX_SHOPIFY_URL: proxy.url, TIKTOK_SHOP_API_URL: proxy.url, TIKTOK_SHOP_AUTH_URL: proxy.url },
    });
    await until("the recording worker to be quiet", 60_000, async () => {
      const count = recorded.length;
      await sleep(3_000);
      return recorded.length === count;
    });
    recorded.length = 0;
    const some = await Promise.all(Array.from({ length: RECORDED_ORDERS }, () => buy(stand, shop)));
    await untilHome(stand, some);
    await sleep(3_000);
    const calls = [...recorded];
    await recorder.stop();
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 1; run <= RUNS; run++) {
      ours.push(await ourRate(stand, shop));
      bare.push(await replay(stand.sandbox.url, calls, { orderIds: some, orders: BARE_ORDERS }));
      say(`run ${run}: ours ${ours.at(-1)?.toFixed(1)} orders/s, bare ${bare.at(-1)?.toFixed(1)} orders/s`);
    }
    return { ratio: median(ours.map((one, n) => one / (bare[n] ?? 1))), bare: median(bare) };
  } finally {
    proxy.close();
  }
}

/** Orders that wait when the worker starts, from the first one made to the last. */
async function ourRate(stand: Stand, shop: BenchShop): Promise<number> {
  const ids: string[] = [];
  for (let n = 0; n < BARE_ORDERS; n++) ids.push(await buy(stand, shop));
  const worker = stand.startWorker();
  const home = await untilHome(stand, ids);
  const times = ids.map((id) => home.get(id) ?? 0).sort((a, b) => a - b);
  await worker.stop();
  return ((BARE_ORDERS - 1) * 1_000) / Math.max(1, (times.at(-1) ?? 0) - (times[0] ?? 0));
}
