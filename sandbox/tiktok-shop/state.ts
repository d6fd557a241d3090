import { markAddress } from "../kernel/address-mark.ts";
import { toPadded } from "./decimal.ts";
import { getMarket } from "./markets.ts";
import type { World } from "./model.ts";
import { sumOrder } from "./order-money.ts";
import { paidBack, paidFor } from "./payments.ts";
import { baseVersion } from "./product-versions.ts";

/** The platform's own truth for /__sandbox/state: no personal data, amounts as decimal text. */
export function tellState(world: World): Record<string, unknown> {
  const orders = [...world.orders.values()];
  const sold = orders.flatMap((order) => order.lines).filter((line) => line.displayStatus !== "CANCELLED").length;
  const cancelled = Map.groupBy(world.cancellations.values(), (entry) => entry.orderId);
  const returned = Map.groupBy(world.returns.values(), (entry) => entry.orderId);
  const cancellations = [...world.cancellations.values()].map((entry) => ({
    id: entry.id,
    orderId: entry.orderId,
    role: entry.role,
    type: entry.type,
    status: entry.status,
    replenish: entry.replenish,
    lineIds: entry.lineIds,
  }));
  return {
    shops: [...world.shops.values()].map((shop) => ({
      id: shop.id,
      name: shop.name,
      region: shop.region,
      prices: pricesOf(shop.region),
      sellerId: shop.sellerId,
      warehouses: shop.warehouses.map(({ id, name, type }) => ({ id, name, type })),
      webhooks: [...shop.webhooks].map(([key, entry]) => ({ event: key.split(" ")[1], address: entry.address })),
    })),
    grants: world.grants.map((grant) => ({
      id: grant.id,
      sellerId: grant.sellerId,
      revoked: grant.revoked,
      endsAt: new Date(grant.endsAtMs).toISOString(),
      shopIds: [...grant.shopIds],
    })),
    products: [...world.products.values()].map((product) => {
      const version = baseVersion(product);
      return {
        id: product.id,
        shopId: product.shopId,
        externalProductId: version.externalProductId ?? null,
        title: version.title,
        categoryId: version.categoryId,
        status: product.status,
        auditStatus: product.auditStatus,
        pictures: version.mainImages.length,
        skus: version.skus.map((content) => {
          const sku = world.skus.get(content.id);
          const add = (pick: "sellable" | "committed") => (sku?.rows ?? []).reduce((sum, row) => sum + row[pick], 0);
          return {
            id: content.id,
            externalSkuId: content.externalSkuId ?? null,
            sellerSku: content.sellerSku,
            price: sku ? toPadded(sku.priceMinor, sku.currency) : null,
            quantity: add("sellable"),
            committed: add("committed"),
            warehouseId: sku?.rows[0]?.warehouseId ?? null,
          };
        }),
      };
    }),
    orders: orders.map((order) => ({
      id: order.id,
      shopId: order.shopId,
      status: order.status,
      buyerId: order.buyerId,
      createTime: order.createTime,
      updateTime: order.updateTime,
      isSample: order.isSample,
      kind: order.kind ?? "normal",
      isStray: Boolean(order.money.strayMinor),
      paid: paidFor(order),
      paidBack: paidBack(order, cancelled.get(order.id) ?? [], returned.get(order.id) ?? []),
      taxMinor: sumOrder(order).tax,
      addressMark: markAddress(order.address.line1, order.address.postalCode, order.address.city),
      addressChanged: order.addressChanged,
      isPlatformLabel: order.isPlatformLabel ?? false,
      isCashOnDelivery: order.isCashOnDelivery ?? false,
      lines: order.lines.map(({ id, skuId, sellerSku, displayStatus, packageId }) => ({
        id,
        skuId,
        sellerSku,
        displayStatus,
        packageId: packageId ?? null,
      })),
      packages: order.packageIds.flatMap((id) => {
        const parcel = world.packages.get(id);
        if (!parcel) return [];
        const { trackingNumber = null, providerId = null, lineIds, status, corrections } = parcel;
        return [{ id, trackingNumber, providerId, lineIds, status, corrections }];
      }),
      cancellations: cancellations.filter((entry) => entry.orderId === order.id),
      externalOrders: order.externalOrders.map(({ id, platform, line_items }) => ({
        id,
        platform,
        units: line_items.length,
      })),
    })),
    cancellations,
    returns: [...world.returns.values()],
    sold,
    oversold: [...world.oversold.values()].reduce((sum, units) => sum + units, 0),
    requestViolations: world.requestViolations.length,
    requestViolationExamples: world.requestViolations.slice(-20),
  };
}

function pricesOf(region: string): Record<string, string> {
  const { currency, lowestPrice, highestPrice } = getMarket(region);
  return { currency, lowest: lowestPrice, highest: highestPrice };
}
