import { parseArgs } from "node:util";
import { createServices } from "../app/composition.server.ts";
import { loadConfig } from "../app/platform/config.server.ts";
import { type Figure, median, say } from "./figures.ts";
import { startPostgres } from "./services.ts";
import { type ListQuery, orderQueries } from "./support/list-queries.ts";
import { addManyOrders } from "./support/many-orders.ts";

const ORDERS = 50_000;
/** Neighbours in the same tables, a large one and many small ones: their orders must cost this shop nothing. */
const NEIGHBOUR = 10_000;
const SMALL_NEIGHBOURS = 30;
const SMALL_NEIGHBOUR = 300;
const RUNS = 3;
/** Each query so often; the middle one counts. */
const REPEATS = 3;
const MOST_MS = 50;

/**
 * How fast the order list is at 50,000 orders: each view, order, search and time, its first page and its thousandth (hundredth, tenth where
 * there are fewer), and every other query of the Orders page. The orders are written straight into the database; no page is opened. `--orders N`: another number.
 */
export default async function ordersList(): Promise<Figure[]> {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { orders: { type: "string" } } });
  const postgres = await startPostgres();
  try {
    const services = await createServices(
      loadConfig({ ...SETTINGS, DATABASE_URL: await postgres.database(), LOG_LEVEL: "silent" }),
      { role: "test" },
    );
    try {
      const where = await addManyOrders(services.db, {
        domain: "many.myshopify.com",
        orders: Number(values.orders ?? ORDERS),
      });
      await addManyOrders(services.db, { domain: "neighbour.myshopify.com", orders: NEIGHBOUR });
      for (let n = 0; n < SMALL_NEIGHBOURS; n++)
        await addManyOrders(services.db, { domain: `small-${n}.myshopify.com`, orders: SMALL_NEIGHBOUR });
      await services.db.$executeRawUnsafe("vacuum analyze");
      say("the orders are there");
      const queries = await withFarPages(orderQueries(services, where));
      const slowest: number[] = [];
      for (let run = 1; run <= RUNS; run++) slowest.push(await timeAll(queries, run));
      const worst = Math.round(median(slowest) * 100) / 100;
      return [
        {
          ...{ name: "list_query_ms", value: worst, unit: "ms", bar: `<= ${MOST_MS}`, baseline: null, ratio: null },
          ok: worst <= MOST_MS,
        },
      ];
    } finally {
      await services.close();
    }
  } finally {
    postgres.stop();
  }
}

/** Nothing is called: these are only asked for. */
const SETTINGS = {
  ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "http://app.localhost:1" },
  TIKTOK_SHOP_APPS: JSON.stringify([
    { market: "US", appKey: "key", appSecret: "secret", serviceId: "1", consentUrl: "http://127.0.0.1:1" },
  ]),
  ...{ TIKTOK_SHOP_API_URL: "http://127.0.0.1:1", TIKTOK_SHOP_AUTH_URL: "http://127.0.0.1:1" },
  ...{ ENCRYPTION_KEY: Buffer.alloc(32, 3).toString("base64") },
};

interface Timed {
  name: string;
  finds: boolean;
  run(): Promise<{ rows: number }>;
}

/** Each list twice where it is long enough: its first page, and its thousandth, or one as far in as there are. */
async function withFarPages(queries: ListQuery[]): Promise<Timed[]> {
  const timed: Timed[] = [];
  say("finding the far pages");
  for (const query of queries) {
    timed.push({ name: query.name, finds: query.finds ?? true, run: () => query.run() });
    for (const pages of query.far ?? []) {
      const far = await query.skip?.(pages);
      if (!far) continue;
      timed.push({ name: `${query.name}, page ${pages + 1}`, finds: true, run: () => query.run(far) });
      break;
    }
  }
  return timed;
}

async function timeAll(queries: Timed[], run: number): Promise<number> {
  const results: { name: string; ms: number }[] = [];
  for (const query of queries) {
    const times: number[] = [];
    let rows = 0;
    for (let n = 0; n < REPEATS; n++) {
      const began = performance.now();
      rows = (await query.run()).rows;
      times.push(performance.now() - began);
    }
    if (rows === 0 && query.finds) throw new Error(`${query.name} found nothing`);
    results.push({ name: query.name, ms: median(times) });
  }
  results.sort((a, b) => b.ms - a.ms);
  say(`  run ${run}, ${queries.length} queries, slowest:`);
  for (const { name, ms } of results.slice(0, 10)) say(`    ${ms.toFixed(1)} ms  ${name}`);
  return results[0]?.ms ?? 0;
}
