import type { Prisma } from "../../platform/db.server.ts";
import type { BacklogLine, Run } from "../../platform/engine/model.ts";
import { changedFields, type FieldChange } from "./changed-fields.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import type { CatalogSummary, ListingRow, ListingStatus, Page, PlanStep, WantedContent } from "./model.ts";
import { type PrepareTools, prepareListing } from "./prepare-listing.server.ts";
import { findingsOf, findListing, plannedOf, previewOfStored, refusalOf, statusOf, versionOf } from "./store.server.ts";
import { needsYes } from "./validate-listing.ts";
import { checkSubject } from "./wants.server.ts";

const PAGE = 50;
const OPEN_DEFAULT: Prisma.ListingWhereInput = {
  defaultsApplied: false,
  findings: { array_contains: [{ defaultOffered: true }] },
};
const OPEN_CHOICE: Prisma.ListingWhereInput = { findings: { array_contains: [{ code: "attribute-choice" }] } };
/** Nothing blocks, but a default waits for a yes. */
export const OFFERS_DEFAULT: Prisma.ListingWhereInput = { firstBlock: null, ...OPEN_DEFAULT };
/** Nothing blocks, but something is asked that only the merchant can know. */
export const ASKS_CHOICE: Prisma.ListingWhereInput = { firstBlock: null, ...OPEN_CHOICE };
/** Nothing blocks, but a default or a choice waits for a yes. */
export const WAITS_FOR_YES: Prisma.ListingWhereInput = { firstBlock: null, OR: [OPEN_DEFAULT, OPEN_CHOICE] };

/** What a row is made from. */
export const rowFields = {
  id: true,
  productId: true,
  status: true,
  findings: true,
  firstBlock: true,
  refusal: true,
  planned: true,
  defaultsApplied: true,
  sendAt: true,
  updatedAt: true,
  product: {
    select: { shopifyId: true, title: true, pictures: true, status: true, _count: { select: { variants: true } } },
  },
} satisfies Prisma.ListingSelect;

/** A listing as lists show it. */
export function asRow(row: Prisma.ListingGetPayload<{ select: typeof rowFields }>): ListingRow {
  const { id, productId, firstBlock, updatedAt, product } = row;
  const findings = findingsOf(row.findings);
  const [picture] = product.pictures as unknown as { url: string }[];
  return {
    ...{ id, productId, firstBlock, updatedAt, findings },
    shopifyProductId: product.shopifyId,
    title: product.title,
    pictureUrl: picture?.url ?? null,
    productStatus: product.status,
    variants: product._count.variants,
    status: statusOf(row.status),
    refusal: refusalOf(row.refusal),
    planned: plannedOf(row.planned),
    needsDefaults: row.status === "ready" && firstBlock === null && needsYes(findings, row),
    offersDefaults:
      row.status === "ready" &&
      firstBlock === null &&
      !row.defaultsApplied &&
      findings.some((finding) => finding.defaultOffered),
    defaultsApplied: row.defaultsApplied,
    isSent: row.sendAt !== null,
  };
}

interface ListQuery {
  shopId: string;
  connectionId: string;
  search?: string;
  cursor?: string | null;
  limit?: number;
}

