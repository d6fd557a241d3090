import "@shopify/shopify-app-remix/adapters/node";
import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { Vault } from "../platform/crypto.server.ts";
import type { Db } from "../platform/db.server.ts";
import type { Logger } from "../platform/log.server.ts";
import { isShopDomain } from "./domains.ts";
import { createSessionStore, offlineIdOf } from "./session-store.server.ts";
import type { ShopLock } from "./shop-lock.server.ts";

/** Who stands behind a request from the admin. The shop comes from the signed session token alone, never from the address. */
export interface AdminVisit {
  shopDomain: string;
  /** Shopify's id of the staff member. */
  staffId: string;
  /** Leaves the frame where needed; keeps shop and host. Throw or return what it gives. */
  redirect: (url: string, init?: { status?: number; target?: "_self" | "_parent" | "_top" | "_blank" }) => Response;
  /** Lets the answer be read from another origin: extensions of the admin run on Shopify's. */
  cors: (response: Response) => Response;
}

export interface ShopifyAuth {
  /**
   * Authenticates a request of the embedded app by its session token, exchanging it for an offline token when none is usable. Throws a
   * `Response` (redirect, 401 with the retry header, 410 for bots): let it through. Routes that use it export the library's
   * `boundary.headers`.
   */
  authenticateAdmin(request: Request): Promise<AdminVisit>;
  /**
   * Authenticates a call of an admin extension: only a session token in the header counts. Throws a `Response` that the extension may
   * read: the answer to its preflight, 401, 410 for bots.
   */
  authenticateExtension(request: Request): Promise<AdminVisit>;
  /** Who may frame this document: the shop's admin, or nobody. */
  addDocumentResponseHeaders(request: Request, headers: Headers): void;
}

export interface AuthDeps {
  config: {
    shopify: {
      apiKey: string;
      apiSecrets: string[];
      appUrl: string;
      scopes?: string[];
      sandboxAdminUrl?: string | undefined;
    };
  };
  db: Db;
  vault: Pick<Vault, "seal" | "open">;
  lock: ShopLock;
  log: Logger;
  /**
   * A shop got a new offline token: at installation, and again later. At least once per exchange (a failed or killed call is repeated
   * at the next visit), so it must be safe to repeat. Its failure fails the visit.
   */
  afterAuth(visit: { domain: string; scopes: string[] }): Promise<void>;
}

type Outcome = { kind: "visit"; visit: AdminVisit } | { kind: "answer"; response: Response };

