import type { OrderPayments } from "../../../shopify/model.ts";
import { platformGateway } from "../import/order-money.ts";

export interface MoneyBack {
  /** What the buyer got back on the channel. */
  buyerMinor: bigint;
  /** What the channel takes back of its own part of the price; "rest": all that is left of it. */
  platformMinor: bigint | "rest";
  /** Somebody may have recorded it in Shopify by hand. Left out: nobody has. */
  mayBeRecorded?: boolean;
}

export type MoneyPlan =
  | { outcome: "plan"; payments: { saleId: string; gateway: string; amountMinor: bigint }[]; amountMinor: bigint }
  /** More went back on the channel than is left in Shopify. */
  | { outcome: "exceeds"; channelMinor: bigint; leftMinor: bigint };

/** The buyer's payment: named after the channel itself, else the first that is not the platform's. None: the buyer paid nothing. */
function buyersSale(sales: OrderPayments["sales"], channelName: string, buyerPaidMinor: bigint) {
  if (buyerPaidMinor === 0n) return undefined;
  const isPlatforms = (sale: { gateway: string }) => sale.gateway === platformGateway(channelName);
  return sales.find((sale) => sale.gateway === channelName) ?? sales.find((sale) => !isPlatforms(sale));
}

/**
 * Which payment each part of a refund comes off. The buyer's part never comes off the platform's payment, nor the reverse. `recorded`: what
 * earlier refunds of ours took off which payment.
 */
export function planMoney(
  back: MoneyBack,
  paid: {
    payments: OrderPayments;
    channelName: string;
    buyerPaidMinor: bigint;
    recorded?: readonly { saleId: string; amountMinor: bigint }[];
  },
): MoneyPlan {
  const { sales } = paid.payments;
  const buyers = buyersSale(sales, paid.channelName, paid.buyerPaidMinor);
  const others = sales.filter((sale) => sale !== buyers);
  const left = (sale: OrderPayments["sales"][number]) => sale.amountMinor - sale.refundedMinor;
  const ours = (id: string) =>
    (paid.recorded ?? []).filter(({ saleId }) => saleId === id).reduce((sum, one) => sum + one.amountMinor, 0n);
  const othersLeft = others.reduce((sum, sale) => sum + left(sale), 0n);
  const buyersLeft = buyers ? left(buyers) : 0n;
  const platformMinor = back.platformMinor === "rest" ? othersLeft : back.platformMinor;
  if (back.buyerMinor > buyersLeft || platformMinor > othersLeft) {
    // all of the platform's payment goes back, whoever recorded it: what is left of it says nothing of that
    const whole = others.reduce((sum, sale) => sum + sale.amountMinor - ours(sale.id), 0n);
    const channelMinor = back.buyerMinor + (back.platformMinor === "rest" ? whole : platformMinor);
    return { outcome: "exceeds", channelMinor, leftMinor: buyersLeft + othersLeft };
  }
  let open = platformMinor;
  const payments = [
    ...(buyers && back.buyerMinor > 0n ? [part(buyers, back.buyerMinor)] : []),
    ...others.flatMap((sale) => {
      const share = open < left(sale) ? open : left(sale);
      open -= share;
      return share > 0n ? [part(sale, share)] : [];
    }),
  ];
  return { outcome: "plan", payments, amountMinor: back.buyerMinor + platformMinor };
}

const part = ({ id, gateway }: OrderPayments["sales"][number], amountMinor: bigint) => ({
  ...{ saleId: id, gateway, amountMinor },
});

/** Units of an order by their Shopify line; null: one of them has no line there. */
export function unitsByLine(
  lines: readonly { channelLineId: string; shopifyLineId: string | null }[],
  channelLineIds: readonly string[],
): Map<string, number> | null {
  const counts = new Map<string, number>();
  for (const id of channelLineIds) {
    const lineId = lines.find((line) => line.channelLineId === id)?.shopifyLineId;
    if (!lineId) return null;
    counts.set(lineId, (counts.get(lineId) ?? 0) + 1);
  }
  return counts;
}
