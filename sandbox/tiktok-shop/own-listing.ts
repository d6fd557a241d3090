import type { Product, World } from "./model.ts";
import { baseVersion } from "./product-versions.ts";
import { nowSeconds } from "./world.ts";

/**
 * The seller lists something by hand in the seller centre, as a copy of a listing that is on sale: the same goods under other ids and
 * another title, on sale at once, and no app knows of it.
 */
export function copyListing(world: World, productId: string): { productId: string; skuId: string } {
  const model = world.products.get(productId);
  if (model?.status !== "ACTIVATE") throw new Error("only a listing that is on sale can be copied");
  const { externalProductId: _, ...content } = baseVersion(model);
  const [first] = content.skus;
  const sku = first && world.skus.get(first.id);
  if (!first || !sku) throw new Error("the listing has no SKU");
  const skuId = world.kernel.nextId("1729", 19);
  const { externalSkuId: __, ...plain } = first;
  const now = nowSeconds(world);
  const copy: Product = {
    ...{ id: world.kernel.nextId("1729", 19), shopId: model.shopId, status: "ACTIVATE", auditStatus: "APPROVED" },
    live: {
      ...content,
      title: `${content.title}, second choice`,
      skus: [{ ...plain, id: skuId, sellerSku: `HAND-${skuId.slice(-4)}` }],
    },
    ...{ review: null, failReasons: [], isByHand: true, createTime: now, updateTime: now, auditRound: 1 },
  };
  world.products.set(copy.id, copy);
  const rows = sku.rows.map((row) => ({ ...row, sellable: 5, committed: 0 }));
  world.skus.set(skuId, { ...sku, id: skuId, productId: copy.id, rows });
  return { productId: copy.id, skuId };
}
