/** What a fee the buyer pays is called in the Shopify order, and so on our pages: "retail-delivery" → "Retail delivery fee". */
export function feeTitle(name: string): string {
  const words = name.replaceAll("-", " ");
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return /\b(fee|tax|deposit)$/i.test(title) ? title : `${title} fee`;
}
