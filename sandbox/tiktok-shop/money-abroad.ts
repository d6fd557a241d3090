import { toMinor } from "./decimal.ts";
import { getMarket } from "./markets.ts";
import type { OrderLine, OrderMoney } from "./model.ts";

/** What buyers pay besides the goods, by market, and the tax that prices contain. */
interface Customs {
  /** In whole units of the currency. */
  shipping: string;
  taxRate: string;
  fees: Record<string, string>;
  /** A deposit on some units. */
  deposit?: string;
}

const europe = (taxRate: string): Customs => ({ shipping: "3.99", taxRate, fees: {} });

const customs: Record<string, Customs> = {
  GB: { ...europe("0.2"), fees: { buyer_service_fee: "0.49" } },
  IE: europe("0.23"),
  DE: { ...europe("0.19"), deposit: "0.25" },
  FR: europe("0.2"),
  ES: europe("0.21"),
  IT: europe("0.22"),
  JP: { shipping: "500", taxRate: "0.1", fees: {} },
  BR: { shipping: "12.9", taxRate: "0.18", fees: { item_insurance_fee: "1.2", item_insurance_tax: "0.1" } },
  MX: { shipping: "49", taxRate: "0.16", fees: { payment_discount_service_fee: "2.5" } },
  ID: { shipping: "15000", taxRate: "0.11", fees: { buyer_service_fee: "1000", handling_fee: "500" } },
  MY: { shipping: "4.9", taxRate: "0.1", fees: { shipping_insurance_fee: "0.3" } },
  PH: { shipping: "38", taxRate: "0.12", fees: { small_order_fee: "15" } },
  SG: { shipping: "1.49", taxRate: "0.09", fees: {} },
  TH: { shipping: "37", taxRate: "0.07", fees: { distance_fee: "5", distance_shipping_fee: "3" } },
  VN: { shipping: "16500", taxRate: "0.08", fees: { handling_fee: "3000" } },
};

/**
 * TikTok Shop fact: outside the United States no tax stands beside the price. Discounts of seller, platform and both, vouchers, fees and
 * deposits come and go by chance; every part is a whole number of minor units.
 */
export function addCustoms(chance: () => number, region: string, lines: OrderLine[], money: OrderMoney): OrderMoney {
  const found = customs[region];
  if (!found) return money;
  const { currency } = getMarket(region);
  const minor = (text: string) => toMinor(text, currency) ?? 0;
  const shipping = chance() < 0.6 ? minor(found.shipping) : 0;
  const [bySeller, byPlatform, shared] = [chance(), chance(), chance()].map((share) =>
    share < 0.5 ? Math.floor((shipping * share) / 3) : 0,
  );
  const hasFees = chance() < 0.7;
  for (const line of lines) {
    line.taxMinor = 0;
    if (found.deposit && chance() < 0.3) line.depositMinor = minor(found.deposit);
    line.voucherMinor = Math.floor(line.platformDiscountMinor / 2);
  }
  const payable = lines.reduce(
    (sum, line) => sum + line.originalMinor - line.sellerDiscountMinor - line.platformDiscountMinor,
    0,
  );
  return {
    ...money,
    originalShippingMinor: shipping,
    shippingSellerDiscountMinor: bySeller ?? 0,
    shippingPlatformDiscountMinor: byPlatform ?? 0,
    shippingCofundedDiscountMinor: shared ?? 0,
    shippingTaxMinor: 0,
    retailDeliveryFeeMinor: 0,
    paymentDiscountMinor: chance() < 0.2 ? Math.floor(payable / 20) : 0,
    fees: hasFees ? Object.fromEntries(Object.entries(found.fees).map(([name, text]) => [name, minor(text)])) : {},
    taxRate: found.taxRate,
  };
}

/** The tax inside a price, as the price detail tells it. */
export const taxInside = (minor: number, rate: string): number => Math.round(minor - minor / (1 + Number(rate)));
