import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { aChannel, anApp } from "./testing.ts";

const { channel, clock } = aChannel(
  {},
  {
    apps: [
      anApp({ appSecrets: ["new-secret", "test-secret"] }),
      anApp({ market: "ROW", appKey: "6rowkey", appSecrets: ["row-secret"] }),
    ],
  },
);

function send(
  body: string,
  { secret = "test-secret", appKey = "6testkey", header }: { secret?: string; appKey?: string; header?: string } = {},
) {
  const authorization =
    header ??
    createHmac("sha256", secret)
      .update(appKey + body)
      .digest("hex");
  return channel.deliveries.verify(new TextEncoder().encode(body), new Headers({ authorization }));
}

const orderChanged =
  '{"type":1,"tts_notification_id":"7327112393057371910","shop_id":"7495000000000000017","timestamp":1795003700,"data":{"order_id":"576461413038785752","order_status":"CANCEL","update_time":1795003699}}';

test("a signature computed elsewhere verifies", () => {
  const body = '{"type":1,"tts_notification_id":"7327112393057371910"}';
  expect(send(body, { header: "e8436d7145079bf7a0e5073d4e0ee0ad63106775d920cbfc39a4b8cf6f3c944c" })?.deliveryId).toBe(
    "7327112393057371910",
  );
});

test("a good delivery in our words", () => {
  expect(send(orderChanged)).toEqual({
    deliveryId: "7327112393057371910",
    channelShopId: "7495000000000000017",
    grantExternalId: null,
    topic: "ORDER_STATUS_CHANGE",
    sentAt: new Date(1795003700_000),
    events: [{ kind: "order-changed", channelOrderId: "576461413038785752", at: new Date(1795003699_000) }],
  });
});

test("every secret of every app is tried: rotation and markets", () => {
  expect(send(orderChanged, { secret: "new-secret" })).not.toBeNull();
  expect(send(orderChanged, { secret: "row-secret", appKey: "6rowkey" })).not.toBeNull();
});

test.each([
  ["a secret that is nobody's", { secret: "other" }],
  ["the key of another app", { appKey: "6rowkey" }],
  ["no signature", { header: "" }],
  [
    "upper case",
    { header: createHmac("sha256", "test-secret").update(`6testkey${orderChanged}`).digest("hex").toUpperCase() },
  ],
  ["a scheme in front", { header: `Bearer ${"0".repeat(64)}` }],
  ["something short", { header: "abc" }],
])("refused: %s", (_what, options) => {
  expect(send(orderChanged, options)).toBeNull();
});

test("one changed byte is refused", () => {
  const header = createHmac("sha256", "test-secret").update(`6testkey${orderChanged}`).digest("hex");
  expect(send(orderChanged.replace("576", "577"), { header })).toBeNull();
});

test("a repeat has the same identity; without an id the raw body is the identity", () => {
  const nameless = '{"type":5,"shop_id":"1","timestamp":1795003700,"data":{"product_id":1729592969712207013}}';
  expect(send(orderChanged)?.deliveryId).toBe(send(orderChanged)?.deliveryId);
  expect(send(nameless)?.deliveryId).toMatch(/^body-[0-9a-f]{64}$/);
  expect(send(nameless)?.deliveryId).toBe(send(nameless)?.deliveryId);
  expect(send(`${nameless} `)?.deliveryId).not.toBe(send(nameless)?.deliveryId);
});

test.each([
  [3, { order_id: "5" }, [{ kind: "order-changed", channelOrderId: "5" }]],
  [
    4,
    {
      package_list: [
        { package_id: "1", order_id_list: ["5", "6"] },
        { package_id: "2", order_id_list: ["6"] },
      ],
    },
    [
      { kind: "order-changed", channelOrderId: "5" },
      { kind: "order-changed", channelOrderId: "6" },
    ],
  ],
  [5, { product_id: "7" }, [{ kind: "listing-changed", channelProductId: "7" }]],
  [
    11,
    { order_id: "5", cancel_id: "9", create_time: 1795003000 },
    [
      { kind: "order-changed", channelOrderId: "5" },
      { kind: "after-sales-changed", channelOrderId: "5" },
    ],
  ],
  [12, { order_id: "5", return_id: "8" }, [{ kind: "after-sales-changed", channelOrderId: "5" }]],
  [15, { product_id: "7" }, [{ kind: "listing-changed", channelProductId: "7" }]],
  [37, { product_id: 7 }, [{ kind: "listing-changed", channelProductId: "7" }]],
  [99, { anything: true }, [{ kind: "unknown", topic: "TYPE_99" }]],
  [1, {}, [{ kind: "unknown", topic: "ORDER_STATUS_CHANGE" }]],
] as const)("topic %i", (type, data, events) => {
  expect(
    send(JSON.stringify({ type, tts_notification_id: "1", shop_id: "2", timestamp: 1795003700, data }))?.events,
  ).toMatchObject(events);
});

test("seller-level topics name the grant instead of a shop", () => {
  const ended = send(
    '{"type":6,"tts_notification_id":"1","seller_open_id":"openid-1","timestamp":1795003700,"data":{"message":"bye"}}',
  );
  expect(ended).toMatchObject({ channelShopId: null, grantExternalId: "openid-1", events: [{ kind: "grant-ended" }] });
  expect(send('{"type":7,"seller_open_id":"openid-1","timestamp":1,"data":{"expiration_time":"1"}}')).toMatchObject({
    events: [{ kind: "grant-ending" }],
  });
});

test("bare ids beyond 2^53 keep every digit", () => {
  const body =
    '{"type":37,"tts_notification_id":7327112393057371911,"shop_id":7495000000000000017,"timestamp":1795003700,"data":{"product_id":1729592969712207013}}';
  expect(send(body)).toMatchObject({
    deliveryId: "7327112393057371911",
    channelShopId: "7495000000000000017",
    events: [{ channelProductId: "1729592969712207013" }],
  });
});

test.each(["", "not json", "[]", "null", '"text"', "{}", '{"type":"x"}', '{"type":1,"data":[1]}'])(
  "an odd body that is signed is unknown: %s",
  (body) => {
    expect(send(body)).toMatchObject({
      deliveryId: expect.stringMatching(/^body-/),
      sentAt: clock.now(),
      events: [{ kind: "unknown" }],
    });
  },
);
