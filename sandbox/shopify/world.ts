import type { Kernel } from "../kernel/model.ts";
import { STORE_ZONE, STORES, type Store } from "../stores.ts";
import { type AppConfig, readAppConfig } from "./app-toml.ts";
import { createIds, type Ids } from "./ids.ts";
import type { PlanName, Shop } from "./model.ts";

/** Switches for what is slow, unsettled or merely a test's wish. All times are wall time in ms. */
export interface Switches {
  /** Points buckets and the order limit of development shops. */
  throttle: boolean;
  /** How long the order search does not know a new order. */
  searchLagMs: number;
  /** How long the look-up by custom id does not know a new order. */
  customIdLagMs: number;
  /** Not settled: is a second orderCreate with a taken unique metafield refused as a whole? false: made without it. */
  refuseTakenId: boolean;
  /** Not settled: does an order that is made as fulfilled get a fulfillment, or only the status? */
  fulfilledHasFulfillment: boolean;
  /** Not settled: are transactions above the order's total refused? */
  refuseOverpaid: boolean;
  /** How long a cancellation job runs (divided by speed). */
  cancelJobMs: number;
  /** false: cancellation jobs are accepted and never run. */
  cancelJobRuns: boolean;
  /** Not settled: does cancelling with refund record the refund of a gateway Shopify does not know? */
  cancelRecordsRefund: boolean;
  accessTokenLifeMs: number;
  /** Orders a minute on development and trial shops. */
  devOrdersPerMinute: number;
}

export const DEFAULT_SWITCHES: Switches = {
  throttle: true,
  searchLagMs: 2_000,
  customIdLagMs: 0,
  refuseTakenId: true,
  fulfilledHasFulfillment: true,
  refuseOverpaid: true,
  cancelJobMs: 300,
  cancelJobRuns: true,
  cancelRecordsRefund: true,
  accessTokenLifeMs: 3_600_000,
  devOrdersPerMinute: 5,
};

/** Everything the Shopify half knows. */
export interface World {
  kernel: Kernel;
  app: AppConfig;
  ids: Ids;
  shops: Map<string, Shop>;
  switches: Switches;
  /** How many pictures of catalogs were given an address here. */
  picturesDrawn: number;
  now(): number;
}

export const APP_NUMBER = "2500000001";
export const DEMO_SHOP = STORES.fresh.domain;

export function createWorld(kernel: Kernel): World {
  return {
    kernel,
    app: readAppConfig(),
    ids: createIds(kernel),
    shops: new Map(),
    switches: { ...DEFAULT_SWITCHES },
    picturesDrawn: 0,
    now: () => kernel.clock.now(),
  };
}

/** A shop without products or places. */
export function addShop(world: World, domain: string, plan: PlanName, store?: Store): Shop {
  const shop: Shop = {
    id: world.ids.gid("Shop"),
    domain,
    name: store?.name ?? domain.replace(".myshopify.com", ""),
    ...(store ? { store: store.key } : {}),
    plan,
    currency: "USD",
    timezone: STORE_ZONE,
    installed: false,
    createdAt: world.now(),
    locations: new Map(),
    products: new Map(),
    variants: new Map(),
    items: new Map(),
    levels: new Map(),
    orders: new Map(),
    lines: new Map(),
    fulfillmentOrders: new Map(),
    fulfillments: new Map(),
    refunds: new Map(),
    returns: new Map(),
    jobs: new Map(),
    metafields: new Map(),
    metafieldOwners: new Map(),
    definitions: [],
    idempotency: new Map(),
    pointsSpent: 0,
    bucket: { available: Number.POSITIVE_INFINITY, updatedAt: world.now() },
    orderCreatedAt: [],
    lastOrderNumber: 1000,
  };
  world.shops.set(domain, shop);
  return shop;
}

/** The shop of that name; throws when there is none. */
export function getShop(world: World, domain: string = DEMO_SHOP): Shop {
  const shop = world.shops.get(domain);
  if (!shop) throw new Error("there is no such shop");
  return shop;
}
