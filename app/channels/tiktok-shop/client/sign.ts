import { createHmac } from "node:crypto";

const UNSIGNED = new Set(["sign", "access_token"]);

export interface Signable {
  /** Path without host and query, as sent. */
  path: string;
  /** Query values as meant, not percent-encoded. */
  query: Record<string, string>;
  /** The body exactly as it will be sent; absent for none and for multipart uploads. */
  body?: string;
}

/**
 * TikTok Shop fact: HMAC-SHA256 keyed with the app secret over secret + path + sorted key-value pairs + body + secret, in lower-case
 * hex. `sign` and `access_token` stay out; a multipart body stays out; `{}` is a body of two bytes.
 */
export function signRequest(secret: string, { path, query, body = "" }: Signable): string {
  const pairs = Object.keys(query)
    .filter((key) => !UNSIGNED.has(key))
    .sort(byBytes)
    .map((key) => key + query[key])
    .join("");
  return createHmac("sha256", secret).update(`${secret}${path}${pairs}${body}${secret}`, "utf8").digest("hex");
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
