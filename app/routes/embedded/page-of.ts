/** The page of what an activity or a problem is about ("order:…", "listing:…", "buyer-data:…"). Null: it has none of its own. */
export function pageOf(subject: string | null): string | null {
  const [kind = "", id = ""] = (subject ?? "").split(":");
  if (!id) return null;
  if (kind === "buyer-data") return "/app/privacy";
  if (kind === "order") return `/app/orders/${id}`;
  return kind === "listing" ? `/app/products/${id}` : null;
}
