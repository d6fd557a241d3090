import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signature of a business call: HMAC-SHA256, lower-case hex, keyed with the app secret, over
 * secret + path + every query parameter but `sign` and `access_token` (sorted, key and decoded value joined) + body + secret.
 * The body counts byte for byte, except for multipart uploads, where it is left out.
 */
export function computeSignature(
  appSecret: string,
  request: { path: string; query: URLSearchParams; raw: Buffer; contentType: string },
): string {
  const names = [...new Set(request.query.keys())].filter((name) => name !== "sign" && name !== "access_token");
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const hmac = createHmac("sha256", appSecret);
  hmac.update(appSecret);
  hmac.update(request.path);
  for (const name of names) hmac.update(`${name}${request.query.get(name) ?? ""}`);
  if (!request.contentType.toLowerCase().startsWith("multipart/form-data")) hmac.update(request.raw);
  hmac.update(appSecret);
  return hmac.digest("hex");
}

/** Signature of an event: HMAC-SHA256, lower-case hex, keyed with the app secret, over app key + raw body. */
export function computeEventSignature(appKey: string, appSecret: string, body: string): string {
  return createHmac("sha256", appSecret).update(appKey).update(body).digest("hex");
}

/** Constant-time comparison of two texts. */
export function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
