import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * The admin extensions, bundled as Shopify's CLI bundles them (the module of a target handed to `shopify.extend`), without the CLI and
 * without a network. `build` writes build/extensions/{handle}/, which the sandbox's admin shows; `check` looks at types, texts,
 * versions and size and writes nothing.
 */
const SOURCE = "extensions";
const TARGET = "build/extensions";
/** A block waits for its code on every product page. Preact alone is about 5 KB. */
const MOST_GZIP_BYTES = 12_000;

interface Extension {
  directory: string;
  handle: string;
  target: string;
  module: string;
  texts: Record<string, unknown>;
}

const command = process.argv[2];
if (command !== "build" && command !== "check") {
  console.error("Usage: node scripts/extensions.ts build|check");
  process.exit(2);
}
const extensions = fs
  .readdirSync(SOURCE)
  .filter((name) => fs.existsSync(path.join(SOURCE, name, "shopify.extension.toml")))
  .map(readExtension);
if (extensions.length === 0) throw new Error(`No extension was found in ${SOURCE}: each has a shopify.extension.toml.`);
const wrong: string[] = [];
for (const extension of extensions) {
  const code = await bundle(extension);
  const bytes = gzipSync(code).length;
  console.error(
    `  ${extension.handle}: ${(bytes / 1000).toFixed(1)} KB gzip of at most ${MOST_GZIP_BYTES / 1000} KB (${(code.length / 1000).toFixed(1)} KB)`,
  );
  if (bytes > MOST_GZIP_BYTES)
    wrong.push(`${extension.handle} has become too large: find what was pulled in, or leave it out.`);
  if (command === "build") write(extension, code);
  else wrong.push(...typesOf(extension), ...versionsOf(extension), ...textsOf(extension));
}
for (const line of wrong) console.error(`  ${line}`);
process.exit(wrong.length === 0 ? 0 : 1);

function readExtension(name: string): Extension {
  const directory = path.join(SOURCE, name);
  const toml = fs.readFileSync(path.join(directory, "shopify.extension.toml"), "utf8");
  const value = (key: string) => {
    const found = new RegExp(`^${key} = "([^"]+)"$`, "m").exec(toml)?.[1];
    if (!found) throw new Error(`${directory}/shopify.extension.toml has no ${key}.`);
    return found;
  };
  const texts = JSON.parse(fs.readFileSync(path.join(directory, "locales/en.default.json"), "utf8"));
  return { directory, handle: value("handle"), target: value("target"), module: value("module"), texts };
}

async function bundle({ directory, module, target }: Extension): Promise<string> {
  const entry = `import main from ${JSON.stringify(module)};\nshopify.extend(${JSON.stringify(target)}, (...args) => main(...args));`;
  const result = await build({
    stdin: { contents: entry, resolveDir: directory, loader: "ts" },
    ...{ bundle: true, write: false, minify: true, format: "iife", target: "es2022", legalComments: "none" },
    tsconfig: path.join(directory, "tsconfig.json"),
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}

function write({ handle, target, texts }: Extension, code: string): void {
  const directory = path.join(TARGET, handle);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, "extension.js"), code);
  fs.writeFileSync(path.join(directory, "extension.json"), JSON.stringify({ handle, target, texts }));
}

function typesOf({ directory }: Extension): string[] {
  const { status } = spawnSync("node_modules/.bin/tsc", ["-p", directory, "--noEmit"], { stdio: "inherit" });
  return status === 0 ? [] : [`${directory}: the types do not fit.`];
}

/** The CLI reads the extension's own package.json; what is tested and bundled here comes from ours. */
function versionsOf({ directory }: Extension): string[] {
  const ours = JSON.parse(fs.readFileSync("package.json", "utf8")) as { devDependencies: Record<string, string> };
  const own = JSON.parse(fs.readFileSync(path.join(directory, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(own.dependencies)
    .filter(([name, version]) => ours.devDependencies[name] !== version)
    .map(([name, version]) => `${directory}: ${name} ${version}, but ${ours.devDependencies[name]} in package.json.`);
}

/** Every text is used, whole or by its first word (`${why}.title`). */
function textsOf({ directory, texts }: Extension): string[] {
  const files = [path.join(directory, "shopify.extension.toml")].concat(
    fs.readdirSync(path.join(directory, "src")).map((name) => path.join(directory, "src", name)),
  );
  const code = files.map((file) => fs.readFileSync(file, "utf8")).join("\n");
  return Object.keys(texts)
    .filter((key) => !code.includes(`"${key}"`) && !code.includes(`"t:${key}"`))
    .map((key) => `${directory}: the text "${key}" is used nowhere.`);
}
