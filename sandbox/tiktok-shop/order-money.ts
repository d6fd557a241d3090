import { splitMinor, toUnpadded } from "./decimal.ts";
import type { Order, OrderLine, OrderMoney } from "./model.ts";
import { addCustoms } from "./money-abroad.ts";

/** Sums of an order in minor units. */
export interface OrderSums {
  original: number;
  sellerDiscount: number;
  platformDiscount: number;
  subTotal: number;
  shippingFee: number;
  productTax: number;
  tax: number;
  total: number;
}

/**
 * Invents who pays what: discounts of seller and platform on the lines, shipping with its discounts, sales tax by rate.
 * Every part is a whole number of minor units and the parts sum to the whole.
 */
export function inventMoney(
  chance: () => number,
  place: { region: string; state: string },
  lines: OrderLine[],
  variety: "plain" | "varied",
): OrderMoney {
  const plain: OrderMoney = {
    originalShippingMinor: 0,
    shippingSellerDiscountMinor: 0,
    shippingPlatformDiscountMinor: 0,
    shippingTaxMinor: 0,
    retailDeliveryFeeMinor: 0,
    taxRate: "0",
  };
  const isFree = lines.every((line) => line.originalMinor - line.sellerDiscountMinor === 0);
  if (variety === "plain" || isFree) return plain;
  const original = lines.map((line) => line.originalMinor);
  const sum = original.reduce((a, b) => a + b, 0);
  const seller = chance() < 0.4 ? Math.floor(sum * (0.05 + chance() * 0.15)) : 0;
  const platform = chance() < 0.35 ? Math.floor((sum - seller) * (0.03 + chance() * 0.1)) : 0;
  const sellerParts = splitMinor(seller, original);
  const platformParts = splitMinor(platform, original);
  const taxRate = place.region === "US" ? (["0", "0.0825", "0.06625", "0.1025"][Math.floor(chance() * 4)] ?? "0") : "0";
  for (const [index, line] of lines.entries()) {
    line.sellerDiscountMinor = sellerParts[index] ?? 0;
    line.platformDiscountMinor = platformParts[index] ?? 0;
    // the platform's part does not lower what is taxed: somebody pays it
    line.taxMinor = Math.round((line.originalMinor - line.sellerDiscountMinor) * Number(taxRate));
  }
  const shipping = chance() < 0.5 ? 499 : 0;
  const kind = chance();
  const invented: OrderMoney = {
    originalShippingMinor: shipping,
    shippingSellerDiscountMinor: kind < 0.2 ? Math.min(shipping, 200) : 0,
    shippingPlatformDiscountMinor: kind >= 0.2 && kind < 0.5 ? shipping : 0,
    shippingTaxMinor: shipping > 0 && kind >= 0.5 && chance() < 0.3 ? Math.round(shipping * Number(taxRate)) : 0,
    retailDeliveryFeeMinor: place.region === "US" && place.state === "Colorado" ? 28 : 0,
    taxRate,
  };
  return place.region === "US" ? invented : addCustoms(chance, place.region, lines, invented);
}

/** TikTok Shop fact: total = sub total + shipping + tax + retail delivery fee; sub total = originals − both discounts. */
export function sumOrder(order: Order): OrderSums {
  const add = (pick: (line: OrderLine) => number) => order.lines.reduce((sum, line) => sum + pick(line), 0);
  const original = add((line) => line.originalMinor);
  const sellerDiscount = add((line) => line.sellerDiscountMinor);
  const platformDiscount = add((line) => line.platformDiscountMinor);
  const subTotal = original - sellerDiscount - platformDiscount;
  const { originalShippingMinor, shippingSellerDiscountMinor, shippingPlatformDiscountMinor } = order.money;
  const shared = order.money.shippingCofundedDiscountMinor ?? 0;
  const shippingFee = originalShippingMinor - shippingSellerDiscountMinor - shippingPlatformDiscountMinor - shared;
  const productTax = add((line) => line.taxMinor);
  const tax = productTax + order.money.shippingTaxMinor;
  const fees = Object.values(order.money.fees ?? {}).reduce(
    (sum, fee) => sum + fee,
    order.money.retailDeliveryFeeMinor,
  );
  const deposits = add((line) => line.depositMinor ?? 0);
  const off = order.money.paymentDiscountMinor ?? 0;
  const total = subTotal + shippingFee + tax + fees + deposits - off + (order.money.strayMinor ?? 0);
  return { original, sellerDiscount, platformDiscount, subTotal, shippingFee, productTax, tax, total };
}

/** The `payment` of an order. Parts that are zero are absent, blank or "0", by the order's quirk. */
export function describePayment(order: Order): Record<string, unknown> {
  const sums = sumOrder(order);
  const text = (minor: number) => toUnpadded(minor, order.currency);
  const maybe = (name: string, minor: number): Record<string, string> => {
    if (minor !== 0 || order.quirk % 3 === 0) return { [name]: text(minor) };
    return order.quirk % 3 === 1 ? {} : { [name]: "" };
  };
  return {
    currency: order.currency,
    original_total_product_price: text(sums.original),
    seller_discount: text(sums.sellerDiscount),
    platform_discount: text(sums.platformDiscount),
    sub_total: text(sums.subTotal),
    original_shipping_fee: text(order.money.originalShippingMinor),
    shipping_fee: text(sums.shippingFee),
    ...maybe("shipping_fee_seller_discount", order.money.shippingSellerDiscountMinor),
    ...maybe("shipping_fee_platform_discount", order.money.shippingPlatformDiscountMinor),
    ...maybe("shipping_fee_cofunded_discount", order.money.shippingCofundedDiscountMinor ?? 0),
    ...maybe("payment_platform_discount", order.money.paymentDiscountMinor ?? 0),
    ...Object.fromEntries(Object.entries(order.money.fees ?? {}).map(([name, minor]) => [name, text(minor)])),
    ...maybe("shipping_fee_tax", order.money.shippingTaxMinor),
    ...maybe("product_tax", sums.productTax),
    ...maybe("retail_delivery_fee", order.money.retailDeliveryFeeMinor),
    tax: text(sums.tax),
    total_amount: text(sums.total),
  };
}
