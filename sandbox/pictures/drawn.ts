import type { SandboxAnswer } from "../kernel/model.ts";
import { drawPicture } from "./draw-picture.ts";

/** What is wrong with a picture on purpose: too small for a listing, bytes that are no picture, not there. */
const TROUBLES = ["tiny", "corrupt", "missing"] as const;
type Trouble = (typeof TROUBLES)[number];

const SIDE = 640;
const TINY_SIDE = 80;
const PATH = "/pictures/drawn/";
const KEPT_BYTES = 32 * 1024 * 1024;

/** A picture that a catalog names by address, as the sandbox shows it: nothing is fetched from anywhere. */
export interface DrawnPicture {
  url: string;
  width: number;
  height: number;
}

/** Where a drawn picture is found. The address says all that is drawn, so it holds as long as the sandbox has its port. */
export function addressDrawn(
  publicUrl: string,
  subject: { file: string; type: string; title: string; view: number },
  trouble?: Trouble,
): DrawnPicture {
  const name = (subject.file.split(/[?#]/)[0] ?? "").split("/").at(-1) ?? "";
  const plain = name
    .replace(/\.\w+$/, "")
    .replace(/[^\w-]+/g, "-")
    .slice(0, 60);
  const query = new URLSearchParams({
    type: subject.type.slice(0, 40),
    title: subject.title.slice(0, 60),
    view: String(subject.view),
    ...(trouble ? { trouble } : {}),
  });
  const side = trouble === "tiny" ? TINY_SIDE : SIDE;
  return { url: `${publicUrl}${PATH}${plain || "picture"}.png?${query}`, width: side, height: side };
}

/** What is wrong with the n-th picture of a catalog when every `every`-th shall be: one trouble after the other; 0: none ever. */
export function troubleOf(n: number, every: number, seed: number): Trouble | undefined {
  if (every === 0 || (n + seed) % every !== 0) return undefined;
  return TROUBLES[Math.floor((n + seed) / every) % TROUBLES.length];
}

/** `GET /pictures/drawn/<name>.png?…`: drawn when first asked for, then kept; the oldest are dropped beyond a limit. */
export function serveDrawn(path: string, query: URLSearchParams): SandboxAnswer | undefined {
  if (!path.startsWith(PATH)) return undefined;
  const trouble = query.get("trouble");
  if (trouble === "missing") return { status: 404, headers: { "content-type": "text/plain" }, body: "no such picture" };
  const body = trouble === "corrupt" ? Buffer.from("these bytes are no picture") : draw(query);
  return { status: 200, headers: { "content-type": "image/png", "cache-control": "public, max-age=3600" }, body };
}

const kept = new Map<string, Buffer>();
let keptBytes = 0;

function draw(query: URLSearchParams): Buffer {
  const key = query.toString();
  const known = kept.get(key);
  if (known) return known;
  const subject = {
    type: query.get("type") ?? "",
    title: query.get("title") ?? "",
    view: Number(query.get("view")) || 0,
  };
  const bytes = drawPicture(subject, query.get("trouble") === "tiny" ? TINY_SIDE : SIDE);
  kept.set(key, bytes);
  keptBytes += bytes.length;
  for (const [oldest, { length }] of kept) {
    if (keptBytes <= KEPT_BYTES) break;
    kept.delete(oldest);
    keptBytes -= length;
  }
  return bytes;
}
