import { beginAudit } from "./audit.ts";
import { checkVersion } from "./categories.ts";
import { Refusal } from "./errors.ts";
import { sendEvent } from "./events.ts";
import { getMarket } from "./markets.ts";
import type { Call, Handler, Product, ProductContent, Shop, World } from "./model.ts";
import type { ProductInput, SkuInput } from "./product-input.ts";
import { checkListing } from "./product-rules.ts";
import { buildVersion, newestVersion, toInput } from "./product-versions.ts";
import { readListPrice, readPrice, readStockRows } from "./sku-rules.ts";
import { nowSeconds, shopOf } from "./world.ts";

/**
 * Creates a listing and puts it into audit (or keeps it as a draft).
 * The same `idempotency_key` answers the product made the first time, whatever the body says.
 */
export const createProduct: Handler = (world, call) => {
  const shop = shopOf(call);
  const input = call.body as ProductInput;
  const earlier = input.idempotency_key ? shop.createdByKey.get(input.idempotency_key) : undefined;
  if (earlier) return describeCreated(getProductOf(world, shop, earlier), []);
  const isDraft = input.save_mode === "AS_DRAFT";
  checkVersion(call, input.category_version ?? null);
  if (!isDraft) checkListing(world, shop, input, null);
  const prepared = (input.skus ?? []).map((sku) => prepareSku(world, shop, sku));
  const version = buildVersion(world, input, []);
  const now = nowSeconds(world);
  const product: Product = {
    id: world.kernel.nextId("1729", 19),
    shopId: shop.id,
    status: isDraft ? "DRAFT" : "PENDING",
    auditStatus: "NONE",
    live: null,
    review: version,
    failReasons: [],
    createTime: now,
    updateTime: now,
    auditRound: 0,
  };
  world.products.set(product.id, product);
  storeSkus(world, shop, product, version, prepared);
  if (input.idempotency_key) shop.createdByKey.set(input.idempotency_key, product.id);
  sendEvent(world, shop, "PRODUCT_CREATION", { product_id: product.id, product_types: [], update_time: now });
  if (!isDraft) beginAudit(world, product);
  const warnings = prepared.some((sku) => sku.isListPriceDropped)
    ? [{ message: "A list price below the price was dropped." }]
    : [];
  return describeCreated(product, warnings);
};

/**
 * Replaces what is sent of a listing and audits the new version; the old one stays on sale meanwhile.
 * `skus`, when sent, is the complete list: a SKU that is not in it is gone with the approval, one without id is new.
 */
export const partialEditProduct: Handler = (world, call) => {
  const shop = shopOf(call);
  const product = getProductOf(world, shop, call.ids.product_id ?? "");
  if (["DELETED", "FREEZE", "PENDING"].includes(product.status)) refuseStatus(product);
  const patch = call.body as ProductInput;
  const current = newestVersion(product);
  const merged: ProductInput = { ...toInput(current), ...withoutUndefined(patch) };
  checkKnownSkus(product, merged.skus ?? []);
  checkListing(world, shop, merged, product.id);
  const fresh = (merged.skus ?? []).filter((sku) => sku.id === undefined);
  const prepared = fresh.map((sku) => prepareSku(world, shop, sku));
  const skuIds = (merged.skus ?? []).map((sku) => sku.id ?? world.kernel.nextId("1729", 19));
  const version = buildVersion(world, merged, skuIds);
  const isNew = (index: number) => merged.skus?.[index]?.id === undefined;
  storeSkus(world, shop, product, { ...version, skus: version.skus.filter((_sku, index) => isNew(index)) }, prepared);
  applyPricesAndStock(world, shop, patch.skus ?? []);
  product.review = version;
  if (product.status === "DRAFT" && patch.save_mode === "AS_DRAFT") product.updateTime = nowSeconds(world);
  else beginAudit(world, product);
  announceEdit(world, shop, product, patch);
  return { ...describeCreated(product, []), warnings: undefined, audit: { status: product.auditStatus } };
};

