import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** `npm run check`: format, lint, import rules, types, dead code, migrations, documents. Every failure is shown; the exit code says whether there was one. */
const failed: string[] = [];
const bin =
  (name: string, ...args: string[]) =>
  () =>
    spawnSync(path.join("node_modules/.bin", name), args, { stdio: "inherit" }).status === 0;
const script =
  (file: string, ...args: string[]) =>
  () =>
    spawnSync(process.execPath, [file, ...args], { stdio: "inherit" }).status === 0;

const checks: [string, () => boolean][] = [
  ["format and lint", bin("biome", "check", ".")],
  [
    "import rules",
    bin(
      "depcruise",
      "--config",
      ".dependency-cruiser.cjs",
      "app",
      "sandbox",
      "scripts",
      "bench",
      "extensions",
      "server.ts",
      "worker.ts",
    ),
  ],
  ["types", bin("tsc", "--noEmit")],
  ["extensions", script("scripts/extensions.ts", "check")],
  ["dead code", bin("knip")],
  ["migrations", script("scripts/db.ts", "check")],
  ["paths in documents", pathsInDocuments],
  ["words that do not belong here", forbiddenWords],
];
for (const [title, run] of checks) {
  const began = Date.now();
  const holds = run();
  console.error(`${holds ? "✓" : "✗"} ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (!holds) failed.push(title);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}`);
  process.exit(1);
}

function tracked(...patterns: string[]): string[] {
  return spawnSync("git", ["ls-files", "--", ...patterns], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((file) => file !== "" && fs.existsSync(file));
}

/** Every path in back-ticks that looks like one of ours must exist. */
function pathsInDocuments(): boolean {
  const tops = new Set([
    "app",
    "sandbox",
    "scripts",
    "bench",
    "tests",
    "docs",
    "prisma",
    "schema",
    "extensions",
    ".ci",
  ]);
  let seen = 0;
  const missing: string[] = [];
  for (const document of tracked("*.md")) {
    for (const [, text] of fs.readFileSync(document, "utf8").matchAll(/`([\w./-]+)`/g)) {
      if (!text?.includes("/") || !tops.has(text.split("/")[0] ?? "")) continue;
      seen++;
      if (!fs.existsSync(text)) missing.push(`${document}: ${text}`);
    }
  }
  for (const line of missing) console.error(`  does not exist: ${line}`);
  if (seen === 0) console.error("  no path was found to check");
  return missing.length === 0 && seen > 0;
}

/** The project speaks of the product alone. */
function forbiddenWords(): boolean {
  const words = /\bregistry\.npmjs|\/work\/|deb\.debian\.org|\bissue #?\d|\bsub-?agent|\bsandboxed session\b/i;
  const files = tracked("*.ts", "*.tsx", "*.mjs", "*.md", "*.json", "*.toml", "*.prisma", ".ci/*").filter(
    (file) => file !== "scripts/check-house.ts",
  );
  const found = files.flatMap((file) =>
    fs
      .readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, n) => (words.test(line) ? [`${file}:${n + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  for (const line of found) console.error(`  ${line}`);
  return found.length === 0 && files.length > 0;
}
