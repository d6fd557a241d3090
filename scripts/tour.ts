import path from "node:path";
import { parseArgs } from "node:util";
import { NoBrowser, openBrowser } from "./browser/open-browser.ts";
import { createJourney } from "./journey.ts";
import { type Stand, startStand } from "./stand/start-stand.ts";
import { beginAlbum } from "./tour/album.ts";
import { openScene, widths } from "./tour/scene.ts";
import { beginAnew, lookAtPanel, tourSteps } from "./tour/steps.ts";

/**
 * `npm run tour`: plays the guided tour of the demo in a browser, once at each width, and writes captioned pictures with an index.html.
 * Fails on an error in a page or its console, a request that would leave the machine, a finding of axe, a page that sticks out sideways
 * or jumps.
 */
const { values } = parseArgs({ options: { out: { type: "string" }, help: { type: "boolean" } } });
if (values.help) {
  console.error("npm run tour [-- --out FOLDER]\n  --out FOLDER  where the pictures go; default tour/");
  process.exit(0);
}
const folder = path.resolve(process.env.INIT_CWD ?? ".", values.out ?? path.resolve(import.meta.dirname, "../tour"));

let stand: Stand | undefined;
let isStopping = false;
const stop = async (code: number) => {
  if (isStopping) return;
  isStopping = true;
  await stand?.stop({ keepLogs: code === 1 });
  process.exit(code);
};
process.on("SIGINT", () => void stop(130));
process.on("SIGTERM", () => void stop(143));

let began = Date.now();
const tick = (title: string) => {
  console.error(`✓ ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  began = Date.now();
};

try {
  const browser = await openBrowser();
  tick(`Chromium ${browser.version()}`);
  stand = await startStand({
    speed: 60,
    onStep: tick,
    supervised: { install: (running) => createJourney(running).open() },
  });
  await createJourney(stand).install();
  tick("Catalog loaded");
  const album = beginAlbum(folder);
  const troubles: string[] = [];
  for (const width of widths) {
    let title = "";
    const scene = await openScene(browser, stand, width, {
      onLook: (moment) => album.add(title, width, moment),
    });
    for (const step of tourSteps("in the middle")) {
      title = step.title;
      await step.play(scene);
      tick(`${width} px: ${title}`);
    }
    await lookAtPanel(scene);
    if (width !== widths.at(-1)) await beginAnew(scene);
    troubles.push(...scene.troubles());
    await scene.close();
  }
  await browser.close();
  console.error(`  ${album.write()}`);
  for (const trouble of troubles) console.error(`✗ ${trouble}`);
  if (troubles.length === 0) console.error("✓ nothing wrong was seen");
  await stop(troubles.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof NoBrowser ? `✗ No browser could be started: ${error.message}` : error);
  await stop(1);
}
