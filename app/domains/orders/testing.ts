import type { BuyerAddress, OrderFacts, OrderLineFacts, OrderStatus } from "../../channels/port.ts";

const TAX_RATE_MILLI = 82n;

/** A unit at 20.00, 1.64 tax, nothing off. */
export function aLine(over: Partial<OrderLineFacts> = {}): OrderLineFacts {
  const line: OrderLineFacts = {
    channelLineId: "5760000000000000001",
    channelSkuId: "1729000000000000001",
    channelProductId: "1730000000000000001",
    sellerSku: "CUP-1",
    title: "Cup",
    variantTitle: "Blue",
    status: "to-ship",
    originalMinor: 2000n,
    saleMinor: 2000n,
    sellerDiscountMinor: 0n,
    platformDiscountMinor: 0n,
    taxes: [],
    isGift: false,
    packageId: null,
    trackingNumber: null,
    cancelledBy: null,
    ...over,
  };
  const base = line.originalMinor - line.sellerDiscountMinor - line.platformDiscountMinor;
  const taxes = over.taxes ?? [{ title: "SALES_TAX", rate: "0.082", amountMinor: (base * TAX_RATE_MILLI) / 1000n }];
  return { ...line, saleMinor: over.saleMinor ?? base, taxes };
}

export const anAddress = (over: Partial<BuyerAddress> = {}): BuyerAddress => ({
  name: "Jo Doe",
  firstName: "Jo",
  lastName: "Doe",
  phone: "+15125550100",
  address1: "1 Main St",
  address2: "",
  city: "Austin",
  provinceCode: "TX",
  province: "Texas",
  postalCode: "78701",
  countryCode: "US",
  ...over,
});

export const aBuyer = (over: Partial<NonNullable<OrderFacts["buyer"]>> = {}): NonNullable<OrderFacts["buyer"]> => ({
  email: "x@relay.example",
  address: anAddress(),
  isMasked: false,
  ...over,
});

const SHIPPING_MINOR = 499n;

/** A paid order of one unit whose money sums. Change its lines and the sums follow; give `money` to change single amounts. */
export function anOrder(
  over: Partial<Omit<OrderFacts, "money">> & { money?: Partial<OrderFacts["money"]> } = {},
): OrderFacts {
  const status: OrderStatus = over.status ?? "to-ship";
  const lines = over.lines ?? [aLine({ status })];
  const hidesBuyer = status === "unpaid" || status === "on-hold";
  const createdAt = over.createdAt ?? new Date("2026-01-05T07:55:00Z");
  return {
    channelOrderId: "576123456789012345",
    kind: "normal",
    fulfilledBy: "seller",
    shippingBy: "seller",
    currency: "USD",
    updatedAt: createdAt,
    shipByAt: null,
    handOverAt: null,
    cancelAutomaticallyAt: null,
    deliveryOptionId: "7000000000000000009",
    deliveryOptionName: "Standard shipping",
    warehouseId: "7200000000000000001",
    buyerAskedToCancel: false,
    packages: [],
    buyerMessage: "",
    ...over,
    status,
    createdAt,
    paidAt: over.paidAt === undefined ? (status === "unpaid" ? null : createdAt) : over.paidAt,
    lines,
    buyer: over.buyer === undefined ? (hidesBuyer ? null : aBuyer()) : over.buyer,
    money: { ...sumsOf(lines), ...over.money },
  };
}

function sumsOf(lines: OrderLineFacts[]): OrderFacts["money"] {
  const sum = (pick: (line: OrderLineFacts) => bigint) => lines.reduce((all, line) => all + pick(line), 0n);
  const originalProductMinor = sum((line) => line.originalMinor);
  const sellerDiscountMinor = sum((line) => line.sellerDiscountMinor);
  const platformDiscountMinor = sum((line) => line.platformDiscountMinor);
  const subTotalMinor = originalProductMinor - sellerDiscountMinor - platformDiscountMinor;
  const taxMinor = sum((line) => line.taxes.reduce((all, tax) => all + tax.amountMinor, 0n));
  return {
    ...{ originalProductMinor, sellerDiscountMinor, platformDiscountMinor, subTotalMinor, taxMinor },
    totalMinor: subTotalMinor + SHIPPING_MINOR + taxMinor,
    ...{
      shippingMinor: SHIPPING_MINOR,
      originalShippingMinor: SHIPPING_MINOR,
      shippingSellerDiscountMinor: 0n,
      shippingPlatformDiscountMinor: 0n,
    },
    shippingTaxMinor: 0n,
    fees: [],
  };
}
