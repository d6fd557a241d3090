import { createHash } from "node:crypto";
import type { Kernel } from "../kernel/model.ts";
import { STORES, type StoreKey } from "../stores.ts";
import type { Call, Knobs, Seller, Shop, World } from "./model.ts";

export const dayMs = 86_400_000;

/** Switches as they are at the start and after a reset. */
function defaultKnobs(): Knobs {
  return {
    randomAuditRejections: 0,
    audits: "automatic",
    zeroStock: "accept",
    stockMeaning: "sellable",
    orderSearchLagMs: 0,
    singleUseRefreshToken: false,
    accessTokenLifeMs: 7 * dayMs,
    grantLifeMs: 365 * dayMs,
    withheldScopes: [],
    failedPrerequisites: [],
    orderVariety: "varied",
    foreignOrderId: "omit",
    splits: "free",
    sameSkuSplits: "accept",
    vouchers: "inside",
  };
}

/** An empty world with the demo seller and shop in it, and those of the busy store where there is one. */
export function createWorld(kernel: Kernel): World {
  const world: World = {
    kernel,
    knobs: defaultKnobs(),
    sellers: new Map(),
    shops: new Map(),
    grants: [],
    tokens: new Map(),
    codes: new Map(),
    pictures: new Map(),
    products: new Map(),
    skus: new Map(),
    orders: new Map(),
    packages: new Map(),
    cancellations: new Map(),
    returns: new Map(),
    trackingNumbers: new Map(),
    decisions: new Map(),
    oversold: new Map(),
    requestViolations: [],
  };
  addShop(world, { name: STORES.fresh.channelName, store: "fresh" });
  if (kernel.settings.busyShop > 0)
    addShop(world, { name: STORES.busy.channelName, store: "busy", firstConsentDays: 7 });
  return world;
}

/** Empties a world and puts the demo shop back. */
export function resetWorld(world: World): void {
  Object.assign(world, createWorld(world.kernel));
}

/** What may be said about a new shop. */
export interface NewShop {
  name?: string;
  region?: string;
  sellerType?: "LOCAL" | "CROSS_BORDER";
  /** Puts the shop under an existing seller. */
  sellerId?: string;
  /** Sales warehouses; a return warehouse comes with them. */
  warehouses?: number;
  store?: StoreKey;
  /** For a new seller: how long its first consent lasts. */
  firstConsentDays?: number;
}

/** Adds a shop, and a seller unless one is named. */
export function addShop(world: World, wanted: NewShop): Shop {
  const region = wanted.region ?? "US";
  const number = world.shops.size + 1;
  const seller = wanted.sellerId ? getSeller(world, wanted.sellerId) : addSeller(world, region, wanted);
  const shop: Shop = {
    id: world.kernel.nextId("749", 19),
    sellerId: seller.id,
    code: `${region}LC${String(number).padStart(6, "0")}`,
    name: wanted.name ?? `Test Shop ${number}`,
    ...(wanted.store ? { store: wanted.store } : {}),
    region,
    sellerType: wanted.sellerType ?? "LOCAL",
    ciphers: new Map(),
    warehouses: [],
    webhooks: new Map(),
    createdByKey: new Map(),
  };
  for (let index = 0; index < (wanted.warehouses ?? 1); index++) {
    shop.warehouses.push({
      id: world.kernel.nextId("72", 19),
      name: index === 0 ? "Main sales warehouse" : `Sales warehouse ${index + 1}`,
      type: "SALES_WAREHOUSE",
      isDefault: index === 0,
      effectStatus: "ENABLED",
    });
  }
  shop.warehouses.push({
    id: world.kernel.nextId("72", 19),
    name: "Returns",
    type: "RETURN_WAREHOUSE",
    isDefault: true,
    effectStatus: "ENABLED",
  });
  for (const app of world.kernel.settings.tiktokApps) {
    shop.ciphers.set(app.appKey, cipherOf(shop, app.appKey));
  }
  world.shops.set(shop.id, shop);
  return shop;
}

function addSeller(world: World, region: string, { name, firstConsentDays }: NewShop): Seller {
  const id = world.kernel.nextId("7495", 19);
  const seller: Seller = {
    ...{ id, openId: `open-${digest(id).slice(0, 24)}`, name: name || `Seller ${id.slice(-4)}`, region },
    ...(firstConsentDays ? { firstConsentDays } : {}),
  };
  world.sellers.set(id, seller);
  return seller;
}

/** shop_cipher of a shop for an app; the same pair always has the same one. */
function cipherOf(shop: Shop, appKey: string): string {
  const prefix = shop.region === "US" ? "TTP_" : "ROW_";
  return `${prefix}${digest(`${shop.id} ${appKey}`).slice(0, 32)}`;
}

/** Hex digest for identifiers that should look random and stay the same. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The shops of one store of the sandbox, or all. */
export function shopsOfStore(world: World, store?: string): Shop[] {
  return [...world.shops.values()].filter((shop) => store === undefined || shop.store === store);
}

/** Seconds since the epoch, the time of everything on this wire. */
export function nowSeconds(world: World): number {
  return Math.floor(world.kernel.clock.now() / 1000);
}

export function getSeller(world: World, id: string): Seller {
  const seller = world.sellers.get(id);
  if (!seller) throw new Error(`no seller ${id}`);
  return seller;
}

export function getShop(world: World, id: string): Shop {
  const shop = world.shops.get(id);
  if (!shop) throw new Error(`no shop ${id}`);
  return shop;
}

/** The shop of a call on an operation that takes shop_cipher. */
export function shopOf(call: Call): Shop {
  if (!call.shop) throw new Error(`${call.operation} has no shop`);
  return call.shop;
}

/** A page of a list by an opaque token that names where the next page begins. */
export function takePage<T>(entries: T[], size: number, token: string | null): { page: T[]; nextToken: string } {
  const from = token ? Number(Buffer.from(token, "base64url").toString().replace("from:", "")) : 0;
  const start = Number.isFinite(from) ? from : 0;
  const end = start + size;
  const nextToken = end < entries.length ? Buffer.from(`from:${end}`).toString("base64url") : "";
  return { page: entries.slice(start, end), nextToken };
}
