import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A browser that may be started: where it is, and what it needs beside the usual. */
export interface Found {
  /** What it is, for people. */
  name: string;
  path: string;
  args?: string[];
  env?: Record<string, string>;
}

const ROOT = path.resolve(import.meta.dirname, "../..");
const SYSTEM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/** Ships its own Chromium; fetched only where the machine has none, so that nobody else waits for its 60 MB. */
const PACKAGE = "@sparticuz/chromium@153.0.0";

/**
 * Ways to get a Chromium, the nearest first: the one named by CHROMIUM_PATH, the machine's own, the one of a package, the
 * distribution's. Each is tried only when those before it gave nothing that starts; one that cannot be had throws why.
 */
export const waysToChromium: (() => Found | null)[] = [named, ofTheMachine, ofAPackage, ofTheDistribution];

function named(): Found | null {
  const given = process.env.CHROMIUM_PATH;
  if (!given) return null;
  if (!fs.existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`);
  return { name: given, path: given };
}

function ofTheMachine(): Found | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [...SYSTEM.flatMap((name) => folders.map((folder) => path.join(folder, name))), MAC];
  const found = candidates.find((file) => fs.existsSync(file));
  return found ? { name: found, path: found } : null;
}

function ofAPackage(): Found | null {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const folder = path.join(ROOT, ".cache/chromium");
  const installed = path.join(folder, "node_modules/@sparticuz/chromium");
  if (!fs.existsSync(installed)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "package.json"), '{"private":true}\n');
    run("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE], folder);
  }
  // Its own code unpacks it, in a process of its own: it reads and changes the environment while it is loaded.
  const script =
    "const { default: chromium } = await import('@sparticuz/chromium'); const path = await chromium.executablePath();" +
    "const { LD_LIBRARY_PATH = '', FONTCONFIG_PATH = '' } = process.env;" +
    "console.log(JSON.stringify({ path, args: chromium.args, env: { LD_LIBRARY_PATH, FONTCONFIG_PATH } }));";
  // it brings its libraries only where it believes to be a function in the cloud
  const env = { AWS_LAMBDA_JS_RUNTIME: "nodejs22.x", TMPDIR: folder };
  const told = run(process.execPath, ["--input-type=module", "-e", script], folder, env);
  return { name: PACKAGE, ...(JSON.parse(told) as Omit<Found, "name">) };
}

function ofTheDistribution(): Found | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return null;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], ROOT, env);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], ROOT, env);
  return ofTheMachine();
}

/** Standard output of a command. Throws with what it said when it fails. */
function run(command: string, args: string[], cwd: string, env: Record<string, string> = {}): string {
  const ended = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  if (ended.status === 0) return ended.stdout;
  const said = (ended.error?.message ?? ended.stderr ?? "").trim().split("\n").at(-1);
  throw new Error(`${path.basename(command)} ${args[0]} failed: ${said}`);
}
