import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";
import { type RunningSandbox, startSandbox } from "../index.ts";
import type { SandboxSettings } from "../kernel/model.ts";
import { getMarket } from "./markets.ts";

export const appKey = "6demoappkey";
export const appSecret = "demo-app-secret-not-for-production";
const serviceId = "7000000000000000001";

/** An answer of the gateway, read. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  code: number;
  message: string;
  data: T;
}

/** What a call may deviate in from a right one. */
export interface CallOptions {
  query?: Record<string, string>;
  body?: unknown;
  /** Bytes sent instead of the serialised body. */
  raw?: string | Buffer;
  contentType?: string;
  token?: string;
  cipher?: string | null;
  secret?: string;
  timestamp?: number;
  /** Changes the query after it was signed. */
  tamper?(query: URLSearchParams): void;
}

/** A signature by a second hand, so that both sides cannot agree on the same mistake. */
function signRequest(secret: string, path: string, query: Record<string, string>, body: string | Buffer): string {
  const names = Object.keys(query).filter((name) => name !== "sign" && name !== "access_token");
  const joined = names
    .sort()
    .map((name) => name + query[name])
    .join("");
  const bytes = Buffer.concat([Buffer.from(secret + path + joined), Buffer.from(body), Buffer.from(secret)]);
  return createHmac("sha256", secret).update(bytes).digest("hex");
}

/** A seller's side of a sandbox under test: consented, with a token and a shop, and every door at hand. */
export async function openTestShop(options: Partial<SandboxSettings> = {}, other?: { region: string }) {
  const sandbox = await startSandbox({ speed: 60, catalog: "none", ...options });
  const door = createDoor(sandbox);
  const seller = other ? `&seller=${(await door("tiktok/create-shop", other)).sellerId}` : "";
  const tokens = await consent(sandbox, seller);
  const client = createClient(sandbox, tokens.access_token);
  const shops = await client.call<{ shops: { id: string; cipher: string; region: string }[] }>(
    "GET",
    "/authorization/202309/shops",
    { cipher: null },
  );
  const shop = shops.data.shops[0];
  if (!shop) throw new Error(`no shop: ${shops.message}`);
  client.cipher = shop.cipher;
  const warehouses = await client.call<{ warehouses: { id: string; type: string }[] }>(
    "GET",
    "/logistics/202309/warehouses",
  );
  const warehouseId = warehouses.data.warehouses.find((entry) => entry.type === "SALES_WAREHOUSE")?.id ?? "";
  const { call } = client;
  /** Ends the sandbox; fails when it broke its own contract. */
  const close = async (): Promise<void> => {
    const { contractViolations } = await door("state");
    await sandbox.close();
    if (contractViolations !== 0) throw new Error(`the sandbox broke its contract ${contractViolations} times`);
  };
  return { sandbox, door, call, client, tokens, shop, warehouseId, close };
}

export type TestShop = Awaited<ReturnType<typeof openTestShop>>;

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  access_token_expire_in: number;
  refresh_token_expire_in: number;
  open_id: string;
  granted_scopes: string[];
}

/** Approves on the consent page and exchanges the code. */
export async function consent(sandbox: RunningSandbox, more = ""): Promise<TokenPair> {
  const code = await approve(sandbox, more);
  const answer = await exchange(sandbox, code);
  if (answer.code !== 0) throw new Error(`no token: ${answer.message}`);
  return answer.data as unknown as TokenPair;
}

