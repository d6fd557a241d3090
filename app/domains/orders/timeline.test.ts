import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tellTimeline } from "./timeline.ts";

const T0 = Date.parse("2026-03-01T10:00:00Z");
const at = (seconds: number) => new Date(T0 + seconds * 1_000);
const JOB = { kind: "job", id: "orders" } as const;
const CHANNEL = { kind: "channel", id: "tiktok-shop" } as const;

type Entry = Parameters<typeof tellTimeline>[0]["activity"][number];
let id = 0n;
const entry = (event: string, seconds: number, data: object = {}, actor: Entry["actor"] = JOB): Entry => {
  id += 1n;
  return { id, at: at(seconds), actor, event, data };
};
const story = (activity: Entry[], over: Partial<Parameters<typeof tellTimeline>[0]> = {}) => ({
  ...{ channel: "tiktok-shop", createdAt: at(0), paidAt: at(0), shipments: [], activity },
  ...over,
});
const codes = (...args: Parameters<typeof story>) => tellTimeline(story(...args)).map((one) => one.code);

const HELD = [
  entry("order.seen", 3, { status: "on-hold", happenedAt: at(1).toISOString() }, CHANNEL),
  entry("order.imported", 4, { shopifyOrderName: "#1001", how: "created" }),
  entry("order.held", 5),
  entry("order.status-changed", 63, { from: "on-hold", to: "to-ship", happenedAt: at(61).toISOString() }, CHANNEL),
  entry("order.released", 64),
  entry(
    "order.fulfilled-in-shopify",
    103,
    { parcels: 1, happenedAt: at(100).toISOString() },
    { kind: "shopify", id: "" },
  ),
  entry("shipment.sent", 104.9, { shipmentId: "s-1" }),
  entry(
    "order.status-changed",
    105,
    { from: "to-ship", to: "awaiting-collection", happenedAt: at(104).toISOString() },
    CHANNEL,
  ),
  entry(
    "order.status-changed",
    200,
    { from: "awaiting-collection", to: "delivered", happenedAt: at(190).toISOString() },
    CHANNEL,
  ),
];

describe("the story of an order", () => {
  test("is told in the order in which things happened on each side, not in which we read of them", () => {
    const moments = tellTimeline(story(HELD, { shipments: [{ id: "s-1", trackingNumber: "1Z9", sentAt: at(104.2) }] }));
    expect(moments.map((one) => [one.code, one.side, (one.at.getTime() - T0) / 1_000])).toEqual([
      ["placed", "channel", 0],
      ["paid", "channel", 0],
      ["status-on-hold", "channel", 0],
      ["order-seen", "reelshelf", 3],
      ["order-imported", "shopify", 4],
      ["order-held", "shopify", 5],
      ["status-to-ship", "channel", 61],
      ["order-released", "shopify", 64],
      ["order-fulfilled-in-shopify", "shopify", 100],
      ["shipment-sent", "channel", 104.2],
      ["status-awaiting-collection", "channel", 104],
      ["status-delivered", "channel", 190],
    ]);
    expect(moments.find((one) => one.code === "shipment-sent")?.values.number).toBe("1Z9");
    expect(moments[0]?.actor).toBeNull();
    expect(moments.at(-1)?.actor).toEqual(CHANNEL);
  });

  test("does not depend on the order in which its activity is handed over", () => {
    const told = codes(HELD);
    fc.assert(
      fc.property(fc.shuffledSubarray(HELD, { minLength: HELD.length }), (shuffled) => {
        expect(codes(shuffled)).toEqual(told);
      }),
    );
  });

  test("tells a cause before what follows from it where both have one time", () => {
    const same = [
      entry("order.seen", 0, { status: "to-ship", happenedAt: at(0).toISOString() }, CHANNEL),
      entry("order.imported", 0, { shopifyOrderName: "#1" }),
    ];
    expect(codes(same)).toEqual(["placed", "paid", "status-to-ship", "order-seen", "order-imported"]);
  });

  test("lets nothing happen on the channel after we had read of it: its clock may run ahead of ours", () => {
    const ahead = [entry("order.seen", -5, { status: "to-ship", happenedAt: at(2).toISOString() }, CHANNEL)];
    const moments = tellTimeline(story(ahead));
    expect(moments.map((one) => one.code)).toEqual(["placed", "paid", "status-to-ship", "order-seen"]);
    expect(moments.every((one) => one.at.getTime() <= at(-5).getTime())).toBe(true);
  });

  test("keeps the payment where it was when the order was known before it was paid", () => {
    const late = [
      entry("order.seen", 2, { status: "unpaid", happenedAt: at(0).toISOString() }, CHANNEL),
      entry("order.status-changed", 33, { from: "unpaid", to: "on-hold", happenedAt: at(30).toISOString() }, CHANNEL),
    ];
    const moments = tellTimeline(story(late, { paidAt: at(30) }));
    expect(moments.map((one) => one.code)).toEqual(["placed", "order-seen", "paid", "status-on-hold"]);
    expect(moments[2]?.at).toEqual(at(30));
  });

  test("an unpaid order has no payment, and activity from before times were kept is told when it was read", () => {
    const old = [
      entry("order.seen", 9, { status: "unpaid" }, CHANNEL),
      entry("cancellation.seen", 20, { by: "buyer", status: "requested" }, CHANNEL),
    ];
    const moments = tellTimeline(story(old, { paidAt: null }));
    expect(moments.map((one) => one.code)).toEqual(["placed", "order-seen", "cancellation-requested"]);
    expect(moments[2]).toMatchObject({ at: at(20), side: "channel", values: { by: "buyer" } });
  });

  test("staff and what a newer version wrote have their place too", () => {
    const staff = { kind: "staff", id: "7" } as const;
    const moments = tellTimeline(story([entry("order.looked-again", 5, {}, staff), entry("order.sung-about", 6)]));
    expect(moments.slice(2)).toMatchObject([
      { code: "order-looked-again", side: "reelshelf", actor: staff },
      { code: "order-sung-about", side: "reelshelf" },
    ]);
  });
});