/** Embedded authentication by token exchange, one exchange per shop at a time. */
export function createShopifyAuth(deps: AuthDeps): ShopifyAuth {
  const { config, lock, log } = deps;
  const store = createSessionStore({ db: () => lock.db(), vault: deps.vault });
  const announcing = new Map<string, Promise<void>>();

  const createApp = (apiSecretKey: string) =>
    shopifyApp({
      apiKey: config.shopify.apiKey,
      apiSecretKey,
      apiVersion: ApiVersion.July26,
      ...(config.shopify.scopes?.length ? { scopes: config.shopify.scopes } : {}),
      appUrl: config.shopify.appUrl,
      authPathPrefix: "/auth",
      sessionStorage: store,
      distribution: AppDistribution.AppStore,
      future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
      logger: {
        level: LogSeverity.Warning,
        log: async (severity, message) =>
          severity === LogSeverity.Error
            ? log.error({ message }, "shopify.library")
            : log.warn({ message }, "shopify.library"),
      },
    });
  // During a rotation of the secret Shopify signs with either: the library knows one, so there is one of it per secret.
  const apps = config.shopify.apiSecrets.map((secret) => ({ secret, app: createApp(secret) }));
  const current = apps[0]?.app;
  if (!current) throw new RangeError("no API secret");

  async function visit(app: ReturnType<typeof createApp>, request: Request): Promise<Outcome> {
    try {
      const context = await app.authenticate.admin(request);
      return {
        kind: "visit",
        visit: {
          shopDomain: context.session.shop,
          staffId: context.sessionToken.sub,
          redirect: context.redirect,
          cors: context.cors,
        },
      };
    } catch (error) {
      // a Response is a decision, not a failure: what was stored on the way to it has to stay
      if (error instanceof Response) return { kind: "answer", response: error };
      throw error;
    }
  }

  const findRow = (domain: string) =>
    deps.db.shopifySession.findUnique({
      where: { id: offlineIdOf(domain) },
      select: { scope: true, expires: true, refusedAt: true, announcedAt: true },
    });

  /** Tells of a new exchange until it was heard once. Not inside the lock: what it starts needs connections of its own. */
  async function announce(domain: string): Promise<void> {
    const row = await findRow(domain);
    if (!row || row.announcedAt) return;
    await deps.afterAuth({ domain, scopes: row.scope?.split(",") ?? [] });
    await deps.db.shopifySession.updateMany({
      where: { id: offlineIdOf(domain), announcedAt: null },
      data: { announcedAt: new Date() },
    });
  }

  async function announceOnce(domain: string): Promise<void> {
    const running = announcing.get(domain) ?? announce(domain).finally(() => announcing.delete(domain));
    announcing.set(domain, running);
    return running;
  }

  const authenticateAdmin = async (request: Request): Promise<AdminVisit> => {
    const token = readToken(request);
    const signer = token ? apps.find(({ secret }) => isSigned(token, secret)) : undefined;
    const app = signer?.app ?? current;
    const domain = token && signer ? shopOf(token) : null;
    // without a good token the library only answers (bounce page, 401): nothing to lock for
    if (!domain) return conclude(await visit(app, request), request);

    const row = await findRow(domain);
    const isUsable = row && !row.refusedAt && (!row.expires || row.expires.getTime() - Date.now() > EARLY_MS);
    const outcome = isUsable ? await visit(app, request) : await lock.hold(domain, () => visit(app, request));
    if (outcome.kind === "visit" && !(isUsable && row.announcedAt)) await announceOnce(domain);
    return conclude(outcome, request);
  };

  return {
    authenticateAdmin,

    async authenticateExtension(request) {
      // the library takes a request without the header for a document and sends it to a login page
      if (request.method !== "OPTIONS" && !request.headers.has("authorization"))
        throw new Response(null, { status: 401, headers: { "access-control-allow-origin": "*" } });
      return authenticateAdmin(request);
    },

    addDocumentResponseHeaders: setFrameAncestors,
  };

  function conclude(outcome: Outcome, request: Request): AdminVisit {
    if (outcome.kind === "visit") return outcome.visit;
    const { headers } = outcome.response;
    // the library's own pages allow wildcard hosts, which Shopify's reviewers refuse
    if (headers.has("content-security-policy")) setFrameAncestors(request, headers);
    throw outcome.response;
  }

  function setFrameAncestors(request: Request, headers: Headers): void {
    headers.set("content-security-policy", frameAncestors(new URL(request.url).searchParams.get("shop")));
  }

  function frameAncestors(shop: string | null): string {
    if (!shop || !isShopDomain(shop.toLowerCase())) return "frame-ancestors 'none';";
    const extra = config.shopify.sandboxAdminUrl ? ` ${new URL(config.shopify.sandboxAdminUrl).origin}` : "";
    return `frame-ancestors https://${shop.toLowerCase()} https://admin.shopify.com${extra};`;
  }
}

/** The library's margin: a token with less time left counts as used up. */
const EARLY_MS = 5 * 60_000;

/** Shopify fact: data requests carry the session token as a bearer, the first document carries it as `id_token`. */
function readToken(request: Request): string | null {
  const bearer = /^bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return bearer ?? new URL(request.url).searchParams.get("id_token");
}

/** Decides whose lock to take and which secret to use; the library then checks everything else about the token. */
function isSigned(token: string, secret: string): boolean {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) return false;
  const expected = createHmac("sha256", secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function shopOf(token: string): string | null {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { dest?: string };
    const host = new URL(claims.dest ?? "").hostname;
    return isShopDomain(host) ? host : null;
  } catch {
    return null; // signed by us yet malformed: the library refuses it
  }
}
