import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import type { ListingStatus } from "./model.ts";
import { type Prepared, type PrepareTools, prepareListing } from "./prepare-listing.server.ts";
import { asJson, findListing } from "./store.server.ts";
import { wantPush } from "./wants.server.ts";

/** Work of `check:{listing}`: preflight and plan, stored; what the plan says is wanted if the merchant let the listing go out. */
export async function checkListing(
  tools: PrepareTools,
  connection: CatalogConnection,
  listingId: string,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { deps } = tools;
  const listing = await findListing(deps.db, { connectionId: connection.id, listingId });
  if (!listing) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const prepared = await prepareListing(tools, connection, listing);
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    await storeCheck(deps, tx, prepared);
    // read once more, now that the row is ours: who let it go out meanwhile saw what held it then, and leaves the push to us
    const { sendAt } = await tx.listing.findUniqueOrThrow({ where: { id: listingId }, select: { sendAt: true } });
    await wantPlan(deps, tx, { ...prepared, sendAt });
  });
}

/** Keeps what preflight found and what would be sent. */
export async function storeCheck(
  deps: CatalogDeps,
  tx: Tx,
  { listing, findings, firstBlock, plan, hash, wanted, preview }: Prepared,
): Promise<void> {
  await tx.listing.update({
    where: { id: listing.id },
    data: {
      status: statusAfterCheck({ listing, firstBlock, hash }),
      findings: asJson(findings),
      firstBlock,
      planned: plan.steps,
      wantedHash: hash,
      preview: asJson(preview),
      categoryId: wanted.content.categoryId || null,
      checkedAt: deps.clock.now(),
    },
  });
}

/** Only a listing that is not on the channel is ready or refused; what is there keeps the status the channel gave it. */
function statusAfterCheck({
  listing,
  firstBlock,
  hash,
}: Pick<Prepared, "listing" | "firstBlock" | "hash">): ListingStatus {
  const status = listing.status as ListingStatus;
  if (listing.channelProductId !== null || status === "creating" || status === "deleted") return status;
  if (firstBlock !== null) return "refused";
  return status === "rejected" && listing.refusedHash === hash ? "rejected" : "ready";
}

/** Stopping needs nobody's leave; everything else goes out only once the merchant has sent the listing. */
async function wantPlan(
  deps: CatalogDeps,
  tx: Tx,
  { listing, plan, sendAt }: Prepared & { sendAt: Date | null },
): Promise<void> {
  const steps = sendAt === null ? plan.steps.filter((step) => step === "stop") : plan.steps;
  if (steps.some((step) => step !== "revise-price")) await wantPush(deps, tx, "listings", [listing]);
  if (steps.includes("revise-price")) await wantPush(deps, tx, "price", [listing]);
}
