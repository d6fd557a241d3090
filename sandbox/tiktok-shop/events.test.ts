import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aLiveListing, appKey, appSecret, openTestShop, type TestShop, until } from "./testing.ts";

interface Received {
  host: string;
  authorization: string;
  text: string;
  body: { type: number; data: Record<string, unknown>; tts_notification_id: string };
}

let shop: TestShop;
let server: Server;
let address = "";
let status = 200;
const received: Received[] = [];

beforeAll(async () => {
  shop = await openTestShop({ speed: 1000 });
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      received.push({
        host: req.headers.host ?? "",
        authorization: req.headers.authorization ?? "",
        text,
        body: JSON.parse(text),
      });
      res.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://app.localhost:${(server.address() as AddressInfo).port}/webhooks/tiktok-shop`;
});
afterAll(async () => {
  await shop.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const put = (event_type: string, to = address) =>
  shop.call("PUT", "/event/202309/webhooks", { body: { address: to, event_type } });
const ofType = (type: number) => received.filter((entry) => entry.body.type === type);

describe("addresses", () => {
  it("are https domain names without a port, localhost excepted", async () => {
    const codes = async (to: string) => (await put("PACKAGE_UPDATE", to)).code;
    expect(await codes("http://example.com/x")).toBe(36009004);
    expect(await codes("https://example.com:8443/x")).toBe(36009004);
    expect(await codes("https://10.0.0.1/x")).toBe(36009004);
    expect(await codes(`https://example.com/${"a".repeat(250)}`)).toBe(36009004);
    expect(await codes("https://example.com/x")).toBe(0);
    expect((await shop.call("PUT", "/event/202309/webhooks", { body: { address, event_type: "NOTHING" } })).code).toBe(
      36009004,
    );
  });

  it("are kept per event, replaced and deleted", async () => {
    await put("RECIPIENT_ADDRESS_UPDATE", "https://example.com/a");
    await put("RECIPIENT_ADDRESS_UPDATE", "https://example.com/b");
    const list = await shop.call<{ webhooks: { event_type: string; address: string }[] }>(
      "GET",
      "/event/202309/webhooks",
    );
    const found = list.data.webhooks.filter((entry) => entry.event_type === "RECIPIENT_ADDRESS_UPDATE");
    expect(found).toMatchObject([{ address: "https://example.com/b" }]);
    for (const event_type of ["RECIPIENT_ADDRESS_UPDATE", "PACKAGE_UPDATE", "PACKAGE_UPDATE"]) {
      expect((await shop.call("DELETE", "/event/202309/webhooks", { body: { event_type } })).code).toBe(0);
    }
    expect((await shop.call("GET", "/event/202309/webhooks")).data).toMatchObject({ total_count: 0 });
  });
});

describe("events", () => {
  it("are signed, carry product ids as bare numbers, and follow listing and order", async () => {
    const names = [
      "PRODUCT_CREATION",
      "PRODUCT_STATUS_CHANGE",
      "PRODUCT_AUDIT_STATUS_CHANGE",
      "ORDER_STATUS_CHANGE",
      "CANCELLATION_STATUS_CHANGE",
    ];
    for (const name of names) expect((await put(name)).code).toBe(0);
    const { productId, skuId } = await aLiveListing(shop);
    await until("three product events", () => ofType(16).length > 0 && ofType(5).length > 0 && ofType(37).length > 0);
    for (const type of [5, 16, 37]) expect(ofType(type)[0]?.text).toContain(`"product_id":${productId}`);
    const { orderId } = await shop.door("tiktok/buy", { skuId });
    await until("the release", () => ofType(1).some((entry) => entry.body.data.order_status === "AWAITING_SHIPMENT"));
    expect(ofType(1)[0]?.body.data).toMatchObject({
      order_id: orderId,
      order_status: "ON_HOLD",
      is_on_hold_order: true,
    });
    await shop.door("tiktok/cancel", { orderId, by: "BUYER" });
    await until("the cancellation", () => ofType(1).some((entry) => entry.body.data.order_status === "CANCEL"));
    await until("its events", () =>
      ofType(11).some((entry) => entry.body.data.cancel_status === "CANCELLATION_REQUEST_COMPLETE"),
    );
    expect(new Set(received.map((entry) => entry.body.tts_notification_id)).size).toBe(received.length);
    for (const entry of received) {
      const expected = createHmac("sha256", appSecret)
        .update(appKey + entry.text)
        .digest("hex");
      expect(entry.authorization).toBe(expected);
      expect(entry.host).toBe(new URL(address).host);
    }
  });

  it("come again with the same identity when they were not answered with 200", async () => {
    received.length = 0;
    status = 503;
    const { productId } = await aLiveListing(shop);
    await until("a second attempt", () => received.filter((entry) => entry.body.type === 16).length >= 2);
    status = 200;
    const attempts = ofType(16).filter((entry) => entry.text.includes(productId));
    expect(new Set(attempts.map((entry) => entry.body.tts_notification_id)).size).toBe(1);
  });
});
