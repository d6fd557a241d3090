import type { FindingCode } from "./model.ts";

/** Our own text for a unit whose Shopify SKU cannot serve: always the same for one variant. */
export const ownSellerSku = (variantShopifyId: string): string => `RS-${variantShopifyId.replace(/^.*\//, "")}`;

export interface SellerSku {
  sellerSku: string;
  /** Why Shopify's SKU could not serve. */
  finding: Extract<FindingCode, "sku-missing" | "sku-duplicate" | "sku-too-long" | "sku-has-blanks"> | null;
}

/**
 * The seller SKU of a unit: Shopify's where it is there, short enough, without blanks and nobody else's in this connection; else ours.
 * It is the only way to find a listing whose answer was lost, so it must never name two units. TikTok Shop fact: 1–50 characters, no blanks.
 */
export function chooseSellerSku(
  variant: { shopifyId: string; sku: string | null },
  isTaken: (sellerSku: string) => boolean,
  most: number,
): SellerSku {
  const own = { sellerSku: freeOwn(variant.shopifyId, isTaken, most) };
  const sku = (variant.sku ?? "").trim();
  if (sku === "") return { ...own, finding: "sku-missing" };
  if ([...sku].length > most || sku.length > most) return { ...own, finding: "sku-too-long" };
  if (/[\s\p{Cc}]/u.test(sku)) return { ...own, finding: "sku-has-blanks" };
  if (isTaken(sku)) return { ...own, finding: "sku-duplicate" };
  return { sellerSku: sku, finding: null };
}

/** A merchant may by chance have given our text to another variant. */
function freeOwn(shopifyId: string, isTaken: (sellerSku: string) => boolean, most: number): string {
  const own = ownSellerSku(shopifyId).slice(-most);
  for (let n = 2, text = own; n < 1_000; n++) {
    if (!isTaken(text)) return text;
    text = `${own.slice(-(most - 5))}-${n}`;
  }
  throw new Error(`no free seller SKU for ${shopifyId}`);
}
