import type { CatalogConnection } from "../../app/domains/catalog/index.server.ts";
import { type Catalog, createCatalog } from "../../app/domains/catalog/index.server.ts";
import { createInventory, type Inventory } from "../../app/domains/inventory/index.server.ts";
import { parseSettings } from "../../app/domains/shops/model.ts";
import type { Work } from "../../app/platform/engine/model.ts";
import { aLane, anEngine, dueDrains, silentLog } from "../../app/platform/engine/testing.ts";
import type { ShopifyProduct, ShopifyVariant } from "../../app/shopify/model.ts";
import { aDatabase } from "../support/database.ts";
import { createChannelSide, createShopifySide, createTroubles, Killed } from "./other-side.ts";

export const SHOP = "shop-1";
export const CONNECTION = "con-1";
const SCOPES = [`shop:${SHOP}`, `connection:${CONNECTION}`] as const;
const LANES = ["stock", "price", "intake", "listings", "housekeeping"] as const;
export const ACTOR = { kind: "staff", id: "staff-1" } as const;

export type World = Awaited<ReturnType<typeof aWorld>>;

/** The catalog and inventory rooms on a real database and engine, the two other sides in memory, all on one clock. */
export async function aWorld(
  options: { takesZero?: boolean; armed?: string[]; settings?: Record<string, unknown> } = {},
) {
  const database = await aDatabase();
  const armed = new Set(options.armed ?? ["listings", "stock", "price"]);
  const gate = (name: string) => async () => ["intake", "housekeeping"].includes(name) || armed.has(name);
  const lanes = LANES.map((name, order) => aLane({ name, order, gate: gate(name) }));
  const { engine, clock, db, close } = anEngine(database.url, { lanes, db: database.db });
  const troubles = createTroubles(clock);
  const channel = createChannelSide(clock, troubles, options);
  const shopify = createShopifySide(clock, troubles);
  const connection: CatalogConnection = {
    ...{
      id: CONNECTION,
      shopId: SHOP,
      shopDomain: "demo.myshopify.com",
      channel: "tiktok-shop",
      region: "US",
      currency: "USD",
      sellerType: "LOCAL",
      status: "active",
      armedFlows: ["listings", "stock", "price"],
      sellingStoppedAt: null,
    },
    settings: parseSettings({ warehouseId: "wh-1", locationIds: ["loc-1"], ...options.settings }),
  };
  const orders: { since: Date[]; onLook: () => Promise<void> } = { since: [], onLook: async () => {} };
  const shared = {
    ...{ db, engine, clock, log: silentLog },
    channels: () => channel.channel,
    shopify: () => shopify.gateway,
    forShop: () => ({
      get: () => Promise.reject(new Error("no token is needed")),
      renew: () => Promise.reject(new Error("no token is needed")),
    }),
    getConnection: async () => connection,
    getShop: async () => ({ id: SHOP, domain: "demo.myshopify.com" }),
  };
  const catalog: Catalog = createCatalog({
    ...shared,
    stock: {
      quantityFor: (one, ids) => inventory.quantityFor(one, ids),
      recordFirst: (tx, input) => inventory.recordFirst(tx, input),
      compareSkus: (tx, input) => inventory.compareSkus(tx, input),
      wantSkus: (tx, input) => inventory.wantSkus(tx, input),
    },
    fetchPicture: async (url) => (url.includes("broken") ? null : { bytes: new Uint8Array([1]), fileName: "p.png" }),
  });
  const inventory: Inventory = createInventory({
    ...shared,
    catalog,
    ordersSince: async (_id, since) => {
      orders.since.push(since);
      await orders.onLook();
    },
  });
  const chores = { ...catalog.chores, ...inventory.chores };
  const housekeeping: Work = {
    lane: "housekeeping",
    batchSize: 10,
    async drain(claims, ctx) {
      for (const claim of claims) await chores[claim.subject as keyof typeof chores]?.(claim, ctx);
    },
  };
  const works = [...inventory.works, ...catalog.works, housekeeping];

  /** One pass over all lanes and scopes. False: there was nothing to do. A killed drain leaves its leases until they run out. */
  async function pass(): Promise<boolean> {
    let worked = false;
    const due = await dueDrains(db, clock.now());
    for (const scope of SCOPES) {
      for (const work of works) {
        if (!due.has(`${work.lane} ${scope}`)) continue;
        const turn = await engine.turn(work, scope);
        if (turn.error instanceof Killed) worked = true;
        else if (turn.error && !isOfAPlatform(turn.error)) throw turn.error;
        worked ||= turn.outcome === "worked";
      }
    }
    return worked;
  }

  /** Works until nothing is due for `ms` to come; the clock jumps from one due time to the next. */
  async function run(ms = 60_000): Promise<void> {
    const end = clock.now().getTime() + ms;
    for (let passes = 0; passes < 1_000; passes += 1) {
      troubles.settle();
      if (await pass()) continue;
      const times = await db.$queryRaw<{ at: Date | null }[]>`
        select min(t) as at from (
          select greatest("dueAt", coalesce("leaseUntil", "dueAt")) as t from "DueRow" where "dueAt" is not null
          union all select "leaseUntil" from "LaneRow" where "leaseUntil" is not null
          union all select "restUntil" from "LaneRow" where "restUntil" is not null
        ) x where t > ${clock.now()}`;
      const next = Math.min(times[0]?.at?.getTime() ?? end + 1, ...troubles.pending.map((one) => one.at.getTime()));
      if (next > end) return void clock.advance(Math.max(0, end - clock.now().getTime()));
      clock.advance(Math.max(1, next - clock.now().getTime()));
    }
    throw new Error("the rooms never came to rest");
  }

  const listing = () => db.listing.findFirstOrThrow({ include: { skus: { orderBy: { id: "asc" } } } });
  const where = { shopId: SHOP, connectionId: CONNECTION };
  let bought = 0;
  return {
    ...{
      db,
      engine,
      clock,
      troubles,
      channel,
      shopify,
      connection,
      orders,
      catalog,
      inventory,
      armed,
      pass,
      run,
      listing,
      where,
    },
    /** Puts a product into Shopify, with stock, and tells us. */
    async product(over: Parameters<typeof aShopifyProduct>[0] = {}, available = 10): Promise<ShopifyProduct> {
      const product = aShopifyProduct(over);
      shopify.put(product);
      for (const variant of product.variants) shopify.setStock(variant.inventoryItemId, available);
      await this.tellProduct(product.id);
      return product;
    },
    tellProduct: (id: string, seenAt?: Date) =>
      engine.change((tx) => catalog.productsChanged(tx, [{ shopId: SHOP, productGid: id, seenAt: seenAt ?? null }])),
    select: (productIds: "all" | string[] = "all") => catalog.select({ ...where, productIds, actor: ACTOR }),
    unselect: (productIds: "all" | string[] = "all") => catalog.unselect({ ...where, productIds, actor: ACTOR }),
    applyDefaults: () => catalog.applyDefaults({ ...where, listingIds: "all", actor: ACTOR }),
    send: () => catalog.send({ ...where, listingIds: "all", actor: ACTOR }),
    /** From a product in Shopify to a live listing. */
    async live(over: Parameters<typeof aShopifyProduct>[0] = {}, available = 10) {
      await this.product(over, available);
      await run(1_000);
      await this.select();
      await this.applyDefaults();
      await this.send();
      await run(5_000);
      const one = [...channel.listings.values()].at(-1);
      if (!one)
        throw new Error(
          `nothing was listed: ${JSON.stringify(await db.listing.findMany({ select: { status: true, findings: true } }))}`,
        );
      channel.audit(one.channelProductId, "approve");
      await this.tellListing(one.channelProductId);
      await run(5_000);
      return one;
    },
    tellListing: (channelProductId: string) =>
      engine.change((tx) =>
        catalog.listingsChanged(tx, [{ connectionId: CONNECTION, channelProductId, seenAt: clock.now() }]),
      ),
    /** Shopify's number changes; the webhook tells unless it is lost. */
    async stock(inventoryItemId: string, available: number, told: "told" | "lost" = "told") {
      clock.advance(1_000);
      shopify.setStock(inventoryItemId, available);
      if (told === "told") await this.tellStock(inventoryItemId);
    },
    tellStock: (inventoryItemId: string, event?: { available: number; at: Date }) =>
      engine.change((tx) =>
        inventory.stockChanged(tx, [
          {
            shopId: SHOP,
            inventoryItemGid: inventoryItemId,
            locationGid: "loc-1",
            available: event?.available ?? shopify.stockOf(inventoryItemId),
            updatedAt: event?.at ?? clock.now(),
          },
        ]),
      ),
    /** A buyer takes one unit on the channel. Returns the line to be known, or null when it was sold out. */
    buys(
      channelSkuId: string,
    ): { channelOrderId: string; channelLineId: string; boughtAt: Date; channelSkuId: string } | null {
      if (!channel.buy(channelSkuId)) return null;
      bought += 1;
      return {
        channelOrderId: `order-${bought}`,
        channelLineId: `line-${bought}`,
        boughtAt: clock.now(),
        channelSkuId,
      };
    },
    /** The order becomes known here. */
    async learns(order: { channelOrderId: string; channelLineId: string; boughtAt: Date; channelSkuId: string }) {
      await engine.change(async (tx) => {
        const [link] = await catalog.listingSkuByChannelSku(tx, CONNECTION, [order.channelSkuId]);
        if (!link) throw new Error(`unknown SKU ${order.channelSkuId}`);
        await inventory.takeWaiting(tx, {
          ...where,
          channelOrderId: order.channelOrderId,
          boughtAt: order.boughtAt,
          units: [
            {
              channelLineId: order.channelLineId,
              inventoryItemId: link.inventoryItemId,
              listingSkuId: link.listingSkuId,
            },
          ],
        });
      });
    },
    /** Shopify makes the order: its number falls; the answer is in hand a moment later. */
    async imports(order: { channelOrderId: string }, inventoryItemId: string, told: "told" | "lost" = "told") {
      await this.stock(inventoryItemId, shopify.stockOf(inventoryItemId) - 1, told);
      clock.advance(200);
      await engine.change((tx) =>
        inventory.markImported(tx, { shopId: SHOP, channelOrderId: order.channelOrderId, at: clock.now() }),
      );
    },
    cancels: (order: { channelLineId: string }) =>
      engine.change((tx) =>
        inventory.releaseWaiting(tx, { ...where, channelLineIds: [order.channelLineId], why: "cancelled" }),
      ),
    /** The rows of a killed process run out of lease. */
    afterDeath: () => clock.advance(121_000),
    problems: async () =>
      (await db.problem.findMany({ where: { closedAt: null }, orderBy: { key: "asc" } })).map((one) => one.kind),
    async close() {
      await close();
      await database.drop();
    },
  };
}

