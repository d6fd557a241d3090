import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Frame, Page } from "playwright-core";
import { until } from "../../scripts/stand/processes.ts";

/** What a page of the app is like for whoever waits for it. */
export interface Vitals {
  lcpMs: number;
  lcpMs4x: number;
  /** The slowest of the scripted clicks, from the press to the next picture. */
  inpMs: number;
  cls: number;
}

/** A page, and what is clicked on it, one selector after the other; `type` writes instead. */
export interface PageToMeasure {
  path: string;
  clicks: (string | { into: string; type: string })[];
}

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
/** Late pictures and data are waited for so long. */
const SETTLE_MS = 1_500;

/** In every document from its start: the largest picture so far, what jumped, the slowest answer to a press. */
const watchVitals = () => {
  const seen = { lcp: 0, cls: 0, inp: 0, presses: 0 };
  Object.assign(window, { vitals: seen });
  const watch = (type: string, more: object, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", {}, (entry) => {
    seen.lcp = entry.startTime;
  });
  watch("layout-shift", {}, (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!shift.hadRecentInput) seen.cls += shift.value;
  });
  watch("event", { durationThreshold: 16 }, (entry) => {
    if ((entry as PerformanceEntry & { interactionId: number }).interactionId)
      seen.inp = Math.max(seen.inp, entry.duration);
  });
  addEventListener("pointerdown", () => {
    seen.presses += 1;
  });
};

type Seen = { lcp: number; cls: number; inp: number; presses: number };
const read = (frame: Frame) => frame.evaluate(() => (window as unknown as { vitals: Seen }).vitals);

/**
 * Goes to the page from another one of the admin, with nothing of the app cached, clicks through it, and loads its frame again on a processor
 * four times as slow.
 */
export async function measurePage(browser: Browser, storeUrl: string, page: PageToMeasure): Promise<Vitals> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, userAgent: BROWSER });
  try {
    await context.addInitScript(watchVitals);
    const tab = await context.newPage();
    await openAdmin(tab, storeUrl);
    await tab.goto(`${storeUrl}${page.path}`);
    const frame = await settled(tab);
    const fresh = await read(frame);
    if (fresh.lcp === 0) throw new Error(`${page.path} never showed anything`);
    await press(frame, page);
    const { inp, presses } = await read(frame);
    const expected = page.clicks.filter((one) => typeof one === "string").length;
    if (presses < expected) throw new Error(`${page.path}: ${presses} of ${expected} presses arrived`);
    const lcpMs4x = await reloadSlowly(tab, frame);
    return { lcpMs: fresh.lcp, lcpMs4x, inpMs: inp, cls: fresh.cls };
  } finally {
    await context.close();
  }
}

/** Whoever goes to the app has the admin open: its browser is awake, its own files are there; of the app there is nothing yet. */
async function openAdmin(tab: Page, storeUrl: string): Promise<void> {
  await tab.goto(new URL("../../products", `${storeUrl}/`).href, { waitUntil: "networkidle" });
}

/** The app's frame once it has come alive and stopped changing. */
async function settled(tab: Page): Promise<Frame> {
  const frame = await until("the app's frame", 20_000, async () =>
    tab.frames().find((one) => one !== tab.mainFrame() && one.name() === "app-iframe" && /\/app/.test(one.url())),
  );
  await frame.waitForSelector("html[data-hydrated]", { state: "attached", timeout: 20_000 });
  await sleep(SETTLE_MS);
  return frame;
}

async function press(frame: Frame, { clicks }: PageToMeasure): Promise<void> {
  for (const one of clicks) {
    if (typeof one === "string") await frame.locator(one).first().click({ timeout: 10_000 });
    else await frame.locator(one.into).first().pressSequentially(one.type, { delay: 60, timeout: 10_000 });
    await sleep(400);
  }
}

/** The frame's process is slowed down and its cache is off; then the same document is loaded in it anew. */
async function reloadSlowly(tab: Page, frame: Frame): Promise<number> {
  const session = await tab.context().newCDPSession(frame);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const marked = await frame.evaluate(() => Object.assign(window, { isOld: true }).isOld);
  await tab.evaluate(() => {
    const iframe = document.querySelector("iframe");
    if (iframe) iframe.src = `${iframe.src}`;
  });
  if (!marked) throw new Error("the frame could not be marked");
  await until("the frame to be loaded anew", 30_000, async () => frame.evaluate(() => !("isOld" in window)));
  await settled(tab);
  await sleep(SETTLE_MS);
  const { lcp } = await read(frame);
  if (lcp === 0) throw new Error("nothing was shown on the slow processor");
  return lcp;
}
