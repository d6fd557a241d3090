import { CallError } from "../../platform/errors.ts";
import type { Picture } from "./deps.ts";

const DEADLINE_MS = 10_000;
/** TikTok Shop fact: at most 10 MB. Larger ones are of no use, so they are not read to their end. */
const MOST_BYTES = 10 * 1024 * 1024;
const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/heic": "heic",
  "image/bmp": "bmp",
};

/** Reads a product picture from Shopify's picture host. Null: it is not there, no picture, or too large. Throws CallError when its host does not answer. */
export async function fetchPicture(url: string): Promise<Picture | null> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), redirect: "follow" });
    if (answer.status >= 500 || answer.status === 429)
      throw new CallError("the picture host is busy", {
        family: "unavailable",
        operation: "fetchPicture",
        code: String(answer.status),
      });
    if (!answer.ok) {
      await answer.body?.cancel();
      return null;
    }
    return await readPicture(answer, url);
  } catch (cause) {
    if (cause instanceof CallError) throw cause;
    const isTimeout = cause instanceof Error && cause.name === "TimeoutError";
    throw new CallError("the picture host did not answer", {
      family: isTimeout ? "timeout" : "unavailable",
      operation: "fetchPicture",
      mayHaveHappened: false,
      cause,
    });
  }
}

async function readPicture(answer: Response, url: string): Promise<Picture | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  const type = answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  return size === 0 || !(type in ENDINGS)
    ? null
    : { bytes: Buffer.concat(parts), fileName: nameOf(url, ENDINGS[type] ?? "jpg") };
}

/** TikTok Shop fact: a file name has one dot and no blanks. */
function nameOf(url: string, ending: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  const plain = last
    .replace(/\.[^.]*$/, "")
    .replace(/[^A-Za-z0-9-]+/g, "-")
    .slice(0, 60);
  return `${plain || "picture"}.${ending}`;
}
