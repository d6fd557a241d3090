import { newId } from "../../platform/ids.ts";
import type { CatalogDeps } from "./deps.ts";
import type { Unit } from "./facts.ts";
import { chooseSellerSku, ownSellerSku } from "./seller-sku.ts";
import { factsOfVariant, isTaken, type ListingRecord, type SkuRecord, versionOf } from "./store.server.ts";

export interface SyncedUnits {
  units: Unit[];
  /** Variants that came after the listing was sent: an edit adds no SKU. */
  unlistedVariants: number;
}

/**
 * One unit per variant that is shipped, each with a seller SKU of its own within the connection. Before the listing is sent units come
 * and go with the variants; afterwards none is added or dropped, since the channel knows them by their ids. Whoever calls holds the
 * listing's lease.
 */
export async function syncUnits(deps: CatalogDeps, listing: ListingRecord, sellerSkuMax: number): Promise<SyncedUnits> {
  const variants = listing.product.variants.filter((variant) => variant.requiresShipping);
  const isFrozen = listing.channelProductId !== null || listing.status === "creating";
  const known = isFrozen ? listing.skus : await matchRows(deps, listing, variants);
  const taken = await takenElsewhere(deps, listing, variants);
  const own = new Set<string>();
  const submitted = new Map(versionOf(listing.submitted)?.content.skus.map((sku) => [sku.listingSkuId, sku]));
  const byVariant = new Map(known.map((sku) => [sku.variantId, sku]));
  const units: Unit[] = [];
  for (const variant of variants) {
    const row = byVariant.get(variant.id);
    if (!row) continue;
    const choice = chooseSellerSku(variant, (text) => taken.has(text) || own.has(text), sellerSkuMax);
    const sellerSku = listing.status === "creating" ? row.sellerSku : await keepSellerSku(deps, row, choice.sellerSku);
    own.add(sellerSku);
    // another listing took the text at the same moment: say so, as if it had been taken before
    const isLost = sellerSku !== choice.sellerSku && listing.status !== "creating";
    const decided = isLost ? chooseSellerSku(variant, (text) => text === choice.sellerSku, sellerSkuMax) : choice;
    const skuFinding = sellerSku === variant.sku ? null : decided.finding;
    units.push({
      listingSkuId: row.id,
      sellerSku,
      skuFinding,
      variant: factsOfVariant(variant),
      submitted: submitted.get(row.id) ?? null,
    });
  }
  const listed = new Set(units.map((unit) => unit.listingSkuId));
  for (const row of known) {
    if (listed.has(row.id) || row.channelSkuId === null) continue;
    units.push({
      listingSkuId: row.id,
      sellerSku: row.sellerSku,
      skuFinding: null,
      variant: null,
      submitted: submitted.get(row.id) ?? null,
    });
  }
  return { units, unlistedVariants: variants.filter((variant) => !byVariant.has(variant.id)).length };
}

type Variants = ListingRecord["product"]["variants"];

/** Rows for all variants and for nothing else; seller SKUs are settled afterwards, a passing one is ours. */
async function matchRows(deps: CatalogDeps, listing: ListingRecord, variants: Variants): Promise<SkuRecord[]> {
  const ids = new Set(variants.map((variant) => variant.id));
  const stale = listing.skus.filter((sku) => sku.variantId === null || !ids.has(sku.variantId));
  const known = new Set(listing.skus.map((sku) => sku.variantId));
  const missing = variants.filter((variant) => !known.has(variant.id));
  if (stale.length === 0 && missing.length === 0) return listing.skus;
  const { id: listingId, shopId, connectionId } = listing;
  await deps.db.$transaction(async (tx) => {
    if (stale.length > 0)
      await tx.listingSku.deleteMany({ where: { id: { in: stale.map((sku) => sku.id) }, channelSkuId: null } });
    if (missing.length === 0) return;
    const free = await tx.listingSku.findMany({
      where: { connectionId, sellerSku: { in: missing.map((one) => ownSellerSku(one.shopifyId)) } },
      select: { sellerSku: true },
    });
    const used = new Set(free.map((one) => one.sellerSku));
    await tx.listingSku.createMany({
      data: missing.map((variant) => {
        const id = newId();
        const own = ownSellerSku(variant.shopifyId);
        return {
          id,
          shopId,
          connectionId,
          listingId,
          variantId: variant.id,
          sellerSku: used.has(own) ? `RS-${id}` : own,
        };
      }),
    });
  });
  return deps.db.listingSku.findMany({ where: { listingId }, orderBy: { id: "asc" } });
}

/** Seller SKUs of the connection's other listings among those these variants could have. */
async function takenElsewhere(deps: CatalogDeps, listing: ListingRecord, variants: Variants): Promise<Set<string>> {
  const candidates = variants.flatMap(({ sku, shopifyId }) => [...(sku ? [sku.trim()] : []), ownSellerSku(shopifyId)]);
  const rows = await deps.db.listingSku.findMany({
    where: { connectionId: listing.connectionId, sellerSku: { in: candidates }, listingId: { not: listing.id } },
    select: { sellerSku: true },
  });
  return new Set(rows.map((row) => row.sellerSku));
}

/** Two listings may reach for one text at the same moment: the constraint decides, and the one who lost keeps what it had. */
async function keepSellerSku(deps: CatalogDeps, row: SkuRecord, sellerSku: string): Promise<string> {
  if (row.sellerSku === sellerSku) return sellerSku;
  try {
    await deps.db.listingSku.update({ where: { id: row.id }, data: { sellerSku } });
    return sellerSku;
  } catch (error) {
    if (isTaken(error)) return row.sellerSku;
    throw error;
  }
}
