import { inventAddress } from "./buyers.ts";
import { chanceOf } from "./chance.ts";
import { toPadded } from "./decimal.ts";
import { getMarket } from "./markets.ts";
import type { Order, OrderStatus, Shop, World } from "./model.ts";
import { makePackage, setStatus } from "./order-life.ts";
import { inventMoney } from "./order-money.ts";
import { describeOrder } from "./order-view.ts";
import { dayMs, nowSeconds } from "./world.ts";

/** What a listing of earlier days sold for; it need not be on sale any more. */
export interface Goods {
  title: string;
  sellerSku: string;
  price: string;
}

/** An order of earlier days, for whoever brought it home then. */
export interface PastOrder {
  orderId: string;
  placedAt: string;
  sellerSku: string;
  title: string;
  quantity: number;
  /** Of one unit, as decimal text; nothing else was paid. */
  price: string;
  trackingNumber: string;
}

const HOUR = 3_600;
const UPS = "7117859084333745963";
/** When each step of an order that goes well comes, in seconds after it was placed; the last step whose time has passed is how it stands. */
const STEPS: [OrderStatus, number][] = [
  ["IN_TRANSIT", 36 * HOUR],
  ["DELIVERED", 108 * HOUR],
  ["COMPLETED", 108 * HOUR + 14 * 24 * HOUR],
];

/**
 * What the shop sold before today: orders spread over so many weeks, the newest two days old, each as far on its way as it would be by now.
 * They are part of the past: nobody is told, and no unit of today's stock is touched. Their times are the true ones of that past.
 */
export function addHistory(world: World, shop: Shop, goods: Goods[], count: number, weeks: number): PastOrder[] {
  if (goods.length === 0) throw new Error("history needs goods that were sold");
  const now = nowSeconds(world);
  const span = (weeks * 7 * dayMs) / 1000 - 48 * HOUR;
  return Array.from({ length: count }, (_, n) => {
    const age = 48 * HOUR + Math.floor((span * (count - 1 - n)) / Math.max(1, count - 1));
    return addPast(world, shop, goods[(n * 7) % goods.length] as Goods, now - age);
  });
}

function addPast(world: World, shop: Shop, { title, sellerSku, price }: Goods, placedAt: number): PastOrder {
  const chance = chanceOf(world, `past ${world.orders.size}`);
  const address = inventAddress(chance, shop.region);
  const quantity = chance() < 0.25 ? 2 : 1;
  const [productId, skuId] = [world.kernel.nextId("1729", 19), world.kernel.nextId("1729", 19)];
  const warehouseId = shop.warehouses[0]?.id ?? "";
  const [status, after] = STEPS.findLast(([, seconds]) => placedAt + seconds <= nowSeconds(world)) ?? STEPS[0] ?? [];
  if (!status || after === undefined) throw new Error("an order of the past stands nowhere");
  const shippedAt = placedAt + 24 * HOUR;
  const lines = Array.from({ length: quantity }, () => ({
    ...{ id: world.kernel.nextId("577", 18), skuId, productId, productName: title, sellerSku, skuName: "Default" },
    ...{ warehouseId, displayStatus: status, shippedAt, originalMinor: Math.round(Number(price) * 100) },
    ...{ sellerDiscountMinor: 0, platformDiscountMinor: 0, taxMinor: 0 },
  }));
  const order: Order = {
    ...{ id: world.kernel.nextId("576", 18), shopId: shop.id, buyerId: world.kernel.nextId("7494", 19), status },
    ...{ currency: getMarket(shop.region).currency, lines, address, isSample: false, addressChanged: false },
    money: inventMoney(chance, address, lines, "plain"),
    ...{ createTime: placedAt, paidTime: placedAt + 60, shippedTime: shippedAt, updateTime: placedAt + after },
    ...{ packageIds: [], externalOrders: [], quirk: Math.floor(chance() * 1000), snapshots: [] },
  };
  world.orders.set(order.id, order);
  setStatus(order, status);
  const trackingNumber = `1Z999AA1${String(world.orders.size).padStart(8, "0")}55`;
  const parcel = makePackage(world, order, lines, "PROCESSING");
  Object.assign(parcel, {
    ...{ trackingNumber, providerId: UPS, createTime: shippedAt, updateTime: shippedAt },
    status: status === "IN_TRANSIT" ? "FULFILLING" : "COMPLETED",
  });
  const document = describeOrder(world, order);
  order.snapshots.push({ atMs: order.updateTime * 1000, updateTime: order.updateTime, document });
  return {
    ...{ orderId: order.id, placedAt: new Date(placedAt * 1000).toISOString(), sellerSku, title, quantity },
    ...{ price: toPadded(Math.round(Number(price) * 100), order.currency), trackingNumber },
  };
}
