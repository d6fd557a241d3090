import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import { storeCheck } from "./check-listing.server.ts";
import { createListing, resumeCreate } from "./create-listing.server.ts";
import type { CatalogConnection } from "./deps.ts";
import { auditName } from "./model.ts";
import { type PrepareTools, prepareListing } from "./prepare-listing.server.ts";
import { reviseListing } from "./revise-listing.server.ts";
import { findListing } from "./store.server.ts";
import type { Switch } from "./switch-sale.server.ts";

/**
 * Work of the `listings` lane: plans again with what is true now and sends the first step. What is left to do after it is wanted again,
 * so that every step is decided by itself. A listing to be taken off sale or put back is handed to `later`, which does many together; its
 * row is then still open.
 */
export async function pushListing(
  tools: PrepareTools,
  connection: CatalogConnection,
  claim: Claim,
  ctx: DrainContext,
  later: (one: Switch) => void,
): Promise<void> {
  const { deps } = tools;
  const listing = await findListing(deps.db, { connectionId: connection.id, listingId: claim.subject });
  if (!listing) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  if (listing.status === "creating") return resumeCreate(deps, connection, listing, claim, ctx);
  const prepared = await prepareListing(tools, connection, listing);
  await deps.db.$transaction((tx) => storeCheck(deps, tx, prepared));
  const step = prepared.plan.steps.find((one) => one !== "revise-price");
  if (prepared.plan.waitsFor === "audit") {
    await ctx.end(claim, { kind: "waits", for: auditName(listing.id), reason: "the channel looks at it" });
    return;
  }
  if (!step || (step !== "stop" && listing.sendAt === null)) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  switch (step) {
    case "create":
      return createListing(deps, connection, prepared, claim, ctx);
    case "revise-content":
      return reviseListing(deps, connection, prepared, claim, ctx);
    case "resume":
    case "stop":
      return later({ claim, prepared, step });
  }
}
