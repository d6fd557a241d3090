/**
 * Runs one bench: `node bench/run.ts <name>`. Each file bench/<name>.ts exports by default a function that gives its figures. Every
 * figure is one line of JSON on stdout, everything else goes to stderr. Exit 1 when a bar is missed.
 */
import fs from "node:fs";
import type { Figure } from "./figures.ts";

const [name = ""] = process.argv.slice(2);
const file = new URL(`./${name}.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !fs.existsSync(file)) {
  console.error(`no such bench: ${name || "(none named)"}`);
  process.exit(2);
}
const { default: bench } = (await import(file.href)) as { default?: () => Promise<Figure[]> };
if (!bench) {
  console.error(`${name} is no bench`);
  process.exit(2);
}
const figures = await bench();
for (const figure of figures) console.log(JSON.stringify(figure));
process.exit(figures.length > 0 && figures.every((figure) => figure.ok) ? 0 : 1);
