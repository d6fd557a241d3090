import { afterEach, describe, expect, test } from "vitest";
import type { OrderFacts, ShopAccess } from "../../app/channels/port.ts";
import { createTikTokShop } from "../../app/channels/tiktok-shop/index.server.ts";
import { openBudgets } from "../../app/channels/tiktok-shop/testing.ts";
import { draftOrder } from "../../app/domains/orders/import/order-draft.ts";
import { detailedFacts } from "../../app/domains/orders/import/price-parts.ts";
import { systemClock } from "../../app/platform/clock.ts";
import { silentLog } from "../../app/platform/engine/testing.ts";
import { toOrderInput } from "../../app/shopify/order-input.ts";
import { aLiveListing, appKey, appSecret, openTestShop, type TestShop } from "../../sandbox/tiktok-shop/testing.ts";
import { sumsOf } from "./market-orders.ts";

/** Orders as every market tells them, over HTTP from the sandbox, to the cent. */

const MARKETS: [region: string, currency: string, price: string][] = [
  ...([
    ["US", "USD", "20.35"],
    ["GB", "GBP", "17.99"],
    ["IE", "EUR", "17.99"],
    ["DE", "EUR", "17.99"],
  ] as const),
  ...([
    ["FR", "EUR", "17.99"],
    ["ES", "EUR", "17.99"],
    ["IT", "EUR", "17.99"],
    ["JP", "JPY", "1980"],
  ] as const),
  ...([
    ["BR", "BRL", "59.9"],
    ["MX", "MXN", "249"],
    ["ID", "IDR", "149000"],
    ["MY", "MYR", "39.9"],
  ] as const),
  ...([
    ["PH", "PHP", "499"],
    ["SG", "SGD", "25.5"],
    ["TH", "THB", "359"],
    ["VN", "VND", "189000"],
  ] as const),
].map(([region, currency, price]) => [region, currency, price]);
/** Markets whose packages exist before they are shipped. */
const PACKED = new Set(["BR", "MX", "ID", "MY", "PH", "SG", "TH", "VN"]);
const NUMBERS: Record<string, [string, string]> = {
  US: ["9400110200830000000001", "9400110200830000000002"],
  GB: ["AA123456789GB", "AB123456789GB"],
  IE: ["AA123456789IE", "AB123456789IE"],
  DE: ["123456789012", "123456789013"],
  FR: ["6A12345678901", "6A12345678902"],
  JP: ["123456789012", "123456789013"],
};
const CARRIER: Record<string, string> = { US: "USPS", FR: "Colissimo" };

let shop: TestShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(region: string, currency: string, price: string, knobs: Record<string, unknown> = {}) {
  shop = await openTestShop({ speed: 1 }, region === "US" ? undefined : { region });
  await shop.door("tiktok/settings", { orderVariety: "varied", ...knobs });
  const { skuId } = await aLiveListing(shop, {
    ...{ title: "Harbor Stoneware Mug with a Wide Handle", package_weight: { unit: "KILOGRAM", value: "0.4" } },
    skus: [
      {
        ...{ seller_sku: "MUG-1", price: { amount: price, currency } },
        inventory: [{ warehouse_id: shop.warehouseId, quantity: 90 }],
      },
    ],
  });
  const access: ShopAccess = {
    ...{ grantId: "g", market: region === "US" ? "US" : "GLOBAL", accessToken: shop.tokens.access_token },
    ...{ connectionId: "con-1", channelShopId: shop.shop.id, region, currency, shopKey: shop.shop.cipher },
  };
  const app = { appKey, appSecrets: [appSecret], serviceId: "7000000000000000001" };
  const channel = createTikTokShop({
    apps: [{ ...app, market: access.market }],
    ...{ apiUrl: shop.sandbox.url, authUrl: shop.sandbox.url, budgets: openBudgets() },
    ...{ clock: systemClock, log: silentLog },
  });
  const source = { get: async () => access, renew: async () => access };
  const { door } = shop;
  const buy = async (over: Record<string, unknown> = {}): Promise<OrderFacts> => {
    const { orderId } = await door("tiktok/buy", { skuId, quantity: 3, skipHold: true, ...over });
    return read(orderId);
  };
  const read = async (id: string): Promise<OrderFacts> => {
    const [facts] = await channel.orders.get(source, [id]);
    if (!facts) throw new Error("the order is not there");
    return facts;
  };
  return { door, channel, source, buy, read, taxes: channel.taxRules({ region, sellerType: "LOCAL" }) };
}

