import { getMarket } from "./markets.ts";
import type { Order, World } from "./model.ts";
import { makePackage, touchOrder } from "./order-life.ts";
import { getShop, nowSeconds } from "./world.ts";

/** The seller sends the same units again: an order of its own, at no price and without a hold. */
export function placeReplacement(world: World, of: Order, lineIds: string[]): Order {
  const now = nowSeconds(world);
  const lines = of.lines
    .filter((line) => lineIds.includes(line.id))
    .map((line) => {
      const row = world.skus.get(line.skuId)?.rows.find((one) => one.warehouseId === line.warehouseId);
      if (row) {
        const taken = Math.min(row.sellable, 1);
        row.sellable -= taken;
        row.committed += 1;
        world.oversold.set(of.shopId, (world.oversold.get(of.shopId) ?? 0) + 1 - taken);
      }
      const { productId, productName, sellerSku, skuId, skuName, warehouseId } = line;
      return {
        ...{ id: world.kernel.nextId("577", 18), productId, productName, sellerSku, skuId, skuName, warehouseId },
        displayStatus: "AWAITING_SHIPMENT" as const,
        ...{ originalMinor: 0, sellerDiscountMinor: 0, platformDiscountMinor: 0, taxMinor: 0 },
      };
    });
  const order: Order = {
    ...{ id: world.kernel.nextId("576", 18), shopId: of.shopId, buyerId: of.buyerId, status: "AWAITING_SHIPMENT" },
    ...{ currency: of.currency, lines, address: { ...of.address }, isSample: false, addressChanged: false },
    money: {
      ...{ originalShippingMinor: 0, shippingSellerDiscountMinor: 0, shippingPlatformDiscountMinor: 0 },
      ...{ shippingTaxMinor: 0, retailDeliveryFeeMinor: 0, taxRate: of.money.taxRate },
    },
    ...{ createTime: now, updateTime: now, paidTime: now, packageIds: [], externalOrders: [], quirk: of.quirk },
    ...{ snapshots: [], kind: "replacement" as const, originOrderId: of.id },
  };
  world.orders.set(order.id, order);
  if (!getMarket(getShop(world, of.shopId).region).marksOrdersAsShipped)
    makePackage(world, order, order.lines, "TO_FULFILL");
  touchOrder(world, order, "announce");
  return order;
}
