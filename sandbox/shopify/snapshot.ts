import { markAddress } from "../kernel/address-mark.ts";
import { numberOf } from "./ids.ts";
import type { Order, Shop } from "./model.ts";
import { toDecimal } from "./money.ts";
import { currentQuantity, displayStatus, financialStatus, totals, unitStatus } from "./orders/status.ts";
import type { World } from "./world.ts";

/** What GET /__sandbox/state tells of Shopify: the sum over all shops, orders and stock of each. */
export function tellShops(world: World): Record<string, unknown> {
  const shops = [...world.shops.values()];
  return {
    shops: shops.map((shop) => ({
      domain: shop.domain,
      plan: shop.plan,
      installed: shop.installed,
      products: shop.products.size,
      orders: shop.orders.size,
      pointsSpent: shop.pointsSpent,
    })),
    products: shops.reduce((sum, shop) => sum + shop.products.size, 0),
    variants: shops.reduce((sum, shop) => sum + shop.variants.size, 0),
    locations: shops.flatMap((shop) =>
      [...shop.locations.values()].map(({ id, name, isActive }) => ({ id, name, isActive, shop: shop.domain })),
    ),
    orders: shops.flatMap((shop) => [...shop.orders.values()].map((order) => tellOrderState(shop, order))),
    stock: Object.assign({}, ...shops.map(tellStock)),
    variantsBySku: Object.assign({}, ...shops.map(tellSkus)),
  };
}

function tellOrderState(shop: Shop, order: Order): Record<string, unknown> {
  const units = order.fulfillmentOrderIds
    .map((id) => shop.fulfillmentOrders.get(id))
    .filter((one) => one !== undefined);
  const { shippingAddress: to } = order;
  const sums = totals(order);
  return {
    id: order.id,
    number: numberOf(order.id),
    shop: shop.domain,
    name: order.name,
    sourceIdentifier: order.sourceIdentifier,
    sourceName: order.sourceName,
    test: order.test,
    tags: order.tags,
    createdAt: new Date(order.createdAt).toISOString(),
    cancelledAt: order.cancelledAt === null ? null : new Date(order.cancelledAt).toISOString(),
    fulfillmentStatus: displayStatus(shop, order),
    financialStatus: financialStatus(order),
    held: units.some((unit) => unitStatus(unit) === "ON_HOLD"),
    addressed: Boolean(to?.address1),
    addressMark: markAddress(to?.address1, to?.zip ?? "", to?.city ?? ""),
    lines: order.lines.map((line) => ({
      id: line.id,
      sku: line.sku,
      quantity: line.quantity,
      currentQuantity: currentQuantity(line),
      variantId: line.variantId,
    })),
    totalMinor: sums.total,
    paidMinor: sums.paid,
    refundedMinor: sums.refunded,
    taxMinor: sums.tax,
    fulfillmentOrders: units.map((unit) => ({
      id: unit.id,
      status: unitStatus(unit),
      locationId: unit.locationId,
      holds: unit.holds.map((hold) => hold.handle),
    })),
    fulfillments: order.fulfillmentIds.flatMap((id) => {
      const one = shop.fulfillments.get(id);
      if (!one) return [];
      const { status, numbers, company, lines } = one;
      return [{ id, status, trackingNumber: numbers[0] ?? null, company, lines }];
    }),
    refunds: order.refunds.map((refund) => ({
      id: refund.id,
      note: refund.note,
      amountMinor: refund.transactions.reduce((sum, one) => sum + one.amountMinor, 0),
    })),
    returns: order.returnIds.flatMap((id) => {
      const one = shop.returns.get(id);
      return one
        ? [
            {
              id,
              name: one.name,
              status: one.status,
              lines: one.lines.map(({ lineId, quantity, processed, dispositions }) => ({
                lineId,
                quantity,
                processed,
                dispositions,
              })),
            },
          ]
        : [];
    }),
  };
}

function tellStock(shop: Shop): Record<string, unknown> {
  const stock: Record<string, Record<string, unknown>> = {};
  for (const item of shop.items.values()) {
    const places: Record<string, unknown> = {};
    for (const [locationId, level] of item.levels)
      places[locationId] = { available: level.available, onHand: level.onHand, committed: level.committed };
    stock[item.id] = places;
  }
  return stock;
}

/** Variants by SKU. A SKU that two variants carry says nothing of either and is left out. */
function tellSkus(shop: Shop): Record<string, unknown> {
  const carriers = Map.groupBy(shop.variants.values(), (variant) => variant.sku);
  return Object.fromEntries(
    [...carriers].flatMap(([sku, [variant, ...others]]) =>
      sku && variant && others.length === 0
        ? [[sku, { variantId: variant.id, inventoryItemId: variant.itemId, productId: variant.productId }]]
        : [],
    ),
  );
}

/** The `products` door: ids, variants and inventory ids of a shop. */
export function listProducts(shop: Shop): Record<string, unknown> {
  return {
    products: [...shop.products.values()].map((product) => ({
      id: product.id,
      handle: product.handle,
      title: product.title,
      status: product.status,
      isGiftCard: product.isGiftCard,
      pictures: product.media.length,
      variants: product.variantIds.flatMap((id) => {
        const variant = shop.variants.get(id);
        if (!variant) return [];
        const { sku, itemId, priceMinor, title } = variant;
        const item = shop.items.get(itemId);
        const levels = [...(item?.levels.values() ?? [])].map(({ locationId, available }) => ({
          locationId,
          available,
        }));
        const { tracked = true, requiresShipping = true } = item ?? {};
        const price = toDecimal(priceMinor, shop.currency);
        return [{ id, title, sku, price, inventoryItemId: itemId, tracked, requiresShipping, levels }];
      }),
    })),
    locations: [...shop.locations.values()].map(({ id, name }) => ({ id, name })),
  };
}
