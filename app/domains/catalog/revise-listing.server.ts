import { after } from "../../platform/clock.ts";
import { type Claim, type DrainContext, LATE_EFFECT_MARGIN_MS } from "../../platform/engine/model.ts";
import { CallError } from "../../platform/errors.ts";
import { changedFields } from "./changed-fields.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import type { Prepared } from "./prepare-listing.server.ts";
import { recordRefusal, recordStep } from "./record-listing.server.ts";
import { explainReasons, isRefusal, reasonsOfError } from "./refusal.ts";
import { asJson, type Version, versionOf } from "./store.server.ts";
import { toListingContent, toOptions } from "./to-channel.ts";
import { uploadPictures } from "./upload-pictures.server.ts";
import { wantChecks } from "./wants.server.ts";

/**
 * Sends new content of a listing that is on the channel: every SKU the channel knows, no price, no stock. An edit whose answer was lost
 * may land after a newer one, so the next is sent only when the old one cannot land any more.
 */
export async function reviseListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  prepared: Prepared,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { listing, wanted, hash } = prepared;
  const channelProductId = listing.channelProductId ?? missing(listing.id);
  const pictures = await uploadPictures(deps, connection, wanted.content);
  if (pictures.outcome === "refused") {
    await deps.engine.change(async (tx) => {
      await ctx.end(claim, { kind: "done" }, tx);
      await wantChecks(deps, tx, [listing], 1);
    });
    return;
  }
  const known = new Map(listing.skus.map((sku) => [sku.id, sku.channelSkuId]));
  const skus = wanted.content.skus.flatMap(({ listingSkuId, sellerSku, options, barcode }) => {
    const channelSkuId = known.get(listingSkuId);
    return channelSkuId
      ? [
          {
            channelSkuId,
            sellerSku,
            externalSkuId: listingSkuId,
            options: toOptions(options, pictures.uriOf),
            ...(barcode ? { barcode } : {}),
          },
        ]
      : [];
  });
  if (!(await ctx.holds(claim))) return;
  try {
    await deps
      .channels(connection.channel)
      .listings.reviseContent(
        deps.forShop(connection.id),
        channelProductId,
        toListingContent(wanted.content, pictures.uriOf),
        skus,
      );
  } catch (error) {
    await endFailedEdit(deps, connection, prepared, error, claim, ctx);
    return;
  }
  const before = versionOf(listing.submitted);
  const version: Version = { content: wanted.content, prices: before?.prices ?? {} };
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    const status = listing.status === "live" ? "live" : "in-review";
    await tx.listing.update({
      where: { id: listing.id },
      data: {
        status,
        submitted: asJson(version),
        submittedHash: hash,
        submittedAt: deps.clock.now(),
        refusedHash: null,
        refusal: asJson([]),
        planned: [],
      },
    });
    await recordStep(
      deps,
      tx,
      listing,
      "revise-content",
      { fields: changedFields(before?.content ?? null, wanted.content) },
      "listing.revised",
    );
    await wantChecks(deps, tx, [listing]);
  });
}

async function endFailedEdit(
  deps: CatalogDeps,
  connection: CatalogConnection,
  { listing, hash }: Prepared,
  error: unknown,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  if (error instanceof CallError && error.mayHaveHappened) {
    await ctx.end(claim, {
      kind: "later",
      at: after(deps.clock.now(), LATE_EFFECT_MARGIN_MS),
      reason: `${error.family} reviseContent`,
    });
    return;
  }
  if (!(error instanceof CallError) || !isRefusal(error) || error.family === "notFound") {
    await ctx.fail(claim, error);
    return;
  }
  const reasons = explainReasons(deps.channels(connection.channel), reasonsOfError(error));
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    await recordRefusal(deps, tx, listing, { hash, reasons });
  });
}

function missing(listingId: string): never {
  throw new Error(`listing ${listingId} is not on the channel`);
}
