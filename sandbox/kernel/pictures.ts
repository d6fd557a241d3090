import { readFile } from "node:fs/promises";
import { serveDrawn } from "../pictures/drawn.ts";
import type { SandboxAnswer } from "./model.ts";

const TYPES: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  svg: "image/svg+xml",
};
const FOLDER = new URL("../catalog/pictures/", import.meta.url);

/** `GET /pictures/<file>`: the built-in catalog's own pictures and drawn ones, or 404. Only plain file names are served. */
export async function servePicture(path: string, query: URLSearchParams): Promise<SandboxAnswer> {
  const drawn = serveDrawn(path, query);
  if (drawn) return drawn;
  const name = decodeURIComponent(path.slice("/pictures/".length));
  const type = TYPES[name.split(".").pop() ?? ""];
  if (!/^[\w-]+\.\w+$/.test(name) || !type) return notFound();
  try {
    return {
      status: 200,
      headers: { "content-type": type, "cache-control": "public, max-age=3600" },
      body: await readFile(new URL(name, FOLDER)),
    };
  } catch {
    return notFound();
  }
}

const notFound = (): SandboxAnswer => ({
  status: 404,
  headers: { "content-type": "text/plain" },
  body: "no such picture",
});