function pageOf<Row extends { id: string }>(rows: Row[], limit: number): Page<Row> {
  const page = rows.slice(0, limit);
  return { rows: page, cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

export interface ProductRow {
  id: string;
  shopifyId: string;
  title: string;
  status: string;
  pictureUrl: string | null;
  variants: number;
  isSelected: boolean;
}

/** One page of a shop's products for picking, with whether each is picked for this connection. */
export async function listProducts({ db }: CatalogDeps, query: ListQuery): Promise<Page<ProductRow>> {
  const { shopId, connectionId, cursor, limit = PAGE } = query;
  const search = query.search?.trim();
  const rows = await db.product.findMany({
    where: {
      shopId,
      deletedAt: null,
      ...(cursor ? { id: { gt: cursor } } : {}),
      ...(search ? { title: { contains: search, mode: "insensitive" } } : {}),
    },
    select: {
      id: true,
      shopifyId: true,
      title: true,
      status: true,
      pictures: true,
      _count: { select: { variants: true } },
      listings: { where: { connectionId, unselectedAt: null }, select: { id: true } },
    },
    orderBy: { id: "asc" },
    take: limit + 1,
  });
  const shown = rows.map(({ id, shopifyId, title, status, pictures, _count, listings }) => ({
    ...{ id, shopifyId, title, status },
    pictureUrl: (pictures as unknown as { url: string }[])[0]?.url ?? null,
    variants: _count.variants,
    isSelected: listings.length > 0,
  }));
  return pageOf(shown, limit);
}

/** The whole of one listing for its page, taken out or not. Null: this shop has none of that id. */
export async function getListing({ db }: CatalogDeps, where: { shopId: string; listingId: string }) {
  const row = await db.listing.findFirst({
    where: { id: where.listingId, shopId: where.shopId },
    select: { ...rowFields, connectionId: true },
  });
  const listing = row && (await findListing(db, { connectionId: row.connectionId, listingId: row.id }));
  if (!listing) return null;
  const { connectionId, product } = listing;
  const variants = new Map(product.variants.map((variant) => [variant.id, variant]));
  const submitted = versionOf(listing.submitted);
  return {
    ...asRow(row),
    ...{ connectionId, channelProductId: listing.channelProductId },
    isPicked: listing.unselectedAt === null,
    isDeletedInShopify: product.deletedAt !== null,
    preview: previewOfStored(listing.preview),
    shopifyPictures: (product.pictures as unknown as { url: string }[]).map((one) => one.url),
    ...{
      selectedAt: listing.selectedAt,
      selectedBy: listing.selectedBy,
      sendAt: listing.sendAt,
      sendBy: listing.sendBy,
    },
    ...{ checkedAt: listing.checkedAt, submittedAt: listing.submittedAt },
    isLiveAsSubmitted: submitted !== null && listing.liveHash === listing.submittedHash,
    skus: listing.skus.map((sku) => {
      const variant = sku.variantId ? variants.get(sku.variantId) : undefined;
      return {
        id: sku.id,
        sellerSku: sku.sellerSku,
        channelSkuId: sku.channelSkuId,
        publishedMinor: sku.priceMinor,
        wantedMinor: variant?.priceMinor ?? null,
        title: variant?.title ?? null,
        position: variant?.position ?? Number.MAX_SAFE_INTEGER,
      };
    }),
  };
}

export interface PlanPreview {
  /** How many listings each step concerns; "held": a finding blocks; "needs-defaults": a default waits for a yes. */
  counts: Record<PlanStep | "nothing" | "held" | "needs-defaults", number>;
  rows: {
    id: string;
    title: string;
    steps: PlanStep[];
    isHeld: boolean;
    changes: FieldChange[];
    wanted: WantedContent;
  }[];
}

/** What would be sent: counts over all, and the first listings field by field. Writes nothing to the channel. */
export async function previewPlan(
  tools: PrepareTools,
  query: { shopId: string; connectionId: string; listingIds?: string[]; limit?: number },
): Promise<PlanPreview> {
  const { deps } = tools;
  const { shopId, connectionId, listingIds } = query;
  const where = { shopId, connectionId, unselectedAt: null, ...(listingIds ? { id: { in: listingIds } } : {}) };
  const ids = await deps.db.listing.findMany({
    where: { ...where, planned: { isEmpty: false } },
    select: { id: true },
    orderBy: { id: "asc" },
    take: query.limit ?? 20,
  });
  const connection = await deps.getConnection(connectionId);
  const rows: PlanPreview["rows"] = [];
  for (const { id } of connection ? ids : []) {
    const listing = await findListing(deps.db, { connectionId, listingId: id });
    if (!listing || !connection) continue;
    const prepared = await prepareListing(tools, connection, listing);
    const changes = changedFields(versionOf(listing.submitted)?.content ?? null, prepared.wanted.content);
    rows.push({
      id,
      title: listing.product.title,
      steps: prepared.plan.steps,
      isHeld: prepared.firstBlock !== null || prepared.needsDefaults,
      changes,
      wanted: prepared.wanted.content,
    });
  }
  return { counts: await countPlan(deps, where), rows };
}

async function countPlan({ db }: CatalogDeps, where: Prisma.ListingWhereInput): Promise<PlanPreview["counts"]> {
  const step = (name: PlanStep) => db.listing.count({ where: { ...where, planned: { has: name } } });
  const [create, revise, reprice, resume, stop, held, needsDefaults, nothing] = await Promise.all([
    step("create"),
    step("revise-content"),
    step("revise-price"),
    step("resume"),
    step("stop"),
    db.listing.count({ where: { ...where, status: "refused" } }),
    db.listing.count({ where: { ...where, status: "ready", ...WAITS_FOR_YES } }),
    db.listing.count({ where: { ...where, planned: { isEmpty: true }, status: { notIn: ["refused", "ready"] } } }),
  ]);
  return {
    create,
    "revise-content": revise,
    "revise-price": reprice,
    resume,
    stop,
    held,
    "needs-defaults": needsDefaults,
    nothing,
  };
}

/** The catalog in numbers, over all connections of a shop or one of them. */
export async function summarize(
  { db }: CatalogDeps,
  query: { shopId: string; connectionId?: string },
): Promise<CatalogSummary> {
  const { shopId, connectionId } = query;
  const where: Prisma.ListingWhereInput = { shopId, unselectedAt: null, ...(connectionId ? { connectionId } : {}) };
  const [known, statuses, refused, needsDefaults] = await Promise.all([
    db.product.count({ where: { shopId, deletedAt: null } }),
    db.listing.groupBy({ by: ["status"], where, _count: true }),
    db.listing.groupBy({ by: ["firstBlock"], where: { ...where, status: "refused" }, _count: true }),
    db.listing.count({ where: { ...where, status: "ready", ...WAITS_FOR_YES } }),
  ]);
  const byStatus = Object.fromEntries(statuses.map((row) => [row.status, row._count]));
  return {
    products: { known },
    listings: {
      total: statuses.reduce((sum, row) => sum + row._count, 0),
      byStatus,
      refused: Object.fromEntries(refused.map((row) => [row.firstBlock ?? "unknown", row._count])),
      needsDefaults,
    },
  };
}

export interface Progress {
  byStatus: Partial<Record<ListingStatus, number>>;
  /** Checks under way, and listings being sent: those wanted together, whatever else is due. */
  checking: Run;
  sending: Run;
  /** Checking, listing and pricing: how much is due, how fast it goes, how long it will take. */
  lanes: BacklogLine[];
}

/** How far the work on a connection's listings is. */
export async function readProgress(
  deps: CatalogDeps,
  query: { shopId: string; connectionId: string },
): Promise<Progress> {
  const scope = scopeOf(query.connectionId);
  const [{ listings }, lanes, checking, sending] = await Promise.all([
    summarize(deps, query),
    deps.engine.backlog([scope]),
    deps.engine.run({ lane: "intake", scope, subjects: checkSubject("") }),
    deps.engine.run({ lane: "listings", scope }),
  ]);
  return {
    byStatus: listings.byStatus,
    ...{ checking, sending },
    lanes: lanes.filter((line) => ["intake", "listings", "price"].includes(line.lane)),
  };
}
