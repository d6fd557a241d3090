import type { OrderFacts, OrderLineFacts } from "../../../channels/port.ts";

/** An order's money told the way Shopify needs it. All in minor units of the order's currency. */
export interface OrderMoney {
  /** By channel line id. */
  unitPriceMinor: Map<string, bigint>;
  shippingMinor: bigint;
  buyerPaidMinor: bigint;
  /** Discounts the platform pays for: the seller's income beyond the buyer's payment. */
  platformPaidMinor: bigint;
  feesMinor: bigint;
}

/** Kinds whose list prices are no revenue: the units are worth what the buyer pays for them, mostly nothing. */
const UNSOLD = new Set<OrderFacts["kind"]>(["sample", "replacement", "exchange"]);

export type MoneyFacts = Pick<OrderFacts, "kind" | "money">;

/**
 * TikTok Shop fact: `total = sub_total + shipping + tax + fees`, `sub_total` and `shipping` after seller's and platform's discounts. What
 * the platform discounts it pays to the seller, so the seller's own discounts alone lower a price.
 */
export function readMoney(facts: MoneyFacts, lines: OrderLineFacts[]): OrderMoney {
  const { money } = facts;
  const unsold = UNSOLD.has(facts.kind);
  return {
    unitPriceMinor: new Map(lines.map((line) => [line.channelLineId, unitPriceOf(facts.kind, line)])),
    shippingMinor: unsold ? money.shippingMinor : money.originalShippingMinor - money.shippingSellerDiscountMinor,
    buyerPaidMinor: money.totalMinor,
    platformPaidMinor: platformPaidOf(facts),
    feesMinor: feesOf(money),
  };
}

/** Price of one unit in Shopify: list price less the seller's own discount. */
export function unitPriceOf(
  kind: OrderFacts["kind"],
  line: Pick<OrderLineFacts, "originalMinor" | "saleMinor" | "sellerDiscountMinor">,
): bigint {
  return UNSOLD.has(kind) ? line.saleMinor : line.originalMinor - line.sellerDiscountMinor;
}

/** What the platform pays of an order: its discounts on goods, on shipping and on the payment as a whole. */
export function platformPaidOf({ kind, money }: MoneyFacts): bigint {
  const onGoods = UNSOLD.has(kind) ? 0n : money.platformDiscountMinor + money.shippingPlatformDiscountMinor;
  return onGoods + paymentDiscountOf(money);
}

/**
 * Whether the discount on the payment comes off the total, or is told again what the discounts above say already, is not documented: the
 * order's own sum tells.
 */
function paymentDiscountOf(money: OrderFacts["money"]): bigint {
  const discount = money.paymentPlatformDiscountMinor ?? 0n;
  const untaxed = money.subTotalMinor + money.shippingMinor + feesOf(money);
  const before = money.totalMinor + discount;
  return before === untaxed + money.taxMinor || before === untaxed ? discount : 0n;
}

/** States in which a buyer who pays at the door has paid: the parcel was handed over. The channel gives no other sign of it. */
const HANDED_OVER: readonly string[] = ["delivered", "completed"];

/** Whether the buyer is still to pay at the door. An order nothing is paid for waits for nothing. */
export const waitsAtDoor = (facts: Pick<OrderFacts, "isCashOnDelivery" | "status"> & MoneyFacts): boolean =>
  facts.isCashOnDelivery === true && facts.money.totalMinor > 0n && !isHandedOver(facts.status);

export const isHandedOver = (status: string): boolean => HANDED_OVER.includes(status);

/** The payment of the platform's part, beside the buyer's. */
export const platformGateway = (channelName: string): string => `${channelName} (platform discount)`;

const feesOf = (money: OrderFacts["money"]): bigint => money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
