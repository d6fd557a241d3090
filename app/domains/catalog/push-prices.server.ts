import { closeProblem, openProblem } from "../../platform/activity.server.ts";
import { after } from "../../platform/clock.ts";
import { type Claim, type DrainContext, LATE_EFFECT_MARGIN_MS } from "../../platform/engine/model.ts";
import { CallError } from "../../platform/errors.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { auditName, listingObject } from "./model.ts";
import { type Prepared, type PrepareTools, prepareListing } from "./prepare-listing.server.ts";
import { recordStep } from "./record-listing.server.ts";
import { explainReasons, isRefusal, reasonsOfError } from "./refusal.ts";
import { asJson, findListing } from "./store.server.ts";

/**
 * Work of the `price` lane: all prices of a live listing in one call, only when one of them differs from what the channel acknowledged.
 * Prices are absolute; after a lost answer they are sent again at once, and once more when the old call can no longer land.
 */
export async function pushPrices(
  tools: PrepareTools,
  connection: CatalogConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { deps } = tools;
  const listing = await findListing(deps.db, { connectionId: connection.id, listingId: claim.subject });
  if (!listing || listing.sendAt === null) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  if (listing.channelProductId === null) {
    await ctx.end(claim, { kind: "waits", for: listingObject(listing.id), reason: "not on the channel yet" });
    return;
  }
  const prepared = await prepareListing(tools, connection, listing);
  if (prepared.plan.waitsFor === "audit") {
    await ctx.end(claim, { kind: "waits", for: auditName(listing.id), reason: "the channel looks at it" });
    return;
  }
  const isLanded = listing.pricesUncertainUntil !== null && listing.pricesUncertainUntil <= deps.clock.now();
  if (!prepared.plan.steps.includes("revise-price") && !(isLanded && listing.status === "live")) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  if (await ctx.holds(claim)) await sendPrices(deps, connection, prepared, claim, ctx);
}

async function sendPrices(
  deps: CatalogDeps,
  connection: CatalogConnection,
  prepared: Prepared,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { listing, wanted } = prepared;
  const all = listing.skus.flatMap((sku) => {
    const minor = wanted.pricesMinor.get(sku.id) ?? sku.priceMinor;
    return sku.channelSkuId && minor !== null
      ? [
          {
            id: sku.id,
            before: sku.priceMinor,
            channelSkuId: sku.channelSkuId,
            price: { amountMinor: minor, currency: connection.currency },
          },
        ]
      : [];
  });
  const key = priceRefusedKey(listing.id);
  try {
    await deps
      .channels(connection.channel)
      .listings.setPrices(deps.forShop(connection.id), listing.channelProductId ?? "", all);
  } catch (error) {
    await endFailedPrices(deps, connection, prepared, error, claim, ctx);
    return;
  }
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    for (const { id, price } of all)
      await tx.listingSku.update({ where: { id }, data: { priceMinor: price.amountMinor } });
    const changes = all
      .filter((one) => one.before !== one.price.amountMinor)
      .map(({ id, before, price }) => ({
        id,
        before: before?.toString() ?? null,
        after: price.amountMinor.toString(),
      }));
    await recordStep(deps, tx, listing, "revise-price", { skus: changes }, "listing.repriced");
    const isSettled = listing.pricesUncertainUntil !== null && listing.pricesUncertainUntil <= deps.clock.now();
    const planned = prepared.plan.steps.filter((step) => step !== "revise-price");
    await tx.listing.update({
      where: { id: listing.id },
      data: { planned, ...(isSettled ? { pricesUncertainUntil: null } : {}) },
    });
    await closeProblem(tx, { shopId: listing.shopId, key, at: deps.clock.now() });
  });
}

async function endFailedPrices(
  deps: CatalogDeps,
  connection: CatalogConnection,
  { listing }: Prepared,
  error: unknown,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  if (error instanceof CallError && error.mayHaveHappened) {
    // which of the two prices the channel shows is unknown until one is acknowledged
    await deps.db.$transaction([
      deps.db.listingSku.updateMany({ where: { listingId: listing.id }, data: { priceMinor: null } }),
      deps.db.listing.update({
        where: { id: listing.id },
        data: { pricesUncertainUntil: after(deps.clock.now(), LATE_EFFECT_MARGIN_MS) },
      }),
    ]);
    await ctx.fail(claim, error);
    return;
  }
  if (!(error instanceof CallError) || !isRefusal(error)) {
    await ctx.fail(claim, error);
    return;
  }
  const reasons = explainReasons(deps.channels(connection.channel), reasonsOfError(error));
  const { id, shopId, product } = listing;
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "waits", for: "merchant", reason: error.code ?? error.family }, tx);
    const data = asJson({ title: product.title, reasons });
    const at = deps.clock.now();
    await openProblem(tx, {
      shopId,
      key: priceRefusedKey(id),
      kind: "price-refused",
      severity: "needs-you",
      subject: listingObject(id),
      connectionId: connection.id,
      data,
      at,
    });
  });
}

const priceRefusedKey = (listingId: string): string => `price-refused:${listingId}`;
