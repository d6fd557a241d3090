import type { Shop } from "../shopify/model.ts";
import { extensionBlocks } from "./extension-block.ts";
import { productCard } from "./products-page.ts";

/** One product: what can be edited of it, and the app's blocks. Null: there is no such product. */
export function productBlockPage(
  shop: Shop,
  number: string,
  action: string,
): { title: string; content: string } | null {
  const product = [...shop.products.values()].find((one) => one.id.endsWith(`/${number}`));
  if (!product) return null;
  const blocks = extensionBlocks(shop, "admin.product-details.block.render", product.id);
  return { title: product.title, content: `${productCard(shop, product, action, true)}${blocks}` };
}