/** A product of the shop; 12052048 when it is unknown or another shop's. */
function getProductOf(world: World, shop: Shop, id: string): Product {
  const product = world.products.get(id);
  if (product?.shopId !== shop.id) throw new Refusal(12052048, "the product does not belong to this shop");
  return product;
}

/** Refuses an action a product's status does not allow. */
export function refuseStatus(product: Product): never {
  throw new Refusal(12052901, `the status ${product.status} does not allow this`);
}

/** A product of a call's path. */
export function productOfCall(world: World, call: Call): Product {
  return getProductOf(world, shopOf(call), call.ids.product_id ?? "");
}

interface PreparedSku {
  priceMinor: number;
  listPriceMinor?: number;
  rows: { warehouseId: string; quantity: number }[];
  isListPriceDropped: boolean;
}

function prepareSku(world: World, shop: Shop, sku: SkuInput): PreparedSku {
  const priceMinor = readPrice(shop, sku.price);
  const listPriceMinor = readListPrice(shop, sku, priceMinor);
  return {
    priceMinor,
    ...(listPriceMinor === undefined ? {} : { listPriceMinor }),
    rows: readStockRows(world, shop, sku),
    isListPriceDropped: sku.list_price?.amount !== undefined && listPriceMinor === undefined,
  };
}

function storeSkus(world: World, shop: Shop, product: Product, version: ProductContent, prepared: PreparedSku[]): void {
  for (const [index, content] of version.skus.entries()) {
    const sku = prepared[index];
    if (!sku) throw new Error("a SKU has no price and stock");
    world.skus.set(content.id, {
      id: content.id,
      productId: product.id,
      priceMinor: sku.priceMinor,
      ...(sku.listPriceMinor === undefined ? {} : { listPriceMinor: sku.listPriceMinor }),
      currency: getMarket(shop.region).currency,
      rows: sku.rows.map(({ warehouseId, quantity }) => ({ warehouseId, sellable: quantity, committed: 0 })),
    });
  }
}

/** Price and stock sent with an edit apply at once, without waiting for the audit. */
function applyPricesAndStock(world: World, shop: Shop, skus: SkuInput[]): void {
  for (const input of skus) {
    const sku = input.id ? world.skus.get(input.id) : undefined;
    if (!sku) continue;
    if (input.price) sku.priceMinor = readPrice(shop, input.price);
    if (!input.inventory) continue;
    for (const row of readStockRows(world, shop, input)) {
      const known = sku.rows.find((entry) => entry.warehouseId === row.warehouseId);
      if (known) known.sellable = row.quantity;
    }
  }
}

function checkKnownSkus(product: Product, skus: SkuInput[]): void {
  const known = new Set([...(product.live?.skus ?? []), ...(product.review?.skus ?? [])].map((sku) => sku.id));
  const seen = new Set<string>();
  for (const { id } of skus) {
    if (id === undefined) continue;
    if (!known.has(id)) throw new Refusal(12052557, "a SKU id is not of this product");
    if (seen.has(id)) throw new Refusal(12052553, "a SKU id is there twice");
    seen.add(id);
  }
}

const changedFields: Record<string, string> = {
  title: "title",
  description: "description",
  main_images: "main_images",
  product_attributes: "product_attributes",
  size_chart: "size_chart_image",
};

function announceEdit(world: World, shop: Shop, product: Product, patch: ProductInput): void {
  const fields = Object.keys(patch).filter((field) => field !== "save_mode");
  sendEvent(world, shop, "PRODUCT_INFORMATION_CHANGE", {
    product_id: product.id,
    change_source: "OPEN_API",
    changed_fields: [...new Set(fields.map((field) => changedFields[field] ?? "others"))],
    update_time: product.updateTime,
  });
}

function describeCreated(product: Product, warnings: { message: string }[]): Record<string, unknown> {
  return {
    product_id: product.id,
    skus: newestVersion(product).skus.map((sku) => ({
      id: sku.id,
      seller_sku: sku.sellerSku,
      ...(sku.externalSkuId ? { external_sku_id: sku.externalSkuId } : {}),
      sales_attributes: sku.salesAttributes.map((entry) => ({ id: entry.id, value_id: entry.valueId })),
    })),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>;
}
