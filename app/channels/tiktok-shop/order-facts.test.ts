import { expect, test } from "vitest";
import { exampleAnswers } from "./example-answers.ts";
import { aChannel, anAccess } from "./testing.ts";

type Wire = Record<string, unknown>;
const [example] = (exampleAnswers.getOrders as { orders: Wire[] }).orders;

async function read(over: Wire) {
  const { channel } = aChannel({ getOrders: { data: { orders: [{ ...example, ...over }] } } });
  const [facts] = await channel.orders.get(anAccess(), ["576461413038785752"]);
  if (!facts) throw new Error("no order was read");
  return facts;
}

test("an order in our words", async () => {
  expect(await read({})).toMatchObject({
    channelOrderId: "576461413038785752",
    status: "to-ship",
    kind: "normal",
    fulfilledBy: "seller",
    shippingBy: "seller",
    currency: "USD",
    shipByAt: new Date(1795100000_000),
    cancelAutomaticallyAt: null,
    buyerAskedToCancel: false,
    packages: [],
    lines: [
      {
        channelLineId: "576461413038851288",
        originalMinor: 2450n,
        saleMinor: 2100n,
        taxes: [{ title: "SALES_TAX", amountMinor: 157n }],
        packageId: null,
      },
    ],
    buyer: {
      email: "relay-1@scs.tiktok.com",
      isMasked: false,
      address: {
        name: "Ada Byron",
        address1: "12 Analytical Way",
        address2: "Apt 4",
        city: "Austin",
        province: "Texas",
        provinceCode: "TX",
        postalCode: "78701",
        countryCode: "US",
      },
    },
  });
});

test("money parts sum to what the buyer paid", async () => {
  const { money } = await read({});
  const fees = money.fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  expect(money.subTotalMinor + money.shippingMinor + money.taxMinor + fees).toBe(money.totalMinor);
  expect(money.originalProductMinor - money.sellerDiscountMinor - money.platformDiscountMinor).toBe(
    money.subTotalMinor,
  );
  expect(money.originalShippingMinor - money.shippingSellerDiscountMinor - money.shippingPlatformDiscountMinor).toBe(
    money.shippingMinor,
  );
  expect(money.fees).toEqual([{ name: "retail-delivery", amountMinor: 28n }]);
});

test("no address is shown while an order is on hold, whether absent or blank", async () => {
  expect((await read({ status: "ON_HOLD", recipient_address: undefined })).buyer).toBeNull();
  expect(
    (
      await read({
        status: "ON_HOLD",
        recipient_address: { name: "", address_line1: "", postal_code: "", region_code: "US", district_info: [] },
      })
    ).buyer,
  ).toBeNull();
});

test("a masked address is marked", async () => {
  expect(
    (await read({ recipient_address: { name: "A*** B***n", phone_number: "(+1)20*****43", postal_code: "78***" } }))
      .buyer?.isMasked,
  ).toBe(true);
});

test("unknown words are kept", async () => {
  expect(
    await read({
      status: "TELEPORTED",
      fulfillment_type: "FULFILLMENT_BY_MOON",
      shipping_type: "TIKTOK_DIGITAL",
      order_type: "VIRTUAL_ORDER",
    }),
  ).toMatchObject({
    status: "unknown:TELEPORTED",
    fulfilledBy: "unknown:FULFILLMENT_BY_MOON",
    shippingBy: "unknown:TIKTOK_DIGITAL",
    kind: "other",
  });
});

test.each([
  ["sample", { is_sample_order: true }],
  ["replacement", { is_replacement_order: true }],
  ["exchange", { is_exchange_order: true }],
  ["pre-order", { order_type: "PRE_ORDER" }],
] as const)("kind %s", async (kind, over) => {
  expect((await read(over)).kind).toBe(kind);
});

test("an order that cannot be read does not hide the others, and is an error alone", async () => {
  const bad = { ...example, id: "2", payment: { currency: "USD", total_amount: "free" } };
  const { channel, lines } = aChannel({ getOrders: { data: { orders: [bad, example] } } });
  expect(await channel.orders.get(anAccess(), ["1", "2"])).toHaveLength(1);
  expect(lines.join("")).toContain("channel.order-unreadable");
  await expect(channel.orders.get(anAccess(), ["2"])).rejects.toMatchObject({ family: "unknown" });
});

test("one bad id never spoils the rest: refused batches are halved", async () => {
  const { channel, requests } = aChannel({
    getOrders: ({ query }: { query: Record<string, string> }) => {
      const ids = query.ids?.split(",") ?? [];
      const refused = ids.includes("bad");
      return {
        body: JSON.stringify({
          code: refused ? 21008111 : 0,
          message: "",
          request_id: "r",
          data: { orders: refused ? [] : ids.map((id) => ({ ...example, id })) },
        }),
      };
    },
  });
  const ids = ["1", "2", "3", "bad", "5", "6", "7"];
  const found = await channel.orders.get(anAccess(), ids);
  expect(found.map(({ channelOrderId }) => channelOrderId)).toEqual(["1", "2", "3", "5", "6", "7"]);
  expect(requests.length).toBeLessThan(8);
});

test.each<[string, Wire, string]>([
  ["a sample, whatever its type", { is_sample_order: true, order_type: "PRE_ORDER" }, "sample"],
  ["a replacement", { is_replacement_order: true }, "replacement"],
  ["an exchange", { is_exchange_order: "true" }, "exchange"],
  ["a prize", { order_type: "ZERO_LOTTERY" }, "zero-price"],
  ["a pre-order", { order_type: "PRE_ORDER" }, "pre-order"],
  ["a backorder", { order_type: "BACK_ORDER" }, "backorder"],
  ["made to order", { order_type: "MADE_TO_ORDER" }, "made-to-order"],
  ["without a type", { order_type: "" }, "normal"],
  ["of a type nobody knows", { order_type: "MYSTERY_DROP" }, "other"],
])("%s", async (_name, over, kind) => expect(await read(over)).toMatchObject({ kind }));

test("units tell the type where the order does not", async () => {
  const [line] = (example as { line_items: Wire[] }).line_items;
  expect(await read({ line_items: [{ ...line, sku_type: "MADE_TO_ORDER" }] })).toMatchObject({ kind: "made-to-order" });
});

test("subscription, packing, origin and the other name of the platform's warehouse are read; left out they are none", async () => {
  expect(
    await read({
      ...{ is_subscription_order: true, split_or_combine_tag: "COMBINED", replaced_order_id: "575" },
      fulfillment_type: "FULFILLMENT_BY_DILAYANI_TOKOPEDIA",
    }),
  ).toMatchObject({ isSubscription: true, packing: "combined", originOrderId: "575", fulfilledBy: "platform" });
  expect(await read({ split_or_combine_tag: "DEFAULT", exchange_source_order_id: "0" })).toMatchObject({
    ...{ isSubscription: false, packing: null, originOrderId: null },
  });
});