const isOfAPlatform = (error: unknown) => error instanceof Error && ["CallError", "BudgetClosed"].includes(error.name);

export function aShopifyVariant(over: Partial<ShopifyVariant> = {}): ShopifyVariant {
  return {
    ...{
      id: "gid://shopify/ProductVariant/41",
      inventoryItemId: "gid://shopify/InventoryItem/41",
      title: "Sage",
      sku: "MUG-SAGE",
      barcode: null,
      priceMinor: 1_400n,
      compareAtMinor: null,
    },
    ...{
      weightGrams: 320,
      requiresShipping: true,
      tracked: true,
      continueSelling: false,
      taxable: true,
      position: 1,
      options: [{ name: "Color", value: "Sage" }],
      pictureUrl: null,
    },
    ...over,
  };
}

export function aShopifyProduct(over: Partial<ShopifyProduct> = {}): ShopifyProduct {
  return {
    ...{
      id: "gid://shopify/Product/7",
      title: "Harbor Stoneware Mug",
      descriptionHtml: "<p>Holds a generous pour.</p>",
      vendor: "Harbor & Kiln",
      productType: "Drinkware",
      tags: ["kitchen"],
    },
    ...{
      status: "ACTIVE",
      isGiftCard: false,
      needsSellingPlan: false,
      categoryName: null,
      options: [{ name: "Color", values: ["Sage"] }],
    },
    ...{
      pictures: [{ url: "https://pictures.test/mug.png", width: 800, height: 800, alt: "" }],
      variants: [aShopifyVariant()],
      updatedAt: new Date(0),
    },
    ...over,
  };
}
