import type { ChannelListing, ListingDraft } from "../../channels/port.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import { CallError } from "../../platform/errors.ts";
import type { CatalogConnection, CatalogDeps, FirstQuantities } from "./deps.ts";
import type { Prepared } from "./prepare-listing.server.ts";
import { recordOnChannel, recordRefusal, recordStep } from "./record-listing.server.ts";
import { explainReasons, isRefusal, reasonsOfError } from "./refusal.ts";
import { asJson, type ListingRecord, type Version, versionOf } from "./store.server.ts";
import { toListingContent, toOptions } from "./to-channel.ts";
import { uploadPictures } from "./upload-pictures.server.ts";
import { wantChecks, wantLooks } from "./wants.server.ts";

/** Sends a listing to the channel for the first time. `creating` and what is sent are committed before the call. */
export async function createListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  prepared: Prepared,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { listing, wanted, hash } = prepared;
  const version: Version = {
    content: wanted.content,
    prices: Object.fromEntries([...wanted.pricesMinor].map(([id, minor]) => [id, minor.toString()])),
  };
  const ready = await makeReady(deps, connection, listing, version, claim, ctx);
  if (!ready || !(await ctx.holds(claim))) return;
  await deps.db.listing.update({
    where: { id: listing.id },
    data: {
      status: "creating",
      createSentAt: deps.clock.now(),
      submitted: asJson(version),
      submittedHash: hash,
      liveHash: null,
    },
  });
  await sendCreate(deps, connection, listing, { version, hash, isFirst: true, ...ready }, claim, ctx);
}

/**
 * A create was sent and its answer not seen. Looks for the listing by what we gave it; only when it is not there is the very same draft
 * sent again with the same key, which the channel counts as one and the same create.
 */
export async function resumeCreate(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listing: ListingRecord,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const version = versionOf(listing.submitted);
  if (!version || !listing.submittedHash) throw new Error(`listing ${listing.id} is being created without a version`);
  const found = await lookForListing(deps, connection, listing);
  if (found) return adopt(deps, listing, version, found, claim, ctx);
  if (connection.sellingStoppedAt) {
    // it may still appear: the slow look finds it; sent again it is only when selling goes on
    await ctx.end(claim, { kind: "waits", for: "selling", reason: "selling is stopped" });
    return;
  }
  const ready = await makeReady(deps, connection, listing, version, claim, ctx);
  if (!ready || !(await ctx.holds(claim))) return;
  await sendCreate(
    deps,
    connection,
    listing,
    { version, hash: listing.submittedHash, isFirst: false, ...ready },
    claim,
    ctx,
  );
}

interface Ready {
  draft: ListingDraft;
  first: FirstQuantities;
}

/** Uploads pictures and reads quantities. Null: the row has ended, because something is still to come. */
async function makeReady(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listing: ListingRecord,
  version: Version,
  claim: Claim,
  ctx: DrainContext,
): Promise<Ready | null> {
  const pictures = await uploadPictures(deps, connection, version.content);
  if (pictures.outcome === "refused") {
    await deps.engine.change(async (tx) => {
      await ctx.end(claim, { kind: "done" }, tx);
      // what was to be sent cannot be sent: nothing of it exists, so the listing starts afresh without those pictures
      if (listing.status === "creating")
        await tx.listing.update({ where: { id: listing.id }, data: { status: "ready", createSentAt: null } });
      await wantChecks(deps, tx, [listing], 1);
    });
    return null;
  }
  const ids = version.content.skus.map((sku) => sku.listingSkuId);
  const first = await deps.stock.quantityFor(connection, ids);
  if (!first) {
    await ctx.end(claim, { kind: "waits", for: "settings", reason: "no warehouse or location chosen" });
    return null;
  }
  const skus = version.content.skus.map(({ listingSkuId, sellerSku, options, barcode }) => ({
    externalSkuId: listingSkuId,
    sellerSku,
    price: { amountMinor: BigInt(version.prices[listingSkuId] ?? "0"), currency: connection.currency },
    options: toOptions(options, pictures.uriOf),
    stock: [{ warehouseId: first.warehouseId, quantity: first.quantities.get(listingSkuId) ?? 0 }],
    ...(barcode ? { barcode } : {}),
  }));
  const draft = {
    idempotencyKey: listing.idempotencyKey,
    externalProductId: listing.id,
    content: toListingContent(version.content, pictures.uriOf),
    skus,
  };
  return { draft, first };
}

