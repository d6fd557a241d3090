import { type ItemError, Refusal } from "./errors.ts";
import type { Handler, Sku, World } from "./model.ts";
import type { PriceInput } from "./product-input.ts";
import { baseVersion, findSkuContent } from "./product-versions.ts";
import { productOfCall, refuseStatus } from "./products.ts";
import { findQuantityProblem, readListPrice, readPrice } from "./sku-rules.ts";
import { nowSeconds, shopOf } from "./world.ts";

interface StockInput {
  id: string;
  inventory: { quantity: number; warehouse_id?: string }[];
}

/** Sets prices of a live listing at once; all or none. */
export const updatePrices: Handler = (world, call) => {
  const product = productOfCall(world, call);
  if (product.status !== "ACTIVATE") refuseStatus(product);
  const { skus } = call.body as {
    skus: { id: string; price: PriceInput; list_price?: { amount?: string; currency?: string } }[];
  };
  const changes = skus.map((input) => {
    const sku = world.skus.get(input.id);
    if (sku?.productId !== product.id) throw new Refusal(12052557, "a SKU id is not of this product");
    const priceMinor = readPrice(shopOf(call), input.price);
    const listPriceMinor = input.list_price ? readListPrice(shopOf(call), input, priceMinor) : sku.listPriceMinor;
    return { sku, priceMinor, listPriceMinor };
  });
  for (const { sku, priceMinor, listPriceMinor } of changes) {
    sku.priceMinor = priceMinor;
    if (listPriceMinor === undefined) delete sku.listPriceMinor;
    else sku.listPriceMinor = listPriceMinor;
  }
  product.updateTime = nowSeconds(world);
  return {};
};

/** Sets absolute quantities, each SKU on its own: the refused ones are in `data.errors`. */
export const updateInventory: Handler = (world, call) => {
  const product = productOfCall(world, call);
  if (product.status === "FREEZE" || product.status === "DELETED") refuseStatus(product);
  const { skus } = call.body as { skus: StockInput[] };
  const errors: ItemError[] = [];
  for (const input of skus) {
    const sku = world.skus.get(input.id);
    const problem =
      sku?.productId === product.id
        ? findRowProblem(world, sku, input)
        : { code: 12052557, message: "the SKU is not of this product" };
    if (problem) errors.push({ ...problem, detail: { sku_id: input.id } });
    else if (sku) setStock(world, sku, input);
  }
  return errors.length > 0 ? { errors } : {};
};

function findRowProblem(world: World, sku: Sku, input: StockInput): { code: number; message: string } | null {
  const named = input.inventory.map(
    (row) => row.warehouse_id || (sku.rows.length === 1 ? sku.rows[0]?.warehouseId : undefined),
  );
  if (named.some((id) => !sku.rows.some((row) => row.warehouseId === id))) {
    return { code: 12052530, message: "a warehouse is not one of the SKU's" };
  }
  if (new Set(named).size !== sku.rows.length || named.length !== sku.rows.length) {
    return { code: 12052533, message: "the warehouses of the SKU are not complete" };
  }
  for (const row of input.inventory) {
    const code = findQuantityProblem(world, row.quantity);
    if (code !== null) return { code, message: `the quantity ${row.quantity} is out of range` };
  }
  return null;
}

function setStock(world: World, sku: Sku, input: StockInput): void {
  for (const [index, given] of input.inventory.entries()) {
    const row = sku.rows.find((entry) => entry.warehouseId === given.warehouse_id) ?? sku.rows[index];
    if (!row) continue;
    const isTotal = world.knobs.stockMeaning === "total";
    row.sellable = isTotal ? Math.max(0, given.quantity - row.committed) : given.quantity;
  }
}

/** Stock by product or SKU: what may still be sold and what open orders hold. Unknown ids are left out. */
export const searchInventory: Handler = (world, call) => {
  const body = call.body as { product_ids?: string[]; sku_ids?: string[] };
  if ((body.product_ids?.length ?? 0) > 100) throw new Refusal(12019114, "at most 100 product ids");
  if ((body.sku_ids?.length ?? 0) > 600) throw new Refusal(12019112, "at most 600 SKU ids");
  const chosen = new Map<string, string[]>();
  for (const id of body.product_ids ?? []) {
    const product = world.products.get(id);
    if (product?.shopId === shopOf(call).id)
      chosen.set(
        id,
        baseVersion(product).skus.map((sku) => sku.id),
      );
  }
  for (const id of body.sku_ids ?? []) {
    const sku = world.skus.get(id);
    if (!sku || world.products.get(sku.productId)?.shopId !== shopOf(call).id) continue;
    const list = chosen.get(sku.productId) ?? [];
    if (!list.includes(id)) chosen.set(sku.productId, [...list, id]);
  }
  return {
    inventory: [...chosen].map(([productId, skuIds]) => ({
      product_id: productId,
      skus: skuIds.flatMap((id) => describeStock(world, productId, id)),
    })),
  };
};

function describeStock(world: World, productId: string, skuId: string): Record<string, unknown>[] {
  const sku = world.skus.get(skuId);
  const product = world.products.get(productId);
  if (!sku || !product) return [];
  const available = sku.rows.reduce((sum, row) => sum + row.sellable, 0);
  return [
    {
      id: skuId,
      seller_sku: findSkuContent(product, skuId)?.sellerSku ?? "",
      total_available_quantity: available,
      total_committed_quantity: sku.rows.reduce((sum, row) => sum + row.committed, 0),
      total_available_inventory_distribution: { in_shop_inventory: { quantity: available } },
      warehouse_inventory: sku.rows.map((row) => ({
        warehouse_id: row.warehouseId,
        available_quantity: row.sellable,
        committed_quantity: row.committed,
      })),
    },
  ];
}
