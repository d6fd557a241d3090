import { after } from "../../platform/clock.ts";
import { eachClaim } from "../../platform/engine/each-claim.ts";
import type { Claim, DrainContext, Work } from "../../platform/engine/model.ts";
import type { Access } from "./access.server.ts";
import { checkReadiness } from "./check-readiness.server.ts";
import { sweepTickets } from "./consent-ticket.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { tendEnding } from "./disconnect.server.ts";
import { splitScope } from "./gates.server.ts";
import { askToOpen, readShopFacts } from "./installation.server.ts";
import { tendGrant } from "./tend-grant.server.ts";

const HOUR_MS = 3_600_000;

/** `tokens`: one row per grant and one per Shopify shop, the subject is the scope itself. */
export function tokensWork(deps: ShopsDeps, access: Access): Work {
  return {
    lane: "tokens",
    batchSize: 5,
    // one row's failure is its own
    drain: (claims, ctx) =>
      eachClaim(claims, ctx, 1, async (claim) => {
        const [kind, id] = splitScope(claim.scope);
        const recheckAt = kind === "grant" ? await tendGrant(deps, access, id) : await tendShop(deps, id);
        await ctx.end(claim, recheckAt ? { kind: "done", recheckAt } : { kind: "done" });
      }),
  };
}

/** Shopify fact: the refresh token lives 90 days from its last use, so an idle shop must be renewed well before. */
async function tendShop(deps: ShopsDeps, shopId: string): Promise<Date | null> {
  const shop = await deps.db.shop.findUnique({ where: { id: shopId } });
  if (!shop || shop.uninstalledAt) return null;
  if ((await deps.shopifyTokens.renewIfOld(shop.domain)) === "needs-opening") {
    await askToOpen(deps, shopId);
    return null;
  }
  return after(deps.clock.now(), 24 * HOUR_MS);
}

/** Work of the `housekeeping` lane by subject; the lane is shared with other rooms, so each gives its own subjects. */
export type Chores = Record<string, (claim: Claim, ctx: DrainContext) => Promise<void>>;

/** This room's chores: shop facts daily, webhooks registered once, readiness every quarter of an hour. */
export function shopsChores(deps: ShopsDeps, access: Access): Chores {
  return {
    async "shop-facts"(claim, ctx) {
      await readShopFacts(deps, splitScope(claim.scope)[1]);
      await sweepTickets(deps);
      await ctx.end(claim, { kind: "done", recheckAt: after(ctx.now(), 24 * HOUR_MS) });
    },
    async webhooks(claim, ctx) {
      await registerWebhooks(deps, access, splitScope(claim.scope)[1]);
      await ctx.end(claim, { kind: "done" });
    },
    ending: (claim, ctx) => tendEnding(deps, splitScope(claim.scope)[1], claim, ctx),
    async readiness(claim, ctx) {
      await checkReadiness(deps, access.forShop(splitScope(claim.scope)[1]), splitScope(claim.scope)[1]);
      await ctx.end(claim, { kind: "done", recheckAt: after(ctx.now(), HOUR_MS / 4) });
    },
  };
}

async function registerWebhooks(deps: ShopsDeps, access: Access, connectionId: string): Promise<void> {
  const row = await deps.db.connection.findUnique({ where: { id: connectionId } });
  if (row?.status !== "active") return;
  const topics = await deps
    .channels(row.channel)
    .setup.registerWebhooks(access.forShop(connectionId), `${deps.appUrl}/webhooks/${row.channel}`);
  await deps.db.connection.update({ where: { id: connectionId }, data: { webhooksSetAt: deps.clock.now() } });
  deps.log.info({ connectionId, topics }, "webhooks.registered");
}

/** One Work for the shared `housekeeping` lane. A subject nobody knows is done: a room that no longer exists wanted it. */
export function housekeepingWork(chores: Chores): Work {
  return {
    lane: "housekeeping",
    batchSize: 10,
    drain: (claims, ctx) =>
      eachClaim(claims, ctx, 4, async (claim) => {
        const chore = chores[claim.subject] ?? chores[claim.subject.split(":")[0] ?? ""];
        if (chore) await chore(claim, ctx);
        else await ctx.end(claim, { kind: "done" });
      }),
  };
}
