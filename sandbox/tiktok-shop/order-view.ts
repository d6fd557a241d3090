import { toUnpadded } from "./decimal.ts";
import { findCarrier, sellerOptionId } from "./logistics.ts";
import type { Address, Order, OrderLine, World } from "./model.ts";
import { describePayment } from "./order-money.ts";

const maskedAfterSeconds = 30 * 86_400;

/**
 * An order as searched and read. Optional fields are absent, blank or there, and some enumerations hold a value nobody
 * has heard of, all by the order's quirk, so the same order always looks the same.
 */
export function describeOrder(world: World, order: Order): Record<string, unknown> {
  const quirk = order.quirk;
  const packages = order.packageIds.map((id) => ({ id }));
  const first = order.packageIds.map((id) => world.packages.get(id)).find((entry) => entry?.trackingNumber);
  return {
    id: order.id,
    status: order.status,
    user_id: order.buyerId,
    buyer_email: `v${order.buyerId.slice(-10)}@scs2.tiktok.com`,
    ...(quirk % 4 === 0 ? {} : { buyer_message: quirk % 4 === 1 ? "Please ring twice" : "" }),
    ...(quirk % 5 === 0 ? { seller_note: "", cpf: "" } : {}),
    commerce_platform: "TIKTOK_SHOP",
    order_type: quirk % 13 === 7 ? "MYSTERY_DROP" : "NORMAL",
    create_time: order.createTime,
    update_time: order.updateTime,
    ...optional("paid_time", order.paidTime),
    ...optional("rts_time", order.shippedTime),
    ...optional("cancel_time", order.cancelTime),
    ...optional("cancel_reason", order.cancelReason),
    ...optional("cancellation_initiator", order.cancelInitiator),
    ...optional("request_cancel_time", order.requestCancelTime),
    rts_sla_time: order.createTime + 3 * 86_400,
    tts_sla_time: order.createTime + 4 * 86_400,
    cancel_order_sla_time: order.createTime + 7 * 86_400,
    fulfillment_type: "FULFILLMENT_BY_SELLER",
    shipping_type: "SELLER",
    delivery_type: quirk % 11 === 3 ? "LOCKER_DELIVERY" : "HOME_DELIVERY",
    delivery_option_id: sellerOptionId,
    delivery_option_name: "Standard shipping",
    warehouse_id: order.lines[0]?.warehouseId,
    is_on_hold_order: order.status === "ON_HOLD",
    is_buyer_request_cancel: order.requestCancelTime !== undefined && order.status !== "CANCELLED",
    is_cod: false,
    is_sample_order: order.isSample,
    has_updated_recipient_address: order.addressChanged,
    ...(order.replaces
      ? { is_replacement_order: true, replaced_order_id: order.replaces }
      : quirk % 2 === 0
        ? { is_replacement_order: false, is_exchange_order: false }
        : {}),
    payment_method_name: quirk % 6 === 0 ? "" : "Visa",
    payment: describePayment(order),
    recipient_address: describeAddress(world, order),
    line_items: order.lines.map((line) => describeLine(world, order, line)),
    ...(packages.length > 0 || quirk % 2 === 1 ? { packages } : {}),
    ...(first
      ? {
          tracking_number: first.trackingNumber,
          shipping_provider_id: first.providerId,
          shipping_provider: findCarrier(first.providerId ?? "")?.name,
        }
      : quirk % 3 === 2
        ? { tracking_number: "", shipping_provider: "" }
        : {}),
  };
}

