import { formatDecimal } from "../../platform/money.ts";
import type { ListingContent, ListingDraft, ListingSkuDraft, Money, ShopAccess } from "../port.ts";
import { marketOf, WEIGHT_UNIT } from "./markets.ts";

type Options = ListingSkuDraft["options"];

/** The body that makes a listing and sends it to audit at once. */
export function createBody(draft: ListingDraft, access: ShopAccess) {
  const pictured = picturedOption(draft.skus.map(({ options }) => options));
  return {
    save_mode: "LISTING",
    idempotency_key: draft.idempotencyKey,
    external_product_id: draft.externalProductId,
    category_id: draft.content.categoryId,
    category_version: marketOf(access.region).categoryVersion,
    ...contentBody(draft.content),
    skus: draft.skus.map((sku) => ({
      external_sku_id: sku.externalSkuId,
      seller_sku: sku.sellerSku,
      price: priceBody(sku.price, access),
      inventory: sku.stock.map(({ warehouseId, quantity }) => ({ warehouse_id: warehouseId, quantity })),
      ...salesAttributes(sku.options, pictured),
      ...barcodeBody(sku.barcode),
    })),
  };
}

/**
 * The body that replaces the content of a live listing. TikTok Shop facts: `skus` is the complete list, a live SKU not named is
 * deleted; each top-level property sent replaces the stored one whole; price and stock stay when left out.
 */
export function reviseBody(
  content: ListingContent,
  skus: {
    channelSkuId: string;
    sellerSku: string;
    externalSkuId: string;
    options: Options;
    barcode?: ListingSkuDraft["barcode"];
  }[],
) {
  const pictured = picturedOption(skus.map(({ options }) => options));
  return {
    save_mode: "LISTING",
    ...contentBody(content),
    skus: skus.map((sku) => ({
      id: sku.channelSkuId,
      external_sku_id: sku.externalSkuId,
      seller_sku: sku.sellerSku,
      ...salesAttributes(sku.options, pictured),
      ...barcodeBody(sku.barcode),
    })),
  };
}

/** TikTok Shop fact: sellers from abroad set `sale_price`, local ones `amount`. */
export function priceBody({ amountMinor, currency }: Money, { sellerType }: Pick<ShopAccess, "sellerType">) {
  const amount = formatDecimal(amountMinor, currency);
  return sellerType === "CROSS_BORDER" ? { sale_price: amount, currency } : { amount, currency };
}

function contentBody(content: ListingContent) {
  const size = content.packageSizeCm;
  return {
    title: content.title,
    description: content.descriptionHtml,
    main_images: content.pictureUris.map((uri) => ({ uri })),
    package_weight: { value: kilograms(content.weightGrams), unit: WEIGHT_UNIT },
    ...(size && {
      package_dimensions: {
        length: wholeCm(size.length),
        width: wholeCm(size.width),
        height: wholeCm(size.height),
        unit: "CENTIMETER",
      },
    }),
    product_attributes: content.attributes.map(({ id, values }) => ({ id, values })),
    ...(content.certificates.length > 0 && {
      certifications: content.certificates.map(({ id, pictureUris }) => ({
        id,
        images: pictureUris.map((uri) => ({ uri })),
      })),
    }),
  };
}

/** TikTok Shop fact: every SKU has the same set of at most three; a single SKU may have none. */
function salesAttributes(options: Options, pictured: string | undefined) {
  if (options.length === 0) return {};
  return {
    sales_attributes: options.map(({ name, value, pictureUri }) => ({
      name,
      value_name: value,
      ...(pictureUri && name === pictured && { sku_img: { uri: pictureUri } }),
    })),
  };
}

/** TikTok Shop fact: only one attribute may carry pictures; the first that has one does. */
const picturedOption = (skus: Options[]): string | undefined =>
  skus.flat().find(({ pictureUri }) => pictureUri !== undefined)?.name;

const barcodeBody = (barcode: ListingSkuDraft["barcode"]) =>
  barcode ? { identifier_code: { type: barcode.kind, code: barcode.code } } : {};

/** Grams as kilograms with at most three decimals, never less than a gram. */
function kilograms(grams: number): string {
  const whole = Math.max(1, Math.ceil(grams));
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, "0")}`;
}

/** TikTok Shop fact: whole centimetres; rounded up so that the parcel still fits. */
const wholeCm = (cm: number): string => String(Math.max(1, Math.ceil(cm)));
