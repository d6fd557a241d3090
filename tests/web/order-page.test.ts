import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { aWorld, DEMO_SHOP, until, type World } from "./support.ts";

/** The page of one order over HTTP, as the order goes through its states; and what others get to see of it. */

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
}, 180_000);
afterAll(() => world.close());

const session = (shop: string) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });

async function open(path: string, shop = DEMO_SHOP): Promise<{ status: number; words: string; html: string }> {
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
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
  return { status: answer.status, words, html };
}
async function press(
  id: string,
  intent: string,
  shop = DEMO_SHOP,
  fields: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${world.origin}/app/orders/${id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
    body: new URLSearchParams({ intent, ...fields }),
    redirect: "manual",
  });
}

const row = (channelOrderId: string) => world.db.channelOrder.findFirst({ where: { channelOrderId } });
/** Somebody buys; the channel tells the app of it. Returns the order as the app knows it. */
async function buy(input: object = {}) {
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId, quantity: 2, ...input });
  await look(orderId);
  await world.working("the order is known", async () => (await row(orderId)) !== null);
  return (await row(orderId)) ?? never(orderId);
}
const look = (channelOrderId: string) =>
  world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId }]),
  );
const never = (id: string): never => {
  throw new Error(`order ${id} is gone`);
};
/** The sentences stand on the page one after the other. */
function expectInOrder(words: string, sentences: string[]): void {
  let from = words.indexOf("What happened");
  for (const sentence of sentences) {
    const at = words.indexOf(sentence, from);
    expect(at, `“${sentence}” after ${words.slice(from, from + 80)}`).toBeGreaterThan(from);
    from = at;
  }
}

test("an unpaid order says what it waits for, and that the buyer is withheld", async () => {
  const order = await buy({ unpaid: true });
  const { status, words } = await open(`/app/orders/${order.id}`);
  expect(status, words).toBe(200);
  expect(words).toContain("Not paid yet");
  expect(words).toContain("The buyer has not paid yet");
  expect(words).toContain(
    "TikTok Shop withholds the name, the phone number, the street, and the postcode. It shows the buyer once the order is paid",
  );
  expect(words).toContain("Buyer pays");
  expect(words).toContain("There is no order in Shopify");
  expect(words).not.toContain("The order was paid");
});

test("from the hold to the parcel: both sides' moments in time order, each with who did it", async () => {
  const order = await buy();
  const { channelOrderId } = order;
  await world.working("it is held", async () => (await row(channelOrderId))?.holdState === "held");
  const held = await open(`/app/orders/${order.id}`);
  expect(held.words).toContain("on hold: the buyer may still cancel");
  await world.door("tiktok/advance", { orderId: channelOrderId });
  await look(channelOrderId);
  await world.working("it is released", async () => (await row(channelOrderId))?.holdState === "released");
  const shopifyOrderId = (await row(channelOrderId))?.shopifyOrderId ?? "";
  const name = (await row(channelOrderId))?.shopifyOrderName ?? "";
  await world.door("shopify/fulfil", {
    ...{ orderId: shopifyOrderId, trackingCompany: "UPS", trackingNumber: "1Z999AA10123456784" },
  });
  await world.services.engine.change((tx) =>
    world.services.orders.shopifyOrdersChanged(tx, [
      { shopId, topic: "fulfillments/create", orderGid: shopifyOrderId },
    ]),
  );
  await world.working("the channel has the number", async () => {
    const shipment = await world.db.shipment.findFirst({ where: { orderId: order.id } });
    return shipment?.state === "sent";
  });
  const { words, html } = await open(`/app/orders/${order.id}`);
  expectInOrder(words, [
    "The order was placed",
    "The order was paid",
    "On hold: the buyer may still cancel",
    "Reelshelf learned of the order",
    `Order ${name} was made`,
    "Put on hold while the buyer may cancel",
    "Waiting to be shipped",
    "The hold was released",
    "Fulfilled: 1 parcel",
    "Tracking number 1Z999AA10123456784 was accepted",
  ]);
  expect(words).toContain("by the buyer");
  expect(words).toContain("by Reelshelf");
  expect(words).toContain("2 × Harbor Stoneware Mug");
  const listing = await world.db.listing.findFirstOrThrow();
  expect(html).toContain(`/app/products/${listing.id}`);
  expect(html).toContain(`shopify://admin/orders/${shopifyOrderId.split("/").at(-1)}`);
  expect(html).toMatch(new RegExp(`http://shop\\.localhost:\\d+/seller/order/detail\\?order_no=${channelOrderId}`));
  // of the buyer only what is needed: the street, the phone and the address for mail never leave the server
  const buyer = await world.services.orders.getOrder({ shopId, id: order.id });
  const { address, email } = buyer?.buyer?.buyer ?? never(channelOrderId);
  expect(html).toContain(address.city);
  for (const secret of [address.address1, address.phone, email]) expect(html).not.toContain(secret || "never empty");
});

