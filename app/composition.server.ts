import { readFileSync } from "node:fs";
import type { Channel } from "./channels/port.ts";
import { createChannelRegistry } from "./channels/registry.server.ts";
import { createTikTokShop } from "./channels/tiktok-shop/index.server.ts";
import { type Catalog, createCatalog } from "./domains/catalog/index.server.ts";
import { createInventory, type Inventory } from "./domains/inventory/index.server.ts";
import { createOrders, keptUntil, type Orders } from "./domains/orders/index.server.ts";
import { type Chores, createShops, housekeepingWork, type Shops } from "./domains/shops/index.server.ts";
import { forgetShopChore } from "./forget-shop.server.ts";
import { laneDefinitions, laneNames } from "./lanes.ts";
import { forgetClosedProblems, listActivity, listOpenProblems } from "./platform/activity.server.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import type { Config } from "./platform/config.server.ts";
import { createVault } from "./platform/crypto.server.ts";
import { type Db, openDb, type Tx } from "./platform/db.server.ts";
import { createEngine } from "./platform/engine/engine.server.ts";
import { createJobHost } from "./platform/engine/host.server.ts";
import { forgetIdleBudgets, forgetIdleRows } from "./platform/engine/housekeeping.server.ts";
import type { Scope, Work } from "./platform/engine/model.ts";
import { createInbox, forgetDeliveries } from "./platform/inbox.server.ts";
import { createLogger } from "./platform/log.server.ts";
import { createMetrics } from "./platform/metrics.server.ts";
import { pendingMigrations } from "./platform/postgres/migrate.server.ts";
import { openQueues } from "./platform/queue.server.ts";
import { type Record as RecordDelivery, reviveEvent } from "./receive/model.ts";
import { reactWith } from "./receive/react.server.ts";
import { receiveChannel } from "./receive/receive-channel.server.ts";
import { receiveShopify, type ShopifyReceiverDeps } from "./receive/receive-shopify.server.ts";
import { reportParked, tryParkedAgain } from "./report-parked.server.ts";
import { createShopifyAuth } from "./shopify/auth.server.ts";
import { createShopifyGateway } from "./shopify/gateway.server.ts";
import { createShopLock } from "./shopify/shop-lock.server.ts";
import { createShopTokens } from "./shopify/tokens.server.ts";
import { verifyShopifyWebhook } from "./shopify/webhooks.server.ts";

export type Services = Awaited<ReturnType<typeof createServices>>;

const DAY_MS = 24 * 3_600_000;

export interface ServicesOptions {
  role: "web" | "worker" | "test";
  clock?: Clock;
  /** Open already, and left open: who makes one services after the other on one database keeps its connections. */
  db?: Db;
}

