import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { aWorld, DEMO_SHOP, type World } from "./support.ts";

/** The card in Settings and the page of older orders over HTTP, both platforms behind them: kinds of every sort, and what becomes of each. */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const OTHER_SHOP = "another-store.myshopify.com";
let world: World;
let shopId: string;
let connectionId: string;
let skuId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, catalog: "builtin" });
  shopId = (await world.install()).id;
  await world.connect(shopId);
  connectionId = (await world.db.connection.findFirstOrThrow()).id;
  await world.services.shops.recheck({ shopId, connectionId });
  await world.working("the catalog is read", async () => (await world.db.product.count()) === 60);
  const { id } = await world.db.product.findFirstOrThrow({ where: { title: "Harbor Stoneware Mug" } });
  const where = { shopId, connectionId, actor: { kind: "staff", id: "1" } as const };
  await world.services.catalog.select({ ...where, productIds: [id] });
  await world.services.catalog.applyDefaults({ ...where, listingIds: "all" });
  await world.services.shops.arm({ shopId, connectionId, actor: where.actor, flows: [...flows] });
  await world.services.catalog.send({ ...where, listingIds: "all" });
  await world.working(
    "the mug is live",
    async () => (await world.db.listing.count({ where: { status: "live" } })) === 1,
  );
  await world.door("settings", { speed: 1 });
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
  const sku = await world.db.listingSku.findFirstOrThrow({ where: { channelSkuId: { not: null } } });
  skuId = sku.channelSkuId ?? "";
}, 180_000);
afterAll(() => world.close());

const session = (shop: string) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });
async function open(path: string, shop = DEMO_SHOP): Promise<{ status: number; words: string }> {
  const { token, host } = await session(shop);
  const query = new URLSearchParams({
    ...{ embedded: "1", shop, host, locale: "en", id_token: token, session: "s", timestamp: "1" },
  });
  const answer = await fetch(`${world.origin}${path}?${query}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  const html = await answer.text();
  const words = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");
  return { status: answer.status, words };
}
async function post(path: string, form: Record<string, string>, shop = DEMO_SHOP) {
  const answer = await fetch(`${world.origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text() };
}
const row = (channelOrderId: string) => world.db.channelOrder.findFirstOrThrow({ where: { channelOrderId } });
const homes = async () =>
  (await (await fetch(`${world.sandbox.url}/__sandbox/state`)).json()) as {
    shopify: {
      orders: {
        sourceIdentifier: string;
        name: string;
        tags: string[];
        fulfillmentStatus: string;
        financialStatus: string;
        totalMinor: number;
      }[];
    };
    tiktok: { orders: { id: string; externalOrders: { id: string; platform: string; units: number }[] }[] };
  };
const homeOf = async (id: string) => (await homes()).shopify.orders.filter((one) => one.sourceIdentifier === id);
const available = async () => {
  const sku = await world.db.listingSku.findFirstOrThrow({
    where: { channelSkuId: skuId },
    include: { variant: true },
  });
  const products = await world.door<{ products: { variants: { inventoryItemId: string; available?: number }[] }[] }>(
    "shopify/products",
  );
  const item = sku.variant?.inventoryItemId;
  return JSON.stringify(
    products.products.flatMap((one) => one.variants).find((variant) => variant.inventoryItemId === item),
  );
};
async function buy(kind: string, more: object = {}): Promise<string> {
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId, kind, skipHold: true, ...more });
  await tell(orderId);
  return orderId;
}
const tell = (channelOrderId: string) =>
  world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId }]),
  );
const isHome = async (id: string) =>
  (await world.db.channelOrder.findFirst({ where: { channelOrderId: id } }))?.importState === "done";

const IMPORTING = {
  ...{ intent: "importing", isForTests: "false", unlinked: "park", name: "", tags: "{tag}, {kind}" },
  ...{ note: "{buyer note}", attributes: "{channel} order: {order}" },
};

