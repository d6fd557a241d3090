import type { OrderFacts, OrderLineFacts } from "../port.ts";
import { isMasked, readAddress } from "./address.ts";
import { minor, minorOrNull, word } from "./wire/fields.ts";
import type { LineItemWire, OrderWire, PaymentWire } from "./wire/orders.ts";

/** TikTok Shop fact: the order topic says CANCEL where the order says CANCELLED. */
const STATUSES = {
  UNPAID: "unpaid",
  ON_HOLD: "on-hold",
  AWAITING_SHIPMENT: "to-ship",
  PARTIALLY_SHIPPING: "partly-shipped",
  AWAITING_COLLECTION: "awaiting-collection",
  IN_TRANSIT: "in-transit",
  DELIVERED: "delivered",
  COMPLETED: "completed",
  CANCELLED: "cancelled",
  CANCEL: "cancelled",
} as const;
/** TikTok Shop fact §24: in Indonesia the platform's own warehouse goes by the name of its sister there. */
const FULFILLED_BY = {
  FULFILLMENT_BY_SELLER: "seller",
  FULFILLMENT_BY_TIKTOK: "platform",
  FULFILLMENT_BY_DILAYANI_TOKOPEDIA: "platform",
} as const;
const PACKING = { SPLIT: "split", COMBINED: "combined" } as const;
const SHIPPING_BY = { SELLER: "seller", TIKTOK: "platform" } as const;
const ACTORS = { BUYER: "buyer", SELLER: "seller", SYSTEM: "system", OPERATOR: "operator" } as const;

/** Fees the buyer pays besides goods, shipping and tax, by the names they get on an order. */
const FEES = {
  buyer_service_fee: "buyer-service",
  distance_fee: "distance",
  distance_shipping_fee: "distance-shipping",
  handling_fee: "handling",
  item_insurance_fee: "item-insurance",
  item_insurance_tax: "item-insurance-tax",
  payment_discount_service_fee: "payment-discount-service",
  retail_delivery_fee: "retail-delivery",
  shipping_insurance_fee: "shipping-insurance",
  small_order_fee: "small-order",
} as const satisfies Partial<Record<keyof PaymentWire, string>>;

/** An order in our words. Throws RangeError when an amount is none or a field everything rests on is missing. */
export function readOrder(wire: OrderWire): OrderFacts {
  const currency = wire.payment?.currency ?? wire.line_items[0]?.currency;
  if (!currency) throw new RangeError("order without a currency");
  if (!wire.update_time || !wire.create_time) throw new RangeError("order without times");
  const status = word(STATUSES, wire.status);
  const address = readAddress(wire.recipient_address);
  return {
    channelOrderId: wire.id,
    status,
    kind: kindOf(wire),
    isSubscription: wire.is_subscription_order,
    packing: PACKING[wire.split_or_combine_tag as keyof typeof PACKING] ?? null,
    originOrderId: wire.replaced_order_id ?? wire.exchange_source_order_id ?? null,
    fulfilledBy: word(FULFILLED_BY, wire.fulfillment_type),
    shippingBy: word(SHIPPING_BY, wire.shipping_type),
    currency,
    createdAt: wire.create_time,
    paidAt: wire.paid_time ?? null,
    updatedAt: wire.update_time,
    shipByAt: wire.rts_sla_time ?? null,
    handOverAt: wire.tts_sla_time ?? null,
    cancelAutomaticallyAt: wire.cancel_order_sla_time ?? null,
    deliveryOptionId: wire.delivery_option_id ?? null,
    deliveryOptionName: wire.delivery_option_name ?? null,
    warehouseId: wire.warehouse_id ?? null,
    buyerAskedToCancel: wire.is_buyer_request_cancel,
    lines: wire.line_items.map((line) => readLine(line, wire, currency)),
    packages: wire.packages.flatMap(({ id }) => id ?? []),
    money: readMoney(wire, currency),
    isCashOnDelivery: wire.is_cod,
    buyer: address && { email: wire.buyer_email ?? "", address, isMasked: isMasked(address) },
    buyerMessage: wire.buyer_message ?? "",
  };
}

