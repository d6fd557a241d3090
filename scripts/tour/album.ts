import fs from "node:fs";
import path from "node:path";
import type { Moment, Width } from "./scene.ts";

interface Entry {
  step: string;
  name: string;
  caption: string;
  files: Partial<Record<Width, string>>;
}

/** Pictures of a tour in a folder, each moment at every width beside its caption. */
export interface Album {
  add(step: string, width: Width, moment: Moment): Promise<void>;
  /** Writes index.html; returns where it is. */
  write(): string;
}

/** Begins an album in `folder`. What an earlier one left there is replaced. */
export function beginAlbum(folder: string): Album {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) if (/^\d\d-.*\.png$/.test(name)) fs.rmSync(path.join(folder, name));
  const entries = new Map<string, Entry>();
  return {
    async add(step, width, { name, caption, page }) {
      const entry = entries.get(name) ?? { step, name, caption, files: {} };
      entries.set(name, entry);
      const number = String([...entries.keys()].indexOf(name) + 1).padStart(2, "0");
      const file = `${number}-${name}-${width}.png`;
      await page.screenshot({ path: path.join(folder, file), animations: "disabled", style: NO_TOASTS });
      entry.files[width] = file;
    },
    write() {
      const file = path.join(folder, "index.html");
      fs.writeFileSync(file, document([...entries.values()]));
      return file;
    },
  };
}

/** A toast goes by itself; what it lies over for a moment is what a picture is about. */
const NO_TOASTS = "#toasts { visibility: hidden }";

const safe = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

function document(entries: Entry[]): string {
  const parts = [...new Set(entries.map((one) => one.step))].map((step, at) => {
    const figures = entries.filter((one) => one.step === step).map(figure);
    return `<section><h2>${at + 1}. ${safe(step)}</h2>${figures.join("")}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reelshelf, a guided tour</title><link rel="icon" href="data:,"><style>
body{margin:0 auto;max-width:1180px;padding:24px 16px;font:16px/1.5 system-ui,sans-serif;color:#25213a;background:#f4f2fa}
figure{margin:0 0 40px}figcaption{margin:0 0 8px;font-weight:600}
.pictures{display:flex;gap:16px;align-items:flex-start}.pictures img{height:auto;border-radius:10px;box-shadow:0 1px 6px #0003}
.w1280{width:76%}.w390{width:22%}@media(max-width:700px){.pictures{flex-direction:column}.w1280,.w390{width:100%}}
</style><h1>Reelshelf, a guided tour</h1><p>Played by a browser through the real pages, on this machine: the shop, the channel and its buyers are a sandbox.</p>
${parts.join("\n")}</html>\n`;
}

function figure({ caption, files }: Entry): string {
  const pictures = Object.entries(files).map(
    ([width, file]) =>
      `<a class="w${width}" href="${file}"><img src="${file}" width="${width}" alt="${safe(caption)} (${width} pixels wide)" style="width:100%"></a>`,
  );
  return `<figure><figcaption>${safe(caption)}</figcaption><div class="pictures">${pictures.join("")}</div></figure>`;
}
