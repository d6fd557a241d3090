import type { ChannelListing } from "../../channels/port.ts";
import { closeProblem, recordActivity } from "../../platform/activity.server.ts";
import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import { type CatalogConnection, type CatalogDeps, scopeOf } from "./deps.ts";
import { judgeAudit, statusAfter, type Verdict } from "./judge-audit.ts";
import { auditName, listingObject } from "./model.ts";
import { isOlderThanEvent, LOOK_AGAIN_MS } from "./older-than-event.ts";
import { recordRefusal, rejectedKey } from "./record-listing.server.ts";
import { explainReasons } from "./refusal.ts";
import { asJson, findListing, type ListingRecord, statusOf, versionOf } from "./store.server.ts";
import { stopRefusedKey } from "./switch-sale.server.ts";
import { wantChecks } from "./wants.server.ts";

/** The channel's clock counts whole seconds. */
const SECOND_MS = 1_000;

/** Work of `look:{listing}`: reads the listing on the channel and takes over its verdict. */
export async function lookAtListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  listingId: string,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const listing = await findListing(deps.db, { connectionId: connection.id, listingId });
  if (!listing?.channelProductId) {
    const waits = { kind: "waits", for: listingObject(listingId), reason: "being created" } as const;
    await ctx.end(claim, listing?.status === "creating" ? waits : { kind: "done" });
    return;
  }
  const seen = await deps
    .channels(connection.channel)
    .listings.get(deps.forShop(connection.id), listing.channelProductId);
  const now = deps.clock.now();
  if (
    seen &&
    (isOlderThanEvent(claim, after(seen.updatedAt, SECOND_MS), now) || isFromBeforeSubmission(listing, seen, now))
  ) {
    await ctx.end(claim, {
      kind: "later",
      at: after(now, LOOK_AGAIN_MS),
      reason: "the reading is older than what asked for it",
    });
    return;
  }
  const verdict = judgeAudit(seen);
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    await storeVerdict(deps, tx, connection, listing, seen, verdict);
  });
}

/** Just after an edit the channel may still tell of the version before it: its verdict is not ours. */
function isFromBeforeSubmission({ submittedAt }: ListingRecord, seen: ChannelListing, now: Date): boolean {
  if (!submittedAt || now.getTime() - submittedAt.getTime() > 60_000) return false;
  return seen.auditStatus !== "in-review" && after(seen.updatedAt, 2 * SECOND_MS) < submittedAt;
}

async function storeVerdict(
  deps: CatalogDeps,
  tx: Tx,
  connection: CatalogConnection,
  listing: ListingRecord,
  seen: ChannelListing | null,
  verdict: Verdict,
): Promise<void> {
  const before = statusOf(listing.status);
  const status = statusAfter(verdict, before);
  const update = (data: object) => tx.listing.update({ where: { id: listing.id }, data });
  const channel = deps.channels(connection.channel);
  const reasons = explainReasons(channel, seen?.reasons ?? []);
  if (verdict.kind === "in-review" || verdict.kind === "unknown") {
    if (verdict.kind === "unknown")
      deps.log.warn({ listingId: listing.id, status: verdict.status }, "listing.unknown-status");
    // content is fine, the shop is not ready: the channel says why, and it is told
    if (seen?.auditStatus === "pre-approved" || status !== before) await update({ status, refusal: asJson(reasons) });
    return;
  }
  if (verdict.kind === "rejected" && !(before === "rejected" && listing.refusedHash === listing.submittedHash)) {
    await recordRefusal(deps, tx, listing, { hash: listing.submittedHash, reasons, change: { status: "rejected" } });
  }
  if (verdict.kind === "edit-refused" && listing.submittedHash !== listing.liveHash) {
    const live = versionOf(listing.live);
    await recordRefusal(deps, tx, listing, {
      hash: listing.submittedHash,
      reasons,
      change: { status: "live", submitted: live, submittedHash: listing.liveHash },
    });
  }
  if (verdict.kind === "live") await goLive(deps, tx, listing, update);
  if (verdict.kind === "stopped" || verdict.kind === "deleted") {
    // done in the channel's own seller pages: only the merchant decides to put it back
    // also our own stop whose answer nobody stored: it was planned before it was sent
    const isOurs = before === "stopped" || listing.unselectedAt !== null || listing.planned.includes("stop");
    await update({ status, ...(isOurs ? {} : { sendAt: null }) });
    if (before !== status)
      await recordActivity(tx, {
        shopId: listing.shopId,
        actor: { kind: "channel", id: connection.id },
        event: `listing.${verdict.kind}`,
        subject: listingObject(listing.id),
        data: asJson({ title: listing.product.title }),
      });
  }
  await deps.engine.raise(tx, scopeOf(connection.id), auditName(listing.id));
  await deps.engine.raise(tx, scopeOf(connection.id), listingObject(listing.id));
  await wantChecks(deps, tx, [listing]);
}

async function goLive(
  deps: CatalogDeps,
  tx: Tx,
  listing: ListingRecord,
  update: (data: object) => Promise<unknown>,
): Promise<void> {
  const isNews = listing.status !== "live" || listing.liveHash !== listing.submittedHash;
  if (!isNews) return;
  await update({
    status: "live",
    live: listing.submitted ?? undefined,
    liveHash: listing.submittedHash,
    refusal: asJson([]),
  });
  await recordActivity(tx, {
    shopId: listing.shopId,
    actor: { kind: "channel", id: listing.connectionId },
    event: "listing.went-live",
    subject: listingObject(listing.id),
    data: asJson({ title: listing.product.title }),
  });
  for (const key of [rejectedKey(listing.id), stopRefusedKey(listing.id)])
    await closeProblem(tx, { shopId: listing.shopId, key, at: deps.clock.now() });
}
