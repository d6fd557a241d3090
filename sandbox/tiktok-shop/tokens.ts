import type { TikTokApp } from "../kernel/model.ts";
import { Refusal, refuseParameters } from "./errors.ts";
import { issueTokens, openGrant } from "./grants.ts";
import type { Grant, World } from "./model.ts";
import { getSeller } from "./world.ts";

/** Exchange of a consent code for a token pair. Unsigned; the secret is in the query. */
export function exchangeCode(world: World, query: URLSearchParams): unknown {
  const app = checkApp(world, query);
  if (query.get("grant_type") !== "authorized_code") refuseParameters("grant_type must be authorized_code");
  const code = world.codes.get(query.get("auth_code") ?? "");
  if (!code || code.appKey !== app.appKey) refuseParameters("auth_code is invalid", 401);
  if (code.used || code.expiresAtMs <= world.kernel.clock.now()) refuseParameters("auth_code is used or expired", 401);
  code.used = true;
  return describePair(world, openGrant(world, app.appKey, code.sellerId));
}

/** Renewal of a token pair. Ends with the grant (105004). */
export function refreshPair(world: World, query: URLSearchParams): unknown {
  const app = checkApp(world, query);
  if (query.get("grant_type") !== "refresh_token") refuseParameters("grant_type must be refresh_token");
  const token = world.tokens.get(query.get("refresh_token") ?? "");
  if (token?.kind !== "refresh" || token.grant.appKey !== app.appKey) refuseParameters("refresh_token is invalid", 401);
  if (token.grant.revoked || token.expiresAtMs <= world.kernel.clock.now()) {
    throw new Refusal(105004, "the authorization is not active", 401);
  }
  if (token.used && world.knobs.singleUseRefreshToken) refuseParameters("refresh_token was used before", 401);
  token.used = true;
  return describePair(world, token.grant);
}

function checkApp(world: World, query: URLSearchParams): TikTokApp {
  const app = world.kernel.settings.tiktokApps.find((entry) => entry.appKey === query.get("app_key"));
  if (!app || app.appSecret !== query.get("app_secret")) refuseParameters("app_key or app_secret is invalid", 401);
  return app;
}

function describePair(world: World, grant: Grant): unknown {
  const { access, refresh } = issueTokens(world, grant);
  const seller = getSeller(world, grant.sellerId);
  return {
    access_token: access.text,
    access_token_expire_in: Math.floor(access.expiresAtMs / 1000),
    refresh_token: refresh.text,
    refresh_token_expire_in: Math.floor(refresh.expiresAtMs / 1000),
    open_id: seller.openId,
    seller_name: seller.name,
    seller_base_region: seller.region,
    user_type: 0,
    granted_scopes: grant.scopes,
  };
}
