import { readFile } from "node:fs/promises";
import type { SandboxAnswer, SandboxRequest } from "./model.ts";

const TYPES: Record<string, string> = { js: "text/javascript", css: "text/css" };
const FOLDERS = ["pages", "drawer", "shop-front", "seller-centre", "admin"];

/** `GET /_pages/<folder>/<file>`: scripts and styles of the pages a person sees, on every host. Only plain file names are served. */
export async function servePageFile(req: SandboxRequest): Promise<SandboxAnswer> {
  const [, folder = "", name = ""] = /^\/_pages\/([\w-]+)\/([\w-]+\.\w+)$/.exec(req.path) ?? [];
  const type = TYPES[name.split(".").pop() ?? ""];
  if (!type || !FOLDERS.includes(folder)) return missing;
  try {
    const body = await readFile(new URL(`../${folder}/${name}`, import.meta.url));
    return { status: 200, headers: { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" }, body };
  } catch {
    return missing;
  }
}

const missing: SandboxAnswer = { status: 404, headers: { "content-type": "text/plain" }, body: "no such file" };
