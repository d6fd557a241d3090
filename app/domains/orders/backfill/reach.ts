/** Shopify fact §2: an app sees orders of the last 60 days; older ones only with a permission of their own. */
const SEEN_FOR_DAYS = 60;
const DAY_MS = 24 * 3_600_000;
const SCOPE = "read_all_orders";

/**
 * Orders made before this cannot be looked for in Shopify, so nobody can tell whether they are there already: they are shown and not made.
 * Null: everything can be looked for. A day is kept clear of the edge.
 */
export function reachOf(grantedScopes: readonly string[], now: Date): Date | null {
  if (grantedScopes.includes(SCOPE)) return null;
  return new Date(now.getTime() - (SEEN_FOR_DAYS - 1) * DAY_MS);
}
