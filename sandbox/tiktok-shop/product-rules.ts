import { getLeaf } from "./categories.ts";
import { checkAttributes, checkCertificates } from "./category-rules.ts";
import { Refusal } from "./errors.ts";
import { getMarket } from "./markets.ts";
import type { Product, Shop, World } from "./model.ts";
import { checkParcel } from "./parcel-rules.ts";
import type { ProductInput } from "./product-input.ts";
import { checkSkus } from "./sku-rules.ts";
import { checkDescription, checkTitle } from "./text-rules.ts";

const mostMainPictures = 9;
const smallestMainSide = 300;

/** A whole listing against every rule of the platform; the first broken one is the answer. Drafts pass unchecked. */
export function checkListing(world: World, shop: Shop, input: ProductInput, productId: string | null): void {
  const market = getMarket(shop.region);
  if (world.knobs.failedPrerequisites.includes("SHOP_STATUS")) throw new Refusal(12052700, "the seller is not active");
  if (world.knobs.failedPrerequisites.includes("RETURN_WAREHOUSE"))
    throw new Refusal(12052535, "there is no return warehouse");
  if (world.knobs.failedPrerequisites.length > 0) throw new Refusal(12052995, "the seller has not finished the set-up");
  checkTitle(input.title ?? "", market);
  checkDescription(world, input.description ?? "");
  const leaf = getLeaf(input.category_id ?? "");
  if (leaf.permission === "PROHIBITED") throw new Refusal(12052220, "the category is not allowed");
  checkMainPictures(world, input);
  checkAttributes(leaf, input.product_attributes ?? []);
  checkCertificates(world, leaf, input.certifications ?? []);
  checkParcel(market, leaf.needsDimensions, input);
  checkSkus(world, shop, input.skus ?? []);
  checkExternalIds(world, shop, input, productId);
}

function checkMainPictures(world: World, input: ProductInput): void {
  const pictures = input.main_images ?? [];
  if (pictures.length === 0) throw new Refusal(12052028, "the main picture is missing");
  if (pictures.length > mostMainPictures) throw new Refusal(12052306, "there are more than nine main pictures");
  for (const { uri } of pictures) {
    const picture = world.pictures.get(uri);
    if (!picture) throw new Refusal(12052300, "a main picture was not uploaded here");
    if (Math.min(picture.width, picture.height) < smallestMainSide) {
      throw new Refusal(12052302, `a main picture is smaller than ${smallestMainSide} px on a side`);
    }
  }
}

/** External ids are join keys: no other living product of the shop may carry the same. */
function checkExternalIds(world: World, shop: Shop, input: ProductInput, productId: string | null): void {
  const skuIds = new Set((input.skus ?? []).flatMap((sku) => (sku.external_sku_id ? [sku.external_sku_id] : [])));
  if (!input.external_product_id && skuIds.size === 0) return;
  for (const other of world.products.values()) {
    if (other.shopId !== shop.id || other.id === productId || other.status === "DELETED") continue;
    if (hasExternalId(other, input.external_product_id, skuIds)) {
      throw new Refusal(12052996, "an external id is used by another product");
    }
  }
}

function hasExternalId(product: Product, productKey: string | undefined, skuKeys: Set<string>): boolean {
  const versions = [product.live, product.review].filter((version) => version !== null);
  return versions.some(
    (version) =>
      (productKey !== undefined && productKey !== "" && version.externalProductId === productKey) ||
      version.skus.some((sku) => sku.externalSkuId !== undefined && skuKeys.has(sku.externalSkuId)),
  );
}