function optional(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function describeLine(world: World, order: Order, line: OrderLine): Record<string, unknown> {
  const text = (minor: number) => toUnpadded(minor, order.currency);
  const parcel = line.packageId ? world.packages.get(line.packageId) : undefined;
  return {
    id: line.id,
    product_id: line.productId,
    product_name: line.productName,
    sku_id: line.skuId,
    sku_name: line.skuName,
    ...(line.sellerSku || order.quirk % 2 === 0 ? { seller_sku: line.sellerSku } : {}),
    sku_type: order.quirk % 17 === 5 ? "BLIND_BOX" : "NORMAL",
    sku_image: "",
    display_status: line.displayStatus,
    currency: order.currency,
    original_price: text(line.originalMinor),
    sale_price: text(line.originalMinor - line.sellerDiscountMinor - line.platformDiscountMinor),
    seller_discount: text(line.sellerDiscountMinor),
    platform_discount: text(line.platformDiscountMinor),
    ...(line.taxMinor > 0
      ? { item_tax: [{ tax_type: "SALES_TAX", tax_amount: text(line.taxMinor), tax_rate: order.money.taxRate }] }
      : order.quirk % 3 === 0
        ? { item_tax: [] }
        : {}),
    gift_retail_price: "0",
    is_gift: false,
    is_dangerous_good: false,
    ...optional("package_id", line.packageId),
    ...optional("rts_time", line.shippedAt),
    ...optional("cancel_reason", line.cancelReason),
    ...optional("cancel_user", line.cancelUser),
    ...(parcel
      ? {
          package_status: parcel.status,
          ...(parcel.trackingNumber ? { tracking_number: parcel.trackingNumber } : {}),
          ...(parcel.providerId
            ? { shipping_provider_id: parcel.providerId, shipping_provider_name: findCarrier(parcel.providerId)?.name }
            : {}),
        }
      : {}),
  };
}

/** TikTok Shop fact: blank while on hold; masked while unpaid, cancelled and from 30 days after completion. */
export function describeAddress(world: World, order: Order): Record<string, unknown> {
  const { address } = order;
  const regionOnly = {
    region_code: address.region,
    district_info: [level("L0", "Country", address.regionName, address.region), level("L1", "State", address.state)],
  };
  if (order.status === "ON_HOLD") return { ...blank, ...regionOnly };
  const age = Math.floor(world.kernel.clock.now() / 1000) - order.updateTime;
  const isOld = order.status === "COMPLETED" && age > maskedAfterSeconds;
  if (order.status === "UNPAID" || order.status === "CANCELLED" || isOld)
    return { ...maskAddress(address), ...regionOnly };
  return {
    name: `${address.firstName} ${address.lastName}`,
    first_name: address.firstName,
    last_name: address.lastName,
    phone_number: address.phone,
    address_line1: address.line1,
    address_line2: address.line2,
    address_line3: "",
    address_line4: "",
    address_detail: `${address.line1} ${address.line2}`.trim(),
    full_address: [address.line1, address.line2, address.city, address.state, address.postalCode, address.regionName]
      .filter((part) => part !== "")
      .join(", "),
    postal_code: address.postalCode,
    region_code: address.region,
    district_info: [
      level("L0", "Country", address.regionName, address.region),
      level("L1", "State", address.state),
      level("L2", "County", address.county),
      level("L3", "City", address.city),
    ],
  };
}

const blank = {
  name: "",
  first_name: "",
  last_name: "",
  phone_number: "",
  address_line1: "",
  address_line2: "",
  address_detail: "",
  full_address: "",
  postal_code: "",
};

function maskAddress(address: Address): Record<string, unknown> {
  const mask = (text: string) => (text === "" ? "" : `${text.slice(0, 1)}***`);
  return {
    name: `${mask(address.firstName)} ${mask(address.lastName)}`,
    first_name: mask(address.firstName),
    last_name: mask(address.lastName),
    phone_number: `${address.phone.slice(0, 6)}*****${address.phone.slice(-2)}`,
    address_line1: "***",
    address_line2: address.line2 === "" ? "" : "***",
    address_detail: "***",
    full_address: `***, ${address.state}, ${address.regionName}`,
    postal_code: `${address.postalCode.slice(0, 2)}***`,
  };
}

function level(at: string, levelName: string, name: string, isoCode?: string): Record<string, unknown> {
  return {
    address_level: at,
    address_level_name: levelName,
    address_name: name,
    ...(isoCode ? { iso_code: isoCode } : {}),
  };
}
