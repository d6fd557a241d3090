import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { createServices } from "../../app/composition.server.ts";
import type { TestClock } from "../../app/platform/clock.ts";
import { loadConfig } from "../../app/platform/config.server.ts";
import type { Scope } from "../../app/platform/engine/model.ts";
import { dueDrains } from "../../app/platform/engine/testing.ts";
import { createWebApp } from "../../app/routes/doors/create-web-app.ts";
import { startSandbox } from "../../sandbox/index.ts";
import { aDatabase } from "../support/database.ts";

export const DEMO_SHOP = "reelshelf-demo.myshopify.com";
export const BUSY_SHOP = "busy-bee-goods.myshopify.com";
const API_SECRET = "reelshelf-demo-secret-not-for-production";
const APP_SECRET = "demo-app-secret-not-for-production";
const APP_KEY = "6demoappkey";

const BUSINESS_TABLES = [
  ...["DueRow", "Shop", "Grant", "Connection", "Product", "Variant", "Listing", "ListingSku"],
  ...["StockLevel", "WaitingUnit", "Offer", "ChannelOrder", "Activity", "Problem"],
];

export type World = Awaited<ReturnType<typeof aWorld>>;

/** Sandbox, database, services and the doors on a free port: everything as in the demo, in one process. */
export async function aWorld(
  options: { clock?: TestClock; catalog?: string; withPages?: boolean; busyShop?: number; devShop?: boolean } = {},
) {
  const database = await aDatabase();
  const ports = { app: await freePort() };
  const appUrl = `http://app.localhost:${ports.app}`;
  const apps = [
    { market: "US", appKey: APP_KEY, appSecret: APP_SECRET, serviceId: "7000000000000000001", consentUrl: "" },
  ];
  const sandbox = await startSandbox({
    ...{ catalog: options.catalog ?? "none", busyShop: options.busyShop ?? 0 },
    devShop: options.devShop ?? false,
    ...{ appUrl, tiktokApps: apps, speed: 1000 },
  });
  const restoreNetwork = redirectShops(sandbox.url);
  const env = {
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: "reelshelf-demo-key",
    SHOPIFY_API_SECRET: API_SECRET,
    SHOPIFY_APP_URL: appUrl,
    TIKTOK_SHOP_APPS: JSON.stringify(apps.map((app) => ({ ...app, consentUrl: `${sandbox.url}/open/authorize` }))),
    TIKTOK_SHOP_API_URL: sandbox.url,
    TIKTOK_SHOP_AUTH_URL: sandbox.url,
    ENCRYPTION_KEY: Buffer.alloc(32, 3).toString("base64"),
    METRICS_TOKEN: "scrape-me",
    SANDBOX_ADMIN_URL: `http://admin.localhost:${sandbox.port}`,
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
  };
  const config = loadConfig(env);
  const services = await createServices(config, {
    ...{ role: "test", db: database.db },
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const server = createWebApp({ services, build: options.withPages ? await loadBuild() : null }).listen(
    ports.app,
    "127.0.0.1",
  );
  await once(server, "listening");
  const origin = `http://127.0.0.1:${ports.app}`;

  async function door<T = Record<string, unknown>>(path: string, input: unknown = {}): Promise<T> {
    const answer = await fetch(`${sandbox.url}/__sandbox/${path}`, { method: "POST", body: JSON.stringify(input) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as T;
  }
  async function calls(operation?: string): Promise<{ operation: string; status: number }[]> {
    const answer = await fetch(`${sandbox.url}/__sandbox/calls${operation ? `?operation=${operation}` : ""}`);
    const found = (await answer.json()) as { calls?: [] } | [];
    return Array.isArray(found) ? found : (found.calls ?? []);
  }

  /** One turn of each drain that has something due. False: none did anything. */
  async function pass(only?: Scope[]): Promise<boolean> {
    let worked = false;
    const due = [...(await dueDrains(services.db, services.clock.now()))].map((drain) => drain.split(" "));
    for (const work of services.works) {
      for (const [, scope] of due.filter(([lane]) => lane === work.lane) as [string, Scope][]) {
        if (only && !only.includes(scope)) continue;
        const turn = await services.engine.turn(work, scope);
        worked ||= turn.outcome === "worked";
      }
    }
    return worked;
  }

  return {
    ...{ sandbox, services, server, origin, appUrl, config, env, database, door, calls },
    db: services.db,
    /** Opens the app as the merchant does first, so that shop and token are stored. */
    async install(shop = DEMO_SHOP) {
      const { token } = await door<{ token: string }>("shopify/session-token", { shop });
      await services.auth.authenticateAdmin(
        new Request(`${appUrl}/app.data`, {
          headers: { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/140.0" },
        }),
      );
      const found = await services.shops.getShopByDomain(shop);
      if (!found) throw new Error("not installed");
      return found;
    },
    /** The seller agrees on the channel's page; the code and state it sends the browser back with. */
    async consent(address: string, sellerId?: string) {
      const url = new URL(address);
      url.searchParams.set("auto", "1");
      if (sellerId) url.searchParams.set("seller", sellerId);
      const answer = await fetch(url, { redirect: "manual" });
      const back = new URL(answer.headers.get("location") ?? "");
      return { code: back.searchParams.get("code") ?? "", state: back.searchParams.get("state") ?? "" };
    },
    /** The whole way from a ticket to the outcome. */
    async connect(shopId: string, sellerId?: string) {
      const { ticket } = await services.shops.makeConsentTicket({ shopId, staffId: "1", channel: "tiktok-shop" });
      const address = await services.shops.startConsent({ channel: "tiktok-shop", ticket });
      if (!address) throw new Error("the ticket was refused");
      return services.shops.finishConsent({ channel: "tiktok-shop", ...(await this.consent(address, sellerId)) });
    },
    /** Works what is due until something is so. */
    working: (what: string, look: () => Promise<unknown>) =>
      until(
        what,
        async () => {
          // one pass after the other while there is work: only who waits for the clock pauses
          for (let passes = 0; passes < 20; passes += 1) {
            const worked = await pass();
            if (await look()) return true;
            if (!worked) return false;
          }
          return false;
        },
        60_000,
      ),
    /** Works what is due, of all scopes or of `only`, until nothing is. */
    quiet: (only?: Scope[]) => until("nothing to be due", async () => !(await pass(only)), 60_000),
    /** Works off one lane of one scope until nothing of it is due. */
    async drain(lane: string, scope: Scope) {
      const work = services.works.find((one) => one.lane === lane);
      if (!work) throw new Error(`no work for ${lane}`);
      await until(`nothing of ${lane} ${scope} to be due`, async () => {
        const result = await services.engine.turn(work, scope);
        if (result.claimed > 0) return false;
        const soon = new Date(services.clock.now().getTime() + 5_000);
        const gateIsOpen = await services.shops.gate(lane, scope);
        return (
          !gateIsOpen ||
          (await services.db.dueRow.count({ where: { lane, scope, waitsFor: null, dueAt: { lt: soon } } })) === 0
        );
      });
    },
    async postShopify(topic: string, body: unknown, headers: Record<string, string> = {}) {
      const raw = JSON.stringify(body);
      const answer = await fetch(`${origin}/webhooks/shopify`, {
        method: "POST",
        body: raw,
        headers: {
          "x-shopify-topic": topic,
          "x-shopify-shop-domain": DEMO_SHOP,
          "x-shopify-webhook-id": randomUUID(),
          "x-shopify-triggered-at": new Date().toISOString(),
          "x-shopify-hmac-sha256": createHmac("sha256", API_SECRET).update(raw).digest("base64"),
          ...headers,
        },
      });
      await services.receive.settled();
      return answer;
    },
    async postTikTok(body: Record<string, unknown>, signature?: string) {
      const raw = JSON.stringify(body);
      const authorization =
        signature ??
        createHmac("sha256", APP_SECRET)
          .update(APP_KEY + raw)
          .digest("hex");
      const answer = await fetch(`${origin}/webhooks/tiktok-shop`, {
        method: "POST",
        body: raw,
        headers: { authorization, "content-type": "application/json" },
      });
      await services.receive.settled();
      return answer;
    },
    /** A digest by table of everything a business would miss: equal digests mean that no business row changed. Deliveries are no business rows. */
    async businessRows(): Promise<Record<string, string>> {
      const digests = BUSINESS_TABLES.map(async (table) => {
        const sql = `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from "${table}" t`;
        const [row] = await services.db.$queryRawUnsafe<{ digest: string }[]>(sql);
        return [table, row?.digest ?? ""] as const;
      });
      return Object.fromEntries(await Promise.all(digests));
    },
    async close() {
      await closeServer(server);
      await services.close();
      restoreNetwork();
      await sandbox.close();
      await database.drop();
    },
  };
}

/** The real clock, that can be moved and stopped: the sandbox's own clock is the real one, and budgets fill up as time passes. */
export function aMovableClock(): TestClock & { stop(): void; go(): void } {
  let offsetMs = 0;
  let stoppedAt: number | null = null;
  return {
    now: () => new Date((stoppedAt ?? Date.now()) + offsetMs),
    advance: (ms) => {
      offsetMs += ms;
    },
    stop: () => {
      stoppedAt = Date.now();
    },
    go: () => {
      stoppedAt = null;
    },
  };
}

/** Polls until `look` gives something; fails saying what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  withinMs = 10_000,
): Promise<T> {
  const began = Date.now();
  for (let waited = 0; waited < withinMs; waited = Date.now() - began) {
    const seen = await look();
    if (seen) return seen;
    // what takes long is looked at more seldom: others need the processor
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(10, waited / 20), 250)));
  }
  throw new Error(`waited ${withinMs} ms for ${what}`);
}

/** The built pages; `npm test` builds them first. */
export async function loadBuild(): Promise<ServerBuild> {
  return (await import(new URL("../../build/server/index.js", import.meta.url).href)) as ServerBuild;
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, "close");
}

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
