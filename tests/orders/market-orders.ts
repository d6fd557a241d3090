import type { OrderFacts, PriceParts } from "../../app/channels/port.ts";
import { aChannel, anAccess } from "../../app/channels/tiktok-shop/testing.ts";
import { type DraftResult, draftOrder } from "../../app/domains/orders/import/order-draft.ts";
import { detailedFacts } from "../../app/domains/orders/import/price-parts.ts";
import { toOrderInput } from "../../app/shopify/order-input.ts";

export type Wire = Record<string, unknown>;

/** What differs between two shops whose orders come home. */
export interface ShopOf {
  region: string;
  currency: string;
  sellerType?: "LOCAL" | "CROSS_BORDER";
  /** The Shopify shop's own currency; left out: the order's. */
  shopCurrency?: string;
  exchangeRates?: Record<string, string>;
  customers?: "guest" | "email";
}

/** One unit at `price` with the shop's wording; give `line`, `payment`, `address` or any field of the order to change it. */
export function anOrderBody(
  currency: string,
  price: string,
  over: { line?: Wire; lines?: Wire[]; payment?: Wire; address?: Wire | null } & Wire = {},
): Wire {
  const { line = {}, lines, payment = {}, address, ...rest } = over;
  const unit = {
    id: "577000000000000001",
    sku_id: "1729000000000000001",
    product_id: "1730000000000000001",
    product_name: "Cup",
    sku_name: "Blue",
    seller_sku: "CUP-1",
    currency,
    display_status: "AWAITING_SHIPMENT",
    original_price: price,
    sale_price: price,
  };
  return {
    id: "576000000000000001",
    status: "AWAITING_SHIPMENT",
    order_type: "NORMAL",
    fulfillment_type: "FULFILLMENT_BY_SELLER",
    shipping_type: "SELLER",
    create_time: 1795000000,
    paid_time: 1795000100,
    update_time: 1795000100,
    delivery_option_name: "Standard shipping",
    buyer_email: "v1@scs.tiktok.com",
    payment: {
      currency,
      original_total_product_price: price,
      sub_total: price,
      original_shipping_fee: "0",
      shipping_fee: "0",
      tax: "0",
      total_amount: price,
      ...payment,
    },
    line_items: lines ?? [{ ...unit, ...line }],
    ...(address === undefined ? {} : { recipient_address: address }),
    ...rest,
  };
}

/** What the channel tells of a body, over its own client. */
async function readBody(body: Wire, shop: ShopOf, detail?: Wire) {
  const { channel } = aChannel({
    getOrders: { data: { orders: [body] } },
    ...(detail ? { getPriceDetail: { data: detail } } : {}),
  });
  const access = anAccess({ region: shop.region, currency: shop.currency, sellerType: shop.sellerType ?? "LOCAL" });
  const id = String(body.id);
  const [facts] = await channel.orders.get(access, [id]);
  if (!facts) throw new Error("the order was not read");
  const parts = detail ? ((await channel.orders.priceParts?.(access, id)) ?? null) : null;
  return { channel, facts, parts };
}

/** From the body on the wire to what the import makes of it. */
export async function draftBody(body: Wire, shop: ShopOf, detail?: Wire): Promise<DraftResult> {
  const { channel, facts, parts } = await readBody(body, shop, detail);
  const taxes = channel.taxRules({ region: shop.region, sellerType: shop.sellerType ?? "LOCAL" });
  return draftOrder({
    facts: detailedFacts<OrderFacts>(facts, parts as PriceParts | null, taxes),
    buyer: facts.buyer ? { buyer: facts.buyer, message: facts.buyerMessage } : null,
    variants: new Map(
      facts.lines.map(({ channelLineId, channelSkuId, sellerSku: sku }) => [
        channelLineId,
        { variantId: `gid://shopify/ProductVariant/${channelSkuId}`, sku },
      ]),
    ),
    shop: { currency: shop.shopCurrency ?? shop.currency },
    names: { channel: channel.displayName, sourceName: "tiktok-shop", orderTag: "TikTok Shop" },
    taxes,
    exchangeRates: shop.exchangeRates ?? {},
    customers: shop.customers ?? "guest",
  });
}

/** The Shopify input of a body; throws when there is none. */
export async function inputOf(body: Wire, shop: ShopOf, detail?: Wire) {
  const result = await draftBody(body, shop, detail);
  if (result.outcome !== "draft")
    throw new Error(
      `no draft: ${JSON.stringify(result, (_key, value) => (typeof value === "bigint" ? String(value) : value))}`,
    );
  return toOrderInput(result.draft).order;
}

type Input = Awaited<ReturnType<typeof inputOf>>;
type Bag = { shopMoney: { amount: unknown } };

/** Sums of an input in hundredths-of-a-cent-free text: both must be the same to the cent. */
export function sumsOf(input: Input): { goods: string; paid: string } {
  const scale = 1_000_000n;
  const read = (bag: Bag | null | undefined): bigint => {
    const [whole = "0", fraction = ""] = String(bag?.shopMoney.amount ?? "0").split(".");
    return BigInt(whole) * scale + BigInt(fraction.padEnd(6, "0"));
  };
  const sum = (amounts: bigint[]) => amounts.reduce((all, one) => all + one, 0n);
  const lines = (input.lineItems ?? []).map((line) => read(line.priceSet) * BigInt(line.quantity));
  const shipping = (input.shippingLines ?? []).map((line) => read(line.priceSet));
  const taxes = [...(input.lineItems ?? []), ...(input.shippingLines ?? [])].flatMap((line) =>
    (line.taxLines ?? []).map((tax) => read(tax.priceSet)),
  );
  const goods = sum([...lines, ...shipping, ...(input.taxesIncluded ? [] : taxes)]);
  return { goods: String(goods), paid: String(sum((input.transactions ?? []).map((one) => read(one.amountSet)))) };
}
