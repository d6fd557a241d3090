export interface GivenBack {
  /** What buyers got back, tax and shipping in it. */
  buyerMinor: bigint;
  /** What the platform takes back of its own part of the price. */
  platformMinor: bigint;
  /** The tax in what buyers got back. */
  taxMinor: bigint;
}

export interface GivenBackOrder {
  buyerPaidMinor: bigint;
  /** The order's tax as a whole. */
  taxMinor: bigint;
  lines: readonly {
    channelLineId: string;
    /** After the seller's discount; the platform's is in it. */
    priceMinor: bigint;
    platformDiscountMinor: bigint;
    taxMinor: bigint;
  }[];
  cancellations: readonly { status: string; refundMinor: bigint | null; channelLineIds: readonly string[] }[];
  returns: readonly {
    status: string;
    kind: string;
    refundMinor: bigint | null;
    platformMinor: bigint | null;
    channelLineIds: readonly string[];
  }[];
}

export const NOTHING_BACK: GivenBack = { buyerMinor: 0n, platformMinor: 0n, taxMinor: 0n };

/** Decided for good: the money went back, or is on its way. */
export const GIVES_BACK: readonly string[] = ["approved", "completed"];

/** What of an order's money went back: for units that were cancelled, returned or refunded, whole or in part. */
export function givenBack(order: GivenBackOrder): GivenBack {
  const { lines, cancellations, returns } = order;
  const platformOf = (ids: readonly string[]) => sum(unitsOf(lines, ids).map((line) => line.platformDiscountMinor));
  const all = [
    ...cancellations
      .filter(({ status }) => GIVES_BACK.includes(status))
      .map(({ refundMinor, channelLineIds }) => ({
        ...{ refundMinor: refundMinor ?? 0n, channelLineIds },
        platformMinor: refundMinor === null ? 0n : platformOf(channelLineIds),
      })),
    ...returns
      .filter(({ status, refundMinor }) => GIVES_BACK.includes(status) && refundMinor !== null)
      .map(({ kind, refundMinor, platformMinor, channelLineIds }) => ({
        ...{ refundMinor: refundMinor ?? 0n, channelLineIds },
        // a refund without goods is a part of the price: the platform's stays unless it says otherwise
        platformMinor: platformMinor ?? (kind === "refund" ? 0n : platformOf(channelLineIds)),
      })),
  ];
  const taxMinor = sum(all.map((one) => taxIn(order, one)));
  return {
    buyerMinor: sum(all.map((one) => one.refundMinor)),
    platformMinor: sum(all.map((one) => one.platformMinor)),
    taxMinor: taxMinor < order.taxMinor ? taxMinor : order.taxMinor,
  };
}

/** The units' own tax where they came back whole, else its share; where units name none, the order's by value. */
function taxIn(order: GivenBackOrder, back: { refundMinor: bigint; channelLineIds: readonly string[] }): bigint {
  const { refundMinor, channelLineIds } = back;
  if (order.buyerPaidMinor <= 0n) return 0n;
  if (sum(order.lines.map((line) => line.taxMinor)) === 0n)
    return (order.taxMinor * refundMinor) / order.buyerPaidMinor;
  const units = unitsOf(order.lines, channelLineIds);
  const tax = sum(units.map((line) => line.taxMinor));
  const goods = sum(units.map((line) => line.priceMinor - line.platformDiscountMinor));
  return refundMinor >= goods ? tax : (tax * refundMinor) / goods;
}

const unitsOf = (lines: GivenBackOrder["lines"], ids: readonly string[]) =>
  lines.filter((line) => ids.includes(line.channelLineId));

const sum = (minors: readonly bigint[]): bigint => minors.reduce((all, one) => all + one, 0n);

/** Several orders' together. */
export const addUp = (all: readonly GivenBack[]): GivenBack => ({
  buyerMinor: sum(all.map((one) => one.buyerMinor)),
  platformMinor: sum(all.map((one) => one.platformMinor)),
  taxMinor: sum(all.map((one) => one.taxMinor)),
});