describe.each(MARKETS)("%s", (region, currency, price) => {
  test.each(["inside", "beside"])("its orders sum to the cent, with vouchers told %s", async (vouchers) => {
    const { channel, source, buy, taxes } = await open(region, currency, price, { vouchers });
    let withPlatformPart = 0;
    let withFees = 0;
    for (let bought = 0; bought < 12; bought += 1) {
      const facts = await buy();
      const parts = (await channel.orders.priceParts?.(source, facts.channelOrderId)) ?? null;
      const result = draftOrder({
        facts: detailedFacts(facts, parts, taxes),
        buyer: facts.buyer ? { buyer: facts.buyer, message: facts.buyerMessage } : null,
        variants: new Map(facts.lines.map((line) => [line.channelLineId, { variantId: "gid://1", sku: null }])),
        ...{ shop: { currency }, taxes, exchangeRates: {}, customers: "guest" },
        names: { channel: "TikTok Shop", sourceName: "tiktok-shop", orderTag: "TikTok Shop" },
      });
      if (result.outcome !== "draft") throw new Error(`${facts.channelOrderId}: ${result.outcome}`);
      const { order } = toOrderInput(result.draft);
      expect(sumsOf(order).goods).toBe(sumsOf(order).paid);
      expect(order.taxesIncluded).toBe(region !== "US");
      const { shippingAddress } = order;
      expect(shippingAddress).toMatchObject({ countryCode: region });
      for (const part of ["lastName", "address1", "city", "zip", "phone"] as const)
        expect(shippingAddress?.[part], part).not.toBe("");
      expect(shippingAddress?.phone).not.toMatch(/[()]/);
      if ((order.transactions ?? []).length > 1) withPlatformPart += 1;
      if (facts.money.fees.length > 0) withFees += 1;
    }
    expect(withPlatformPart).toBeGreaterThan(0);
    if (!["FR", "IE", "ES", "IT", "JP", "SG", "US"].includes(region)) expect(withFees).toBeGreaterThan(0);
  });

  test("a part of it goes out first, the rest later; a number is corrected once", async () => {
    const { channel, source, buy, read, door } = await open(region, currency, price);
    const facts = await buy({ skipHold: false });
    await door("tiktok/advance", { orderId: facts.channelOrderId });
    let order = await read(facts.channelOrderId);
    expect(order.packages.length).toBe(PACKED.has(region) ? 1 : 0);
    const offered = await channel.setup.carriers(source, order.deliveryOptionId ?? "", {
      warehouse: region,
      buyer: region,
    });
    const carrier = offered.find((one) => one.name === CARRIER[region]) ?? offered[0];
    const [first, second] = NUMBERS[region] ?? ["ABC1234567890", "ABC1234567891"];
    const [one, ...rest] = order.lines.map((line) => line.channelLineId);
    if (!carrier || !one) throw new Error("no carrier or no unit");
    const ship = async (channelLineIds: string[], trackingNumber: string) => {
      const { packageId } = await channel.orders.ship(source, {
        order,
        channelLineIds,
        carrierId: carrier.id,
        trackingNumber,
      });
      order = await read(order.channelOrderId);
      return packageId;
    };
    expect(await channel.orders.splitRules?.(source, order.channelOrderId)).toMatchObject({ canSplit: true });
    const packageId = await ship([one], first);
    expect(order.status).toBe("partly-shipped");
    expect(order.lines.map((line) => line.trackingNumber)).toEqual([first, null, null]);
    await ship(rest, second);
    expect(order.lines.map((line) => line.trackingNumber)).toEqual([first, second, second]);
    expect(order.status).toBe("awaiting-collection");

    const again = `${first.slice(0, -3)}9${first.slice(-2)}`;
    const parcel = { channelOrderId: order.channelOrderId, packageId, carrierId: carrier.id };
    await channel.orders.correctTracking?.(source, { ...parcel, trackingNumber: again });
    expect((await read(order.channelOrderId)).lines[0]?.trackingNumber).toBe(again);
    await expect(channel.orders.correctTracking?.(source, { ...parcel, trackingNumber: first })).rejects.toMatchObject({
      ...{ family: "conflict", code: "21011050" },
    });
  });
});

