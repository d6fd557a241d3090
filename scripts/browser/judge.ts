import fs from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";
import { pathOf } from "./watch.ts";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A cumulated shift of the layout up to which the web calls a page steady. */
const MOST_JUMP = 0.1;

const OF_A_WHOLE_PAGE = ["region", "landmark-one-main", "page-has-heading-one"];

/** Counts what jumps while a page arrives: for its first seconds, or until somebody operates it and it moves because it answers. */
export const countJumps = () => {
  const counted = { total: 0, sources: [] as string[] };
  Object.assign(window, { jumps: counted });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      sources: { node: Node | null }[];
    })[]) {
      counted.total += entry.value;
      for (const { node } of entry.sources)
        counted.sources.push(`${node?.nodeName} ${node?.textContent?.slice(0, 40)}`);
    }
  });
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => observer.disconnect(), 3_000);
  // the last is how the admin's navigation reaches the app in its frame
  for (const name of ["pointerdown", "keydown", "resize", "shopify:navigate"])
    addEventListener(name, () => observer.disconnect(), { capture: true, once: true });
};

/** What is wrong with a page as it stands, in sentences: findings of axe, what sticks out sideways, what jumped. */
export async function judge(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) {
    if (frame.isDetached() || !/^https?:/.test(frame.url())) continue;
    const where = pathOf(frame.url());
    for (const text of [...(await askAxe(frame)), ...(await measure(frame))]) found.push(`${where}: ${text}`);
  }
  return found;
}

async function askAxe(frame: Frame): Promise<string[]> {
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(AXE);
  return frame.evaluate(async (ofAWholePage) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations, passes } = await axe.run(document, {
      iframes: false,
      resultTypes: ["violations"],
      // a frame stands inside a page that has these
      ...(window === window.top
        ? {}
        : { rules: Object.fromEntries(ofAWholePage.map((rule) => [rule, { enabled: false }])) }),
    });
    if (passes.length === 0) return ["axe looked at nothing"];
    return violations.map(
      (one) => `axe ${one.id}: ${one.help} (${one.nodes.length} ×, first ${one.nodes[0]?.html.slice(0, 160)})`,
    );
  }, OF_A_WHOLE_PAGE);
}

function measure(frame: Frame): Promise<string[]> {
  return frame.evaluate((most) => {
    const told: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) told.push(`${scrollWidth} px wide on a screen of ${clientWidth} px`);
    const { jumps } = window as unknown as { jumps?: { total: number; sources: string[] } };
    if (!jumps) told.push("nobody counted what jumps");
    else if (jumps.total > most)
      told.push(`jumped by ${jumps.total.toFixed(3)}: ${[...new Set(jumps.sources)].slice(0, 4).join(" | ")}`);
    return told;
  }, MOST_JUMP);
}
