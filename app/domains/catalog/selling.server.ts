import type { Prisma } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { wantPush } from "./wants.server.ts";

const AT_ONCE = 500;
/** On sale, or about to be without anybody doing anything more. */
const ON_SALE = ["live", "in-review", "creating"];

/** Kept off sale by nothing but the stop. */
const COMES_BACK = {
  status: "stopped",
  unselectedAt: null,
  sendAt: { not: null },
  product: { deletedAt: null, status: "ACTIVE" },
} satisfies Prisma.ListingWhereInput;

/** Listings of a connection that are on sale or on their way there. */
export const countOnSale = ({ db }: CatalogDeps, connectionId: string): Promise<number> =>
  db.listing.count({ where: { connectionId, status: { in: ON_SALE } } });

/** What stopping and resuming would concern, and how far either is. */
export async function countSelling(
  { db }: CatalogDeps,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<{ live: number; inReview: number; off: number; refused: number }> {
  const where = { shopId, connectionId };
  const [live, inReview, off, refused] = await Promise.all([
    db.listing.count({ where: { ...where, status: "live" } }),
    db.listing.count({ where: { ...where, status: { in: ["in-review", "creating"] } } }),
    db.listing.count({ where: { ...where, ...COMES_BACK } }),
    db.problem.count({ where: { ...where, kind: "listing-stop-refused", closedAt: null } }),
  ]);
  return { live, inReview, off, refused };
}

/**
 * Work of `selling`: every listing the change concerns is to be pushed; what its push then does is the plan's business. Walked in pages,
 * each committed: after a crash the walk begins anew, and wanting twice is wanting once.
 */
export async function wantSelling(
  deps: CatalogDeps,
  connection: CatalogConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const where: Prisma.ListingWhereInput = connection.sellingStoppedAt
    ? { status: { in: ON_SALE } }
    : { sendAt: { not: null }, unselectedAt: null };
  for (let last = ""; ; ) {
    const page = await deps.db.listing.findMany({
      where: { ...where, connectionId: connection.id, id: { gt: last } },
      select: { id: true, connectionId: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    if (page.length > 0) await deps.engine.change((tx) => wantPush(deps, tx, "listings", page));
    if (page.length < AT_ONCE) break;
    last = page.at(-1)?.id ?? "";
    if (!(await ctx.holds(claim))) return;
  }
  await ctx.end(claim, { kind: "done" });
}
