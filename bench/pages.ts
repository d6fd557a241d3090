import { parseArgs } from "node:util";
import { createServices } from "../app/composition.server.ts";
import { loadConfig } from "../app/platform/config.server.ts";
import { STORES } from "../sandbox/stores.ts";
import { NoBrowser, openBrowser } from "../scripts/browser/open-browser.ts";
import { fillBusyShop, PRODUCTS } from "../scripts/busy-shop/fill.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, median, say } from "./figures.ts";
import { listQueries } from "./support/list-queries.ts";
import { measurePage, type PageToMeasure, type Vitals } from "./support/page-vitals.ts";

const RUNS = 3;
/** The far page of a list: the thousandth, or the last where there are fewer. */
const FAR = 1_000;
/** Each query so often; the middle one counts. */
const REPEATS = 5;

// beside the tabs that are seen Polaris keeps hidden ones to measure
const tab = (name: string) => `[role="tab"]:visible:has-text("${name}")`;
const NEXT = 'button[aria-label="Next page"]:visible';
const PAGES: PageToMeasure[] = [
  { path: "", clicks: [] },
  {
    path: "/app/products",
    clicks: [tab("Live"), tab("All"), "tbody .Polaris-Checkbox:visible", NEXT],
  },
  { path: "/app/products?view=live&search=harbor", clicks: [{ into: "input[type=text]:visible", type: " mug" }] },
  { path: "/app/orders", clicks: [tab("Needs you"), tab("All"), NEXT] },
  { path: "/app/orders?view=to-ship", clicks: [tab("All")] },
  { path: "/app/activity", clicks: [tab("Orders"), tab("All"), NEXT] },
  { path: "/app/settings", clicks: [] },
];

/**
 * How fast the app's pages come, answer and hold still, and how fast its list queries are, in the busy shop: 400 listings, 300 orders.
 * `--listings N`: another number of products.
 */
export default async function pages(): Promise<Figure[]> {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { listings: { type: "string" } } });
  const count = Number(values.listings ?? PRODUCTS);
  try {
    // said before the long filling, not after it
    await (await openBrowser()).close();
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    say(`pages NOT RUN: ${error.message}`);
    return BARS.map(([name, unit, most]) => figure(name, unit, most, null));
  }
  const stand = await startStand({
    speed: 60,
    sandboxEnv: { SANDBOX_CATALOG: "none", SANDBOX_BUSY_SHOP: String(count) },
    onStep: (title) => say(`✓ ${title}`),
  });
  try {
    let last = "";
    await fillBusyShop(stand, new AbortController().signal, (step) => {
      const kind = step.replace(/\d+/g, "");
      if (kind !== last) say(`  ${step}`);
      last = kind;
    });
    const queries = await timeQueries(stand);
    const vitals = await timePages(stand);
    return BARS.map(([name, unit, most, pick]) =>
      figure(name, unit, most, pick ? median(vitals.map((run) => Math.max(...run.map(pick)))) : median(queries)),
    );
  } finally {
    await stand.stop();
  }
}

/** Name, unit, bar, and what of a page it is about; the last one is about the queries. */
const BARS: [string, string, number, ((one: Vitals) => number)?][] = [
  ["lcp_ms", "ms", 800, (one) => one.lcpMs],
  ["lcp_ms_4x", "ms", 1_500, (one) => one.lcpMs4x],
  ["inp_ms", "ms", 100, (one) => one.inpMs],
  ["cls", "score", 0.02, (one) => one.cls],
  ["list_query_ms", "ms", 50],
];

const figure = (name: string, unit: string, most: number, value: number | null): Figure => ({
  ...{ name, value: value === null ? null : Math.round(value * 10_000) / 10_000, unit },
  ...{ bar: `<= ${most}`, baseline: null, ratio: null, ok: value !== null && value <= most },
});

/** Every page, three times over. */
async function timePages(stand: Stand): Promise<Vitals[][]> {
  const browser = await openBrowser();
  const store = STORES.busy.domain.replace(".myshopify.com", "");
  const storeUrl = `${stand.env.SANDBOX_ADMIN_URL}/store/${store}/apps/reelshelf`;
  const runs: Vitals[][] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      const seen: Vitals[] = [];
      for (const page of PAGES) {
        const vitals = await measurePage(browser, storeUrl, page);
        say(
          `  run ${run + 1} ${page.path || "/app"}: LCP ${vitals.lcpMs.toFixed(0)} ms, 4x ${vitals.lcpMs4x.toFixed(0)} ms, INP ${vitals.inpMs} ms, CLS ${vitals.cls.toFixed(4)}`,
        );
        seen.push(vitals);
      }
      runs.push(seen);
    }
  } finally {
    await browser.close();
  }
  return runs;
}

/** The slowest list query of each run, first page and a far one. */
async function timeQueries(stand: Stand): Promise<number[]> {
  const services = await createServices(loadConfig({ ...stand.env, LOG_LEVEL: "silent" }), { role: "test" });
  try {
    const queries = await listQueries(services, STORES.busy.domain);
    const slowest: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      let worstMs = 0;
      let name = "";
      let rows = 0;
      for (const query of queries) {
        let far: string | null = null;
        let next: string | null | undefined;
        for (let page = 1; page < FAR; page++) {
          next = (await query.run(next ?? undefined)).next;
          if (!next) break;
          far = next;
        }
        for (const cursor of far ? [undefined, far] : [undefined]) {
          const times: number[] = [];
          for (let n = 0; n < REPEATS; n++) {
            const began = performance.now();
            rows += (await query.run(cursor)).rows;
            times.push(performance.now() - began);
          }
          const ms = median(times);
          if (ms <= worstMs) continue;
          worstMs = ms;
          name = `${query.name}${cursor ? ", far page" : ""}`;
        }
      }
      if (rows === 0) throw new Error("no query found a row");
      say(`  run ${run + 1}: the slowest of ${queries.length} list queries is ${name}: ${worstMs.toFixed(1)} ms`);
      slowest.push(worstMs);
    }
    return slowest;
  } finally {
    await services.close();
  }
}
