import type { ListingCreated } from "../../channels/port.ts";
import { type Actor, closeProblem, openProblem, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { listingObject, type PlanStep, type RefusalReason, skuName } from "./model.ts";
import { asJson, type ListingRecord, type Version } from "./store.server.ts";

const JOB: Actor = { kind: "job", id: "listings" };
export const rejectedKey = (listingId: string): string => `listing-rejected:${listingId}`;

/** An applied step is kept and told, in the transaction that stores its effect. */
export async function recordStep(
  deps: CatalogDeps,
  tx: Tx,
  listing: ListingRecord,
  action: PlanStep,
  changes: unknown,
  event: string,
): Promise<void> {
  const { id: listingId, shopId } = listing;
  await tx.appliedPlan.create({
    data: { shopId, listingId, action, changes: asJson(changes), actor: `job:${JOB.id}`, appliedAt: deps.clock.now() },
  });
  await recordActivity(tx, {
    shopId,
    actor: JOB,
    event,
    subject: listingObject(listingId),
    data: asJson({ title: listing.product.title, action }),
  });
}

/** The channel has the listing: keeps its ids and raises whatever waited for them. */
export async function recordOnChannel(
  deps: CatalogDeps,
  tx: Tx,
  listing: ListingRecord,
  created: Pick<ListingCreated, "channelProductId" | "skus">,
  version: Version,
): Promise<void> {
  const scope = scopeOf(listing.connectionId);
  await tx.listing.update({
    where: { id: listing.id },
    data: {
      status: "in-review",
      channelProductId: created.channelProductId,
      submittedAt: deps.clock.now(),
      createSentAt: null,
      refusal: asJson([]),
      refusedHash: null,
      planned: [],
    },
  });
  for (const sku of created.skus) {
    const own =
      listing.skus.find((one) => one.id === sku.externalSkuId) ??
      listing.skus.find((one) => one.sellerSku === sku.sellerSku);
    if (!own) continue;
    const price = version.prices[own.id];
    await tx.listingSku.update({
      where: { id: own.id },
      data: { channelSkuId: sku.channelSkuId, priceMinor: price === undefined ? null : BigInt(price) },
    });
    await deps.engine.raise(tx, scope, skuName(sku.channelSkuId));
  }
  await deps.engine.raise(tx, scope, listingObject(listing.id));
  await closeProblem(tx, { shopId: listing.shopId, key: rejectedKey(listing.id), at: deps.clock.now() });
}

/** The channel said no to this version: nothing more is sent until the listing should be something else. */
export async function recordRefusal(
  deps: CatalogDeps,
  tx: Tx,
  listing: ListingRecord,
  refusal: {
    hash: string | null;
    reasons: RefusalReason[];
    change?: { status?: string; submitted?: Version | null; submittedHash?: string | null };
  },
): Promise<void> {
  const { submitted, ...change } = refusal.change ?? {};
  const { id, shopId, connectionId } = listing;
  await tx.listing.update({
    where: { id },
    data: {
      ...change,
      ...(submitted ? { submitted: asJson(submitted) } : {}),
      refusedHash: refusal.hash,
      refusal: asJson(refusal.reasons),
      planned: [],
    },
  });
  const data = asJson({ title: listing.product.title, reasons: refusal.reasons });
  const subject = listingObject(id);
  await openProblem(tx, {
    shopId,
    key: rejectedKey(id),
    kind: "listing-rejected",
    severity: "needs-you",
    subject,
    connectionId,
    data,
    at: deps.clock.now(),
  });
  await recordActivity(tx, {
    shopId,
    actor: { kind: "channel", id: connectionId },
    event: "listing.rejected",
    subject,
    data,
  });
}
