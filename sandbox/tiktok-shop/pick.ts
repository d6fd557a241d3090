import { placeOrder } from "./buy.ts";
import type { OrderKind, Product, World } from "./model.ts";
import { baseVersion } from "./product-versions.ts";
import { shopsOfStore } from "./world.ts";

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

/** What a buyer may find: one listing, those of one store of the sandbox, or all. */
export interface Shelf {
  productId?: string;
  store?: string;
}

const onShelf = (world: World, { productId, store }: Shelf): OnSale[] =>
  shopsOfStore(world, store)
    .flatMap((shop) => listOnSale(world, shop.id))
    .filter(({ product }) => productId === undefined || product.id === productId);

/** Somebody buys one unit of whatever is on a shelf. `orderId` is null when all of it is sold out. */
export function buyAny(
  world: World,
  shelf: Shelf & { kind?: OrderKind; unpaid?: boolean },
): { orderId: string | null; title: string } {
  const onSale = onShelf(world, shelf);
  if (onSale.length === 0)
    throw new Error("Nothing is on sale yet. Connect the shop and list products in the app first.");
  const stocked = onSale.flatMap(({ product, left }) =>
    left.filter(({ units }) => units > 0).map(({ skuId }) => ({ product, skuId })),
  );
  const pick = stocked[Math.floor(world.kernel.random() * stocked.length)];
  if (!pick) return { orderId: null, title: onSale[0] ? baseVersion(onSale[0].product).title : "" };
  const { kind, unpaid = false } = shelf;
  const { orderId } = placeOrder(world, { skuId: pick.skuId, quantity: 1, unpaid, ...(kind ? { kind } : {}) });
  return { orderId, title: baseVersion(pick.product).title };
}

/** The listing with the most units left: what a video could make go viral. */
export function findHottest(world: World, shelf: Shelf): { productId: string; title: string; units: number } {
  const [best] = onShelf(world, shelf)
    .map(({ product, left }) => ({
      productId: product.id,
      title: baseVersion(product).title,
      units: left.reduce((sum, one) => sum + one.units, 0),
    }))
    .sort((a, b) => b.units - a.units);
  if (!best) throw new Error("Nothing is on sale yet. Connect the shop and list products in the app first.");
  return best;
}
