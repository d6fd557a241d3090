import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWebApp } from "../../app/routes/doors/create-web-app.ts";
import { aWorld, DEMO_SHOP, until, type World } from "./support.ts";

let world: World;
let channelShopId: string;
let openId: string;

beforeAll(async () => {
  world = await aWorld();
  const shop = await world.install();
  const outcome = await world.connect(shop.id);
  expect(outcome.outcome).toBe("connected");
  channelShopId = (await world.db.connection.findFirstOrThrow()).channelShopId;
  openId = (await world.db.grant.findFirstOrThrow()).externalId;
});
afterAll(() => world.close());

const productBody = (id: number) => ({
  id,
  admin_graphql_api_id: `gid://shopify/Product/${id}`,
  status: "active",
  updated_at: new Date().toISOString(),
});
const orderBody = (orderId: string, at = Date.now()) => ({
  type: 1,
  tts_notification_id: randomUUID(),
  shop_id: channelShopId,
  timestamp: Math.floor(at / 1000),
  data: {
    order_id: orderId,
    order_status: "AWAITING_SHIPMENT",
    is_on_hold_order: false,
    update_time: Math.floor(at / 1000),
  },
});
const dueRows = (lane: string) => world.db.dueRow.findMany({ where: { lane } });

/** Sends it and gives the status; fails when anything but the delivery log changed. */
async function changesNothing(send: () => Promise<Response>): Promise<number> {
  const before = await world.businessRows();
  const { status } = await send();
  expect(await world.businessRows()).toEqual(before);
  return status;
}