/** The fuse box: builds everything once, from the settings alone, and hands it to whoever is in front of it. */
export async function createServices(config: Config, { role, clock = systemClock, ...given }: ServicesOptions) {
  if (!config.databaseUrl)
    throw new Error(
      "DATABASE_URL is not set; `npm start` and `npm run worker` bring up an embedded server by themselves",
    );
  const databaseUrl = config.databaseUrl;
  const log = createLogger({ level: config.logLevel, base: { process: role } });
  const metrics = createMetrics({ processMetrics: role !== "test" });
  const vault = createVault(config.encryptionKeys);
  const database = given.db
    ? { db: given.db, close: async () => {} }
    : openDb(databaseUrl, {
        connections: role === "worker" ? 20 : 10,
        onError: (err) => log.warn({ err }, "database.connection-lost"),
      });
  const { db } = database;
  const queues = openQueues({
    databaseUrl,
    ...(config.redisUrl ? { redisUrl: config.redisUrl } : {}),
    lanes: [...laneNames],
    log,
  });

  const engine = createEngine({
    db,
    clock,
    log,
    waker: (wakeUps) => queues.put(wakeUps),
    lanes: laneDefinitions((lane, scope) => shops.gate(lane, scope)),
    scopesWithin: connectionsWithin,
    onParked: reportParked,
  });
  metrics.onScrape(async () => {
    for (const { lane, due, oldestSeconds } of await engine.laneAges()) {
      metrics.dueRows.set({ lane }, due);
      metrics.oldestDueSeconds.set({ lane }, oldestSeconds);
    }
  });

  const lock = createShopLock(db);
  const tokens = createShopTokens({
    config,
    db,
    vault,
    lock,
    clock,
    log,
    onNeedsOpening: (domain) => shops.needsOpening(domain),
  });
  const gateway = createShopifyGateway({ tokens, budgets: engine.budgets, clock, log });
  const forShopify = (shop: { id: string; domain: string }) => gateway.forShop(shop);

  const built: Channel[] = [
    createTikTokShop({
      apps: config.tiktokShop.apps,
      apiUrl: config.tiktokShop.apiUrl,
      authUrl: config.tiktokShop.authUrl,
      ...sellerCentreOf(config),
      budgets: engine.budgets,
      clock,
      log,
    }),
  ];
  const channel = createChannelRegistry(built);
  const channelIds = built.map((one) => one.id);

  const shops: Shops = createShops({
    ...{ db, engine, clock, log, vault, channels: channel, channelIds, laneNames },
    shopify: forShopify,
    shopifyTokens: tokens,
    neededShopifyScopes: config.shopify.scopes.length > 0 ? config.shopify.scopes : scopesOfApp(),
    hooks: {
      async installed(tx, shop) {
        await catalog.installed(tx, shop);
        await inventory.wantLocations(tx, shop);
        await orders.installed(tx, shop);
        await engine.want(tx, { lane: "housekeeping", scope: `shop:${shop.shopId}`, subject: "deliveries" });
      },
      async connected(tx, connection) {
        await catalog.connected(tx, connection);
        await orders.wantPolls(tx, { id: connection.connectionId });
      },
      sellingChanged: (tx, connection) => catalog.sellingChanged(tx, connection),
      async settingsChanged(tx, connection) {
        await catalog.settingsChanged(tx, connection);
        await inventory.settingsChanged(tx, connection);
        await orders.settingsChanged(tx, connection);
      },
    },
    countOnSale: (connectionId) => catalog.countOnSale(connectionId),
    appUrl: config.shopify.appUrl,
  });
  const auth = createShopifyAuth({
    config,
    db,
    vault,
    lock,
    log,
    afterAuth: async ({ domain }) => void (await shops.install({ domain })),
  });

  const catalog: Catalog = createCatalog({
    ...{ db, engine, clock, log, channels: channel, shopify: forShopify, forShop: shops.forShop },
    getConnection: shops.getConnectionById,
    getShop: shops.getShop,
    // built one floor higher; called only when work is done
    stock: {
      quantityFor: (connection, ids) => inventory.quantityFor(connection, ids),
      recordFirst: (tx, input) => inventory.recordFirst(tx, input),
      compareSkus: (tx, input) => inventory.compareSkus(tx, input),
      wantSkus: (tx, input) => inventory.wantSkus(tx, input),
    },
  });
  const inventory: Inventory = createInventory({
    ...{ db, engine, clock, log, channels: channel, shopify: forShopify, forShop: shops.forShop },
    getConnection: shops.getConnectionById,
    getShop: shops.getShop,
    catalog,
    ordersSince: (connectionId, since) => orders.ordersSince(connectionId, since),
  });
  const orders: Orders = createOrders({
    ...{ db, engine, clock, log, vault, channels: channel, shopify: forShopify, forShop: shops.forShop },
    connection: shops.getConnectionWithShop,
    skus: catalog.listingSkuByChannelSku,
    variantsBySku: catalog.variantsBySku,
    inventory,
  });

  const works: Work[] = [
    ...shops.works,
    ...catalog.works,
    ...inventory.works,
    ...orders.works,
    housekeepingWork({
      ...{ ...shops.chores, ...catalog.chores, ...inventory.chores, ...orders.chores, ...platformChores(db) },
      "forget-shop": forgetShopChore({ db, engine, shops, catalog, inventory, orders }),
    }),
  ];

  const inbox = createInbox({
    ...{ engine, db, revive: reviveEvent },
    react: reactWith({
      "product-changed": catalog.productsChanged,
      "item-changed": catalog.itemsChanged,
      "stock-changed": inventory.stockChanged,
      "shopify-order-changed": orders.shopifyOrdersChanged,
      "shopify-hold-released": orders.holdsReleased,
      "shop-facts-changed": (tx, events) => forEach(events, ({ shopId }) => shops.wantFacts(tx, shopId)),
      "locations-changed": (tx, events) => forEach(events, (event) => inventory.wantLocations(tx, event)),
      "buyer-asks": (tx, events) =>
        orders.buyersAsked(
          tx,
          events.map(({ kind: _kind, what, orderGids, ...ask }) => ({
            ...ask,
            kind: what,
            shopifyOrderIds: orderGids,
          })),
        ),
      "shop-erasure-asked": (tx, events) => forEach(events, (event) => shops.askErasure(tx, event)),
      "channel-order-changed": orders.channelOrdersChanged,
      "after-sales-changed": orders.afterSalesChanged,
      "listing-changed": catalog.listingsChanged,
      "grant-changed": (tx, events) => forEach(events, ({ grantId }) => shops.wantGrantLook(tx, grantId)),
      "webhook-seen": shops.noteWebhooks,
    }),
  });
  metrics.onScrape(async () => {
    const { deliveries, oldestSeconds } = await inbox.pile();
    metrics.pendingDeliveries.set(deliveries);
    metrics.oldestPendingSeconds.set(oldestSeconds);
  });
  const record: RecordDelivery = (delivery) => inbox.receive({ ...delivery, receivedAt: clock.now() });
  const shopifyReceiver: ShopifyReceiverDeps = {
    verify: (raw: Uint8Array, headers: Headers) => verifyShopifyWebhook(raw, headers, config.shopify.apiSecrets),
    findShop: rememberBriefly((domain: string) => shops.getShopByDomain(domain)),
    record,
    uninstalled: ({ domain, triggeredAt }) => shops.uninstall({ domain, at: triggeredAt }),
    sealContact: (shopId, contact) => orders.sealContact(shopId, contact),
  };
  const channelReceivers = new Map(
    built.map((one) => [
      one.id,
      {
        channelId: one.id,
        deliveries: one.deliveries,
        clock,
        findConnection: rememberBriefly((channelShopId: string) =>
          shops.connectionForChannelShop(one.id, channelShopId),
        ),
        findGrant: (externalId: string) => shops.grantIdOf(one.id, externalId),
        record,
      },
    ]),
  );
  const channelReceiver = (id: string) => {
    const found = channelReceivers.get(id);
    if (!found) throw new RangeError(`there is no channel ${id}`);
    return found;
  };

  return {
    config,
    clock,
    log,
    metrics,
    db,
    engine,
    shops,
    catalog,
    inventory,
    orders,
    auth,
    tryParkedAgain: (shopId: string) => tryParkedAgain(engine, shopId),
    channel,
    channelIds,
    works,
    activity: {
      listOpenProblems: (query: Parameters<typeof listOpenProblems>[1]) => listOpenProblems(db, query),
      /** How far the work of these scopes is, per lane. */
      backlog: (connectionIds: string[]) => engine.backlog(connectionIds.map((id): Scope => `connection:${id}`)),
      listActivity: (query: Parameters<typeof listActivity>[1]) => listActivity(db, query),
    },
    receive: {
      shopify: (raw: Uint8Array, headers: Headers) => receiveShopify(shopifyReceiver, raw, headers),
      channel: (id: string, raw: Uint8Array, headers: Headers) => receiveChannel(channelReceiver(id), raw, headers),
      /** Waits until what was received so far is due. */
      settled: () => inbox.settled(),
    },
    /** Where a person finds the app inside the admin of a store; without a store: the admin itself. */
    adminUrl: (shopDomain: string | null) => adminUrl(config, shopDomain),
    /** What readiness looks at; "ok" or what is wrong. */
    health: async () => ({
      database: await state(() => db.$queryRaw`select 1`),
      queue: await state(() => queues.check()),
      migrations: await state(async () => {
        const pending = await pendingMigrations((sql) => db.$queryRawUnsafe(sql));
        if (pending.length > 0) throw new Error(`not applied: ${pending.join(", ")}`);
      }),
    }),
    createJobHost: () => createJobHost({ engine, queues, works, log, metrics, inbox }),
    async close() {
      await inbox.settled();
      await engine.flush();
      await queues.close();
      await database.close();
    },
  };
}

