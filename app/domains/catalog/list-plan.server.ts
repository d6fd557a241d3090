import { Prisma } from "../../platform/db.server.ts";
import type { CatalogDeps } from "./deps.ts";
import type { Finding, FindingCode, PlanStep } from "./model.ts";
import { ASKS_CHOICE, OFFERS_DEFAULT, WAITS_FOR_YES } from "./queries.server.ts";
import { findingsOf, plannedOf } from "./store.server.ts";

/** One product in the plan. */
export interface PlannedProduct {
  listingId: string;
  title: string;
  steps: PlanStep[];
  /** What blocks it; null: nothing does. */
  block: Finding | null;
  /** Proposed defaults and open choices that wait for a yes. */
  defaults: number;
  choices: number;
}

/** The first of a group, and how many it has. */
export interface PlanGroup {
  count: number;
  rows: PlannedProduct[];
}

/** A default that products would get by one yes, and how many of them. */
export interface ProposedDefault {
  code: FindingCode;
  /** Only of defaults that products share; what is made for each product by itself has none. */
  values: Record<string, string>;
  count: number;
}

export interface ListedPlan {
  goes: PlanGroup;
  waits: PlanGroup;
  cannot: PlanGroup;
  /** Listings that the channel refused as they are. */
  rejected: number;
  /** Listings with a default that waits for a yes, and with a choice that does. */
  offering: number;
  asking: number;
  defaults: ProposedDefault[];
  /** Defaults beyond those. */
  moreDefaults: number;
}

interface Where {
  shopId: string;
  connectionId: string;
}

/** What sending would do, product by product: those that go, those that wait for a yes, those that cannot go; and what a yes would agree to. */
export async function listPlan(
  { db }: CatalogDeps,
  { shopId, connectionId, limit }: Where & { limit: number },
): Promise<ListedPlan> {
  const of = (which: Prisma.ListingWhereInput) => ({ AND: [{ shopId, connectionId, unselectedAt: null }, which] });
  const group = async (which: Prisma.ListingWhereInput): Promise<PlanGroup> => {
    const where = of(which);
    const select = {
      ...{ id: true, planned: true, findings: true, defaultsApplied: true },
      product: { select: { title: true } },
    } as const;
    const [count, rows] = await Promise.all([
      db.listing.count({ where }),
      db.listing.findMany({ where, select, orderBy: [{ product: { title: "asc" } }, { id: "asc" }], take: limit }),
    ]);
    return {
      count,
      rows: rows.map(({ id, planned, product, defaultsApplied, ...row }) => {
        const findings = findingsOf(row.findings);
        return {
          ...{ listingId: id, title: product.title, steps: plannedOf(planned) },
          block: findings.find((one) => one.blocks) ?? null,
          defaults: defaultsApplied ? 0 : findings.filter((one) => one.defaultOffered).length,
          choices: findings.filter((one) => one.code === "attribute-choice").length,
        };
      }),
    };
  };
  const count = (which: Prisma.ListingWhereInput) => db.listing.count({ where: of(which) });
  const [goes, waits, cannot, rejected, offering, asking, proposed] = await Promise.all([
    group({ planned: { isEmpty: false } }),
    group({ status: "ready", ...WAITS_FOR_YES }),
    group({ status: "refused" }),
    count({ status: "rejected" }),
    count({ status: "ready", ...OFFERS_DEFAULT }),
    count({ status: "ready", ...ASKS_CHOICE }),
    proposedDefaults(db, { shopId, connectionId }),
  ]);
  return { goes, waits, cannot, rejected, offering, asking, ...proposed };
}

/** Values that many products share; those of other defaults are made for each product, so that only how many there are says something. */
const SHARED: FindingCode[] = ["attribute-defaulted", "weight-missing", "package-size-missing"];
/** More lines than anybody reads. */
const MOST_SHOWN = 60;

async function proposedDefaults(
  db: CatalogDeps["db"],
  { shopId, connectionId }: Where,
): Promise<Pick<ListedPlan, "defaults" | "moreDefaults">> {
  const rows = await db.$queryRaw<(ProposedDefault & { kinds: number })[]>`
    select code, "values", count(*)::int as count, (count(*) over ())::int as kinds from (
      select distinct listing.id, found->>'code' as code,
        case when found->>'code' in (${Prisma.join(SHARED)}) then found->'values' else '{}'::jsonb end as "values"
      from "Listing" listing
      cross join lateral jsonb_array_elements(listing.findings) found
      where listing."shopId" = ${shopId} and listing."connectionId" = ${connectionId} and listing."unselectedAt" is null
        and listing.status = 'ready' and listing."firstBlock" is null and not listing."defaultsApplied"
        and (found->>'defaultOffered')::boolean and found->>'code' <> 'attribute-choice'
    ) proposed
    group by 1, 2
    order by 3 desc, 1, 2::text
    limit ${MOST_SHOWN}`;
  return {
    defaults: rows.map(({ kinds: _kinds, ...row }) => row),
    moreDefaults: Math.max(0, (rows[0]?.kinds ?? 0) - rows.length),
  };
}
