import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { BudgetClosed, CallError } from "../../../platform/errors.ts";
import type { Channel, ForShop } from "../../port.ts";
import { aChannel, anAccess, anApp, enveloped, type Recorded } from "../testing.ts";

const productId = "1729592969712207013";
const setStock = (channel: Channel, access: ForShop = anAccess()) =>
  channel.stock.set(access, productId, [{ channelSkuId: "1", warehouseId: "2", quantity: 3 }]);

async function failure(outcome: Promise<unknown>): Promise<CallError> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallError);
  return error as CallError;
}

function expectedSign({ path, query, body }: Recorded, secret = "test-secret"): string {
  const pairs = Object.entries(query)
    .filter(([key]) => key !== "sign")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join("");
  return createHmac("sha256", secret)
    .update(`${secret}${path}${pairs}${typeof body === "string" ? body : ""}${secret}`)
    .digest("hex");
}

test("what is signed is what is sent, DELETE bodies and bare GETs included", async () => {
  const { channel, requests, clock } = aChannel();
  await channel.stock.read(anAccess(), ["1"]);
  await channel.orders.get(anAccess(), ["1", "2"]);
  await channel.setup.unregisterWebhooks(anAccess());
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["POST", "GET", "DELETE"]));
  for (const request of requests) {
    expect(request.query.sign).toBe(expectedSign(request));
    expect(request.query.timestamp).toBe(String(clock.now().getTime() / 1000));
    expect(request.query.shop_cipher).toBe("TTP_cipher-1");
    expect(request.headers.get("x-tts-access-token")).toBe("TTP_access-1");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(request.query).not.toHaveProperty("access_token");
  }
  expect(requests.find(({ method }) => method === "DELETE")?.body).toBe('{"event_type":"ORDER_STATUS_CHANGE"}');
  expect(requests.find(({ method }) => method === "GET")?.body).toBeUndefined();
});

test("an upload's body stays out of the signature and goes without the shop", async () => {
  const { channel, requests } = aChannel();
  await channel.reference.uploadPicture(anAccess(), {
    bytes: new Uint8Array([1, 2, 3]),
    fileName: "mug.jpg",
    use: "main",
  });
  const [request] = requests;
  expect(request?.body).toBeInstanceOf(FormData);
  expect(request?.query.sign).toBe(request && expectedSign(request));
  expect(request?.query).not.toHaveProperty("shop_cipher");
  expect(request?.headers.get("content-type")).toBeNull();
});

test("the first secret signs", async () => {
  const { channel, requests } = aChannel({}, { apps: [anApp({ appSecrets: ["new", "old"] })] });
  await channel.setup.warehouses(anAccess());
  expect(requests[0]?.query.sign).toBe(requests[0] && expectedSign(requests[0], "new"));
});

test.each([
  { code: 105002, status: 401, family: "auth" },
  { code: 105004, status: 200, family: "auth" },
  { code: 36009004, status: 401, family: "auth" },
  { code: 36009004, status: 400, family: "invalid" },
  { code: 105005, status: 200, family: "permission" },
  { code: 36009003, status: 200, family: "unavailable" },
  { code: 21001003, status: 200, family: "unavailable" },
  { code: 12052104, status: 200, family: "invalid" },
  { code: 21011020, status: 200, family: "conflict" },
  { code: 12052048, status: 200, family: "notFound" },
  { code: 99999999, status: 200, family: "unknown" },
  { code: 99999999, status: 503, family: "unavailable" },
] as const)("code $code with HTTP $status is $family", async ({ code, status, family }) => {
  const { channel } = aChannel({ updatePrices: { code, status } });
  const error = await failure(channel.listings.setPrices(anAccess(), productId, []));
  expect(error).toMatchObject({ family, code: String(code), requestId: "req-1", operation: "updatePrices" });
});

test("an unknown refusal of a write may have happened, a known one has not", async () => {
  const unknown = aChannel({ updatePrices: { code: 99999999 } });
  const known = aChannel({ updatePrices: { code: 12052570 } });
  expect(await failure(unknown.channel.listings.setPrices(anAccess(), productId, []))).toMatchObject({
    mayHaveHappened: true,
  });
  expect(await failure(known.channel.listings.setPrices(anAccess(), productId, []))).toMatchObject({
    mayHaveHappened: false,
  });
});

