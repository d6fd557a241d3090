import { STORES } from "../sandbox/stores.ts";
import { type Merchant, merchantOf, type Summary } from "./stand/merchant.ts";
import { until } from "./stand/processes.ts";
import type { SandboxClient, SandboxState, TikTokSkuSeen } from "./stand/sandbox-client.ts";
import type { Stand } from "./stand/start-stand.ts";

export const DEMO_SHOP = STORES.fresh.domain;

/** The merchant's way from an empty app to listings that are live, step by step, through the app's own doors. */
export interface Journey {
  merchant: Merchant;
  sandbox: SandboxClient;
  /** Opens the app for the first time; it is installed then, and reads the catalog by itself. */
  open(): Promise<void>;
  /** Opens the app and waits until it knows the whole catalog. */
  install(): Promise<void>;
  /** Goes to the channel's consent page and agrees, whatever comes of it. */
  consent(): Promise<void>;
  /** Consents on the channel; returns the connection's id. */
  connect(): Promise<string>;
  arm(connectionId: string): Promise<void>;
  /** Picks every product, applies the proposed defaults and looks at the plan. */
  pickEverything(connectionId: string): Promise<void>;
  /** Sends what the plan says. */
  send(connectionId: string): Promise<void>;
  /** Waits until every picked product is either live or refused. */
  waitUntilListed(withinMs?: number): Promise<Summary>;
}

/** The journey of a shop on this stand: the demo's first one, or the one named, whose seller consents on the channel. */
export function createJourney(
  stand: Stand,
  { shop, sellerId }: { shop: string; sellerId?: string } = { shop: DEMO_SHOP },
): Journey {
  const { sandbox } = stand;
  const merchant = merchantOf(shop, stand);
  const productsIn = ({ shopify }: SandboxState) => shopify.shops.find((one) => one.domain === shop)?.products ?? 0;
  const open = async () => {
    await merchant.open("/app");
    await until("the app to know the shop", 60_000, async () => (await merchant.summary()).shop.ready);
  };
  /** A large catalog takes longer. */
  const patience = async (leastMs: number, eachMs: number) => leastMs + eachMs * productsIn(await sandbox.state());
  return {
    merchant,
    sandbox,
    open,
    async install() {
      await open();
      await until(
        "the catalog to be read",
        await patience(60_000, 100),
        async () => {
          const [told, state] = await Promise.all([merchant.summary(), sandbox.state()]);
          return productsIn(state) > 0 && told.products.known === productsIn(state);
        },
        200,
      );
    },
    async consent() {
      const { location } = await merchant.submit("/app", { intent: "connect", market: "US" });
      if (!location) throw new Error("connecting led nowhere");
      const page = await merchant.follow(location);
      if (!page.body.includes(shop)) throw new Error(`${page.address} does not name the store to be connected`);
      const start = await merchant.press(page);
      // the channel's consent page: the seller agrees
      const consent = new URL(start.address);
      if (!consent.pathname.endsWith("/open/authorize"))
        throw new Error(`expected the channel's consent page, came to ${start.address} (${start.status})`);
      consent.searchParams.set("auto", "1");
      if (sellerId) consent.searchParams.set("seller", sellerId);
      const end = await merchant.follow(consent.href);
      if (end.status >= 400)
        throw new Error(`the way back from the channel answered ${end.status}: ${end.body.slice(0, 300)}`);
    },
    async connect() {
      await this.consent();
      const connection = await until(
        "the connection and its readiness test",
        30_000,
        async () => {
          const { connections } = await merchant.summary();
          return connections.find((one) => one.status === "active" && one.readiness.ok);
        },
        200,
      );
      return connection.id;
    },
    async arm(connectionId) {
      await merchant.submit("/app", { intent: "arm", connectionId });
      const { connections } = await merchant.summary();
      if (!connections.some((one) => one.id === connectionId && one.armedFlows.length >= 4))
        throw new Error("arming changed nothing");
    },
    async pickEverything(connectionId) {
      await merchant.submit("/app/products", { intent: "select", connectionId, productIds: "all" });
      await until(
        "every product to be checked against the channel's rules",
        await patience(60_000, 100),
        async () => {
          const [{ listings }, state] = await Promise.all([merchant.summary(), sandbox.state()]);
          return listings.total === productsIn(state) && !listings.byStatus.selected;
        },
        200,
      );
      await merchant.submit("/app/products", { intent: "apply-defaults", connectionId, listingIds: "all" });
      await merchant.submit("/app/products", { intent: "plan", connectionId });
    },
    async send(connectionId) {
      await merchant.submit("/app/products", { intent: "send", connectionId });
    },
    async waitUntilListed(withinMs) {
      let last: Summary | undefined;
      try {
        return await until(
          "every product to be live or refused",
          withinMs ?? (await patience(120_000, 500)),
          async () => {
            last = await merchant.summary();
            const { byStatus, total } = last.listings;
            return (byStatus.live ?? 0) + (byStatus.refused ?? 0) === total && total > 0 ? last : undefined;
          },
          300,
        );
      } catch (error) {
        throw new Error(
          `${(error as Error).message}; listings: ${JSON.stringify(last?.listings)}; problems: ${JSON.stringify(last?.problems)}`,
        );
      }
    },
  };
}

/** SKUs that a buyer could buy right now, spread over the products. */
export function sellableSkus(state: SandboxState): TikTokSkuSeen[] {
  const byProduct = state.tiktok.products
    .filter((one) => one.status === "ACTIVATE")
    .map((one) => one.skus.filter((sku) => sku.quantity > 3));
  const rounds = Math.max(0, ...byProduct.map((skus) => skus.length));
  return Array.from({ length: rounds }, (_, round) => byProduct.flatMap((skus) => skus.slice(round, round + 1))).flat();
}