test("every kind comes home as it should, says what it is on its page, and the channel knows which order it became", {
  timeout: 120_000,
}, async () => {
  const kinds = ["sample", "zero-price", "gift", "backorder", "made-to-order", "subscription", "split", "combined"];
  const ids = new Map<string, string>();
  for (const kind of [...kinds, "replacement", "exchange"]) ids.set(kind, await buy(kind));
  for (const [kind, id] of ids) {
    await world.working(`the ${kind} is home`, () => isHome(id));
    const stored = await row(id);
    expect(stored.kinds, kind).toContain(kind);
    const [home, second] = await homeOf(id);
    expect(second).toBeUndefined();
    const said = kind === "split" ? "split-parcels" : kind;
    expect(home, kind).toMatchObject({ tags: expect.arrayContaining([said]), financialStatus: "PAID" });
    expect(home?.totalMinor).toBe(Number(stored.totalMinor));
  }
  expect((await row(ids.get("sample") ?? "")).totalMinor).toBe(0n);
  const { words } = await open(`/app/orders/${(await row(ids.get("sample") ?? "")).id}`);
  expect(words).toContain("Sample");
  await world.working("the channel knows them", async () => {
    const { tiktok } = await homes();
    return [...ids.values()].every((id) => tiktok.orders.find((one) => one.id === id)?.externalOrders.length === 1);
  });
  const told = (await homes()).tiktok.orders.find((one) => one.id === ids.get("gift"))?.externalOrders[0];
  expect(told).toMatchObject({ platform: "SHOPIFY", units: 2 });
  expect((await row(ids.get("gift") ?? "")).shopifyOrderId?.endsWith(`/${told?.id}`)).toBe(true);
});

test("what the platform ships is shown with why it waits, then comes as fulfilled with no unit of ours", {
  timeout: 60_000,
}, async () => {
  const before = await available();
  const id = await buy("platform");
  await world.working("it is known", () => world.db.channelOrder.findFirst({ where: { channelOrderId: id } }));
  const page = `/app/orders/${(await row(id)).id}`;
  const first = await open(page);
  expect(first.words).toContain("It comes to Shopify as shipped once it is on its way");
  expect(first.words).toContain("It ships the order itself, so nothing is missing.");
  await world.door("tiktok/deliver-status", { orderId: id, status: "IN_TRANSIT" });
  await tell(id);
  await world.working("it is home", () => isHome(id));
  expect(await homeOf(id)).toMatchObject([
    { fulfillmentStatus: "FULFILLED", tags: expect.arrayContaining(["platform-fulfilled"]) },
  ]);
  expect(await available()).toBe(before);
});

test("the card says what each choice does; what is left out is shown with the reason and comes when it is let in again", {
  timeout: 60_000,
}, async () => {
  const settings = await open("/app/settings");
  expect(settings.status).toBe(200);
  for (const text of [
    "How orders come to Shopify",
    "mostly nothing, so they are no revenue",
    "your stock is not touched",
  ])
    expect(settings.words).toContain(text);
  expect(await post("/app/settings", { ...IMPORTING, connectionId, leaveOut: '["sample","test"]' })).toMatchObject({
    status: 200,
  });
  const id = await buy("sample");
  await world.working(
    "it is shown",
    async () => (await world.db.channelOrder.findFirst({ where: { channelOrderId: id } }))?.importState === "shown",
  );
  const { words } = await open(`/app/orders/${(await row(id)).id}`);
  expect(words).toContain("Your settings leave out orders of this kind (Sample)");
  expect(words).toContain("kept back from sale until it is on its way");
  expect((await open("/app/orders")).words).toContain("Your settings leave out orders of this kind (Sample)");
  expect(await homeOf(id)).toEqual([]);
  await post("/app/settings", { ...IMPORTING, connectionId, leaveOut: '["test"]', name: "TT-{order}" });
  await world.working("it is home", () => isHome(id));
  expect(await homeOf(id)).toMatchObject([{ name: `TT-${id}` }]);
});