/** What platform keeps is swept with the shops' daily chores: senders repeat deliveries for days, not for weeks. */
function platformChores(db: Db): Chores {
  return {
    async deliveries(claim, ctx) {
      const before = new Date(ctx.now().getTime() - 30 * DAY_MS);
      const forgotten =
        (await forgetDeliveries(db, keptUntil("deliveries", ctx.now()))) +
        (await forgetIdleRows(db, before)) +
        (await forgetIdleBudgets(db, before)) +
        (await forgetClosedProblems(db, keptUntil("problems", ctx.now())));
      await ctx.end(claim, {
        kind: "done",
        recheckAt: new Date(ctx.now().getTime() + (forgotten > 0 ? 60_000 : DAY_MS)),
      });
    },
  };
}

/** Connections of a shop: what waits for something of the shop waits in their scopes too. */
async function connectionsWithin(tx: Tx, scope: Scope): Promise<Scope[]> {
  if (!scope.startsWith("shop:")) return [scope];
  const rows = await tx.connection.findMany({ where: { shopId: scope.slice("shop:".length) }, select: { id: true } });
  return [scope, ...rows.map(({ id }): Scope => `connection:${id}`)];
}

async function state(look: () => Promise<unknown>): Promise<string> {
  try {
    await look();
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.message.split("\n").at(-1) || "failed" : "failed";
  }
}

