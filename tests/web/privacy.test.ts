import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { dumpDatabase } from "../support/dump.ts";
import { aMovableClock, aWorld, DEMO_SHOP, until, type World } from "./support.ts";

/**
 * Buyers' data through the real doors, against both sandboxes: a buyer is written wherever one can be written, and looked for in a dump of
 * the whole database, sealed records opened.
 */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const OTHER_SHOP = "another-store.myshopify.com";
const DAY_MS = 24 * 3_600_000;
const KEYS = [Buffer.alloc(32, 3)];
/** What tells who the buyer is: in each place where one is written another word. */
const BUYER = {
  ...{ firstName: "Wilhelmina", lastName: "Quackenbush", phone: "(+1)2025550177", line1: "77 Peculiar Lane" },
  // five digits alone stand in some long id or time sooner or later
  ...{ city: "Zzyzxville", postalCode: "90077-4207" },
};
const WORDS = {
  note: "Mina rang, leave it at the lighthouse",
  company: "Cousin Zebulon's Cart",
  number: "ZEB4711",
  why: "It itches, says Mina's mother",
  answer: "We are sorry, dear Mina",
};
const clock = aMovableClock();
let world: World;
let shopId: string;
let connectionId: string;
let skuId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, catalog: "builtin", clock });
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
  const sku = await world.db.listingSku.findFirstOrThrow({ where: { channelSkuId: { not: null } } });
  skuId = sku.channelSkuId ?? "";
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
}, 180_000);
afterAll(() => world.close());

const session = (shop: string) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });
const asStaff = async (shop = DEMO_SHOP) => ({
  headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
});
const getFile = async (id: string, shop = DEMO_SHOP) =>
  fetch(`${world.origin}/app/privacy/file?id=${id}`, await asStaff(shop));
const press = async (path: string, form: Record<string, string>) =>
  fetch(`${world.origin}${path}`, { ...(await asStaff()), method: "POST", body: new URLSearchParams(form) });