interface Sending extends Ready {
  version: Version;
  hash: string;
  /** Nothing was ever sent under this key: the quantities in the draft are the ones the channel has. */
  isFirst: boolean;
}

async function sendCreate(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listing: ListingRecord,
  sending: Sending,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const sentAt = deps.clock.now();
  const { version, draft, first } = sending;
  try {
    const created = await deps.channels(connection.channel).listings.create(deps.forShop(connection.id), draft);
    await deps.engine.change(async (tx) => {
      await ctx.end(claim, { kind: "done" }, tx);
      await recordOnChannel(deps, tx, listing, created, version);
      await recordStep(
        deps,
        tx,
        listing,
        "create",
        { title: version.content.title, skus: version.content.skus.length, warnings: created.warnings },
        "listing.created",
      );
      const known = { shopId: listing.shopId, connectionId: listing.connectionId };
      if (sending.isFirst) await deps.stock.recordFirst(tx, { ...known, ...first, sentAt });
      else
        await deps.stock.wantSkus(tx, { ...known, listingSkuIds: version.content.skus.map((sku) => sku.listingSkuId) });
      await wantChecks(deps, tx, [listing]);
      // the news of its audit may have come before its id was stored, and found nobody
      await wantLooks(deps, tx, [listing]);
    });
  } catch (error) {
    await endFailedCreate(deps, connection, listing, sending, error, claim, ctx);
  }
}

async function endFailedCreate(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listing: ListingRecord,
  sending: Sending,
  error: unknown,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  if (!(error instanceof CallError) || error.mayHaveHappened) {
    // the listing stays `creating`: whoever comes next looks first
    await ctx.fail(claim, error);
    return;
  }
  if (error.family === "conflict") {
    // perhaps an earlier create did come through: its ids are the ones in the way
    const found = await lookForListing(deps, connection, listing);
    if (found) return adopt(deps, listing, sending.version, found, claim, ctx);
  }
  if (isRefusal(error)) {
    const reasons = explainReasons(deps.channels(connection.channel), reasonsOfError(error));
    await deps.engine.change(async (tx) => {
      await ctx.end(claim, { kind: "done" }, tx);
      await recordRefusal(deps, tx, listing, {
        hash: sending.hash,
        reasons,
        change: { status: "rejected", submittedHash: null },
      });
      await tx.listing.update({
        where: { id: listing.id },
        data: { createSentAt: null, idempotencyKey: crypto.randomUUID() },
      });
      await wantChecks(deps, tx, [listing]);
    });
    return;
  }
  // Nothing was done (no calls left, not authorised, not answering): if nothing went before, nothing has to be looked for.
  if (sending.isFirst)
    await deps.db.listing.update({ where: { id: listing.id }, data: { status: "ready", createSentAt: null } });
  await ctx.fail(claim, error);
}

async function lookForListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listing: ListingRecord,
): Promise<ChannelListing | null> {
  const found = await deps.channels(connection.channel).listings.findBySellerSkus(
    deps.forShop(connection.id),
    listing.skus.map((sku) => sku.sellerSku),
  );
  const own = new Set(listing.skus.map((sku) => sku.id));
  const isOurs = (one: ChannelListing) =>
    one.externalProductId === listing.id ||
    one.skus.some((sku) => sku.externalSkuId !== null && own.has(sku.externalSkuId));
  return found.find((one) => one.status !== "deleted" && isOurs(one)) ?? null;
}

/** Takes over what the channel turned out to have. Its quantities are of another moment, so stock is compared and sent again. */
async function adopt(
  deps: CatalogDeps,
  listing: ListingRecord,
  version: Version,
  found: ChannelListing,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    await recordOnChannel(deps, tx, listing, found, version);
    await recordStep(
      deps,
      tx,
      listing,
      "create",
      { title: version.content.title, skus: found.skus.length, isFound: true },
      "listing.created",
    );
    await deps.stock.wantSkus(tx, {
      connectionId: listing.connectionId,
      listingSkuIds: listing.skus.map((sku) => sku.id),
    });
    await wantLooks(deps, tx, [listing]);
    await wantChecks(deps, tx, [listing]);
  });
}
