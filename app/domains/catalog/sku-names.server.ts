import type { CatalogDeps } from "./deps.ts";

/** What merchants call these listing SKUs: the product's title, and the variant's where it has several. Unknown ones are left out. */
export async function nameSkus(
  { db }: Pick<CatalogDeps, "db">,
  where: { shopId: string; listingSkuIds: string[] },
): Promise<Map<string, { listingId: string; title: string; variant: string | null }>> {
  const rows = await db.listingSku.findMany({
    where: { shopId: where.shopId, id: { in: where.listingSkuIds } },
    select: {
      id: true,
      listingId: true,
      variant: { select: { title: true } },
      listing: { select: { product: { select: { title: true, _count: { select: { variants: true } } } } } },
    },
  });
  return new Map(
    rows.map(({ id, listingId, variant, listing: { product } }) => [
      id,
      { listingId, title: product.title, variant: product._count.variants > 1 ? (variant?.title ?? null) : null },
    ]),
  );
}
