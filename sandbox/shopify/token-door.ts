import { checkShape } from "../contract/check.ts";
import { PLAIN_REFUSAL, TOKEN_ANSWER, TOKEN_REFUSAL, TOKEN_REQUEST } from "../contract/shopify/tokens.ts";
import type { Route, SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { install } from "./install.ts";
import { readSessionToken } from "./session-token.ts";
import { shopOf } from "./shop-of.ts";
import { REFRESH_LIFE_S, type Tokens } from "./tokens.ts";
import type { World } from "./world.ts";

const ONLINE_LIFE_S = 86_399;

/** POST /admin/oauth/access_token: token exchange and refresh. */
export function createTokenDoor(world: World, tokens: Tokens): Route {
  return {
    platform: "shopify",
    match: (req) => (req.path === "/admin/oauth/access_token" && req.method === "POST" ? "token" : null),
    counted: () => false,
    checkRequest: (_operation, req) => checkShape(TOKEN_REQUEST, readBody(req)),
    refuse: () => refusal("invalid_request"),
    handle: async (req) => exchange(world, tokens, req),
    checkAnswer(_operation, _req, answer) {
      const shape = answer.status === 200 ? TOKEN_ANSWER : answer.status === 400 ? TOKEN_REFUSAL : PLAIN_REFUSAL;
      return checkShape(shape, JSON.parse(String(answer.body)));
    },
  };
}

function exchange(world: World, tokens: Tokens, req: SandboxRequest): SandboxAnswer {
  const body = readBody(req);
  const { settings } = world.kernel;
  const shop = world.shops.get(shopOf(req));
  if (!shop) return json(404, { errors: "Not Found" });
  if (body.client_id !== settings.apiKey || body.client_secret !== settings.apiSecret) return refusal("invalid_client");
  const now = world.now();
  const scope = (world.app.scopes ?? ["read_products", "write_orders"]).join(",");
  if (body.grant_type === "refresh_token") {
    const used = String(body.refresh_token);
    if (!shop.installed || !tokens.canRefresh(used, shop.domain, now))
      return refusal("invalid_request", "This request requires an active refresh_token");
    return json(200, offlineAnswer(world, tokens, shop.domain, scope, used), "refresh");
  }
  const isSession = body.subject_token_type === "urn:ietf:params:oauth:token-type:id_token";
  const user = isSession
    ? readSessionToken(String(body.subject_token), {
        shop: shop.domain,
        apiKey: settings.apiKey,
        apiSecret: settings.apiSecret,
        now,
      })
    : null;
  if (!user || shop.isRemoved) return refusal("invalid_subject_token", "The subject token is not valid");
  // Managed installation: opening the app in the admin is the installation.
  install(shop);
  if (String(body.requested_token_type).endsWith("online-access-token"))
    return json(200, onlineAnswer(tokens, shop.domain, scope, now, user), "online");
  // Shopify fact: public apps made since 2026-04 must use expiring offline tokens.
  if (!["1", "true"].includes(String(body.expiring)))
    return refusal("invalid_request", "Offline tokens must be requested as expiring");
  tokens.revokeOffline(shop.domain);
  return json(200, offlineAnswer(world, tokens, shop.domain, scope), "offline");
}

function offlineAnswer(
  world: World,
  tokens: Tokens,
  shop: string,
  scope: string,
  bornOf?: string,
): Record<string, unknown> {
  const lifeMs = world.switches.accessTokenLifeMs;
  const pair = tokens.issueOffline(shop, lifeMs, world.now(), bornOf);
  return {
    access_token: pair.accessToken,
    scope,
    expires_in: Math.floor(lifeMs / 1000),
    refresh_token: pair.refreshToken,
    refresh_token_expires_in: REFRESH_LIFE_S,
  };
}

function onlineAnswer(tokens: Tokens, shop: string, scope: string, now: number, user: string): Record<string, unknown> {
  return {
    access_token: tokens.issueOnline(shop, ONLINE_LIFE_S * 1000, now),
    scope,
    expires_in: ONLINE_LIFE_S,
    associated_user_scope: scope,
    associated_user: {
      id: Number(user),
      first_name: "Sam",
      last_name: "Sandbox",
      email: "sam@example.com",
      email_verified: true,
      account_owner: true,
      locale: "en",
      collaborator: false,
    },
  };
}

function readBody(req: SandboxRequest): Record<string, unknown> {
  const text = req.raw.toString("utf8");
  if ((req.headers["content-type"] ?? "").includes("x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const refusal = (error: string, description?: string): SandboxAnswer =>
  json(400, description ? { error, error_description: description } : { error });

const json = (status: number, body: unknown, summary?: string): SandboxAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  effect: status === 200,
  summary,
});