test("a failed part fails a call that has no parts, with every reason", async () => {
  const data = {
    errors: [
      { code: 12052990, message: "check failed", detail: { extra_errors: [{ code: 12052104, message: "attribute" }] } },
    ],
  };
  const { channel } = aChannel({ updatePrices: { data } });
  const error = await failure(channel.listings.setPrices(anAccess(), productId, []));
  expect(error).toMatchObject({ family: "invalid", code: "12052990", requestId: "req-1" });
  expect(error.details).toEqual({
    reasons: [
      { code: "12052990", message: "check failed" },
      { code: "12052104", message: "attribute" },
    ],
  });
});

test("failed parts of a batch are named, the finest reason kept; a part without a name fails the call", async () => {
  const failed = (detail: unknown) => ({ data: { errors: [{ code: 12052990, message: "no", detail }] } });
  const named = aChannel({
    updateInventory: failed({ sku_id: "1", extra_errors: [{ code: 12052055, message: "range" }] }),
  });
  expect(await setStock(named.channel)).toEqual({
    failures: [{ key: "1", reason: { code: "12052055", message: "range" } }],
  });
  const nameless = aChannel({ updateInventory: failed({}) });
  expect(await failure(setStock(nameless.channel))).toMatchObject({ family: "invalid", code: "12052990" });
});

test("an expired token is renewed once and the call sent again with the new one", async () => {
  const refuse = ({ headers }: Recorded) =>
    enveloped(
      headers.get("x-tts-access-token") === "TTP_access-1" ? { code: 105002, status: 401 } : { data: { errors: [] } },
    );
  const { channel, requests } = aChannel({ updateInventory: refuse });
  const access = anAccess();
  await setStock(channel, access);
  expect(access.renewed).toBe(1);
  expect(requests.map(({ headers }) => headers.get("x-tts-access-token"))).toEqual(["TTP_access-1", "TTP_access-2"]);
  expect(requests[1]?.query.sign).toBe(requests[1] && expectedSign(requests[1]));
});

test("a token refused again after renewal ends the call", async () => {
  const { channel, requests } = aChannel({ updateInventory: { code: 105002, status: 401 } });
  const access = anAccess();
  expect(await failure(setStock(channel, access))).toMatchObject({ family: "auth", mayHaveHappened: false });
  expect([access.renewed, requests.length]).toEqual([1, 2]);
});

test("each sending pays the operation's budget and the shop's", async () => {
  let calls = 0;
  const { channel, budgets } = aChannel({
    searchInventory: () => enveloped(++calls === 1 ? { code: 36009003 } : { data: {} }),
  });
  await channel.stock.read(anAccess(), ["1"]);
  const shop = "tiktok-shop:6testkey:7495000000000000017";
  expect(budgets.taken).toEqual([shop, `${shop}:searchInventory`, shop, `${shop}:searchInventory`]);
});

test.each([
  {
    what: "a 429 with Retry-After",
    answer: { code: 36009002, status: 429, headers: { "retry-after": "3" } },
    key: ":updateInventory",
    ms: [3_000, 3_000],
  },
  { what: "a 429 without", answer: { code: 36009002, status: 429 }, key: ":updateInventory", ms: [1_000, 1_300] },
  { what: "throttling with HTTP 200", answer: { code: 36009002 }, key: ":updateInventory", ms: [1_000, 1_300] },
  {
    what: "the daily quota, until tomorrow",
    answer: { code: 45101004 },
    key: ":updateInventory",
    ms: [14 * 3_600_000, 14 * 3_600_000],
  },
  {
    what: "an hourly cap, of the whole shop",
    answer: { code: 36009002, status: 429, headers: { "retry-after": "1800" } },
    key: "",
    ms: [1_800_000, 1_800_000],
  },
])("closes the budget and is not sent again: $what", async ({ answer, key, ms: [least = 0, most = 0] }) => {
  const { channel, budgets, requests, clock } = aChannel({ updateInventory: answer });
  const error = await setStock(channel).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BudgetClosed);
  const pauseMs = (error as BudgetClosed).retryAt.getTime() - clock.now().getTime();
  expect(pauseMs).toBeGreaterThanOrEqual(least);
  expect(pauseMs).toBeLessThanOrEqual(most);
  expect(budgets.closed).toMatchObject([{ key: `tiktok-shop:6testkey:7495000000000000017${key}` }]);
  expect(budgets.learned).toMatchObject([{ available: 0, times: { factor: 0.8 } }]);
  expect(requests).toHaveLength(1);
});

