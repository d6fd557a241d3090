import { inventAddress } from "./buyers.ts";
import { chanceOf } from "./chance.ts";
import { takesCashOnDelivery } from "./markets.ts";
import type { Address, Order, OrderKind, OrderLine, Product, Shop, Sku, StockRow, World } from "./model.ts";
import { asGift, platformWarehouse, priceUnit, readOrderKind, someEarlierOrder } from "./order-kinds.ts";
import { beginHold, letPlatformShip, touchOrder } from "./order-life.ts";
import { inventMoney } from "./order-money.ts";
import { baseVersion } from "./product-versions.ts";
import { getShop, nowSeconds } from "./world.ts";

/** What a buyer may ask for: one SKU, several by `lines`, or, with nothing named, the first that is in stock. */
export interface Purchase {
  skuId?: string;
  sellerSku?: string;
  productId?: string;
  quantity?: number;
  lines?: { skuId: string; quantity: number }[];
  /** The same text is the same buyer. */
  buyer?: string;
  /** Where it goes, as far as it matters; the rest is made up. */
  address?: Partial<Address>;
  unpaid?: boolean;
  /** The same as kind "sample". */
  sample?: boolean;
  /** What the order is besides an ordinary one; see order-kinds.ts. */
  kind?: OrderKind;
  /** The order it replaces or is exchanged for; left out: an earlier one of the shop. */
  originOrderId?: string;
  /** The platform makes the label and ships under it. */
  platformLabel?: boolean;
  /** Paid at the door. */
  cashOnDelivery?: boolean;
  /** Sells even what is not there; such units count as oversold. */
  force?: boolean;
  /** Skips the hour of remorse, as some shops do. */
  skipHold?: boolean;
  /** The total is so many cents off the sum of its parts. */
  strayMinor?: number;
}

/** A buyer takes units of live listings of one shop. Stock moves from sellable to committed in the same instant. */
export function placeOrder(world: World, asked: Purchase): { orderId: string | null; soldOut?: string[] } {
  const kind = asked.kind === undefined ? (asked.sample ? "sample" : undefined) : readOrderKind(asked.kind);
  const { kind: _kind, ...rest } = asked;
  const purchase: Purchase = { ...rest, ...(kind ? { kind } : {}) };
  const wanted = resolveLines(world, purchase);
  const shop = shopOfLines(world, wanted);
  const isTheirs = kind === "platform";
  if (purchase.cashOnDelivery && !takesCashOnDelivery(shop.region))
    throw new Error(`nobody pays at the door in ${shop.region}`);
  const soldOut = wanted
    .filter(({ sku, quantity }) => !isTheirs && pickRow(sku, unitsOf(kind, quantity)) === null)
    .map(({ sku }) => sku.id);
  if (soldOut.length > 0 && !purchase.force) return { orderId: null, soldOut };
  const now = nowSeconds(world);
  const lines = wanted.flatMap(({ sku, product, quantity }) => takeUnits(world, purchase, sku, product, quantity));
  const chance = chanceOf(world, `order ${world.orders.size}`);
  const address = { ...inventAddress(chance, shop.region), ...purchase.address };
  const isReplacing = kind === "replacement" || kind === "exchange";
  const originOrderId = isReplacing ? (purchase.originOrderId ?? someEarlierOrder(world, shop.id)) : undefined;
  const order: Order = {
    id: world.kernel.nextId("576", 18),
    shopId: shop.id,
    buyerId: purchase.buyer ? buyerIdOf(purchase.buyer) : world.kernel.nextId("7494", 19),
    status: purchase.unpaid ? "UNPAID" : "AWAITING_SHIPMENT",
    currency: wanted[0]?.sku.currency ?? "USD",
    lines,
    money: {
      ...inventMoney(chance, address, lines, world.knobs.orderVariety),
      ...(purchase.strayMinor ? { strayMinor: purchase.strayMinor } : {}),
    },
    address,
    isSample: kind === "sample",
    ...(kind ? { kind } : {}),
    ...(originOrderId ? { originOrderId } : {}),
    ...(purchase.platformLabel ? { isPlatformLabel: true } : {}),
    ...(purchase.cashOnDelivery ? { isCashOnDelivery: true } : {}),
    addressChanged: false,
    createTime: now,
    updateTime: now,
    ...(purchase.unpaid || purchase.cashOnDelivery ? {} : { paidTime: now }),
    packageIds: [],
    externalOrders: [],
    quirk: world.knobs.orderVariety === "plain" ? 0 : Math.floor(chance() * 1000),
    snapshots: [],
  };
  world.orders.set(order.id, order);
  if (!purchase.unpaid && !purchase.skipHold) beginHold(world, order);
  else for (const line of order.lines) line.displayStatus = order.status;
  touchOrder(world, order, "announce");
  letPlatformShip(world, order);
  return { orderId: order.id };
}