async function open(path: string): Promise<string> {
  const { token, host } = await session(DEMO_SHOP);
  const query = new URLSearchParams({
    ...{ embedded: "1", shop: DEMO_SHOP, host, locale: "en", id_token: token, session: "s", timestamp: "1" },
  });
  const answer = await fetch(`${world.origin}${path}?${query}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  const html = await answer.text();
  expect(answer.status, html).toBe(200);
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");
}

const row = (channelOrderId: string) =>
  world.db.channelOrder.findFirstOrThrow({ where: { channelOrderId }, include: { shipments: true, returns: true } });
const look = (channelOrderId: string) =>
  world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId }]),
  );
const lookAfterSales = (channelOrderId: string) =>
  world.services.engine.change((tx) => world.services.orders.afterSalesChanged(tx, [{ connectionId, channelOrderId }]));

/** Somebody buys, and it comes home. */
async function home(input: object = {}): Promise<string> {
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId, skipHold: true, ...input });
  await look(orderId);
  await world.working("it is home", async () =>
    world.db.channelOrder.findFirst({ where: { channelOrderId: orderId, importState: "done" } }),
  );
  return orderId;
}

/** An order of the buyer that was shipped, delivered, sent back and argued about; the buyer is written wherever one can be. */
async function theirOrder(): Promise<string> {
  const orderId = await home({ quantity: 2, buyer: "wilhelmina", address: BUYER });
  const { id, shopifyOrderId } = await row(orderId);
  expect((await press(`/app/orders/${id}`, { intent: "note", text: WORDS.note })).status).toBeLessThan(400);
  const tracking = { trackingCompany: WORDS.company, trackingNumber: WORDS.number };
  await world.door("shopify/fulfil", { orderId: shopifyOrderId, ...tracking });
  await world.working("the parcel is known", async () => (await row(orderId)).shipments.length === 1);
  await world.door("tiktok/deliver-status", { orderId, status: "DELIVERED" });
  await look(orderId);
  await world.working("it is delivered", async () => (await row(orderId)).status === "delivered");
  const asked = await world.door<{ returnId: string }>("tiktok/ask-return", { orderId, reason: WORDS.why });
  await lookAfterSales(orderId);
  await world.working("the return is known", async () => (await row(orderId)).returns.length === 1);
  const { outcome } = await world.services.orders.decide({
    ...{ shopId, orderId: id, kind: "refuse-return", requestId: asked.returnId, comment: WORDS.answer },
    ...{ reason: "reverse_reject_request_reason_1", actor: { kind: "staff", id: "1" } },
  });
  expect(outcome).toBe("told");
  await world.working("the answer is told", () =>
    world.db.sellerDecision.findFirst({ where: { orderId: id, state: "done" } }),
  );
  return orderId;
}

const dump = () => dumpDatabase(world.database.url, KEYS);
const everyWord = () => [...Object.values(BUYER), ...Object.values(WORDS)];
const seenIn = (text: string) => everyWord().filter((word) => text.toLowerCase().includes(word.toLowerCase()));
const requests = () => world.db.buyerRequest.findMany({ where: { shopId } });

test("a buyer asks what is held: the merchant is told, gets one file with everything, and nobody else gets it", async () => {
  const orderId = await theirOrder();
  const others = await home();
  const { shopifyOrderId } = await row(orderId);
  expect(seenIn(await dump()).sort(), "each place holds the buyer, or this proves nothing").toEqual(everyWord().sort());

  await world.door("shopify/data-request", { orderId: shopifyOrderId });
  const asked = await until("the request to be known", async () => (await requests())[0]);
  await world.drain("housekeeping", `shop:${shopId}`);
  expect(await open("/app")).toContain("A buyer asks what you hold about them");
  expect(await open("/app/privacy")).toMatch(/Answer by .*1 order of theirs is in the file.*Download/);
  expect(await open("/app/settings")).toContain("1 buyer waits for an answer.");

  expect((await getFile(asked.id, OTHER_SHOP)).status).toBe(404);
  expect((await fetch(`${world.origin}/app/privacy/file?id=${asked.id}`, { redirect: "manual" })).status).not.toBe(200);
  const answer = await getFile(asked.id);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const file = await answer.text();
  expect(seenIn(file).sort()).toEqual(everyWord().sort());
  const { orders } = JSON.parse(file);
  expect(orders.map((one: { channelOrderId: string }) => one.channelOrderId)).toEqual([orderId]);
  expect(file).not.toContain(others);

  expect(await world.db.problem.count({ where: { kind: "buyer-data-asked", closedAt: null } })).toBe(0);
  const told = await world.db.activity.findMany({
    where: { event: { startsWith: "buyer-data." } },
    orderBy: { id: "asc" },
  });
  expect(told.map((one) => `${one.event} by ${one.actorKind}`)).toEqual([
    "buyer-data.asked by shopify",
    "buyer-data.fetched by staff",
  ]);
  expect(await open("/app/privacy")).toContain("Downloaded");
  expect(await open("/app/activity")).toContain("The file of what you hold about a buyer was downloaded");
}, 120_000);

test("a buyer wants to be forgotten: nothing of them is left anywhere, sealed or not, and nothing brings them back", async () => {
  const order = await world.db.channelOrder.findFirstOrThrow({ where: { note: WORDS.note } });
  const orderId = order.channelOrderId;
  // one of which Shopify knows nothing: found by the phone
  const { orderId: unpaid } = await world.door<{ orderId: string }>("tiktok/buy", {
    skuId,
    address: BUYER,
    unpaid: true,
  });
  const only = await home({ address: BUYER });
  await world.db.channelOrder.updateMany({ where: { channelOrderId: only }, data: { shopifyOrderId: null } });
  expect(seenIn(await dump()).sort()).toEqual(everyWord().sort());

  await world.door("shopify/forget-buyer", { orderId: order.shopifyOrderId });
  await until("the order to be erased", async () => (await row(orderId)).erased === 3);
  await world.drain("housekeeping", `shop:${shopId}`);
  expect((await requests()).map((one) => one.kind)).toEqual(["export"]);
  expect(seenIn(await dump())).toEqual([]);

  await look(orderId);
  await look(unpaid);
  await lookAfterSales(orderId);
  await world.door("shopify/fulfil-update", {
    ...{ fulfillmentId: (await row(orderId)).shipments[0]?.shopifyFulfillmentId, trackingCompany: WORDS.company },
    trackingNumber: WORDS.number,
  });
  await world.working("the channel and Shopify to have told all again", async () => {
    const read = await world.db.channelOrder.findFirst({ where: { channelOrderId: unpaid } });
    const due = await world.db.dueRow.count({ where: { dueAt: { lte: clock.now() }, subject: { contains: orderId } } });
    return read !== null && due === 0;
  });
  // another order of theirs may come, and is theirs again; the erased ones stay so
  expect(seenIn(await dump())).toEqual([]);
  expect(await open(`/app/orders/${order.id}`)).toContain("The buyer's data was erased");
  expect((await row(orderId)).buyerPaidMinor).toBe(order.buyerPaidMinor);
}, 120_000);

test("the same request told twice is one; its file can be fetched for 60 days", async () => {
  const [first] = await requests();
  const body = {
    ...{ shop_domain: DEMO_SHOP, customer: { id: 1, email: "", phone: "" }, orders_requested: [1] },
    data_request: { id: first?.externalId },
  };
  expect((await world.postShopify("customers/data_request", body)).status).toBe(200);
  expect(await requests()).toHaveLength(1);
  clock.advance(59 * DAY_MS);
  expect((await getFile(first?.id ?? "")).status).toBe(200);
  clock.advance(2 * DAY_MS);
  expect((await getFile(first?.id ?? "")).status).toBe(410);
  await world.drain("housekeeping", `shop:${shopId}`);
  expect(await requests()).toEqual([]);
}, 60_000);

test("Shopify asks to erase a shop: not while it is installed; once it left, every row of it goes and no other shop's", async () => {
  await world.door("shopify/redact-shop");
  await world.services.receive.settled();
  await world.drain("housekeeping", `shop:${shopId}`);
  expect(await world.db.channelOrder.count({ where: { shopId } })).toBeGreaterThan(0);
  const other = await world.services.shops.getShopByDomain(OTHER_SHOP);
  await world.working("the other shop has rows too", async () =>
    world.db.activity.findFirst({ where: { shopId: other?.id ?? "" } }),
  );

  expect((await world.postShopify("app/uninstalled", { id: 1, myshopify_domain: DEMO_SHOP })).status).toBe(200);
  const headers = { "x-shopify-webhook-id": randomUUID() };
  expect((await world.postShopify("shop/redact", { shop_domain: DEMO_SHOP }, headers)).status).toBe(200);
  await world.drain("housekeeping", `shop:${shopId}`);
  const left = (await dump())
    .split("\n")
    // numbers of messages, the row that says this was done, how fast the store answered, wake-ups nobody has taken yet: no buyers, and they age out
    .filter((line) => !/^(public\.(Delivery|DueRow|LaneRow|Budget) |bullmq\.)/.test(line));
  expect(
    left.filter((line) => line.includes(shopId) || line.includes(connectionId) || line.includes(DEMO_SHOP)),
  ).toEqual([]);
  expect(await world.db.shop.findMany({ select: { domain: true } })).toEqual([{ domain: OTHER_SHOP }]);
  expect(await world.db.activity.count({ where: { shopId: other?.id ?? "" } })).toBeGreaterThan(0);
}, 60_000);
