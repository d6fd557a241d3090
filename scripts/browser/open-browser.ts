import { type Browser, chromium } from "playwright-core";
import { type Found, waysToChromium } from "./find-chromium.ts";

/** No browser could be started; the message says what was tried and why each failed. */
export class NoBrowser extends Error {}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // a request to anywhere else fails instead of leaving
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
];
/**
 * Third-party frames have storage of their own in every merchant's browser; Playwright switches that off, this list does not. No process
 * is kept ready for a page that may come: it would cost what the pages need.
 */
const PARTITIONED =
  "--disable-features=Translate,OptimizationHints,MediaRouter,AvoidCorsURLLoaderRestartOnRedirect,SpareRendererForSitePerProcess";

/** A Chromium with a fresh profile. `storage: "blocked"`: frames of other sites get none, as where a browser is told to be strict. */
export async function openBrowser({
  storage = "partitioned",
}: {
  storage?: "partitioned" | "blocked";
} = {}): Promise<Browser> {
  const reasons: string[] = [];
  for (const way of waysToChromium) {
    try {
      const found = way();
      if (found) return await start(found, storage === "partitioned" ? [...FLAGS, PARTITIONED] : FLAGS);
    } catch (error) {
      reasons.push((error as Error).message.split("\n")[0] ?? "");
    }
  }
  throw new NoBrowser(reasons.length > 0 ? reasons.join("; ") : "there is no Chromium on this machine");
}

function start(found: Found, args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: found.path,
    headless: true,
    args: [...(found.args ?? []), ...args],
    env: { ...(process.env as Record<string, string>), ...found.env },
    timeout: 20_000,
  });
}
