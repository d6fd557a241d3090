import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChannelHarness } from "../../../app/channels/contract.ts";
import type { ShopAccess, TokenPair } from "../../../app/channels/port.ts";
import { createTikTokShop } from "../../../app/channels/tiktok-shop/index.server.ts";
import { openBudgets } from "../../../app/channels/tiktok-shop/testing.ts";
import { systemClock } from "../../../app/platform/clock.ts";
import { createLogger } from "../../../app/platform/log.server.ts";
import { startSandbox } from "../../../sandbox/index.ts";

const app = {
  market: "US",
  appKey: "6demoappkey",
  appSecrets: ["demo-app-secret-not-for-production"],
  serviceId: "7000000000000000001",
};

/** A TikTok shop in a sandbox of its own, reached through the channel over HTTP. */
export async function openSandboxShop(seed = 1): Promise<ChannelHarness & { door: Door }> {
  const sandbox = await startSandbox({ catalog: "none", speed: 60, seed });
  const door = createDoor(sandbox.url);
  const received = await receiveWebhooks();
  const channel = createTikTokShop({
    apps: [{ ...app, consentUrl: `${sandbox.url}/open/authorize` }],
    apiUrl: sandbox.url,
    authUrl: sandbox.url,
    budgets: openBudgets(),
    clock: systemClock,
    log: createLogger({ level: "silent" }),
  });
  const consent = async (url: string) => {
    const answer = await fetch(`${url}&auto=1`, { redirect: "manual" });
    const back = new URL(answer.headers.get("location") ?? "").searchParams;
    return { code: back.get("code") ?? "", state: back.get("state") ?? "" };
  };

  const first = await channel.consent.exchange("US", (await consent(channel.consent.consentUrl("US", "s"))).code);
  const access = createAccess(first, (refreshToken) => channel.consent.renew("US", refreshToken));
  const [shop] = await channel.consent.shops(access);
  if (!shop) throw new Error("the sandbox has no shop");
  access.know({
    channelShopId: shop.channelShopId,
    shopKey: shop.shopKey,
    region: shop.region,
    currency: shop.currency,
  });

  return {
    channel,
    market: "US",
    access,
    consent,
    door,
    picture: {
      bytes: readFileSync(new URL("../../../sandbox/catalog/pictures/harbor-stoneware-mug.png", import.meta.url)),
      fileName: "mug.png",
    },
    product: { title: "Harbor stoneware mug", productType: "Mugs" },
    parcel: { carrierName: "USPS", trackingNumber: "9400111899223197428490" },
    webhooks: received,
    endReview: async (productId, verdict) => void (await door("tiktok/audit", { productId, verdict })),
    buy: async (skuId, quantity) => String((await door("tiktok/buy", { skuId, quantity })).orderId),
    endHold: async (orderId) => void (await door("tiktok/advance", { orderId })),
    cancelByBuyer: async (orderId) => void (await door("tiktok/cancel", { orderId, by: "BUYER" })),
    askToCancel: async (orderId) => void (await door("tiktok/cancel", { orderId, by: "BUYER", request: true })),
    deliver: async (orderId) => void (await door("tiktok/deliver-status", { orderId, status: "DELIVERED" })),
    async askReturn(orderId, kind) {
      const type = { refund: "REFUND", return: "RETURN_AND_REFUND", replacement: "REPLACEMENT" }[kind];
      return String((await door("tiktok/ask-return", { orderId, type })).returnId);
    },
    sendBack: async (returnId) => void (await door("tiktok/continue-return", { returnId, what: "ship" })),
    expireAccessToken: async () => void (await door("tiktok/expire-tokens")),
    endGrant: async () => void (await door("tiktok/revoke")),
    async close() {
      const { contractViolations } = await door("state");
      received.close();
      await sandbox.close();
      if (contractViolations !== 0) throw new Error(`the sandbox saw ${contractViolations} breaches of its contract`);
    },
  };
}

type Door = (name: string, input?: unknown) => Promise<Record<string, unknown>>;

function createDoor(url: string): Door {
  return async (name, input = {}) => {
    const init = name === "state" ? {} : { method: "POST", body: JSON.stringify(input) };
    const answer = await fetch(`${url}/__sandbox/${name}`, init);
    const body = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return body;
  };
}

function createAccess(first: TokenPair, renewal: (refreshToken: string) => Promise<TokenPair>) {
  let pair = first;
  let shop: Partial<ShopAccess> = {};
  const current = (): ShopAccess => ({
    grantId: "grant-1",
    market: "US",
    connectionId: "connection-1",
    channelShopId: "",
    region: "US",
    currency: "USD",
    shopKey: "",
    ...shop,
    accessToken: pair.accessToken,
  });
  return {
    get: async () => current(),
    async renew() {
      pair = await renewal(pair.refreshToken);
      return current();
    },
    use(next: TokenPair) {
      pair = next;
    },
    current,
    know(facts: Partial<ShopAccess>) {
      shop = facts;
    },
  };
}

async function receiveWebhooks() {
  const deliveries: { raw: Uint8Array; headers: Headers }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    deliveries.push({ raw: Buffer.concat(parts), headers: new Headers(request.headers as Record<string, string>) });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}/webhooks/tiktok-shop`,
    received: () => deliveries,
    close: () => void server.close(),
  };
}