test("a budget that cannot be told does not change how a call ends", async () => {
  const budgets = {
    take: async () => {},
    close: () => Promise.reject(new Error("database is gone")),
    learn: () => Promise.reject(new Error("database is gone")),
  };
  const { channel } = aChannel({ updateInventory: { code: 36009002, status: 429 } }, { budgets });
  await expect(setStock(channel)).rejects.toBeInstanceOf(BudgetClosed);
});

test("a used-up budget sends nothing", async () => {
  const budgets = {
    take: async () => {
      throw new BudgetClosed("k", new Date());
    },
    close: async () => {},
    learn: async () => {},
  };
  const { channel, requests } = aChannel({}, { budgets });
  await expect(setStock(channel)).rejects.toBeInstanceOf(BudgetClosed);
  expect(requests).toHaveLength(0);
});

const never = (_request: Recorded, { signal }: RequestInit) =>
  new Promise<never>((_done, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));

test("a write without an answer in time may have happened and is not sent again", async () => {
  const { channel, requests } = aChannel({ updateInventory: never }, { timeoutMs: 20 });
  expect(await failure(setStock(channel))).toMatchObject({
    family: "timeout",
    mayHaveHappened: true,
    operation: "updateInventory",
  });
  expect(requests).toHaveLength(1);
});

test("a read without an answer in time is sent once more and has not changed anything", async () => {
  const { channel, requests } = aChannel({ searchInventory: never }, { timeoutMs: 20 });
  expect(await failure(channel.stock.read(anAccess(), ["1"]))).toMatchObject({
    family: "timeout",
    mayHaveHappened: false,
  });
  expect(requests).toHaveLength(2);
});

const broken = (code: string) => () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });
};

test("a connection that broke leaves a write open, one never made does not", async () => {
  const reset = aChannel({ updateInventory: broken("ECONNRESET") });
  expect(await failure(setStock(reset.channel))).toMatchObject({ family: "unavailable", mayHaveHappened: true });
  expect(reset.requests).toHaveLength(1);
  const refused = aChannel({ updateInventory: broken("ECONNREFUSED") });
  expect(await failure(setStock(refused.channel))).toMatchObject({ family: "unavailable", mayHaveHappened: false });
  expect(refused.requests).toHaveLength(3);
});

test("an answer that cannot be read ends nothing and names the field", async () => {
  const html = aChannel({ updateInventory: () => ({ body: "<html>" }) });
  expect(await failure(setStock(html.channel))).toMatchObject({ family: "unknown", mayHaveHappened: true });
  const odd = aChannel({ createProduct: { data: { skus: [] } } });
  const draft = {
    idempotencyKey: "k",
    externalProductId: "p",
    content: {
      title: "t",
      descriptionHtml: "d",
      categoryId: "1",
      pictureUris: ["u"],
      attributes: [],
      certificates: [],
      weightGrams: 1,
    },
    skus: [],
  };
  const error = await failure(odd.channel.listings.create(anAccess(), draft));
  expect(error).toMatchObject({ family: "unknown", mayHaveHappened: true });
  expect(error.message).toContain("product_id");
});

test("no token, secret, signature or cipher reaches a log line or an error", async () => {
  const { channel, lines } = aChannel({ getAccessToken: { code: 105002 }, updateInventory: { code: 99999999 } });
  const errors = [
    await failure(channel.consent.exchange("US", "one-time-code")),
    await failure(setStock(channel)),
    await failure(aChannel({ getAccessToken: broken("ECONNRESET") }).channel.consent.exchange("US", "one-time-code")),
  ];
  await channel.setup.warehouses(anAccess());
  const told =
    lines.join("") + errors.map((error) => `${error.message}${error.stack}${JSON.stringify(error)}`).join("");
  expect(lines.length).toBeGreaterThanOrEqual(3);
  expect(told).not.toMatch(/test-secret|one-time-code|TTP_|sign=/);
  expect(lines.join("")).toContain("req-1");
});
