import { numberOf } from "../ids.ts";
import type {
  Address,
  Fulfillment,
  FulfillmentOrder,
  Order,
  OrderLine,
  Refund,
  Return,
  Shop,
  TaxLine,
  Transaction,
} from "../model.ts";
import { toDecimal } from "../money.ts";
import { currentQuantity, displayStatus, financialStatus, totals, unfulfilledQuantity } from "../orders/status.ts";
import { restOrNull, restTime } from "../time.ts";
import { APP_NUMBER, type World } from "../world.ts";
import { restId } from "./bodies-catalog.ts";

const restMoney = (minor: number, currency: string) => {
  const amount = { amount: toDecimal(minor, currency), currency_code: currency };
  return { shop_money: amount, presentment_money: amount };
};

const taxBody = (tax: TaxLine, currency: string) => ({
  channel_liable: tax.channelLiable,
  price: toDecimal(tax.amountMinor, currency),
  price_set: restMoney(tax.amountMinor, currency),
  rate: Number(tax.rate),
  title: tax.title,
});

function addressBody(address: Address | null): Record<string, unknown> | null {
  if (!address) return null;
  const { firstName = null, lastName = null, countryCode = null, provinceCode = null } = address;
  const name = [firstName, lastName].filter(Boolean).join(" ");
  const { address1 = null, address2 = null, city = null, company = null, phone = null, zip = null } = address;
  const plain = { address1, address2, city, company, phone, zip, latitude: null, longitude: null };
  return {
    first_name: firstName,
    last_name: lastName,
    name,
    ...plain,
    country_code: countryCode,
    province_code: provinceCode,
  };
}

/** orders/*: the full order. */
export function orderBody(shop: Shop, order: Order): Record<string, unknown> {
  const { currency } = order;
  const sums = totals(order);
  const fulfilled = displayStatus(shop, order);
  return {
    id: restId(order.id),
    admin_graphql_api_id: order.id,
    app_id: Number(APP_NUMBER),
    browser_ip: null,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: restOrNull(order.cancelledAt),
    closed_at: restOrNull(order.closedAt),
    confirmed: true,
    created_at: restTime(order.createdAt),
    currency,
    current_total_price: toDecimal(sums.current, currency),
    current_total_price_set: restMoney(sums.current, currency),
    current_total_tax: toDecimal(sums.tax, currency),
    discount_codes: order.discountCode
      ? [{ code: order.discountCode, amount: toDecimal(order.discountMinor, currency), type: "fixed_amount" }]
      : [],
    email: order.email ?? "",
    estimated_taxes: false,
    financial_status: financialStatus(order).toLowerCase(),
    fulfillment_status:
      fulfilled === "FULFILLED" ? "fulfilled" : fulfilled === "PARTIALLY_FULFILLED" ? "partial" : null,
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    number: order.number - 1000,
    order_number: order.number,
    phone: order.phone,
    po_number: order.poNumber,
    presentment_currency: currency,
    processed_at: restTime(order.processedAt),
    source_identifier: order.sourceIdentifier,
    source_name: order.sourceName,
    source_url: order.sourceUrl,
    subtotal_price: toDecimal(sums.subtotal, currency),
    tags: order.tags.join(", "),
    tax_lines: order.taxLines.map((tax) => taxBody(tax, currency)),
    taxes_included: order.taxesIncluded,
    test: order.test,
    total_discounts: toDecimal(order.discountMinor, currency),
    total_line_items_price: toDecimal(sums.lines, currency),
    total_outstanding: toDecimal(Math.max(0, sums.current - sums.paid + sums.refunded), currency),
    total_price: toDecimal(sums.total, currency),
    total_price_set: restMoney(sums.total, currency),
    total_tax: toDecimal(sums.tax, currency),
    updated_at: restTime(order.updatedAt),
    billing_address: addressBody(order.billingAddress),
    shipping_address: addressBody(order.shippingAddress),
    customer: null,
    line_items: order.lines.map((line) => lineBody(order, line)),
    shipping_lines: order.shippingLines.map((line) => ({
      id: restId(line.id),
      title: line.title,
      code: line.code,
      source: line.source,
      price: toDecimal(line.amountMinor, currency),
      price_set: restMoney(line.amountMinor, currency),
      tax_lines: line.taxLines.map((tax) => taxBody(tax, currency)),
    })),
    fulfillments: order.fulfillmentIds.flatMap((id) => {
      const fulfillment = shop.fulfillments.get(id);
      return fulfillment ? [fulfillmentBody(order, fulfillment)] : [];
    }),
    refunds: order.refunds.map((refund) => refundBody(order, refund)),
    returns: [],
  };
}

