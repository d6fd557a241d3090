import { randomBytes } from "node:crypto";
import { getMarket } from "./markets.ts";
import type { ConsentCode, Grant, Token, World } from "./model.ts";
import { sellerScopes } from "./scopes.ts";
import { dayMs, getSeller } from "./world.ts";

const codeLifeMs = 30 * 60_000;

/** A consent code for an app and a seller: works once, within 30 minutes. */
export function issueCode(world: World, appKey: string, sellerId: string): ConsentCode {
  const text = `${getMarket(getSeller(world, sellerId).region).tokenPrefix}${secretText()}`;
  const code = { text, appKey, sellerId, expiresAtMs: world.kernel.clock.now() + codeLifeMs, used: false };
  world.codes.set(text, code);
  return code;
}

/** Begins or renews the consent of a seller for an app: every shop of the seller is in it, earlier tokens stay as they are. */
export function openGrant(world: World, appKey: string, sellerId: string): Grant {
  const shopIds = [...world.shops.values()].filter((shop) => shop.sellerId === sellerId).map((shop) => shop.id);
  const grant: Grant = {
    id: world.kernel.nextId("73", 19),
    appKey,
    sellerId,
    shopIds: new Set(shopIds),
    scopes: sellerScopes.filter((scope) => !world.knobs.withheldScopes.includes(scope)),
    endsAtMs: world.kernel.clock.now() + lifeOfNext(world, sellerId),
    revoked: false,
  };
  world.grants.push(grant);
  return grant;
}

/** The first consent of some sellers is a short one, so that there is one that soon ends. */
function lifeOfNext(world: World, sellerId: string): number {
  const { firstConsentDays } = getSeller(world, sellerId);
  const isFirst = world.grants.every((grant) => grant.sellerId !== sellerId);
  return firstConsentDays && isFirst ? firstConsentDays * dayMs : world.knobs.grantLifeMs;
}

/** A new token pair of a grant. The refresh token lasts as long as the grant. */
export function issueTokens(world: World, grant: Grant): { access: Token; refresh: Token } {
  const prefix = getMarket(getSeller(world, grant.sellerId).region).tokenPrefix;
  const now = world.kernel.clock.now();
  const make = (kind: "access" | "refresh", expiresAtMs: number): Token => {
    const token: Token = { text: `${prefix}${secretText()}`, kind, grant, expiresAtMs, used: false };
    world.tokens.set(token.text, token);
    return token;
  };
  return {
    access: make("access", Math.min(now + world.knobs.accessTokenLifeMs, grant.endsAtMs)),
    refresh: make("refresh", grant.endsAtMs),
  };
}

/** Ends every consent (or those of one shop's seller): all tokens answer 105004 from now on. Returns the grants ended. */
export function revokeGrants(world: World, matches: (grant: Grant) => boolean): Grant[] {
  const ended = world.grants.filter((grant) => !grant.revoked && matches(grant));
  for (const grant of ended) grant.revoked = true;
  return ended;
}

function secretText(): string {
  return randomBytes(24).toString("base64url");
}
