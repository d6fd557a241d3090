/** What the sandbox tells of itself (GET /__sandbox/state). Only what scripts and benches read. */
export interface SandboxState {
  shopify: {
    shops: { domain: string; products: number; pointsSpent: number }[];
    products: number;
    variants: number;
    orders: ShopifyOrderSeen[];
    stock: Record<string, Record<string, { available: number; onHand: number; committed: number }>>;
  };
  tiktok: {
    /** The range of prices a shop's market takes, as decimal text. */
    shops: {
      id: string;
      name: string;
      sellerId: string;
      prices: { currency: string; lowest: string; highest: string };
    }[];
    products: {
      id: string;
      shopId: string;
      externalProductId: string | null;
      title: string;
      status: string;
      auditStatus: string;
      skus: TikTokSkuSeen[];
    }[];
    orders: TikTokOrderSeen[];
    sold: number;
    oversold: number;
  };
  truth: {
    ordersChannel: number;
    ordersShopify: number;
    doubled: number;
    missing: number;
    oversold: number;
    calls: { shopify: number; tiktok: number };
  };
  contractViolations: number;
}

export interface ShopifyOrderSeen {
  id: string;
  shop: string;
  name: string;
  sourceIdentifier: string | null;
  createdAt: string;
  cancelledAt: string | null;
  fulfillmentStatus: string | null;
  held: boolean;
  lines: { sku: string | null; quantity: number; variantId: string | null }[];
  fulfillments: { id: string; status: string; trackingNumber: string | null }[];
}

export interface TikTokSkuSeen {
  id: string;
  externalSkuId: string | null;
  sellerSku: string | null;
  price: string | null;
  quantity: number;
  committed: number;
}

export interface TikTokOrderSeen {
  id: string;
  shopId: string;
  status: string;
  lines: { id: string; skuId: string; displayStatus: string }[];
  packages: { id: string; trackingNumber: string | null }[];
}

/** The sandbox's own doors, typed. Every function throws with the sandbox's sentence when it refuses. */
export interface SandboxClient {
  url: string;
  state(): Promise<SandboxState>;
  post<T = Record<string, unknown>>(door: string, body?: unknown): Promise<T>;
  get<T = Record<string, unknown>>(door: string): Promise<T>;
}

/** A client of the sandbox that listens on this port of the loopback. */
export function sandboxClient(url: string): SandboxClient {
  const read = async <T>(answer: Response): Promise<T> => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox ${new URL(answer.url).pathname}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    url,
    state: async () => read<SandboxState>(await fetch(`${url}/__sandbox/state`)),
    get: async (door) => read(await fetch(`${url}/__sandbox/${door}`)),
    post: async (door, body = {}) =>
      read(
        await fetch(`${url}/__sandbox/${door}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      ),
  };
}