/** The code the consent page hands to the app. */
export async function approve(sandbox: RunningSandbox, more = ""): Promise<string> {
  const url = `${sandbox.url}/open/authorize?service_id=${serviceId}&state=s1&auto=1${more}`;
  const answer = await fetch(url, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
}

/** Exchange of a code, as the token host answers it. */
export function exchange(sandbox: RunningSandbox, code: string): Promise<Answer> {
  const query = new URLSearchParams({
    app_key: appKey,
    app_secret: appSecret,
    auth_code: code,
    grant_type: "authorized_code",
  });
  return fetch(`${sandbox.url}/api/v2/token/get?${query}`).then(readAnswer);
}

/** Renewal, as the token host answers it. */
export function refresh(sandbox: RunningSandbox, token: string): Promise<Answer> {
  const query = new URLSearchParams({
    app_key: appKey,
    app_secret: appSecret,
    refresh_token: token,
    grant_type: "refresh_token",
  });
  return fetch(`${sandbox.url}/api/v2/token/refresh?${query}`).then(readAnswer);
}

function createDoor(sandbox: RunningSandbox) {
  // biome-ignore lint/suspicious/noExplicitAny: doors answer what they like; tests read what they expect
  return async (name: string, input: unknown = {}): Promise<any> => {
    const isState = name === "state";
    const init = isState ? {} : { method: "POST", body: JSON.stringify(input) };
    const answer = await fetch(`${sandbox.url}/__sandbox/${name}`, init);
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return body;
  };
}

function createClient(sandbox: RunningSandbox, token: string) {
  const client = {
    cipher: "",
    token,
    call: async <T = Record<string, unknown>>(
      method: string,
      path: string,
      options: CallOptions = {},
    ): Promise<Answer<T>> => {
      const cipher = options.cipher === undefined ? client.cipher : options.cipher;
      const query: Record<string, string> = {
        app_key: appKey,
        timestamp: String(options.timestamp ?? Math.floor(Date.now() / 1000)),
        ...(cipher === null ? {} : { shop_cipher: cipher }),
        ...options.query,
      };
      const body = options.raw ?? (options.body === undefined ? "" : JSON.stringify(options.body));
      const contentType = options.contentType ?? "application/json";
      const signed = contentType.startsWith("multipart/") ? "" : body;
      const search = new URLSearchParams({
        ...query,
        sign: signRequest(options.secret ?? appSecret, path, query, signed),
      });
      options.tamper?.(search);
      const answer = await fetch(`${sandbox.url}${path}?${search}`, {
        method,
        headers: { "content-type": contentType, "x-tts-access-token": options.token ?? client.token },
        ...(body.length > 0 ? { body: new Uint8Array(Buffer.from(body)) } : {}),
      });
      return readAnswer(answer) as Promise<Answer<T>>;
    },
  };
  return client;
}

async function readAnswer(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const body = JSON.parse(text) as { code: number; message: string; data: Record<string, unknown> };
  return { status: answer.status, headers: answer.headers, code: body.code, message: body.message, data: body.data };
}

/** A grey PNG of a size. */
export function drawPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((width + 1) * height, 128));
  const chunk = (name: string, bytes: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(bytes.length, 0);
    head.write(name, 4, "latin1");
    return Buffer.concat([head, bytes, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** Uploads a picture. */
export function upload(shop: TestShop, bytes: Buffer, useCase = "MAIN_IMAGE") {
  const boundary = "test-boundary";
  const part = (name: string, more: string, content: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
      content,
      Buffer.from("\r\n"),
    ]);
  const raw = Buffer.concat([
    part("data", '; filename="a.png"', bytes),
    part("use_case", "", Buffer.from(useCase)),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return shop.call<{ uri: string; url: string; width: number; height: number }>(
    "POST",
    "/product/202309/images/upload",
    {
      raw,
      contentType: `multipart/form-data; boundary=${boundary}`,
      cipher: null,
    },
  );
}

interface Category {
  id: string;
  local_name: string;
  is_leaf: boolean;
}
interface Attribute {
  id: string;
  name: string;
  type: string;
  is_requried: boolean;
  values?: { id: string; name: string }[];
}

const treeOf = (shop: TestShop) => getMarket(shop.shop.region).categoryVersion;

/** Id of the leaf of a name. */
export async function findLeaf(shop: TestShop, name: string): Promise<string> {
  const answer = await shop.call<{ categories: Category[] }>("GET", "/product/202309/categories", {
    query: { category_version: treeOf(shop) },
  });
  const found = answer.data.categories.find((category) => category.local_name === name && category.is_leaf);
  if (!found) throw new Error(`no leaf ${name}`);
  return found.id;
}

/** Attributes of a leaf. */
export async function readAttributes(shop: TestShop, leafId: string): Promise<Attribute[]> {
  const answer = await shop.call<{ attributes: Attribute[] }>(
    "GET",
    `/product/202309/categories/${leafId}/attributes`,
    {
      query: { category_version: treeOf(shop) },
    },
  );
  return answer.data.attributes;
}

/** Body of a listing that is accepted; parts may be replaced. */
export async function aListing(shop: TestShop, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const leafId = await findLeaf(shop, "Mugs");
  const picture = await upload(shop, drawPng(600, 600));
  const attributes = (await readAttributes(shop, leafId)).filter((entry) => entry.is_requried);
  return {
    category_id: leafId,
    category_version: treeOf(shop),
    title: "Harbor Stoneware Mug",
    description: "<p>A mug.</p>",
    main_images: [{ uri: picture.data.uri }],
    package_weight: { unit: "POUND", value: "0.9" },
    product_attributes: attributes.map((entry) => ({
      id: entry.id,
      values: [entry.values?.[0] ?? { name: "350" }],
    })),
    save_mode: "LISTING",
    skus: [aSku(shop)],
    ...more,
  };
}

/** A SKU that is accepted; parts may be replaced. */
export function aSku(shop: TestShop, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    seller_sku: "MUG-1",
    price: { amount: "12.00", currency: "USD" },
    inventory: [{ warehouse_id: shop.warehouseId, quantity: 5 }],
    ...more,
  };
}

interface Created {
  product_id: string;
  skus: { id: string; seller_sku: string }[];
}

/** A listing on sale: created and approved. */
export async function aLiveListing(
  shop: TestShop,
  more: Record<string, unknown> = {},
): Promise<{ productId: string; skuId: string }> {
  const answer = await shop.call<Created>("POST", "/product/202309/products", { body: await aListing(shop, more) });
  if (answer.code !== 0) throw new Error(`not created: ${answer.code} ${answer.message}`);
  await shop.door("tiktok/audit", { productId: answer.data.product_id, verdict: "approve" });
  return { productId: answer.data.product_id, skuId: answer.data.skus[0]?.id ?? "" };
}

/** Waits until a look is true; fails with the name after 10 s. */
export async function until(name: string, look: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`never happened: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
