import { Prisma } from "../../platform/db.server.ts";
import type { CatalogDeps } from "./deps.ts";
import type { ListingRow, ListingSort, ListingView, Page } from "./model.ts";
import { asRow, rowFields } from "./queries.server.ts";

/** A screen and a half; what merchants do with more, they do with a view. */
const PAGE = 25;

export interface ListingsQuery {
  shopId: string;
  connectionId: string;
  view: ListingView;
  /** Part of a title or a SKU. */
  search?: string;
  sort?: ListingSort;
  /** As the page before gave it. One that cannot be read begins at the first page. */
  cursor?: string | null;
  limit?: number;
}

interface Place {
  id: string;
  productId: string;
  title: string;
}

/** One page of a connection's picked listings. Found by place first: a page deep in a long list costs no more than the first. */
export async function listListings({ db }: CatalogDeps, query: ListingsQuery): Promise<Page<ListingRow>> {
  const { sort = "oldest", limit = PAGE } = query;
  const places = await db.$queryRaw<Place[]>`
    select listing.id, product.id as "productId", product.title
    from "Listing" listing
    join "Product" product on product.id = listing."productId"
    where listing."shopId" = ${query.shopId} and listing."connectionId" = ${query.connectionId}
      and product."shopId" = ${query.shopId} and listing."unselectedAt" is null
      and ${isInView(query.view)} and ${isFound(query.search)} and ${isAfter(sort, readCursor(query.cursor))}
    order by ${ORDERS[sort]}
    limit ${limit + 1}`;
  const page = places.slice(0, limit);
  const rows = await db.listing.findMany({ where: { id: { in: page.map((one) => one.id) } }, select: rowFields });
  const byId = new Map(rows.map((row) => [row.id, asRow(row)]));
  const last = page.at(-1);
  return {
    // one that went away between the two statements is left out
    rows: page.flatMap(({ id }) => byId.get(id) ?? []),
    cursor: places.length > limit && last ? writeCursor(last) : null,
  };
}

const ORDERS: Record<ListingSort, Prisma.Sql> = {
  oldest: Prisma.sql`listing.id`,
  newest: Prisma.sql`listing.id desc`,
  title: Prisma.sql`product.title, product.id`,
  "title-down": Prisma.sql`product.title desc, product.id desc`,
};

function isAfter(sort: ListingSort, place: Place | null): Prisma.Sql {
  if (!place) return Prisma.sql`true`;
  const { id, productId, title } = place;
  switch (sort) {
    case "oldest":
      return Prisma.sql`listing.id > ${id}`;
    case "newest":
      return Prisma.sql`listing.id < ${id}`;
    case "title":
      return Prisma.sql`(product.title, product.id) > (${title}, ${productId})`;
    case "title-down":
      return Prisma.sql`(product.title, product.id) < (${title}, ${productId})`;
  }
}

/** Nothing blocks, but a default or a choice waits for a yes; as in `queries`. */
const WAITS_FOR_YES = Prisma.sql`(listing."firstBlock" is null and (
  (not listing."defaultsApplied" and listing.findings @> '[{"defaultOffered": true}]'::jsonb)
  or listing.findings @> '[{"code": "attribute-choice"}]'::jsonb))`;

function isInView(view: ListingView): Prisma.Sql {
  switch (view) {
    case "all":
      return Prisma.sql`true`;
    case "ready":
      return Prisma.sql`listing.status = 'ready' and not ${WAITS_FOR_YES}`;
    case "needs-choice":
      return Prisma.sql`listing.status = 'ready' and ${WAITS_FOR_YES}`;
    case "live":
      return Prisma.sql`listing.status = 'live'`;
    case "in-review":
      return Prisma.sql`listing.status in ('creating', 'in-review')`;
    case "refused":
      return Prisma.sql`listing.status in ('refused', 'rejected')`;
    case "stopped":
      return Prisma.sql`listing.status in ('stopped', 'deleted')`;
  }
}

function isFound(search: string | undefined): Prisma.Sql {
  const text = search?.trim();
  if (!text) return Prisma.sql`true`;
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(product.title ilike ${part} or exists (
    select 1 from "Variant" variant where variant."productId" = product.id and variant.sku ilike ${part}))`;
}

const writeCursor = ({ id, productId, title }: Place): string =>
  Buffer.from(JSON.stringify([id, productId, title])).toString("base64url");

function readCursor(cursor: string | null | undefined): Place | null {
  if (!cursor) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === "string")) return null;
    const [id = "", productId = "", title = ""] = parts as string[];
    return { id, productId, title };
  } catch {
    return null; // an address somebody typed
  }
}
