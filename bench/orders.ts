import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { until } from "../scripts/stand/processes.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, median, percentile, round, say } from "./figures.ts";
import { type BenchShop, buy, setUpShops, untilHome } from "./support/bench-shops.ts";
import { devShop } from "./support/dev-shop.ts";
import { type Forwarder, startProxy } from "./support/forward.ts";
import { type Recorded, replay } from "./support/replay.ts";

const RUNS = 3;
const SHOPS = 50;
const PER_SECOND = 20;
const SECONDS = 20;
/** What a bucket has saved up at the beginning is spent on the first third of them; after that the rate decides. */
const LIMIT_ORDERS = 180;
const BARE_ORDERS = 200;
const RECORDED_ORDERS = 20;
const PATIENCE_MS = 180_000;
/** Shopify fact §12: points a second of a shop on Standard, and how many seconds of them its bucket holds. */
const STANDARD_RATE = 100;
const BUCKET_SECONDS = 20;
/** What follows the last order belongs to what orders cost. */
const SETTLE_MS = 5_000;

/**
 * From the channel's order to Shopify's: how long with 50 shops on Standard buckets, how near one shop comes to its bucket's limit, what an
 * order costs there until its hold is released, and how fast it goes without limits beside a bare script that makes the same calls. All
 * figures are the sandbox's. `--dev-shop`: a development shop instead. `--shops N --runs N`: a quicker look.
 */
export default async function orders(): Promise<Figure[]> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { "dev-shop": { type: "boolean" }, shops: { type: "string" }, runs: { type: "string" } },
  });
  const stand = await startStand({
    speed: 300,
    sandboxEnv: { SANDBOX_CATALOG: "none" },
    onStep: (title) => say(`✓ ${title}`),
  });
  try {
    if (values["dev-shop"]) return await devShop(stand);
    return await measure(stand, { shops: Number(values.shops ?? SHOPS), runs: Number(values.runs ?? RUNS) });
  } finally {
    await stand.stop();
  }
}

async function measure(stand: Stand, size: { shops: number; runs: number }): Promise<Figure[]> {
  const shops = await setUpShops(stand, size.shops, "Standard");
  say(`✓ ${shops.length} shops are armed`);
  // from here on a hold ends when the bench says so
  await stand.sandbox.post("settings", { speed: 1 });
  const p95s: number[] = [];
  const rates: number[] = [];
  const costs: number[] = [];
  for (let run = 1; run <= size.runs; run++) {
    const times = await timeToHome(stand, shops);
    const { rate, points } = await rateAtLimit(stand, shops[run] ?? (shops[0] as BenchShop));
    say(`run ${run}: ${times.told}; ${points.toFixed(1)} points an order, ${rate.toFixed(3)} of the limit`);
    p95s.push(times.p95);
    rates.push(rate);
    costs.push(points);
  }
  const bare = await rateOverBare(stand, shops[0] as BenchShop, size.runs);
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
}

const figure = (name: string, unit: string, bar: string, value: number, ok: boolean): Figure => ({
  ...{ name, value: round(value), unit, bar, baseline: null, ratio: null, ok },
});

/** 95 of 100 are home within so many ms, at 20 orders a second in all. */
async function timeToHome(stand: Stand, shops: readonly BenchShop[]): Promise<{ p95: number; told: string }> {
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
  const home = await untilHome(stand, [...boughtAt.keys()], { patienceMs: PATIENCE_MS, areHeld: true });
  const times = [...boughtAt].map(([id, at]) => (home.get(id) ?? Number.POSITIVE_INFINITY) - at);
  const [middle, p95, longest] = [0.5, 0.95, 1].map((share) => percentile(times, share)) as [number, number, number];
  return { p95, told: `p50 ${middle.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, longest ${longest.toFixed(0)} ms` };
}

/**
 * One shop is sent far more than its bucket holds: what was spent over what it could have spent until the last order was made and held, and
 * what an order costs in all, its hold's release and the stock read for it included.
 */
async function rateAtLimit(stand: Stand, shop: BenchShop): Promise<{ rate: number; points: number }> {
  const spent = async () => {
    const { shopify } = await stand.sandbox.state();
    return shopify.shops.find((one) => one.domain === shop.domain)?.pointsSpent ?? 0;
  };
  // a bucket that is full, whatever was asked of it before
  await sleep(BUCKET_SECONDS * 1_000);
  const before = await spent();
  const began = Date.now();
  const ids = await Promise.all(Array.from({ length: LIMIT_ORDERS }, () => buy(stand, shop)));
  await untilHome(stand, ids, { patienceMs: PATIENCE_MS, areHeld: true });
  const madeFor = (await spent()) - before;
  const available = STANDARD_RATE * (BUCKET_SECONDS + (Date.now() - began) / 1_000);
  for (const orderId of ids) await stand.sandbox.post("tiktok/advance", { orderId });
  await until("every hold to be released", PATIENCE_MS, async () => !(await isAnyHeld(stand, ids)), 500);
  await sleep(SETTLE_MS);
  return { rate: Math.min(madeFor / available, 1), points: ((await spent()) - before) / LIMIT_ORDERS };
}

async function isAnyHeld(stand: Stand, ids: readonly string[]): Promise<boolean> {
  const { shopify } = await stand.sandbox.state();
  const mine = new Set(ids);
  return shopify.orders.some((one) => one.held && mine.has(one.sourceIdentifier ?? ""));
}

/** Orders a second with the buckets unwatched, beside a script that makes the very calls of such orders with nothing else to do. */
async function rateOverBare(stand: Stand, shop: BenchShop, runs: number): Promise<{ ratio: number; bare: number }> {
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
    await untilHome(stand, some, { patienceMs: PATIENCE_MS, areHeld: true });
    await sleep(3_000);
    const calls = [...recorded];
    await recorder.stop();
    say(`${(calls.length / RECORDED_ORDERS).toFixed(1)} calls an order`);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 1; run <= runs; run++) {
      ours.push(await ourRate(stand, shop));
      bare.push(await bareRate(stand, calls, some));
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
  const home = await untilHome(stand, ids, { patienceMs: PATIENCE_MS, areHeld: true });
  const times = ids.map((id) => home.get(id) ?? 0).sort((a, b) => a - b);
  await worker.stop();
  return ((BARE_ORDERS - 1) * 1_000) / Math.max(1, (times.at(-1) ?? 0) - (times[0] ?? 0));
}

/** The bare script's; it must have made its orders. */
async function bareRate(stand: Stand, calls: readonly Recorded[], orderIds: readonly string[]): Promise<number> {
  const count = async () => (await stand.sandbox.state()).shopify.orders.length;
  const before = await count();
  const { rate, orders } = await replay(stand.sandbox.url, calls, { orderIds, orders: BARE_ORDERS });
  const made = (await count()) - before;
  if (made !== orders) throw new Error(`the bare script made ${made} orders of ${orders}`);
  return rate;
}
