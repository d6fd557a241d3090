import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { aWorld, DEMO_SHOP, type World } from "./support.ts";

/** The morning page over HTTP, against both sandboxes: what it says, and what its buttons do on both sides. */

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
  // from here on a hold ends when a test says so
  await world.door("settings", { speed: 1 });
  const sku = await world.db.listingSku.findFirstOrThrow({ where: { channelSkuId: { not: null } } });
  skuId = sku.channelSkuId ?? "";
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
}, 180_000);
afterAll(() => world.close());

const session = (shop: string) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });

async function open(path: string, shop = DEMO_SHOP): Promise<{ status: number; words: string; html: string }> {
  const { token, host } = await session(shop);
  const [at, asked] = path.split("?");
  const query = new URLSearchParams({
    ...Object.fromEntries(new URLSearchParams(asked)),
    ...{ embedded: "1", shop, host, locale: "en", id_token: token, session: "s", timestamp: "1" },
  });
  const answer = await fetch(`${world.origin}${at}?${query}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  const html = await answer.text();
  const words = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
  return { status: answer.status, words, html };
}
async function press(form: Record<string, string>, shop = DEMO_SHOP, at = "/app/orders"): Promise<Response> {
  return fetch(`${world.origin}${at}`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
}
async function download(query: Record<string, string>, shop = DEMO_SHOP): Promise<{ answer: Response; text: string }> {
  const answer = await fetch(`${world.origin}/app/orders/export?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
  });
  return { answer, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer()) };
}

const row = (channelOrderId: string) =>
  world.db.channelOrder.findFirstOrThrow({ where: { channelOrderId }, include: { shipments: true } });
/** Somebody buys; the channel tells the app of it. */
async function buy(input: object = {}): Promise<string> {
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId, quantity: 2, ...input });
  await world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId: orderId }]),
  );
  await world.working("the order is known", () =>
    world.db.channelOrder.findFirst({ where: { channelOrderId: orderId } }),
  );
  return orderId;
}
async function shippable(): Promise<string> {
  const id = await buy({ skipHold: true });
  await world.working("it is home", async () => (await row(id)).importState === "done");
  return id;
}

test("without an order the page leads on; with one it opens on what is new and what it brings", async () => {
  const empty = await open("/app/orders");
  expect(empty.status, empty.words).toBe(200);
  expect(empty.words).toContain("No orders yet");
  const id = await shippable();
  const { words, html } = await open("/app/orders");
  expect(words).toMatch(/TikTok 1, Shopify 1, (not checked yet|checked \d\d:\d\d)/);
  expect(words).toContain("Every order is home");
  expect(words).toContain("New in the last 24 hours");
  expect(words).toContain("Nothing needs you");
  expect(words).toContain("Late dispatch");
  expect(words).toContain("TikTok Shop allows 4 %");
  const order = await row(id);
  const base = Number(order.buyerPaidMinor + order.platformPaidMinor) - taxOf(order.facts);
  const get = ((base - Math.round(base * 0.06)) / 100).toFixed(2);
  expect(words).toContain(`You get about ${get} USD`);
  expect(html).toContain(`/app/orders/${order.id}`);
  expect(html).toMatch(new RegExp(`http://shop\\.localhost:\\d+/seller/order/detail\\?order_no=${id}`));
  const page = await open(`/app/orders/${order.id}`);
  expect(page.words).toContain(`You get, about ${get} USD`);
  expect(page.words).toMatch(/Ship within \d days/);
});

function taxOf(facts: unknown): number {
  return Number((facts as { money: { taxMinor: string } }).money.taxMinor);
}

test("the fee is the merchant's to set; what is no fee is refused", async () => {
  expect((await press({ intent: "set-fee", connectionId, percent: "lots" })).status).toBe(422);
  expect((await press({ intent: "set-fee", connectionId, percent: "60" })).status).toBe(422);
  expect((await press({ intent: "set-fee", connectionId, percent: "5" }, OTHER_SHOP)).status).toBe(422);
  expect((await press({ intent: "set-fee", connectionId, percent: "2.5" })).status).toBe(200);
  expect((await open("/app/orders")).words).toContain("Fees are an estimate: 2.5 % of what buyers");
  expect((await press({ intent: "set-fee", connectionId, percent: "" })).status).toBe(200);
  expect((await open("/app/orders")).words).toContain("Fees are an estimate: 6 % of what buyers");
});

test("reviewing takes an order out of what is new; undoing brings it back", async () => {
  const { id, channelOrderId } = await world.db.channelOrder.findFirstOrThrow();
  const listed = async () => (await open("/app/orders")).html.includes(`/app/orders/${id}`);
  expect(await (await press({ intent: "review", ids: id }, OTHER_SHOP)).text()).toContain("reviewed already");
  expect(await listed()).toBe(true);
  const told = await press({ intent: "review", ids: id });
  expect(await told.text()).toContain(id);
  expect(await listed()).toBe(false);
  expect((await open(`/app/orders?view=all&search=${channelOrderId}`)).html).toContain(`/app/orders/${id}`);
  expect((await open(`/app/orders/${id}`)).words).toMatch(/Reviewed .* by Staff member \d+/);
  await press({ intent: "unreview", ids: id });
  expect(await listed()).toBe(true);
});

test("a note is shown with its writer on the page and in the list", async () => {
  const { id } = await world.db.channelOrder.findFirstOrThrow();
  const at = `/app/orders/${id}`;
  expect((await press({ intent: "note", text: "Gift <b>wrap</b> it" }, DEMO_SHOP, at)).status).toBe(200);
  const { words, html } = await open(at);
  expect(words).toMatch(/Written .* by Staff member \d+/);
  expect(words).toContain("A note was written");
  expect(html).not.toContain("<b>wrap</b>");
  expect((await open("/app/orders?view=all")).words).toContain("Note: Gift");
  expect((await press({ intent: "note", text: "x" }, OTHER_SHOP, at)).status).toBe(422);
});

