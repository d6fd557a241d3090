import { eachClaim } from "../../platform/engine/each-claim.ts";
import type { Claim, DrainContext, Work } from "../../platform/engine/model.ts";
import { checkListing } from "./check-listing.server.ts";
import { type CatalogConnection, type CatalogDeps, idOfScope } from "./deps.ts";
import { lookAtListing } from "./look-at-listing.server.ts";
import { pollListings, pollProducts } from "./polls.server.ts";
import type { PrepareTools } from "./prepare-listing.server.ts";
import { pushListing } from "./push-listing.server.ts";
import { pushPrices } from "./push-prices.server.ts";
import { readProduct } from "./read-product.server.ts";
import { wantSelling } from "./selling.server.ts";
import { type Switch, switchSale } from "./switch-sale.server.ts";

/** Products or listings of one scope worked beside each other; the shop's call budgets are what limits. */
const AT_ONCE = 8;
/** A create uploads pictures before it; a lease covers all of it. */
const LISTINGS_LEASE_MS = 120_000;

/** The work of this room, one definition per lane. */
export function catalogWorks(tools: PrepareTools): Work[] {
  const { deps } = tools;
  return [
    { lane: "intake", batchSize: 100, atOnce: AT_ONCE, drain: (claims, ctx) => drainIntake(tools, claims, ctx) },
    {
      lane: "listings",
      batchSize: 40,
      atOnce: AT_ONCE,
      leaseMs: LISTINGS_LEASE_MS,
      drain: withConnection(deps, async (connection, claims, ctx) => {
        const switches: Switch[] = [];
        const later = (one: Switch) => void switches.push(one);
        await eachClaim(claims, ctx, AT_ONCE, (claim) => pushListing(tools, connection, claim, ctx, later));
        await switchSale({ deps, connection, ctx }, switches);
      }),
    },
    {
      lane: "price",
      batchSize: 40,
      atOnce: AT_ONCE,
      drain: withConnection(deps, (connection, claims, ctx) =>
        eachClaim(claims, ctx, AT_ONCE, (claim) => pushPrices(tools, connection, claim, ctx)),
      ),
    },
  ];
}

/** Within a shop: Shopify products. Within a connection: checks of listings and looks at the channel. */
async function drainIntake(tools: PrepareTools, claims: Claim[], ctx: DrainContext): Promise<void> {
  const { deps } = tools;
  const shopId = idOfScope(claims[0]?.scope ?? "", "shop");
  if (shopId === null) {
    await withConnection(deps, (connection, rows) =>
      eachClaim(rows, ctx, AT_ONCE, (claim) => workListing(tools, connection, claim, ctx)),
    )(claims, ctx);
    return;
  }
  const shop = await deps.getShop(shopId);
  if (shop) await eachClaim(claims, ctx, AT_ONCE, (claim) => readProduct(deps, shop, claim, ctx));
  else await endAll(claims, ctx);
}

async function workListing(
  tools: PrepareTools,
  connection: CatalogConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const [kind, listingId = ""] = claim.subject.split(":");
  if (kind === "check") return checkListing(tools, connection, listingId, claim, ctx);
  if (kind === "look") return lookAtListing(tools.deps, connection, listingId, claim, ctx);
  throw new Error(`no such intake subject: ${claim.subject}`);
}

type ConnectionDrain = (connection: CatalogConnection, claims: Claim[], ctx: DrainContext) => Promise<void>;

/** Rows of a connection that is gone have nothing to act on. */
function withConnection(deps: CatalogDeps, drain: ConnectionDrain): Work["drain"] {
  return async (claims, ctx) => {
    const connection = await deps.getConnection(idOfScope(claims[0]?.scope ?? "", "connection") ?? "");
    if (connection) await drain(connection, claims, ctx);
    else await endAll(claims, ctx);
  };
}

const endAll = async (claims: Claim[], ctx: DrainContext) => {
  await Promise.all(claims.map((claim) => ctx.end(claim, { kind: "done" })));
};

/** Work of the shared `housekeeping` lane by subject. */
export type Chores = Record<string, (claim: Claim, ctx: DrainContext) => Promise<void>>;

/** Walks that make up for lost webhooks. */
export function catalogChores(deps: CatalogDeps): Chores {
  return {
    async products(claim, ctx) {
      const shop = await deps.getShop(idOfScope(claim.scope, "shop") ?? "");
      if (shop) await pollProducts(deps, shop, claim, ctx);
      else await ctx.end(claim, { kind: "done" });
    },
    async selling(claim, ctx) {
      const connection = await deps.getConnection(idOfScope(claim.scope, "connection") ?? "");
      if (connection) await wantSelling(deps, connection, claim, ctx);
      else await ctx.end(claim, { kind: "done" });
    },
    async listings(claim, ctx) {
      const connection = await deps.getConnection(idOfScope(claim.scope, "connection") ?? "");
      if (connection) await pollListings(deps, connection, claim, ctx);
      else await ctx.end(claim, { kind: "done" });
    },
  };
}
