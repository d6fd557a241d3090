import { randomBytes } from "node:crypto";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { systemClock } from "../../app/platform/clock.ts";
import { createVault } from "../../app/platform/crypto.server.ts";
import { openDb } from "../../app/platform/db.server.ts";
import { createLogger } from "../../app/platform/log.server.ts";
import { createShopifyAuth } from "../../app/shopify/auth.server.ts";
import type { CallBudgets } from "../../app/shopify/cost.server.ts";
import { createShopifyGateway } from "../../app/shopify/gateway.server.ts";
import { createShopLock } from "../../app/shopify/shop-lock.server.ts";
import { createShopTokens } from "../../app/shopify/tokens.server.ts";
import { startSandbox } from "../../sandbox/index.ts";
import { aDatabase } from "../support/database.ts";

export const DEMO_SHOP = "reelshelf-demo.myshopify.com";
const API_KEY = "reelshelf-demo-key";
const API_SECRET = "reelshelf-demo-secret-not-for-production";
/** The library takes what names itself a robot for a crawler. */
const BROWSER = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

/** Sends every call to a shop to the sandbox, for libraries that take `fetch` where they find it. Returns what undoes it. */
function redirectShops(sandboxUrl: string): () => void {
  const before = getGlobalDispatcher();
  const agent = new Agent();
  setGlobalDispatcher(
    agent.compose((dispatch) => (options, handler) => {
      const { hostname } = new URL(String(options.origin));
      if (!hostname.endsWith(".myshopify.com")) return dispatch(options, handler);
      const headers = Array.isArray(options.headers)
        ? [...options.headers, "x-sandbox-shop", hostname]
        : { ...(options.headers as Record<string, string>), "x-sandbox-shop": hostname };
      return dispatch({ ...options, origin: sandboxUrl, headers }, handler);
    }),
  );
  return () => {
    setGlobalDispatcher(before);
    void agent.close();
  };
}

/** A budget that never closes by itself; what was told to it is kept. */
export function openBudgets() {
  const closed: { key: string; until: Date }[] = [];
  const learned: ({ key: string } & Parameters<CallBudgets["learn"]>[1])[] = [];
  const budgets: CallBudgets = {
    take: async () => {},
    learn: async (key, seen) => void learned.push({ key, ...seen }),
    close: async (key, until) => void closed.push({ key, until }),
    look: async () => null,
  };
  return { budgets, closed, learned };
}

export type ShopifyWorld = Awaited<ReturnType<typeof aShopifyWorld>>;

/** Sandbox, database and the Shopify folder as composition builds it, with the secrets given. */
export async function aShopifyWorld(options: { catalog?: string; devShop?: boolean; apiSecrets?: string[] } = {}) {
  const { apiSecrets = [API_SECRET], ...settings } = options;
  const sandbox = await startSandbox({ catalog: "none", ...settings, appUrl: "http://127.0.0.1:9" });
  const restoreNetwork = redirectShops(sandbox.url);
  const database = await aDatabase();
  const connection = openDb(database.url, { connections: 4 });
  const { db } = connection;
  const vault = createVault([randomBytes(32)]);
  const lock = createShopLock(db);
  const log = createLogger({ level: "silent" });
  const heard = { afterAuth: [] as { domain: string; scopes: string[] }[], needsOpening: [] as string[] };
  const config = { shopify: { apiKey: API_KEY, apiSecrets, appUrl: "https://app.example.com" } };
  const onNeedsOpening = async (domain: string) => void heard.needsOpening.push(domain);
  const tokens = createShopTokens({ config, db, vault, lock, clock: systemClock, log, onNeedsOpening });
  const afterAuth = { run: async (visit: { domain: string; scopes: string[] }) => void heard.afterAuth.push(visit) };
  const auth = createShopifyAuth({ config, db, vault, lock, log, afterAuth: (visit) => afterAuth.run(visit) });
  const budgets = openBudgets();
  const gateway = createShopifyGateway({ tokens, budgets: budgets.budgets, clock: systemClock, log });

  async function door<T = Record<string, unknown>>(path: string, input: unknown = {}): Promise<T> {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
      method: "POST",
      body: JSON.stringify(input),
      headers: { "content-type": "application/json" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as T;
  }
  async function calls(operation: string): Promise<{ status: number; requestSummary: string }[]> {
    const response = await fetch(`${sandbox.url}/__sandbox/calls?operation=${operation}`);
    const found = (await response.json()) as { calls?: [] } | [];
    return Array.isArray(found) ? found : (found.calls ?? []);
  }
  const sessionToken = async (shop = DEMO_SHOP) =>
    (await door<{ token: string }>("shopify/session-token", { shop })).token;

  return {
    sandbox,
    db,
    vault,
    lock,
    tokens,
    auth,
    gateway,
    budgets,
    heard,
    afterAuth,
    door,
    calls,
    sessionToken,
    state: async () =>
      (await (await fetch(`${sandbox.url}/__sandbox/state`)).json()) as {
        shopify: Record<string, unknown>;
        contractViolations: number;
      },
    shop: gateway.forShop({ id: "shop-1", domain: DEMO_SHOP }),
    /** Tokens as another process has them: own connections, own memory, same database and keys. */
    anotherProcess() {
      const own = openDb(database.url, { connections: 4 });
      const deps = { config, db: own.db, vault, lock: createShopLock(own.db), clock: systemClock, log, onNeedsOpening };
      return { tokens: createShopTokens(deps), close: () => own.close() };
    },
    /** A data request of the embedded page. */
    request: (token: string, path = "/app.data") =>
      new Request(`https://app.example.com${path}`, {
        headers: { "user-agent": BROWSER, authorization: `Bearer ${token}` },
      }),
    /** The first document in the frame. */
    document: (query: string, path = "/app") =>
      new Request(`https://app.example.com${path}?${query}`, {
        headers: { "user-agent": BROWSER, accept: "text/html" },
      }),
    /** Opens the app once, so that a token is stored. */
    async open(shop = DEMO_SHOP) {
      return auth.authenticateAdmin(this.request(await sessionToken(shop)));
    },
    async storedTokens(shop = DEMO_SHOP) {
      const row = await db.shopifySession.findUnique({ where: { id: `offline_${shop}` } });
      return row && (JSON.parse(vault.open(row.sealed, `shopify-session:${row.id}`)) as [string, string][]);
    },
    async close() {
      await connection.close();
      await database.drop();
      restoreNetwork();
      await sandbox.close();
    },
  };
}