test("orders are fulfilled together: each with its number on the channel, and what cannot be is said", async () => {
  const [one, two] = [await shippable(), await shippable()];
  const held = await buy();
  await world.working("the hold is there", async () => (await row(held)).holdState === "held");
  const ids = [(await row(one)).id, (await row(two)).id, (await row(held)).id];
  const numbers = ["9400110200881234567890", "9400110200881234567891", ""];
  const body = new URLSearchParams({ intent: "fulfil", carrier: "USPS" });
  for (const id of ids) body.append("ids", id);
  for (const number of numbers) body.append("numbers", number);
  const headers = { "user-agent": BROWSER };
  const other = await fetch(`${world.origin}/app/orders`, {
    ...{ method: "POST", body },
    headers: { ...headers, authorization: `Bearer ${(await session(OTHER_SHOP)).token}` },
  });
  expect(other.status).toBe(422);
  expect(await world.db.fulfilmentRequest.count()).toBe(0);
  const answer = await fetch(`${world.origin}/app/orders`, {
    ...{ method: "POST", body },
    headers: { ...headers, authorization: `Bearer ${(await session(DEMO_SHOP)).token}` },
  });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  expect(text).toContain("2 orders are being fulfilled");
  expect(text).toContain("The buyer may still cancel");
  await world.working("both are shipped on the channel", async () =>
    [await row(one), await row(two)].every((order) => order.shipments.some((each) => each.state === "sent")),
  );
  expect((await row(one)).shipments.map((each) => each.trackingNumber)).toEqual([numbers[0]]);
  expect((await row(two)).shipments.map((each) => each.trackingNumber)).toEqual([numbers[1]]);
  expect((await row(held)).shipments).toEqual([]);
  expect((await open("/app/orders?view=all")).words).toContain(`Tracking ${numbers[0]} sent`);
});

test("what needs somebody stands above the list with its one action", async () => {
  await world.db.listingSku.updateMany({ where: { channelSkuId: skuId }, data: { channelSkuId: `x${skuId}` } });
  const id = await buy({ skipHold: true });
  await world.working("it is parked", async () => (await row(id)).importState === "parked");
  const { words, html } = await open("/app/orders");
  expect(words).toContain(`TikTok Shop order ${id} holds an item that is no product here`);
  expect(words).toContain("Open Settings");
  expect(words).toContain("See it in the list");
  expect(html).toContain("/app/orders?view=needs-me");
  expect((await open("/app/orders?view=parked")).words).toContain(
    "An item in it was listed without Reelshelf and belongs to no product here.",
  );
  await world.db.listingSku.updateMany({ where: { channelSkuId: `x${skuId}` }, data: { channelSkuId: skuId } });
  expect((await press({ intent: "look-again", ids: (await row(id)).id })).status).toBe(200);
  await world.working("it is home", async () => (await row(id)).importState === "done");
  expect((await open("/app/orders")).words).toContain("Nothing needs you");
});

test("packing slips carry the address, pick lists none; neither is another shop's to see, nor kept anywhere", async () => {
  const order = await row(await shippable());
  const found = await world.services.orders.getOrder({ shopId, id: order.id });
  const { name, address1 } = found?.buyer?.buyer.address ?? { name: "", address1: "" };
  expect(address1).not.toBe("");
  const all = (await world.db.channelOrder.findMany({ where: { shopId } })).map((one) => one.id).join(",");
  const slips = await open(`/app/orders/print?kind=slips&ids=${all}`);
  expect(slips.status).toBe(200);
  expect(slips.words).toContain(address1);
  expect(slips.words).toContain(name);
  expect(slips.words).toContain("2 Harbor Stoneware Mug");
  expect(slips.words).not.toMatch(/USD|\d+\.\d\d/);
  const pick = await open(`/app/orders/print?kind=pick&ids=${all}`);
  expect(pick.words).toMatch(/Pick list \d+ units for \d+ orders/);
  expect(pick.words).not.toContain(address1);
  const other = await open(`/app/orders/print?kind=slips&ids=${all}`, OTHER_SHOP);
  expect(other.words).toContain("No orders to print");
  expect(other.html).not.toContain(address1);
  const { token } = await session(DEMO_SHOP);
  const raw = await fetch(`${world.origin}/app/orders/print.data?kind=slips&ids=${order.id}`, {
    headers: { authorization: `Bearer ${token}`, "user-agent": BROWSER },
  });
  expect(raw.headers.get("cache-control")).toContain("no-store");
});

test("the bookkeeper's file: one line for each order of the time, and none for another shop", async () => {
  const day = new Date().toISOString().slice(0, 10);
  const count = await world.db.channelOrder.count({ where: { shopId } });
  const { answer, text } = await download({ by: "order", from: "2020-01-01", to: "2099-12-31" });
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toContain("orders_2020-01-01_2099-12-31.csv");
  expect(text.startsWith("\uFEFFBought,Paid,TikTok Shop order,")).toBe(true);
  expect(text.split("\r\n").filter(Boolean)).toHaveLength(1 + count);
  const lines = await download({ by: "line", from: "2020-01-01" });
  expect(lines.text).toContain("Price each");
  expect(lines.text).toContain("Harbor Stoneware Mug");
  expect((await download({ by: "order", from: "2099-01-01" })).text.split("\r\n").filter(Boolean)).toHaveLength(1);
  expect((await download({ by: "order" }, OTHER_SHOP)).text.split("\r\n").filter(Boolean)).toHaveLength(1);
  expect(text).toContain(day.slice(0, 4));
});
