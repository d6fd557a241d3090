import { parseArgs } from "node:util";
import { runCheck } from "./check.ts";
import { createJourney } from "./journey.ts";
import { type Stand, startStand } from "./stand/start-stand.ts";

/**
 * `npm run demo`: both platforms, the app and its worker on this machine, with the built-in catalog. `--check` walks the whole journey and
 * ends with one JSON line on stdout; everything else goes to stderr. A demo always starts fresh.
 */
const { values } = parseArgs({
  options: {
    check: { type: "boolean" },
    reset: { type: "boolean" },
    speed: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.error(
    "npm run demo [-- --check | --reset | --speed N]\n  --check    walk the whole journey, print the result as JSON, stop\n  --reset    start from nothing (a demo always does)\n  --speed N  divide durations (holds, audits, retries) by N; default 60",
  );
  process.exit(0);
}
const speed = Number(values.speed ?? (values.check ? 300 : 60));
if (!(speed > 0)) {
  console.error("--speed must be a number above 0, for example --speed 60.");
  process.exit(2);
}

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
  await stand?.stop({ keepLogs: code === 1 });
  process.exit(code);
};
process.on("SIGINT", () => void stop(values.check ? 130 : 0));
process.on("SIGTERM", () => void stop(values.check ? 143 : 0));

try {
  stand = await startStand({
    speed,
    onStep: tick,
    // a check must see a process that dies; a demo goes on
    ...(values.check ? {} : { supervised: { install: (running: Stand) => createJourney(running).install() } }),
  });
  if (stopping) await stand.stop();
  else if (values.check) {
    const result = await runCheck(stand, startedAt);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    await stop(result.ok ? 0 : 1);
  } else {
    await createJourney(stand).install();
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
        "  Everything runs on this machine. Ctrl-C stops it.",
      ].join("\n"),
    );
  }
} catch (error) {
  console.error(`✗ ${(error as Error).message}`);
  await stop(1);
}
