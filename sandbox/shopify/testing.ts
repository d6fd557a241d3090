import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type RunningSandbox, startSandbox } from "../index.ts";
import type { SandboxSettings } from "../kernel/model.ts";
import { DEMO_SHOP } from "./world.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers freely
export type Json = any;

export const CLIENT = { client_id: "reelshelf-demo-key", client_secret: "reelshelf-demo-secret-not-for-production" };
export const EXCHANGE = {
  ...CLIENT,
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
  requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
  expiring: "1",
};

/** A webhook as a test's own app received it. */
export interface Received {
  headers: http.IncomingHttpHeaders;
  raw: string;
}

export interface TestShop {
  sandbox: RunningSandbox;
  /** Webhooks that came, and what to answer them with. */
  received: Received[];
  answerWith(status: number): void;
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Json; headers: Headers }>;
  /** A door under /__sandbox; fails the test when it is refused. */
  door(path: string, body?: unknown): Promise<Json>;
  get(path: string): Promise<Json>;
  token(): Promise<Json>;
  /** One GraphQL request with the current token: the whole body. */
  gql(
    query: string,
    variables?: object,
    options?: { signal?: AbortSignal; token?: string; shop?: string },
  ): Promise<Json>;
  status(query: string, token: string): Promise<number>;
  close(): Promise<void>;
}

const PRODUCTS = [
  {
    handle: "mug",
    title: "Mug",
    productType: "Drinkware",
    options: [{ name: "Color", values: ["Red", "Blue"] }],
    variants: [
      { sku: "MUG-R", price: "12.00", options: { Color: "Red" }, stock: { main: 10, second: 3 } },
      { sku: "MUG-B", price: "12.00", options: { Color: "Blue" }, stock: { main: 5, second: 0 } },
    ],
  },
];

/** A running sandbox with one small product, an app listening for webhooks, and a token. All scopes are granted unless asked otherwise. */
export async function aShop(options: Partial<SandboxSettings> = {}): Promise<TestShop> {
  const received: Received[] = [];
  let status = 200;
  const app = http.createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
    received.push({ headers: req.headers, raw: Buffer.concat(parts).toString("utf8") });
    res.writeHead(status).end();
  });
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
  const appUrl = `http://app.localhost:${(app.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ appUrl, catalog: "none", ...options });
  let current = "";

  const post: TestShop["post"] = async (path, body, headers = {}) => {
    const answer = await fetch(sandbox.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-sandbox-shop": DEMO_SHOP, ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  };
  const door: TestShop["door"] = async (path, body = {}) => {
    const answer = await post(`/__sandbox/${path}`, body);
    if (answer.status !== 200) throw new Error(`door ${path}: ${answer.body.error}`);
    return answer.body;
  };
  const token = async () => {
    const { token: subject } = await door("shopify/session-token");
    const answer = await post("/admin/oauth/access_token", { ...EXCHANGE, subject_token: subject });
    current = answer.body.access_token;
    return answer.body;
  };
  const graphql = (query: string, variables: object, given: { signal?: AbortSignal; token?: string; shop?: string }) =>
    fetch(`${sandbox.url}/admin/api/2026-07/graphql.json`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-sandbox-shop": given.shop ?? DEMO_SHOP,
        "x-shopify-access-token": given.token ?? current,
      },
      body: JSON.stringify({ query, variables }),
      signal: given.signal,
    });

  await door("shopify/app", { scopes: null });
  await door("shopify/settings", { searchLagMs: 0 });
  await door("shopify/seed-catalog", { products: PRODUCTS });
  await token();
  return {
    sandbox,
    received,
    answerWith: (next) => {
      status = next;
    },
    post,
    door,
    get: async (path) => (await fetch(`${sandbox.url}/__sandbox/${path}`)).json(),
    token,
    gql: async (query, variables = {}, given = {}) => (await graphql(query, variables, given)).json(),
    status: async (query, given) => (await graphql(query, {}, { token: given })).status,
    async close() {
      await sandbox.close();
      app.close();
      app.closeAllConnections();
    },
  };
}

/** Waits until `look` gives something, at most 5 s. */
export async function eventually<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = Date.now() + 5_000;
  for (;;) {
    const found = await look();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error("it did not happen within 5 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const CREATE_ORDER = `mutation OrderImport($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
  orderCreate(order: $order, options: $options) {
    order { id name sourceIdentifier displayFinancialStatus totalPriceSet { shopMoney { amount } } lineItems(first: 5) { nodes { id } } }
    userErrors { code field message }
  }
}`;

const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: "USD" } });

/** Variables of a paid order for two red mugs that claims stock. */
export async function orderFor(shop: TestShop, source: string, change: Json = {}): Promise<Json> {
  const { products } = await shop.door("shopify/products");
  const variant = products[0].variants.find((one: Json) => one.sku === "MUG-R");
  return {
    options: { inventoryBehaviour: "DECREMENT_IGNORING_POLICY" },
    order: {
      sourceName: "tiktok-shop",
      sourceIdentifier: source,
      currency: "USD",
      lineItems: [
        {
          variantId: variant.id,
          quantity: 2,
          requiresShipping: true,
          priceSet: usd("10.00"),
          taxLines: [{ title: "Sales tax", rate: "0.08", channelLiable: true, priceSet: usd("1.60") }],
        },
      ],
      shippingLines: [{ title: "Standard", priceSet: usd("4.99") }],
      transactions: [{ gateway: "TikTok Shop", amountSet: usd("26.59") }],
      ...change,
    },
  };
}

/** Makes such an order and answers its id. */
export async function anOrder(shop: TestShop, source: string, change: Json = {}): Promise<Json> {
  const { data } = await shop.gql(CREATE_ORDER, await orderFor(shop, source, change));
  if (data.orderCreate.userErrors.length > 0) throw new Error(data.orderCreate.userErrors[0].message);
  return data.orderCreate.order;
}

/** Stock of the red mug at the main place. */
export async function stockOf(shop: TestShop): Promise<{ available: number; onHand: number; committed: number }> {
  const { shopify } = await shop.get("state");
  const main = shopify.locations.find((one: Json) => one.name === "Main warehouse").id;
  return shopify.stock[shopify.variantsBySku["MUG-R"].inventoryItemId][main];
}
