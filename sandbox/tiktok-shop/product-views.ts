import { describeNode } from "./categories.ts";
import { categoryChain, findCategory } from "./category-tree.ts";
import { toUnpadded } from "./decimal.ts";
import { refuseParameters } from "./errors.ts";
import type { Handler, Product, ProductContent, Sku, SkuContent, World } from "./model.ts";
import { baseVersion, newestVersion } from "./product-versions.ts";
import { productOfCall, refuseStatus } from "./products.ts";
import { shopOf, takePage } from "./world.ts";

/** Reads one listing: the version buyers see, or the one in audit with `return_under_review_version`. */
export const getProduct: Handler = (world, call) => {
  const product = productOfCall(world, call);
  if (product.status === "DELETED") refuseStatus(product);
  const wantsReview = call.query.get("return_under_review_version") === "true";
  const version = wantsReview ? newestVersion(product) : baseVersion(product);
  return describeProduct(world, product, version);
};

/** Searches listings, oldest first, by status, audit, SKUs and times (`_le` is inclusive here). */
export const searchProducts: Handler = (world, call) => {
  const filter = call.body as {
    status?: string;
    audit_status?: string[];
    seller_skus?: string[];
    sku_ids?: string[];
    create_time_ge?: number;
    create_time_le?: number;
    update_time_ge?: number;
    update_time_le?: number;
  };
  if ((filter.sku_ids?.length ?? 0) > 10) refuseParameters("at most 10 sku_ids");
  const status = filter.status ?? "ALL";
  const found = [...world.products.values()].filter((product) => {
    if (product.shopId !== shopOf(call).id) return false;
    if (status === "ALL" ? product.status === "DELETED" : product.status !== status) return false;
    if (filter.audit_status?.length && !filter.audit_status.includes(product.auditStatus)) return false;
    const skus = baseVersion(product).skus;
    if (filter.seller_skus?.length && !skus.some((sku) => filter.seller_skus?.includes(sku.sellerSku))) return false;
    if (filter.sku_ids?.length && !skus.some((sku) => filter.sku_ids?.includes(sku.id))) return false;
    return (
      isWithin(product.createTime, filter.create_time_ge, filter.create_time_le) &&
      isWithin(product.updateTime, filter.update_time_ge, filter.update_time_le)
    );
  });
  const { page, nextToken } = takePage(found, Number(call.query.get("page_size")), call.query.get("page_token"));
  return {
    products: page.map((product) => describeSummary(world, product)),
    total_count: found.length,
    ...(nextToken ? { next_page_token: nextToken } : {}),
  };
};

function isWithin(value: number, from: number | undefined, to: number | undefined): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

function describeProduct(world: World, product: Product, version: ProductContent): Record<string, unknown> {
  const node = findCategory(version.categoryId);
  return {
    id: product.id,
    title: version.title,
    description: version.description,
    status: product.status,
    product_status: product.status === "PENDING" || product.status === "FAILED" ? "INITIAL" : product.status,
    audit: { status: product.auditStatus },
    ...(product.failReasons.length > 0
      ? { audit_failed_reasons: product.failReasons.map((reason) => ({ ...reason, listing_platform: "TIKTOK_SHOP" })) }
      : {}),
    category_chains: node ? categoryChain(node).map(describeNode) : [],
    main_images: version.mainImages.map((uri) => describePicture(world, uri)),
    product_attributes: version.attributes.map((entry) => ({
      id: entry.id,
      name: node?.attributes.find((rule) => rule.id === entry.id)?.name ?? "",
      values: entry.values,
    })),
    certifications: version.certifications.map((entry) => ({
      id: entry.id,
      images: (entry.images ?? []).map(({ uri }) => describePicture(world, uri)),
      files: entry.files ?? [],
    })),
    ...(version.weight ? { package_weight: version.weight } : {}),
    ...(version.dimensions ? { package_dimensions: version.dimensions } : {}),
    ...(version.externalProductId ? { external_product_id: version.externalProductId } : {}),
    skus: version.skus.map((content) => describeSku(world, content)),
    has_draft: product.review !== null && product.live !== null,
    is_cod_allowed: false,
    create_time: product.createTime,
    update_time: product.updateTime,
  };
}

function describeSku(world: World, content: SkuContent): Record<string, unknown> {
  return {
    ...describePriceAndStock(world, content),
    ...(content.externalSkuId ? { external_sku_id: content.externalSkuId } : {}),
    ...(content.identifierCode ? { identifier_code: content.identifierCode } : {}),
    sales_attributes: content.salesAttributes.map((entry) => ({
      id: entry.id,
      name: entry.name,
      value_id: entry.valueId,
      value_name: entry.valueName,
      ...(entry.pictureUri ? { sku_img: describePicture(world, entry.pictureUri) } : {}),
    })),
  };
}

function describeSummary(world: World, product: Product): Record<string, unknown> {
  const version = baseVersion(product);
  return {
    id: product.id,
    title: version.title,
    status: product.status,
    audit: { status: product.auditStatus },
    has_draft: product.review !== null && product.live !== null,
    skus: version.skus.map((content) => describePriceAndStock(world, content)),
    sales_regions: ["US"],
    create_time: product.createTime,
    update_time: product.updateTime,
  };
}

/** Reads say `sale_price`, writes say `amount`. */
function describePriceAndStock(world: World, content: SkuContent): Record<string, unknown> {
  const sku = world.skus.get(content.id);
  const price = sku ? toUnpadded(sku.priceMinor, sku.currency) : "0";
  return {
    id: content.id,
    seller_sku: content.sellerSku,
    price: { currency: sku?.currency, sale_price: price, tax_exclusive_price: price },
    ...(sku?.listPriceMinor === undefined
      ? {}
      : { list_price: { amount: toUnpadded(sku.listPriceMinor, sku.currency), currency: sku.currency } }),
    inventory: (sku?.rows ?? []).map((row) => ({
      warehouse_id: row.warehouseId,
      quantity: shownQuantity(world, row),
    })),
    status_info: { status: "NORMAL" },
  };
}

/** What a product read shows as quantity: as pushed, so with or without what open orders have committed. */
function shownQuantity(world: World, row: Sku["rows"][number]): number {
  return world.knobs.stockMeaning === "total" ? row.sellable + row.committed : row.sellable;
}

function describePicture(world: World, uri: string): Record<string, unknown> {
  const picture = world.pictures.get(uri);
  if (!picture) return { uri, urls: [], thumb_urls: [] };
  return {
    uri,
    urls: [picture.url, `${picture.url}&m=2`],
    thumb_urls: [picture.url],
    width: picture.width,
    height: picture.height,
  };
}