function readLine(line: LineItemWire, order: OrderWire, currency: string): OrderLineFacts {
  const original = minor(line.original_price, currency);
  const seller = minor(line.seller_discount, currency);
  const platform = minor(line.platform_discount, currency);
  return {
    channelLineId: line.id,
    channelSkuId: line.sku_id,
    channelProductId: line.product_id,
    sellerSku: line.seller_sku ?? null,
    title: line.product_name ?? "",
    variantTitle: line.sku_name ?? "",
    status: word(STATUSES, line.display_status ?? order.status),
    originalMinor: original,
    saleMinor: minorOrNull(line.sale_price, currency) ?? original - seller - platform,
    sellerDiscountMinor: seller,
    platformDiscountMinor: platform,
    taxes: line.item_tax.map(({ tax_type = "", tax_rate = "", tax_amount }) => ({
      title: tax_type,
      rate: tax_rate,
      amountMinor: minor(tax_amount, currency),
    })),
    isGift: line.is_gift,
    giftRetailMinor: minor(line.gift_retail_price, currency),
    packageId: line.package_id ?? null,
    trackingNumber: line.tracking_number ?? null,
    cancelledBy: line.cancel_user === undefined ? null : word(ACTORS, line.cancel_user),
  };
}

/**
 * TikTok Shop facts: total = sub_total + shipping_fee + tax + fees; sub_total = original − both discounts; shipping_fee = original −
 * three discounts, the co-funded one being the platform's as far as the seller is concerned.
 */
function readMoney(order: OrderWire, currency: string): OrderFacts["money"] {
  const payment: Partial<PaymentWire> = order.payment ?? {};
  const amount = (text: string | undefined) => minor(text, currency);
  const shipping = amount(payment.shipping_fee);
  const bySeller = amount(payment.shipping_fee_seller_discount);
  const byPlatform = amount(payment.shipping_fee_platform_discount) + amount(payment.shipping_fee_cofunded_discount);
  const shippingTax = amount(payment.shipping_fee_tax);
  const fees: { name: string; amountMinor: bigint }[] = Object.entries(FEES).map(([field, name]) => ({
    name,
    amountMinor: amount(payment[field as keyof typeof FEES]),
  }));
  // The deposit on bottles is told by unit only.
  const deposit = order.line_items.reduce((sum, line) => sum + amount(line.pfand_fee), 0n);
  fees.push({ name: "deposit", amountMinor: deposit });
  return {
    totalMinor: amount(payment.total_amount),
    subTotalMinor: amount(payment.sub_total),
    originalProductMinor: amount(payment.original_total_product_price),
    sellerDiscountMinor: amount(payment.seller_discount),
    platformDiscountMinor: amount(payment.platform_discount),
    shippingMinor: shipping,
    originalShippingMinor: minorOrNull(payment.original_shipping_fee, currency) ?? shipping + bySeller + byPlatform,
    shippingSellerDiscountMinor: bySeller,
    shippingPlatformDiscountMinor: byPlatform,
    taxMinor: minorOrNull(payment.tax, currency) ?? amount(payment.product_tax) + shippingTax,
    shippingTaxMinor: shippingTax,
    fees: fees.filter(({ amountMinor }) => amountMinor !== 0n),
    paymentPlatformDiscountMinor: amount(payment.payment_platform_discount),
  };
}

/** TikTok Shop fact §24: order types, and the types of its units that say the same where the order itself does not. */
const TYPES: Record<string, OrderFacts["kind"]> = {
  NORMAL: "normal",
  ZERO_LOTTERY: "zero-price",
  PRE_ORDER: "pre-order",
  MADE_TO_ORDER: "made-to-order",
  BACK_ORDER: "backorder",
};

/** TikTok Shop fact §11: samples, replacements and exchanges carry flags of their own, whatever their type. */
function kindOf(wire: OrderWire): OrderFacts["kind"] {
  if (wire.is_sample_order) return "sample";
  if (wire.is_replacement_order) return "replacement";
  if (wire.is_exchange_order) return "exchange";
  const kind = wire.order_type === undefined ? "normal" : (TYPES[wire.order_type] ?? "other");
  if (kind !== "normal") return kind;
  const ofUnits = wire.line_items.map(({ sku_type }) => TYPES[sku_type ?? ""] ?? "normal");
  return ofUnits.find((one) => one !== "normal") ?? kind;
}