describe("Shopify", () => {
  test("a delivery is recorded and wants its product looked at", async () => {
    const answer = await world.postShopify("products/update", productBody(101));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
    expect((await dueRows("intake")).filter((row) => row.subject.endsWith("/101"))).toHaveLength(1);
  });

  test("a repeat is answered with 200 and changes nothing", async () => {
    const headers = { "x-shopify-webhook-id": "the-same" };
    expect((await world.postShopify("products/update", productBody(102), headers)).status).toBe(200);
    expect(await changesNothing(() => world.postShopify("products/update", productBody(102), headers))).toBe(200);
    expect(await world.db.delivery.count({ where: { id: "the-same" } })).toBe(1);
  });

  test.each([
    ["a wrong signature", { "x-shopify-hmac-sha256": "AAAA" }],
    ["a signature of other bytes", { "x-shopify-hmac-sha256": "q9cXw1W4eM8u1xk1Gx4vV1Vq0mKqkq0n6m4X9o8w2b4=" }],
    ["an empty signature", { "x-shopify-hmac-sha256": "" }],
  ])("%s is answered with 401 and changes nothing", async (_name, headers) => {
    expect(await changesNothing(() => world.postShopify("products/update", productBody(103), headers))).toBe(401);
  });

  test("an unknown shop and an unknown topic are answered with 200 and change nothing", async () => {
    expect(
      await changesNothing(() =>
        world.postShopify("products/update", productBody(104), { "x-shopify-shop-domain": "nobody.myshopify.com" }),
      ),
    ).toBe(200);
    expect(await changesNothing(() => world.postShopify("themes/publish", { id: 1 }))).toBe(200);
    expect(await changesNothing(() => world.postShopify("products/update", "no object"))).toBe(200);
  });

  test("a body of 1 MB passes, one byte more is answered with 413", async () => {
    const bodyOf = (bytes: number) => {
      const body = { ...productBody(105), filler: "" };
      body.filler = "x".repeat(bytes - JSON.stringify(body).length);
      return body;
    };
    expect((await world.postShopify("products/update", bodyOf(1024 * 1024))).status).toBe(200);
    expect(await changesNothing(() => world.postShopify("products/update", bodyOf(1024 * 1024 + 1)))).toBe(413);
  });

  test("a body that only turns out too large while it arrives is answered with 413", async () => {
    const stream = new ReadableStream({
      start(control) {
        for (let part = 0; part < 17; part++) control.enqueue(new Uint8Array(64 * 1024).fill(120));
        control.close();
      },
    });
    const send = () =>
      fetch(`${world.origin}/webhooks/shopify`, { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect(await changesNothing(send)).toBe(413);
  });
});

const anOrder = async (channelOrderId: string, shopifyOrderId: string, more: object = {}) => {
  const { id: connectionId, shopId } = await world.db.connection.findFirstOrThrow();
  const money = { currency: "USD", totalMinor: 1n, buyerPaidMinor: 1n };
  const known = { shopId, connectionId, channel: "tiktok-shop", channelShopId, channelOrderId, shopifyOrderId };
  return world.db.channelOrder.create({
    data: {
      ...known,
      ...money,
      status: "to-ship",
      createdAt: new Date(),
      updateTime: new Date(),
      facts: {},
      sealedBuyer: "v1.sealed",
      ...more,
    },
  });
};

describe("what is done to an order in Shopify", () => {
  const order = { id: 21, admin_graphql_api_id: "gid://shopify/Order/21" };
  test.each([
    ["orders/edited", { order_edit: { order_id: 21 } }, "after-sales", "21"],
    ["refunds/create", { id: 1, order_id: 21 }, "after-sales", "21"],
    ["returns/approve", { id: 1, status: "open", order }, "after-sales", "21"],
    ["returns/cancel", { id: 1, status: "canceled", order_id: 21 }, "after-sales", "21"],
    ["fulfillments/create", { id: 1, order_id: 21 }, "orders", "hold:21"],
    [
      "fulfillment_orders/hold_released",
      { fulfillment_order: { id: "gid://shopify/FulfillmentOrder/7", status: "open" } },
      "orders",
      "hold:21",
    ],
  ])("%s makes us look, and no other shop's order of that number", async (topic, body, lane, subject) => {
    const held = { status: "on-hold", holdState: "held", heldParts: ["gid://shopify/FulfillmentOrder/7"] };
    const ours = await anOrder("21", "gid://shopify/Order/21", held);
    const theirs = await anOrder("22", "gid://shopify/Order/21", { ...held, shopId: "another" });
    expect((await world.postShopify(topic, body)).status).toBe(200);
    const rows = await dueRows(lane);
    expect(rows.filter((row) => row.subject === subject)).toHaveLength(1);
    expect(rows.filter((row) => row.subject.endsWith("22"))).toEqual([]);
    await world.db.dueRow.deleteMany({ where: { subject: { in: ["21", "hold:21"] } } });
    await world.db.channelOrder.deleteMany({ where: { id: { in: [ours.id, theirs.id] } } });
  });
});

describe("buyers' data", () => {
  test("of the orders named is forgotten, of others kept", async () => {
    const gone = await anOrder("1", "gid://shopify/Order/11");
    const kept = await anOrder("2", "gid://shopify/Order/12");
    const body = { shop_domain: DEMO_SHOP, customer: { id: 1 }, orders_to_redact: [11] };
    expect((await world.postShopify("customers/redact", body)).status).toBe(200);
    expect(await world.db.channelOrder.findUnique({ where: { id: gone.id } })).toMatchObject({ sealedBuyer: null });
    expect(await world.db.channelOrder.findUnique({ where: { id: kept.id } })).toMatchObject({
      sealedBuyer: "v1.sealed",
    });
  });

  test("of an order that never showed them does not come with a later reading", async () => {
    const order = await anOrder("3", "gid://shopify/Order/13");
    await world.db.channelOrder.update({ where: { id: order.id }, data: { sealedBuyer: null } });
    const body = { shop_domain: DEMO_SHOP, customer: { id: 1 }, orders_to_redact: [13] };
    expect((await world.postShopify("customers/redact", body)).status).toBe(200);
    expect(await world.db.channelOrder.findUnique({ where: { id: order.id } })).toMatchObject({ erased: 2 });
    await world.db.channelOrder.delete({ where: { id: order.id } });
  });

  test("of a shop is not forgotten while the app is installed", async () => {
    expect((await world.postShopify("shop/redact", { shop_domain: DEMO_SHOP })).status).toBe(200);
    expect(await world.db.channelOrder.count()).toBe(2);
  });

  test("a request for data is taken down, the customer's contact sealed", async () => {
    const body = {
      ...{ shop_domain: DEMO_SHOP, customer: { id: 1, email: "ann@buyer.example", phone: null } },
      ...{ orders_requested: [12], data_request: { id: 9 } },
    };
    expect((await world.postShopify("customers/data_request", body)).status).toBe(200);
    const request = await world.db.buyerRequest.findFirstOrThrow();
    expect(request).toMatchObject({ kind: "export", externalId: "9", shopifyOrderIds: ["gid://shopify/Order/12"] });
    expect(request.sealedContact).toMatch(/^v1\./);
    expect(await world.db.problem.count({ where: { kind: "buyer-data-asked", closedAt: null } })).toBe(1);
  });
});

describe("TikTok Shop", () => {
  test("a delivery is recorded and wants its order read", async () => {
    const answer = await world.postTikTok(orderBody("576461413038785001"));
    expect(answer.status).toBe(200);
    const rows = (await dueRows("orders")).filter((row) => row.subject === "576461413038785001");
    expect(rows).toHaveLength(1);
    expect(rows[0]?.newestSeenAt).toBeInstanceOf(Date);
    expect((await world.db.connection.findFirstOrThrow()).lastWebhookAt).toBeInstanceOf(Date);
  });

  test("a repeat is answered with 200 and changes nothing", async () => {
    const body = orderBody("576461413038785002");
    expect((await world.postTikTok(body)).status).toBe(200);
    expect(await changesNothing(() => world.postTikTok(body))).toBe(200);
  });

  test("a bad signature is answered with 401, an unknown shop or topic with 200; nothing changes", async () => {
    expect(await changesNothing(() => world.postTikTok(orderBody("1"), "00".repeat(32)))).toBe(401);
    expect(await changesNothing(() => world.postTikTok({ ...orderBody("1"), shop_id: "7000000000000009999" }))).toBe(
      200,
    );
    expect(await changesNothing(() => world.postTikTok({ ...orderBody("1"), type: 999 }))).toBe(200);
  });

  test("older than 24 hours it is only a hint: looked at, without its time being believed", async () => {
    expect((await world.postTikTok(orderBody("576461413038785003", Date.now() - 25 * 3_600_000))).status).toBe(200);
    const rows = (await dueRows("orders")).filter((row) => row.subject === "576461413038785003");
    expect(rows).toHaveLength(1);
    expect(rows[0]?.newestSeenAt).toBeNull();
  });

  test("news that the consent ended make us look, not believe", async () => {
    const body = {
      type: 6,
      tts_notification_id: randomUUID(),
      seller_open_id: openId,
      shop_id: channelShopId,
      timestamp: Math.floor(Date.now() / 1000),
      data: { message: "gone" },
    };
    expect((await world.postTikTok(body)).status).toBe(200);
    const grant = await world.db.grant.findFirstOrThrow();
    await world.drain("tokens", `grant:${grant.id}`);
    expect(await world.db.grant.findFirstOrThrow()).toMatchObject({ status: "active" });
  });

  test("a channel nobody built is answered with 404", async () => {
    expect((await fetch(`${world.origin}/webhooks/another-channel`, { method: "POST", body: "{}" })).status).toBe(404);
  });
});

describe("doors for machines", () => {
  test("healthz, readyz and metrics", async () => {
    expect((await fetch(`${world.origin}/healthz`)).status).toBe(200);
    const ready = await fetch(`${world.origin}/readyz`);
    expect(await ready.json()).toEqual({ ok: true, checks: { database: "ok", queue: "ok", migrations: "ok" } });
    expect(ready.status).toBe(200);
    expect((await fetch(`${world.origin}/metrics`)).status).toBe(401);
    const metrics = await fetch(`${world.origin}/metrics`, { headers: { authorization: "Bearer scrape-me" } });
    expect(await metrics.text()).toMatch(/reelshelf_deliveries_total\{source="shopify",outcome="recorded"\} [1-9]/);
  });

  test("a store that fails is answered with 503, so that the sender tries again", async () => {
    const { services } = world;
    const broken = {
      ...services,
      receive: { ...services.receive, shopify: () => Promise.reject(new Error("the store is down")) },
    };
    const server = createWebApp({ services: broken, build: null }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${port}/webhooks/shopify`, {
      method: "POST",
      body: "{}",
      headers: { "x-shopify-shop-domain": DEMO_SHOP },
    });
    expect(answer.status).toBe(503);
    server.close();
  });
});

test("after an uninstallation tokens are gone, deliveries change nothing, and what the shop wants forgotten is forgotten", async () => {
  expect((await world.postShopify("app/uninstalled", { id: 1, myshopify_domain: DEMO_SHOP })).status).toBe(200);
  expect(await world.db.shopifySession.count()).toBe(0);
  expect(await world.services.shops.getShopByDomain(DEMO_SHOP)).toMatchObject({ isInstalled: false });
  // which shops there are is remembered for a few seconds
  await until("the shop to be unknown", async () => {
    const before = await world.db.dueRow.count();
    await world.postShopify("products/update", productBody(Math.floor(Math.random() * 1e9)));
    await world.postTikTok(orderBody(String(Math.floor(Math.random() * 1e9))));
    return (await world.db.dueRow.count()) === before;
  });
  expect(await changesNothing(() => world.postShopify("products/update", productBody(106)))).toBe(200);
  expect(await changesNothing(() => world.postTikTok(orderBody("576461413038785004")))).toBe(200);
  expect(await world.db.channelOrder.count()).toBeGreaterThan(0);
  const { id } = await world.db.shop.findFirstOrThrow();
  expect((await world.postShopify("shop/redact", { shop_domain: DEMO_SHOP })).status).toBe(200);
  await world.drain("housekeeping", `shop:${id}`);
  expect(await world.db.channelOrder.count()).toBe(0);
  expect(await world.db.shop.count()).toBe(0);
});