/** Scopes as the app's configuration at Shopify names them. SCOPES overrides them. */
function scopesOfApp(): string[] {
  const text = readFileSync(new URL("../shopify.app.toml", import.meta.url), "utf8");
  return /^scopes\s*=\s*"([^"]*)"/m.exec(text)?.[1]?.split(",") ?? [];
}

/** Shopify fact: an app's page in the admin is found by its client id. The sandbox's admin goes by the app's handle. */
function adminUrl(config: Config, shopDomain: string | null): string {
  const { sandboxAdminUrl, apiKey } = config.shopify;
  const base = sandboxAdminUrl ?? "https://admin.shopify.com";
  if (!shopDomain) return base;
  return `${base}/store/${shopDomain.replace(".myshopify.com", "")}/apps/${sandboxAdminUrl ? "reelshelf" : apiKey}`;
}

/** The sandbox's seller centre stands beside its admin. */
function sellerCentreOf({ shopify: { sandboxAdminUrl } }: Config): { sellerCentreUrl?: string } {
  return sandboxAdminUrl ? { sellerCentreUrl: `${sandboxAdminUrl.replace("//admin.", "//shop.")}/seller` } : {};
}

async function forEach<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await run(item);
}

/** Remembers what was found for a few seconds: at hundreds of deliveries a second nearly all are of the same few shops. */
function rememberBriefly<T>(find: (key: string) => Promise<T | null>): (key: string) => Promise<T | null> {
  const known = new Map<string, { value: T; until: number }>();
  return async (key) => {
    const hit = known.get(key);
    if (hit && hit.until > Date.now()) return hit.value;
    known.delete(key);
    const value = await find(key);
    if (value !== null) {
      if (known.size >= 10_000) known.clear();
      known.set(key, { value, until: Date.now() + 3_000 });
    }
    return value;
  };
}
