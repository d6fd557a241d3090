/** Shopify fact: a shop's permanent address is always `{name}.myshopify.com`. Nothing else may be called with its tokens. */
export function isShopDomain(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(text);
}
