import type { IncomingMessage } from "node:http";

/**
 * The bytes of a request, untouched by any parser: signatures are over exactly these. Null: more than `limitBytes`, told or sent;
 * the rest is thrown away unread.
 */
export async function readRawBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) {
    request.resume();
    return null;
  }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size <= limitBytes) parts.push(part);
      else parts.length = 0;
    });
    request.once("end", () => resolve(size > limitBytes ? null : Buffer.concat(parts, size)));
    request.once("error", reject);
    request.once("aborted", () => reject(new Error("the sender went away")));
  });
}