test("money: what the buyer paid, and what the platform adds, as the channel told it", async () => {
  const order = await world.db.channelOrder.findFirstOrThrow({ where: { importState: "done" } });
  const { words } = await open(`/app/orders/${order.id}`);
  const amount = (minor: bigint) => `${(Number(minor) / 100).toFixed(2)} USD`;
  expect(words).toContain(`Buyer paid ${amount(order.buyerPaidMinor)}`);
  if (order.platformPaidMinor > 0n) expect(words).toContain(`Total in Shopify ${amount(order.totalMinor)}`);
});

test("a parked order says why, with one action; looking again is told with who asked", async () => {
  // somebody sold a unit of what is linked to nothing
  await world.db.listingSku.updateMany({ where: { channelSkuId: skuId }, data: { channelSkuId: `x${skuId}` } });
  const order = await buy({ skipHold: true });
  await world.working("it is parked", async () => (await row(order.channelOrderId))?.importState === "parked");
  const parked = await open(`/app/orders/${order.id}`);
  expect(parked.words).toContain("holds an item that is no product here");
  expect(parked.words).toContain("Open Settings");
  expect(parked.words).toContain("Linked to no product here");
  expect(parked.words).toContain("Parked: An item in it was listed without Reelshelf and belongs to no product here.");
  expect(parked.words).not.toContain("Both sides agree");

  await world.db.listingSku.updateMany({ where: { channelSkuId: `x${skuId}` }, data: { channelSkuId: skuId } });
  const pressed = await press(order.id, "look-again");
  expect(pressed.status).toBe(200);
  expect(await pressed.text()).toContain("Looking again");
  await world.working("it is home", async () => (await row(order.channelOrderId))?.importState === "done");
  const home = await open(`/app/orders/${order.id}`);
  expect(home.words).toContain("Looked at again, as asked");
  expect(home.words).toMatch(/by Staff member \d+/);
  expect(home.words).not.toContain("What needs you");
});

test("amounts that do not add up are shown with their difference", async () => {
  const order = await world.db.channelOrder.findFirstOrThrow({ where: { importState: "done" } });
  await world.db.problem.create({
    data: {
      ...{ shopId, connectionId, key: `order-money-differs:${connectionId}:${order.channelOrderId}` },
      ...{ kind: "order-money-differs", severity: "needs-you", subject: `order:${order.id}` },
      data: {
        channelOrderId: order.channelOrderId,
        expected: "20.00",
        ...{ paid: "21.00", buyerPaid: "19.00", platformPaid: "2.00" },
        difference: "1.00",
        currency: "USD",
      },
    },
  });
  const { words } = await open(`/app/orders/${order.id}`);
  expect(words).toContain("The buyer paid 19.00 USD, and TikTok Shop adds 2.00 USD.");
  expect(words).toContain("1.00 USD is explained by nothing.");
  // the card itself names one sum that the buyer paid
  expect(words.match(/Buyer paid \d/g)).toHaveLength(1);
  expect(words).toContain("Look again now");
  await world.db.problem.deleteMany({ where: { kind: "order-money-differs" } });
});

