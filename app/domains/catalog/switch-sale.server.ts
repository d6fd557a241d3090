import type { ChannelReason } from "../../channels/port.ts";
import { openProblem } from "../../platform/activity.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { listingObject } from "./model.ts";
import type { Prepared } from "./prepare-listing.server.ts";
import { recordRefusal, recordStep } from "./record-listing.server.ts";
import { explainReasons } from "./refusal.ts";
import { asJson } from "./store.server.ts";
import { wantChecks, wantLooks } from "./wants.server.ts";

/** Takes a listing off sale. Safe to repeat: what is already off sale counts as done. */
export async function stopListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  { listing }: Prepared,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const channel = deps.channels(connection.channel);
  const id = listing.channelProductId ?? "";
  if (!(await ctx.holds(claim))) return;
  const { failures } = await channel.listings.deactivate(deps.forShop(connection.id), [id]);
  const refused = failures.length > 0 ? await channel.listings.get(deps.forShop(connection.id), id) : null;
  const isOff = failures.length === 0 || refused === null || refused.status !== "live";
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    if (!isOff) return tellRefusal(deps, tx, connection, listing, failures[0]?.reason);
    await tx.listing.update({
      where: { id: listing.id },
      data: { status: refused === null && failures.length > 0 ? "deleted" : "stopped", planned: [] },
    });
    await recordStep(deps, tx, listing, "stop", {}, "listing.stopped");
    await wantChecks(deps, tx, [listing]);
  });
}

/** Puts a listing back on sale that we took off it. */
export async function resumeListing(
  deps: CatalogDeps,
  connection: CatalogConnection,
  prepared: Prepared,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { listing, hash } = prepared;
  const { listings, id: channelId } = deps.channels(connection.channel);
  if (!listings.activate) {
    await ctx.end(claim, { kind: "waits", for: "merchant", reason: `${channelId} cannot put listings back on sale` });
    return;
  }
  if (!(await ctx.holds(claim))) return;
  const { failures } = await listings.activate(deps.forShop(connection.id), [listing.channelProductId ?? ""]);
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    const reason = failures[0]?.reason;
    if (reason) {
      await recordRefusal(deps, tx, listing, {
        hash,
        reasons: explainReasons(deps.channels(connection.channel), [reason]),
      });
      await wantLooks(deps, tx, [listing]);
      return;
    }
    await tx.listing.update({
      where: { id: listing.id },
      data: { status: "in-review", submittedAt: deps.clock.now(), refusal: asJson([]), planned: [] },
    });
    await recordStep(deps, tx, listing, "resume", {}, "listing.resumed");
    await deps.engine.raise(tx, `connection:${connection.id}`, listingObject(listing.id));
    await deps.stock.wantSkus(tx, {
      connectionId: listing.connectionId,
      listingSkuIds: listing.skus.map((sku) => sku.id),
    });
  });
}

/** It should be off sale and is not: somebody must see to it. */
async function tellRefusal(
  deps: CatalogDeps,
  tx: Parameters<typeof openProblem>[0],
  connection: CatalogConnection,
  listing: Prepared["listing"],
  reason: ChannelReason | undefined,
): Promise<void> {
  const reasons = reason ? explainReasons(deps.channels(connection.channel), [reason]) : [];
  await openProblem(tx, {
    shopId: listing.shopId,
    key: stopRefusedKey(listing.id),
    kind: "listing-stop-refused",
    severity: "urgent",
    subject: listingObject(listing.id),
    connectionId: connection.id,
    data: asJson({ title: listing.product.title, reasons }),
    at: deps.clock.now(),
  });
}

export const stopRefusedKey = (listingId: string): string => `listing-stop-refused:${listingId}`;