test("the channel's rules about splitting are told, and what breaks them is refused", async () => {
  const { channel, source, buy, read, door } = await open("DE", "EUR", "17.99", { splits: "forbidden" });
  const { channelOrderId } = await buy();
  const order = await read(channelOrderId);
  const [carrier] = await channel.setup.carriers(source, order.deliveryOptionId ?? "", {
    warehouse: "DE",
    buyer: "DE",
  });
  const [one] = order.lines;
  const ship = (channelLineIds: string[]) =>
    channel.orders.ship(source, {
      order,
      channelLineIds,
      carrierId: carrier?.id ?? "",
      trackingNumber: "123456789012",
    });
  expect(await channel.orders.splitRules?.(source, channelOrderId)).toMatchObject({
    canSplit: false,
    mustSplit: false,
  });
  await expect(ship([one?.channelLineId ?? ""])).rejects.toMatchObject({ code: "21011029" });
  await door("tiktok/settings", { splits: "required" });
  expect(await channel.orders.splitRules?.(source, channelOrderId)).toMatchObject({ mustSplit: true });
  await expect(ship(order.lines.map((line) => line.channelLineId))).rejects.toMatchObject({ code: "21011037" });
  await door("tiktok/settings", { splits: "free", sameSkuSplits: "refuse" });
  await expect(ship([one?.channelLineId ?? ""])).rejects.toMatchObject({ family: "invalid", code: "21011036" });
  await ship(order.lines.map((line) => line.channelLineId));
});

test("shops of the EU have to name both regions; what the platform labels is masked, and nobody else ships it", async () => {
  const { channel, source, buy, read, door } = await open("DE", "EUR", "17.99");
  const order = await buy({ platformLabel: true });
  const option = order.deliveryOptionId ?? "";
  await expect(channel.setup.carriers(source, option, { warehouse: "DE" })).rejects.toMatchObject({ code: "36009004" });
  expect(order).toMatchObject({ shippingBy: "platform", buyer: { isMasked: true } });
  const [carrier] = await channel.setup.carriers(source, option, { warehouse: "DE", buyer: "DE" });
  const units = order.lines.map((line) => line.channelLineId);
  const parcel = { carrierId: carrier?.id ?? "", trackingNumber: "123456789012" };
  await expect(channel.orders.ship(source, { order, channelLineIds: units, ...parcel })).rejects.toMatchObject({
    code: "21008117",
  });
  const { packageId, trackingNumber } = await door("tiktok/platform-ships", { orderId: order.channelOrderId });
  expect((await read(order.channelOrderId)).lines.every((line) => line.trackingNumber === trackingNumber)).toBe(true);
  expect(await channel.orders.getPackage(source, packageId)).toMatchObject({ carrierName: "TikTok Shipping" });

  const label = await channel.orders.label?.(source, packageId);
  expect(label?.trackingNumber).toBe(trackingNumber);
  const printed = await fetch(label?.url ?? "");
  expect(printed.headers.get("content-type")).toBe("application/pdf");
  expect(await printed.text()).toContain(trackingNumber);
});