test("a template nobody can fill in is refused with its name, and nothing is saved", async () => {
  const before = (await world.db.connection.findFirstOrThrow()).settings;
  for (const [field, value, says] of [
    ["name", "{ordr}", "{ordr}"],
    ["attributes", "no colon here", "Additional details"],
    ["leaveOut", '["normal"]', "cannot be read"],
  ] as const) {
    const answer = await post("/app/settings", { ...IMPORTING, connectionId, leaveOut: "[]", [field]: value });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
  }
  expect((await world.db.connection.findFirstOrThrow()).settings).toEqual(before);
  expect((await post("/app/settings", { ...IMPORTING, connectionId, leaveOut: "[]" }, OTHER_SHOP)).status).toBe(422);
  expect((await world.db.connection.findFirstOrThrow()).settings).toEqual(before);
});

test("older orders are read by their days, counted, and brought on a second word; another shop sees and starts nothing", {
  timeout: 90_000,
}, async () => {
  const { orders: past } = await world.door<{ orders: { orderId: string }[] }>("tiktok/history", {
    ...{ store: "fresh", orders: 6, weeks: 4 },
    goods: [{ title: "Old mug", sellerSku: "OLD-1", price: "12.00" }],
  });
  const [theirs] = past;
  const product = await world.db.variant.findFirstOrThrow();
  await world.door("shopify/settings", { searchLagMs: 0 });
  await world.door("shopify/order", {
    input: { sourceIdentifier: theirs?.orderId, lineItems: [{ variantId: product.shopifyId, quantity: 1 }] },
  });
  // orders from before are older than the cut-off, as the channel made them before orders were turned on
  // a day and a half ago is another day than today, here and where the store is, and no earlier one than two days ago
  const days = { from: dayBefore(29), until: dayBefore(1.5) };
  const page = await open("/app/orders/older");
  expect(page.words).toContain("No older orders were read yet");
  expect(page.words).toContain("Shopify shows apps orders of the last 60 days");
  expect(await post("/app/orders/older", { intent: "read", connectionId, ...days, from: "2026-13-01" })).toMatchObject({
    status: 422,
  });
  expect(await post("/app/orders/older", { intent: "read", connectionId, ...days }, OTHER_SHOP)).toMatchObject({
    status: 422,
  });
  expect(await world.db.orderBackfill.count()).toBe(0);

  expect(await post("/app/orders/older", { intent: "read", connectionId, ...days })).toMatchObject({ status: 200 });
  await world.working("they are read", () => world.db.orderBackfill.findFirst({ where: { state: "read" } }));
  await world.working("each is decided on", async () => {
    const decided = { createdAt: { lt: new Date(Date.now() - 86_400_000) }, importState: "shown" };
    return (await world.db.channelOrder.count({ where: decided })) === 6;
  });
  expect((await open("/app/orders/older")).words).toContain("6 orders · 6 not in Shopify");
  expect((await open("/app/orders/older", OTHER_SHOP)).words).not.toContain("6 orders");
  const { id } = await world.db.orderBackfill.findFirstOrThrow();
  expect((await post("/app/orders/older", { intent: "bring", id }, OTHER_SHOP)).status).toBe(422);

  // none of them is of a product here: they come with lines of their own
  await post("/app/settings", { ...IMPORTING, connectionId, leaveOut: "[]", unlinked: "custom-line" });
  expect((await post("/app/orders/older", { intent: "bring", id })).status).toBe(200);
  await world.working("five are home, one is linked", async () => {
    const ids = past.map((one) => one.orderId);
    const home = await world.db.channelOrder.count({ where: { channelOrderId: { in: ids }, importState: "done" } });
    const linked = await world.db.channelOrder.count({
      where: { channelOrderId: { in: ids }, linkedOrderId: { not: null } },
    });
    return home === 5 && linked === 1;
  });
  for (const { orderId } of past) expect(await homeOf(orderId)).toHaveLength(1);
  expect((await homeOf(past[1]?.orderId ?? ""))[0]).toMatchObject({ fulfillmentStatus: "FULFILLED" });
  expect((await open("/app/orders/older")).words).toContain("6 orders · 5 in Shopify · 1 brought by another app");
});

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
