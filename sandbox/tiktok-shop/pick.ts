import { placeOrder } from "./buy.ts";
import type { Product, World } from "./model.ts";
import { baseVersion } from "./product-versions.ts";

/** A listing that is on sale, with what is left of each of its SKUs. */
export interface OnSale {
  product: Product;
  left: { skuId: string; units: number }[];
}

/** Listings that buyers see now, newest first. */
export function listOnSale(world: World, shopId?: string): OnSale[] {
  const found: OnSale[] = [];
  for (const product of world.products.values()) {
    if (product.status !== "ACTIVATE" || !product.live) continue;
    if (shopId !== undefined && product.shopId !== shopId) continue;
    const left = product.live.skus.map(({ id }) => ({ skuId: id, units: unitsLeft(world, id) }));
    found.push({ product, left });
  }
  return found.reverse();
}

/** Units of a SKU that may still be sold. */
export function unitsLeft(world: World, skuId: string): number {
  return (world.skus.get(skuId)?.rows ?? []).reduce((sum, row) => sum + row.sellable, 0);
}

/** Somebody buys one unit of whatever there is (or of one listing). `orderId` is null when all of it is sold out. */
export function buyAny(world: World, productId?: string): { orderId: string | null; title: string } {
  const onSale = listOnSale(world).filter(({ product }) => productId === undefined || product.id === productId);
  if (onSale.length === 0)
    throw new Error("Nothing is on sale yet. Connect the shop and list products in the app first.");
  const stocked = onSale.flatMap(({ product, left }) =>
    left.filter(({ units }) => units > 0).map(({ skuId }) => ({ product, skuId })),
  );
  const pick = stocked[Math.floor(world.kernel.random() * stocked.length)];
  if (!pick) return { orderId: null, title: onSale[0] ? baseVersion(onSale[0].product).title : "" };
  const { orderId } = placeOrder(world, { skuId: pick.skuId, quantity: 1 });
  return { orderId, title: baseVersion(pick.product).title };
}

/** The listing with the most units left: what a video could make go viral. */
export function findHottest(world: World): { productId: string; title: string; units: number } {
  const [best] = listOnSale(world)
    .map(({ product, left }) => ({
      productId: product.id,
      title: baseVersion(product).title,
      units: left.reduce((sum, one) => sum + one.units, 0),
    }))
    .sort((a, b) => b.units - a.units);
  if (!best) throw new Error("Nothing is on sale yet. Connect the shop and list products in the app first.");
  return best;
}
