import { chooseCategory } from "./choose-category.server.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import type { MappingInput } from "./facts.ts";
import { hashOf } from "./hash-content.server.ts";
import { mapProduct } from "./map-product.ts";
import type { Finding, Wanted } from "./model.ts";
import { type Plan, planListing } from "./plan-listing.ts";
import { type ListingPreview, previewOf } from "./preview.ts";
import type { Reference } from "./reference.server.ts";
import { factsOfProduct, type ListingRecord, overridesOf, statusOf, versionOf } from "./store.server.ts";
import { syncUnits } from "./sync-units.server.ts";
import { findPlainBlocks, firstBlockOf, needsYes, validateListing } from "./validate-listing.ts";

/** A listing with everything its next step is decided from. */
export interface Prepared {
  listing: ListingRecord;
  wanted: Wanted;
  hash: string;
  findings: Finding[];
  firstBlock: string | null;
  /** Ready but for a default nobody agreed to yet. */
  needsDefaults: boolean;
  /** As if the merchant had let it go out; whether he did is `listing.sendAt`. */
  plan: Plan;
  preview: ListingPreview;
}

export interface PrepareTools {
  deps: CatalogDeps;
  reference: Reference;
}

/** Maps, checks and plans one listing. Its units are brought up to date on the way. Throws CallError when the channel does not answer. */
export async function prepareListing(
  { deps, reference }: PrepareTools,
  connection: CatalogConnection,
  listing: ListingRecord,
): Promise<Prepared> {
  const limits = deps.channels(connection.channel).reference.limits(connection);
  const product = factsOfProduct(listing.product);
  const overrides = overridesOf(listing.overrides);
  const { units, unlistedVariants } = await syncUnits(deps, listing, limits.sellerSkuMax);
  const isAskingUseless = isGone(listing) || findPlainBlocks({ product, units, limits }).length > 0;
  const category = isAskingUseless ? null : await chooseCategory(reference, connection, product, overrides);
  const input: MappingInput = {
    product,
    units,
    unlistedVariants,
    variantCount: listing.product.variants.length,
    ...{ category, overrides },
    limits,
    defaults: { weightGrams: connection.settings.defaultWeightGrams, packageCm: connection.settings.defaultPackageCm },
    badPictures: await readBadPictures(
      deps,
      listing,
      product.pictures.map((picture) => picture.url),
    ),
  };
  const mapped = mapProduct(input);
  const findings = validateListing(input, mapped);
  const hash = hashOf(mapped.wanted.content);
  const firstBlock = firstBlockOf(findings);
  const needsDefaults = firstBlock === null && needsYes(findings, listing);
  const published = publishedOf(listing);
  const wanted =
    connection.sellingStoppedAt || isGone(listing) || firstBlock === "not-active"
      ? null
      : { hash, pricesMinor: mapped.wanted.pricesMinor };
  const plan = planListing({ wanted, isHeld: firstBlock !== null || needsDefaults, published });
  const submitted = versionOf(listing.submitted)?.content ?? null;
  const preview = previewOf({ wanted: mapped.wanted.content, submitted, category, overrides });
  return { listing, wanted: mapped.wanted, hash, findings, firstBlock, needsDefaults, plan, preview };
}

/** It must not be on sale whatever the product says. */
const isGone = (listing: ListingRecord) => listing.unselectedAt !== null || listing.product.deletedAt !== null;

function publishedOf(listing: ListingRecord) {
  const { status, channelProductId, submittedHash, liveHash, refusedHash, skus } = listing;
  const pricesMinor = new Map(skus.filter((sku) => sku.channelSkuId !== null).map((sku) => [sku.id, sku.priceMinor]));
  return {
    status: statusOf(status),
    isOnChannel: channelProductId !== null,
    submittedHash,
    liveHash,
    refusedHash,
    pricesMinor,
  };
}

async function readBadPictures(deps: CatalogDeps, listing: ListingRecord, urls: string[]): Promise<Set<string>> {
  const all = [...urls, ...listing.product.variants.flatMap((variant) => variant.pictureUrl ?? [])];
  if (all.length === 0) return new Set();
  const rows = await deps.db.uploadedPicture.findMany({
    where: { connectionId: listing.connectionId, sourceUrl: { in: all }, refusedCode: { not: null } },
    select: { sourceUrl: true },
  });
  return new Set(rows.map((row) => row.sourceUrl));
}