function lineBody(order: Order, line: OrderLine): Record<string, unknown> {
  const open = unfulfilledQuantity(line);
  return {
    id: restId(line.id),
    admin_graphql_api_id: line.id,
    current_quantity: currentQuantity(line),
    fulfillable_quantity: open,
    fulfillment_service: "manual",
    fulfillment_status: line.fulfilled === 0 ? null : open === 0 ? "fulfilled" : "partial",
    gift_card: false,
    grams: 0,
    name:
      line.variantTitle && line.variantTitle !== "Default Title" ? `${line.title} - ${line.variantTitle}` : line.title,
    price: toDecimal(line.unitMinor, order.currency),
    price_set: restMoney(line.unitMinor, order.currency),
    product_exists: line.productId !== null,
    product_id: line.productId ? restId(line.productId) : null,
    properties: line.properties,
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: "0.00",
    variant_id: line.variantId ? restId(line.variantId) : null,
    variant_inventory_management: line.claim ? "shopify" : null,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxLines.map((tax) => taxBody(tax, order.currency)),
    duties: [],
    discount_allocations: [],
  };
}

/** fulfillments/create and fulfillments/update. */
export function fulfillmentBody(order: Order, fulfillment: Fulfillment): Record<string, unknown> {
  return {
    id: restId(fulfillment.id),
    order_id: restId(order.id),
    status: fulfillment.status.toLowerCase(),
    created_at: restTime(fulfillment.createdAt),
    service: "manual",
    updated_at: restTime(fulfillment.updatedAt),
    tracking_company: fulfillment.company,
    shipment_status: null,
    location_id: restId(fulfillment.locationId),
    origin_address: null,
    email: order.email ?? "",
    destination: null,
    line_items: fulfillment.lines.flatMap(({ lineId, quantity }) => {
      const line = order.lines.find((one) => one.id === lineId);
      return line ? [{ ...lineBody(order, line), quantity }] : [];
    }),
    tracking_number: fulfillment.numbers[0] ?? null,
    tracking_numbers: fulfillment.numbers,
    tracking_url: fulfillment.urls[0] ?? null,
    tracking_urls: fulfillment.urls,
    receipt: {},
    name: fulfillment.name,
    admin_graphql_api_id: fulfillment.id,
  };
}

/** refunds/create. */
export function refundBody(order: Order, refund: Refund): Record<string, unknown> {
  const { currency } = order;
  return {
    id: restId(refund.id),
    admin_graphql_api_id: refund.id,
    created_at: restTime(refund.createdAt),
    note: refund.note,
    order_id: restId(order.id),
    processed_at: restTime(refund.createdAt),
    restock: refund.lines.some((line) => line.restockType !== "NO_RESTOCK"),
    return: null,
    user_id: null,
    order_adjustments: [],
    refund_shipping_lines: [],
    transactions: refund.transactions.map((one) => transactionBody(order, one)),
    refund_line_items: refund.lines.map((line) => ({
      id: restId(line.id),
      line_item_id: restId(line.lineId),
      location_id: line.locationId ? restId(line.locationId) : null,
      quantity: line.quantity,
      restock_type: line.restockType.toLowerCase(),
      subtotal: Number(toDecimal(line.subtotalMinor, currency)),
      subtotal_set: restMoney(line.subtotalMinor, currency),
      total_tax: Number(toDecimal(line.taxMinor, currency)),
      total_tax_set: restMoney(line.taxMinor, currency),
    })),
  };
}

const transactionBody = (order: Order, one: Transaction) => ({
  id: restId(one.id),
  admin_graphql_api_id: one.id,
  amount: toDecimal(one.amountMinor, order.currency),
  created_at: restTime(one.createdAt),
  currency: order.currency,
  gateway: one.gateway,
  kind: one.kind.toLowerCase(),
  order_id: restId(order.id),
  parent_id: one.parentId ? restId(one.parentId) : null,
  status: one.status.toLowerCase(),
});

/** fulfillment_orders/*: the API-shaped record these topics carry. */
export function fulfillmentOrderBody(unit: FulfillmentOrder, status: string): Record<string, unknown> {
  return { fulfillment_order: { id: unit.id, status, order_id: `gid://shopify/Order/${numberOf(unit.orderId)}` } };
}

/** Lines and by how much their quantity changed. */
export interface OrderChange {
  additions: [OrderLine, number][];
  removals: [OrderLine, number][];
}

/** orders/edited. */
export function orderEditBody(
  world: World,
  order: Order,
  { additions, removals }: OrderChange,
): Record<string, unknown> {
  const changed = (list: [OrderLine, number][]) => list.map(([line, delta]) => ({ id: restId(line.id), delta }));
  return {
    order_edit: {
      id: restId(world.ids.gid("CalculatedOrder")),
      app_id: null,
      created_at: restTime(order.updatedAt),
      notify_customer: false,
      order_id: restId(order.id),
      staff_note: "",
      user_id: null,
      shipping_lines: { additions: [], removals: [] },
      line_items: { additions: changed(additions), removals: changed(removals) },
    },
  };
}

const returnHead = (found: Return) => ({
  id: restId(found.id),
  admin_graphql_api_id: found.id,
  status: found.status.toLowerCase(),
  name: found.name,
});

/** returns/request and returns/approve. */
export const returnBegunBody = (found: Return): Record<string, unknown> => ({
  ...returnHead(found),
  order: { id: restId(found.orderId), admin_graphql_api_id: found.orderId },
  total_return_line_items: found.lines.reduce((sum, line) => sum + line.quantity, 0),
});

/** returns/cancel, close, reopen. */
export const returnBody = (found: Return): Record<string, unknown> => ({
  ...returnHead(found),
  order_id: restId(found.orderId),
});