test("a forgotten buyer is told as such", async () => {
  const order = await world.db.channelOrder.findFirstOrThrow({
    where: { sealedBuyer: { not: null }, shopifyOrderId: { not: null } },
  });
  await world.door("shopify/forget-buyer", { orderId: order.shopifyOrderId });
  await until("the buyer to be erased", async () => ((await row(order.channelOrderId))?.erased ?? 0) >= 2);
  const { words } = await open(`/app/orders/${order.id}`);
  expect(words).toContain("The buyer's data was erased: on request, or because it is kept no longer.");
});

test("each row of the list leads to its order", async () => {
  const order = await world.db.channelOrder.findFirstOrThrow();
  expect((await open("/app/orders")).html).toContain(`/app/orders/${order.id}`);
});

test("another shop gets 404 and sees and changes nothing; an id that never was is the same", async () => {
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
  const order = await world.db.channelOrder.findFirstOrThrow();
  const { status, words, html } = await open(`/app/orders/${order.id}`, OTHER_SHOP);
  expect(status).toBe(404);
  expect(words).toContain("There is no such order");
  expect(html).not.toContain(order.channelOrderId);
  const before = await world.businessRows();
  expect((await press(order.id, "look-again", OTHER_SHOP)).status).toBe(422);
  expect(await world.businessRows()).toEqual(before);
  expect((await open("/app/orders/nobody-knows-it")).status).toBe(404);
  expect((await press(order.id, "dance")).status).toBe(400);
});

test("a buyer asks to cancel: what, until when, what it does; decided here, and by nobody else", async () => {
  const order = await buy({ skipHold: true });
  const { id, channelOrderId } = order;
  await world.working("it is home", async () => (await row(channelOrderId))?.importState === "done");
  const { cancelId } = await world.door<{ cancelId: string }>("tiktok/cancel", {
    ...{ orderId: channelOrderId, by: "BUYER", request: true },
  });
  await look(channelOrderId);
  await world.working("the request is known", () => world.db.orderCancellation.findFirst({ where: { orderId: id } }));
  const { words } = await open(`/app/orders/${id}`);
  for (const said of [
    ...["Cancellation by the buyer", "Asked for", "Answer by", "left. After that TikTok Shop approves by itself."],
    ...["The units go back on sale.", "back if you agree.", "Answer the buyer"],
  ])
    expect(words).toContain(said);
  expect(words).not.toContain("Cancel this order");

  const ask = async (shop: string) => {
    const headers = { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER };
    return fetch(`${world.origin}/app/orders/${id}/decisions`, { headers });
  };
  expect(await (await ask(DEMO_SHOP)).json()).toMatchObject({
    choices: [{ kind: "approve-cancellation" }, { kind: "refuse-cancellation", isRefusal: true }],
  });
  const other = "one-more-store.myshopify.com";
  await world.door("shopify/create-shop", { shop: other });
  await world.install(other);
  expect((await ask(other)).status).toBe(404);
  const decision = { kind: "approve-cancellation", requestId: cancelId };
  expect((await press(id, "decide", other, decision)).status).toBe(422);
  expect((await press(id, "restock", other, { requestId: "1" })).status).toBe(422);
  expect(await world.db.sellerDecision.count()).toBe(0);
  expect((await press(id, "decide", DEMO_SHOP, { ...decision, kind: "give-away" })).status).toBe(400);

  expect((await press(id, "decide", DEMO_SHOP, decision)).status).toBe(200);
  expect((await press(id, "decide", DEMO_SHOP, decision)).status).toBe(422);
  await world.working("TikTok Shop was told and Shopify follows", () =>
    world.db.orderCancellation.findFirst({ where: { orderId: id, shopifyState: "done" } }),
  );
  const after = await open(`/app/orders/${id}`);
  expect(after.words).toContain("Carried to Shopify.");
  expectInOrder(after.words, ["Decided: let the buyer cancel", "Told: let the buyer cancel"]);
});
