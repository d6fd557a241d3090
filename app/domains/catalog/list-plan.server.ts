import type { Prisma } from "../../platform/db.server.ts";
import type { CatalogDeps } from "./deps.ts";
import type { Finding, PlanStep } from "./model.ts";
import { OFFERS_DEFAULT } from "./queries.server.ts";
import { findingsOf, plannedOf } from "./store.server.ts";

/** One product in the plan. */
export interface PlannedProduct {
  listingId: string;
  title: string;
  steps: PlanStep[];
  /** The first thing in its way; null: nothing is. */
  finding: Finding | null;
}

/** The first of a group, and how many it has. */
export interface PlanGroup {
  count: number;
  rows: PlannedProduct[];
}

/** What sending would do, product by product: those that go, those that wait for a yes, those that cannot go. */
export async function listPlan(
  { db }: CatalogDeps,
  { shopId, connectionId, limit }: { shopId: string; connectionId: string; limit: number },
): Promise<{ goes: PlanGroup; waits: PlanGroup; cannot: PlanGroup }> {
  const group = async (which: Prisma.ListingWhereInput): Promise<PlanGroup> => {
    const where = { AND: [{ shopId, connectionId, unselectedAt: null }, which] };
    const select = { id: true, planned: true, findings: true, product: { select: { title: true } } } as const;
    const [count, rows] = await Promise.all([
      db.listing.count({ where }),
      db.listing.findMany({ where, select, orderBy: [{ product: { title: "asc" } }, { id: "asc" }], take: limit }),
    ]);
    return {
      count,
      rows: rows.map(({ id, planned, findings, product }) => ({
        ...{ listingId: id, title: product.title, steps: plannedOf(planned) },
        finding: firstInTheWay(findingsOf(findings)),
      })),
    };
  };
  const [goes, waits, cannot] = await Promise.all([
    group({ planned: { isEmpty: false } }),
    group({ status: "ready", ...OFFERS_DEFAULT }),
    group({ status: "refused" }),
  ]);
  return { goes, waits, cannot };
}

/** What blocks; else what only the merchant can know; else the first proposal. */
const firstInTheWay = (findings: Finding[]): Finding | null =>
  findings.find((one) => one.blocks) ??
  findings.find((one) => one.code === "attribute-choice") ??
  findings.find((one) => one.defaultOffered) ??
  null;