interface Wanted {
  sku: Sku;
  product: Product;
  quantity: number;
}

function resolveLines(world: World, purchase: Purchase): Wanted[] {
  const asked = purchase.lines ?? [{ skuId: findSkuId(world, purchase), quantity: purchase.quantity ?? 1 }];
  return asked.map(({ skuId, quantity }) => {
    const sku = world.skus.get(skuId);
    const product = sku ? world.products.get(sku.productId) : undefined;
    if (!sku || !product) throw new Error(`no SKU ${skuId}`);
    const isLive = product.status === "ACTIVATE" && product.live?.skus.some((content) => content.id === skuId);
    if (!isLive) throw new Error(`SKU ${skuId} is not on sale (${product.status})`);
    if (!Number.isInteger(quantity) || quantity < 1) throw new Error("quantity must be at least 1");
    return { sku, product, quantity };
  });
}

function findSkuId(world: World, purchase: Purchase): string {
  if (purchase.skuId) return purchase.skuId;
  for (const product of world.products.values()) {
    if (product.status !== "ACTIVATE" || !product.live) continue;
    if (purchase.productId && product.id !== purchase.productId) continue;
    const found = purchase.sellerSku
      ? product.live.skus.find((sku) => sku.sellerSku === purchase.sellerSku)
      : purchase.productId
        ? product.live.skus[0]
        : product.live.skus.find((sku) => world.skus.get(sku.id)?.rows.some((row) => row.sellable > 0));
    if (found) return found.id;
  }
  throw new Error("nothing on sale fits: name a skuId, sellerSku or productId that is listed and in stock");
}

function shopOfLines(world: World, wanted: Wanted[]): Shop {
  const shopIds = new Set(wanted.map(({ product }) => product.shopId));
  const [shopId] = shopIds;
  if (!shopId || shopIds.size > 1) throw new Error("an order is of one shop");
  return getShop(world, shopId);
}

function pickRow(sku: Sku, quantity: number): StockRow | null {
  return sku.rows.find((row) => row.sellable >= quantity) ?? null;
}

/** A present is one more unit. */
const unitsOf = (kind: OrderKind | undefined, quantity: number) => (kind === "gift" ? quantity + 1 : quantity);

function takeUnits(world: World, purchase: Purchase, sku: Sku, product: Product, quantity: number): OrderLine[] {
  const isTheirs = purchase.kind === "platform";
  const units = unitsOf(purchase.kind, quantity);
  const row = pickRow(sku, units) ?? sku.rows[0];
  if (!row) throw new Error(`SKU ${sku.id} has no stock`);
  if (!isTheirs) {
    const taken = Math.min(row.sellable, units);
    row.sellable -= taken;
    row.committed += units;
    world.oversold.set(product.shopId, (world.oversold.get(product.shopId) ?? 0) + units - taken);
  }
  const version = baseVersion(product);
  const content = version.skus.find((entry) => entry.id === sku.id);
  const lines = Array.from(
    { length: quantity },
    (): OrderLine => ({
      id: world.kernel.nextId("577", 18),
      skuId: sku.id,
      productId: product.id,
      productName: version.title,
      sellerSku: content?.sellerSku ?? "",
      skuName: content?.salesAttributes.map((attribute) => attribute.valueName).join(", ") || "Default",
      warehouseId: isTheirs ? platformWarehouse : row.warehouseId,
      displayStatus: "UNPAID" as const,
      originalMinor: sku.priceMinor,
      sellerDiscountMinor: 0,
      platformDiscountMinor: 0,
      taxMinor: 0,
    }),
  );
  const [first] = lines;
  const gifts = purchase.kind === "gift" && first ? [asGift(first, world.kernel.nextId("577", 18))] : [];
  for (const line of lines) priceUnit(line, purchase.kind);
  return [...lines, ...gifts];
}

/** Who holds the phone of the shop front: always the same made-up buyer. */
export const PHONE_BUYER = "the buyer at the phone";

/** The buyer of that name: the same text is the same buyer. */
export function buyerIdOf(name: string): string {
  let sum = 7n;
  for (const sign of name) sum = (sum * 31n + BigInt(sign.codePointAt(0) ?? 0)) % 1_000_000_000_000_000n;
  return `7494${sum.toString().padStart(15, "0")}`;
}
