import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { CatalogError } from "../sandbox/catalog/catalog-error.ts";
import { readCatalog } from "../sandbox/catalog/read-catalog.ts";
import { keepBusy, PRODUCTS } from "./busy-shop/fill.ts";
import { builtInCheck } from "./check/built-in.ts";
import { createFileCheck } from "./check/catalog-file.ts";
import { runCheck } from "./check/run-check.ts";
import { createJourney } from "./journey.ts";
import { type Stand, startStand } from "./stand/start-stand.ts";

/**
 * `npm run demo`: both platforms, the app and its worker on this machine, with the built-in catalog or a Shopify product export. `--check`
 * walks the whole journey and ends with one JSON line on stdout; everything else goes to stderr. A demo always starts fresh.
 */
const { values } = parseArgs({
  options: {
    check: { type: "boolean" },
    catalog: { type: "string" },
    reset: { type: "boolean" },
    speed: { type: "string" },
    "dev-shop": { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.error(
    [
      "npm run demo [-- --check | --catalog FILE.csv | --reset | --speed N | --dev-shop]",
      "  --check             walk the whole journey, print the result as JSON, stop",
      "  --catalog FILE.csv  fill the shop with a Shopify product export instead of the built-in catalog",
      "  --reset             start from nothing (a demo always does)",
      "  --speed N           divide durations (holds, audits, retries) by N; default 60",
      "  --dev-shop          the first shop is a development shop: Shopify takes five orders a minute there",
      "  DEMO_BUSY_SHOP=off  only the fresh shop, without the busy one that is filled in the background",
    ].join("\n"),
  );
  process.exit(0);
}
const speed = Number(values.speed ?? (values.check ? 300 : 60));
if (!(speed > 0)) {
  console.error("--speed must be a number above 0, for example --speed 60.");
  process.exit(2);
}

const named = values.catalog ?? process.env.SANDBOX_CATALOG ?? "";
const catalogFile = ["", "builtin", "none"].includes(named) ? undefined : checkCatalog(named);

/** A check counts the first shop, alone. */
const withBusy = !values.check && process.env.DEMO_BUSY_SHOP !== "off";
const busy = keepBusy((line) => console.error(`  ${line}`));

const startedAt = Number(process.env.REELSHELF_STARTED_AT) || Date.now();
let last = Date.now();
const tick = (title: string) => {
  console.error(`✓ ${title} (${((Date.now() - last) / 1000).toFixed(1)} s)`);
  last = Date.now();
};

let stopping = false;
let stand: Stand | undefined;
const stop = async (code: number) => {
  if (stopping) return;
  stopping = true;
  busy.stop();
  if (!values.check) console.error("\nStopping…");
  await stand?.stop({ keepLogs: code === 1 });
  if (!values.check) console.error("Stopped.");
  process.exit(code);
};
process.on("SIGINT", () => void stop(values.check ? 130 : 0));
process.on("SIGTERM", () => void stop(values.check ? 143 : 0));

try {
  stand = await startStand({
    speed,
    sandboxEnv: {
      ...(catalogFile ? { SANDBOX_CATALOG: catalogFile } : {}),
      SANDBOX_BUSY_SHOP: withBusy ? String(PRODUCTS) : "0",
      ...(values["dev-shop"] ? { SANDBOX_DEV_SHOP: "1" } : {}),
    },
    onStep: tick,
    // a check must see a process that dies; a demo goes on
    ...(values.check ? {} : { supervised: { install: beginAnew, beforeReset: busy.stop } }),
  });
  if (stopping) await stand.stop();
  else if (values.check) {
    const result = await runCheck(stand, startedAt, catalogFile ? createFileCheck() : builtInCheck);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    await stop(result.ok ? 0 : 1);
  } else {
    await openApp(stand);
    tick("Catalog loaded");
    const shop = `http://shop.localhost:${new URL(stand.sandbox.url).port}`;
    console.error(
      [
        "",
        `  The merchant's admin, with the app   ${stand.adminUrl}`,
        `  The channel's shop, for buyers       ${shop}`,
        `  The channel's seller centre          ${shop}/seller`,
        "",
        "  Under each page: the truth bar, and the drawer “Sandbox” with buyers, faults and a reset.",
        ...(withBusy
          ? [
              "  Two shops: a fresh one to set up, and a busy one that is being filled; change over at the top of each page.",
            ]
          : []),
        "  Everything runs on this machine. Ctrl-C stops it.",
      ].join("\n"),
    );
  }
} catch (error) {
  console.error(`✗ ${(error as Error).message}`);
  await stop(1);
}

/** The fresh shop is ready to be set up; from then on the busy one fills in the background. */
async function openApp(running: Stand): Promise<void> {
  await createJourney(running).install();
  if (withBusy && !stopping) busy.start(running);
}

/** After a reset: the app is open as soon as it is installed, and reads its catalog while somebody looks at it already. */
async function beginAnew(running: Stand): Promise<void> {
  await createJourney(running).open();
  openApp(running).catch((error: Error) => console.error(`  ✗ After the reset: ${error.message}`));
}

/** The file where the caller stands, read once before anything is started. A file that is no catalog ends the demo with exit code 2. */
function checkCatalog(given: string): string {
  // npm runs scripts in the project's folder, wherever it was called
  const file =
    [process.env.INIT_CWD ?? ".", "."].map((folder) => path.resolve(folder, given)).find(fs.existsSync) ?? given;
  try {
    const products = readCatalog(file);
    if (products.length === 0) throw new CatalogError(`${given} holds no products. Choose another file.`);
    console.error(`✓ ${path.basename(file)}: ${products.length} products`);
    return file;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    console.error(`✗ ${error.message}`);
    return process.exit(2);
  }
}
