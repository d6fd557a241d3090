import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Shopify fact: session tokens live one minute. */
const LIFE_S = 60;

export interface SessionTokenInput {
  shop: string;
  apiKey: string;
  apiSecret: string;
  userId?: string;
  now: number;
}

/** A session token as the admin gives one to the embedded page: a JWT, HS256 with the app's secret. */
export function signSessionToken({ shop, apiKey, apiSecret, userId = "91234567891", now }: SessionTokenInput): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: apiKey,
    sub: userId,
    exp: seconds + LIFE_S,
    nbf: seconds - 1,
    iat: seconds,
    jti: randomUUID(),
    sid: randomUUID(),
    sig: "sandbox",
  };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", apiSecret).update(signed).digest("base64url")}`;
}

/** The user of a session token that is genuine, in time and made for this shop and app; else null. */
export function readSessionToken(token: string, input: Omit<SessionTokenInput, "userId">): string | null {
  const [head = "", body = "", signature = ""] = token.split(".");
  const wanted = createHmac("sha256", input.apiSecret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as {
    exp: number;
    dest: string;
    aud: string;
    sub: string;
  };
  const isRight =
    claims.exp > input.now / 1000 && claims.dest === `https://${input.shop}` && claims.aud === input.apiKey;
  return isRight ? claims.sub : null;
}

/** The `host` parameter of an embedded page. */
export function hostParameter(shop: string): string {
  return Buffer.from(`admin.shopify.com/store/${shop.replace(".myshopify.com", "")}`)
    .toString("base64")
    .replace(/=+$/, "");
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
