import { closeProblem, openProblem, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import { forgetScopes } from "../../platform/engine/housekeeping.server.ts";
import type { Scope } from "../../platform/engine/model.ts";
import type { ShopsDeps } from "./deps.ts";

/**
 * The shop opened the app with a good token. Recurs with every token exchange, so it is safe to repeat: upserts the shop, wants its
 * facts read and its token kept fresh, and takes back "somebody must open the app".
 */
export async function installShop(deps: ShopsDeps, input: { domain: string }): Promise<{ shopId: string }> {
  const known = await deps.db.shop.findUnique({ where: { domain: input.domain } });
  // The usual case, every hour or so: nothing changes, nothing is written.
  if (known && !known.uninstalledAt && !known.needsOpeningAt) return { shopId: known.id };
  return deps.engine.change(async (tx) => {
    const back = { uninstalledAt: null, needsOpeningAt: null, eraseAskedAt: null };
    const isBack = known?.uninstalledAt !== null && known !== null;
    const shop = await tx.shop.upsert({
      where: { domain: input.domain },
      create: { domain: input.domain, installedAt: deps.clock.now() },
      update: isBack ? { ...back, installedAt: deps.clock.now() } : back,
    });
    const scope = `shop:${shop.id}` as const;
    await deps.engine.want(tx, [
      { lane: "housekeeping", scope, subject: "shop-facts" },
      { lane: "tokens", scope, subject: scope },
    ]);
    await closeProblem(tx, { shopId: shop.id, key: "needs-opening" });
    if (!known || isBack) {
      await recordActivity(tx, {
        shopId: shop.id,
        actor: { kind: "shopify", id: input.domain },
        event: "shop.installed",
        subject: scope,
        data: {},
      });
      await deps.hooks.installed(tx, { shopId: shop.id });
    }
    return { shopId: shop.id };
  });
}

/**
 * The app was removed from the shop. Shopify fact: its tokens are dead at once; ours go too. The connections let go of their channel
 * shops, so that another store may connect them; all other data is kept until the shop/redact topic.
 */
export async function uninstallShop(deps: ShopsDeps, input: { domain: string; at: Date }): Promise<void> {
  await deps.shopifyTokens.forget(input.domain, { issuedBefore: input.at });
  const shop = await deps.db.shop.findUnique({ where: { domain: input.domain } });
  // News that come late do not end a later installation.
  if (!shop || shop.uninstalledAt || shop.installedAt > input.at) return;
  await deps.engine.change(async (tx) => {
    await tx.shop.update({ where: { id: shop.id }, data: { uninstalledAt: deps.clock.now() } });
    const gone = await tx.connection.findMany({ where: { shopId: shop.id }, select: { grantId: true } });
    await tx.connection.updateMany({
      where: { shopId: shop.id },
      data: { status: "disconnected", parkedReason: "uninstalled", armedFlows: [] },
    });
    // A consent nobody uses any more is not kept.
    await tx.grant.updateMany({
      where: { id: { in: gone.map((one) => one.grantId) }, connections: { every: { status: "disconnected" } } },
      data: { status: "needs-consent", sealedTokens: "" },
    });
    await recordActivity(tx, {
      shopId: shop.id,
      actor: { kind: "shopify", id: input.domain },
      event: "shop.uninstalled",
      subject: `shop:${shop.id}`,
      data: {},
    });
  });
}

/**
 * Shopify asks, 48 hours after an uninstallation, that everything about the shop be erased. Void if the app was installed again. Nothing but
 * that is due for it from then on.
 */
export async function askErasure(deps: ShopsDeps, tx: Tx, { shopId, at }: { shopId: string; at: Date }): Promise<void> {
  const { count } = await tx.shop.updateMany({
    where: { id: shopId, uninstalledAt: { not: null } },
    data: { eraseAskedAt: at },
  });
  if (count === 0) return;
  await forgetScopes(tx, await scopesOf(tx, shopId));
  await deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: "forget-shop" });
}

const scopesOf = async (tx: Tx, shopId: string): Promise<Scope[]> => {
  const rows = await tx.connection.findMany({ where: { shopId }, select: { id: true } });
  return [`shop:${shopId}`, ...rows.map(({ id }): Scope => `connection:${id}`)];
};

/** Whether a shop is to be erased, and with which connections. Null: it is not, or not any more. */
export async function toBeErased(deps: ShopsDeps, shopId: string): Promise<{ connectionIds: string[] } | null> {
  const shop = await deps.db.shop.findFirst({
    where: { id: shopId, uninstalledAt: { not: null }, eraseAskedAt: { not: null } },
    select: { connections: { select: { id: true } } },
  });
  return shop && { connectionIds: shop.connections.map((one) => one.id) };
}

/** The last of a shop goes: its consents, its connections, itself. A consent that serves another shop too stays. False: it was installed again. */
export async function forgetShop(tx: Tx, shopId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Shop" WHERE id = ${shopId} FOR UPDATE`;
  const shop = await tx.shop.findFirst({
    where: { id: shopId, uninstalledAt: { not: null }, eraseAskedAt: { not: null } },
  });
  if (!shop) return false;
  const grants = await tx.connection.findMany({ where: { shopId }, select: { grantId: true } });
  await tx.connection.deleteMany({ where: { shopId } });
  await tx.grant.deleteMany({ where: { id: { in: grants.map((one) => one.grantId) }, connections: { none: {} } } });
  await tx.consentTicket.deleteMany({ where: { shopId } });
  await tx.shop.delete({ where: { id: shopId } });
  return true;
}

/** The shop's scopes or facts changed: read them again. */
export async function wantShopFacts(deps: ShopsDeps, tx: Tx, shopId: string): Promise<void> {
  await deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: "shop-facts" });
}

/** Reads name, currency, time zone and scopes of the shop from Shopify and stores them. */
export async function readShopFacts(deps: ShopsDeps, shopId: string): Promise<void> {
  const shop = await deps.db.shop.findUniqueOrThrow({ where: { id: shopId } });
  const facts = await deps.shopify(shop).shopFacts();
  const { name, currency, timezone, taxesIncluded, isDevelopment, grantedScopes } = facts;
  await deps.db.shop.update({
    where: { id: shopId },
    data: { name, currency, timezone, taxesIncluded, isDevelopment, grantedScopes, contextReadAt: deps.clock.now() },
  });
}

/** Shopify no longer renews our token: only a person opening the app can help. */
export async function askToOpen(deps: ShopsDeps, shopId: string): Promise<void> {
  await deps.engine.change(async (tx) => {
    const { count } = await tx.shop.updateMany({
      where: { id: shopId, needsOpeningAt: null },
      data: { needsOpeningAt: deps.clock.now() },
    });
    if (count === 0) return;
    await openProblem(tx, { shopId, key: "needs-opening", kind: "needs-opening", severity: "urgent", data: {} });
    await recordActivity(tx, {
      shopId,
      actor: { kind: "job", id: "tokens" },
      event: "shop.needs-opening",
      subject: `shop:${shopId}`,
      data: {},
    });
  });
}
