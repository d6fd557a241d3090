import type { CatalogDeps } from "./deps.ts";
import { judgeSelling, type Selling } from "./judge-selling.ts";
import type { ListingRow } from "./model.ts";
import { asRow, rowFields } from "./queries.server.ts";

/** A product on one connection; null: it was never picked there. */
export interface SoldOn {
  listing: (ListingRow & { isPicked: boolean }) | null;
  selling: Selling;
}

/**
 * A product as these connections of its shop see it, by connection id; also where it was taken out. Null: the shop has no such
 * product, or it was not read yet.
 */
export async function findSoldProduct(
  { db }: CatalogDeps,
  query: { shopId: string; productGid: string; connections: readonly { id: string; isArmed: boolean }[] },
): Promise<{ title: string; on: Map<string, SoldOn> } | null> {
  const { shopId, productGid, connections } = query;
  const product = await db.product.findFirst({
    where: { shopId, shopifyId: productGid, deletedAt: null },
    select: {
      title: true,
      listings: {
        where: { shopId, connectionId: { in: connections.map((one) => one.id) } },
        select: { ...rowFields, connectionId: true, unselectedAt: true },
      },
    },
  });
  if (!product) return null;
  const rows = new Map(product.listings.map((row) => [row.connectionId, row]));
  const on = connections.map(({ id, isArmed }): [string, SoldOn] => {
    const row = rows.get(id);
    const listing = row ? { ...asRow(row), isPicked: row.unselectedAt === null } : null;
    return [id, { listing, selling: judgeSelling(listing, { isArmed }) }];
  });
  return { title: product.title, on: new Map(on) };
}
