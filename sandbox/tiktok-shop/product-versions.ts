import { builtInSalesAttributes } from "./categories.ts";
import type { Product, ProductContent, SalesAttribute, SkuContent, World } from "./model.ts";
import type { ProductInput, SkuInput } from "./product-input.ts";
import { digest } from "./world.ts";

/** The version edits build on and reads of the audited version show: the one in audit, else the live one. */
export function newestVersion(product: Product): ProductContent {
  const version = product.review ?? product.live;
  if (!version) throw new Error(`product ${product.id} has no version`);
  return version;
}

/** The version an ordinary read shows. */
export function baseVersion(product: Product): ProductContent {
  return product.live ?? newestVersion(product);
}

/** Content of a SKU in any version; null when none has it any more. */
export function findSkuContent(product: Product, skuId: string): SkuContent | null {
  for (const version of [product.live, product.review]) {
    const found = version?.skus.find((sku) => sku.id === skuId);
    if (found) return found;
  }
  return null;
}

/** A version made of a complete input, with ids for new SKUs and for custom attribute names and values. */
export function buildVersion(world: World, input: ProductInput, skuIds: string[]): ProductContent {
  return {
    title: input.title ?? "",
    description: input.description ?? "",
    categoryId: input.category_id ?? "",
    mainImages: (input.main_images ?? []).map((image) => image.uri),
    attributes: input.product_attributes ?? [],
    certifications: input.certifications ?? [],
    ...(input.package_weight ? { weight: input.package_weight } : {}),
    ...(input.package_dimensions ? { dimensions: input.package_dimensions } : {}),
    ...(input.brand_id ? { brandId: input.brand_id } : {}),
    ...(input.external_product_id ? { externalProductId: input.external_product_id } : {}),
    skus: (input.skus ?? []).map((sku, index) => buildSku(sku, skuIds[index] ?? world.kernel.nextId("1729", 19))),
  };
}

/** A stored version back in the words of an input, so that an edit can be laid over it and checked as a whole. */
export function toInput(version: ProductContent): ProductInput {
  return {
    title: version.title,
    description: version.description,
    category_id: version.categoryId,
    main_images: version.mainImages.map((uri) => ({ uri })),
    product_attributes: version.attributes,
    certifications: version.certifications,
    package_weight: version.weight,
    package_dimensions: version.dimensions,
    brand_id: version.brandId,
    external_product_id: version.externalProductId,
    skus: version.skus.map((sku) => ({
      id: sku.id,
      seller_sku: sku.sellerSku,
      external_sku_id: sku.externalSkuId,
      identifier_code: sku.identifierCode,
      sales_attributes: sku.salesAttributes.map((entry) => ({
        id: entry.id,
        name: entry.name,
        value_id: entry.valueId,
        value_name: entry.valueName,
        ...(entry.pictureUri ? { sku_img: { uri: entry.pictureUri } } : {}),
      })),
    })),
  };
}

function buildSku(sku: SkuInput, id: string): SkuContent {
  return {
    id,
    sellerSku: sku.seller_sku ?? "",
    ...(sku.external_sku_id ? { externalSkuId: sku.external_sku_id } : {}),
    ...(sku.identifier_code ? { identifierCode: sku.identifier_code } : {}),
    salesAttributes: (sku.sales_attributes ?? []).map(nameAttribute),
  };
}

/** Custom names and values get ids; the same name has the same id. */
function nameAttribute(entry: NonNullable<SkuInput["sales_attributes"]>[number]): SalesAttribute {
  const builtIn = builtInSalesAttributes.find((known) => known.id === entry.id || known.name === entry.name);
  const name = entry.name ?? builtIn?.name ?? "";
  const valueName = entry.value_name ?? entry.value_id ?? "";
  return {
    id: entry.id || builtIn?.id || textId("71", name),
    name,
    valueId: entry.value_id || textId("72", `${name}=${valueName}`),
    valueName,
    ...(entry.sku_img ? { pictureUri: entry.sku_img.uri } : {}),
  };
}

function textId(prefix: string, text: string): string {
  return (
    prefix +
    BigInt(`0x${digest(text).slice(0, 14)}`)
      .toString()
      .padStart(17, "0")
      .slice(-17)
  );
}
