/**
 * Writes JSON as webhook bodies carry it: bigints become plain numbers of any length.
 * Shopify fact: bodies hold numeric ids above 2^53, which a plain JSON parse rounds.
 */
export function writeRest(value: unknown): string {
  const marked = JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? `\u0001${inner}` : inner));
  return marked.replace(/"\\u0001(-?\d+)"/g, "$1");
}
