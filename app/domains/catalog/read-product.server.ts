import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { ShopifyProduct, ShopifyVariant } from "../../shopify/model.ts";
import type { CatalogDeps } from "./deps.ts";
import { hashOf } from "./hash-content.server.ts";
import { isOlderThanEvent, LOOK_AGAIN_MS } from "./older-than-event.ts";
import { asJson } from "./store.server.ts";
import { wantChecks } from "./wants.server.ts";

/**
 * Work of `intake` for one Shopify product: reads it and stores what listings are made from. Shopify fact: `updatedAt` also moves when
 * an order changes stock; a reading that changes nothing a listing is made from ends here.
 */
export async function readProduct(
  deps: CatalogDeps,
  shop: { id: string; domain: string },
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const now = deps.clock.now();
  const product = await deps.shopify(shop).product(claim.subject);
  await deps.engine.change(async (tx) => {
    const isOld = product !== null && isOlderThanEvent(claim, after(product.updatedAt, 1_000), now);
    await ctx.end(
      claim,
      isOld
        ? { kind: "later", at: after(now, LOOK_AGAIN_MS), reason: "the reading is older than its event" }
        : { kind: "done" },
      tx,
    );
    const id = product
      ? await storeProduct(deps, tx, shop.id, product, now)
      : await markDeleted(tx, shop.id, claim.subject, now);
    if (id === null) return;
    const listings = await tx.listing.findMany({
      where: { shopId: shop.id, productId: id },
      select: { id: true, connectionId: true },
    });
    await wantChecks(deps, tx, listings);
  });
}

/** Returns our id when something a listing is made from changed, else null. */
async function storeProduct(
  deps: CatalogDeps,
  tx: Tx,
  shopId: string,
  product: ShopifyProduct,
  readAt: Date,
): Promise<string | null> {
  const { id: shopifyId, variants, updatedAt: shopifyUpdatedAt, ...facts } = product;
  const hash = hashOf({ facts, variants });
  const where = { shopId_shopifyId: { shopId, shopifyId } };
  const known = await tx.product.findUnique({ where, select: { id: true, hash: true, deletedAt: true } });
  if (known && known.hash === hash && known.deletedAt === null) {
    await tx.product.update({ where: { id: known.id }, data: { shopifyUpdatedAt, readAt } });
    return null;
  }
  const data = {
    ...facts,
    options: asJson(facts.options),
    pictures: asJson(facts.pictures),
    hash,
    shopifyUpdatedAt,
    readAt,
    deletedAt: null,
  };
  const { id } = await tx.product.upsert({
    where,
    create: { shopId, shopifyId, ...data },
    update: data,
    select: { id: true },
  });
  const recount = await storeVariants(tx, { shopId, productId: id }, variants);
  await compareStock(deps, tx, recount);
  return id;
}

/** Variants keep our ids as long as Shopify keeps theirs. Returns the listing SKUs that are now counted by something else. */
async function storeVariants(
  tx: Tx,
  owner: { shopId: string; productId: string },
  variants: ShopifyVariant[],
): Promise<ListedUnit[]> {
  const { shopId, productId } = owner;
  const gone = { shopId, productId, shopifyId: { notIn: variants.map((variant) => variant.id) } };
  const recount = await tx.listingSku.findMany({ where: { shopId, variant: gone }, select: listedUnit });
  await tx.variant.deleteMany({ where: gone });
  const known = new Map(
    (await tx.variant.findMany({ where: { shopId, shopifyId: { in: variants.map((variant) => variant.id) } } })).map(
      (row) => [row.shopifyId, row],
    ),
  );
  const rows = variants.map(({ id: shopifyId, options, ...facts }) => ({
    shopifyId,
    ...facts,
    options: asJson(options),
  }));
  const fresh = rows.filter((row) => !known.has(row.shopifyId));
  if (fresh.length > 0) await tx.variant.createMany({ data: fresh.map((row) => ({ ...owner, ...row })) });
  for (const row of rows) {
    const before = known.get(row.shopifyId);
    if (!before) continue;
    const { id, shopId: _shop, ...old } = before;
    if (hashOf(old) === hashOf({ productId, ...row })) continue;
    await tx.variant.update({ where: { id }, data: { productId, ...row } });
    const isCountedAsBefore =
      old.inventoryItemId === row.inventoryItemId &&
      old.tracked === row.tracked &&
      old.requiresShipping === row.requiresShipping;
    if (!isCountedAsBefore)
      recount.push(...(await tx.listingSku.findMany({ where: { shopId, variantId: id }, select: listedUnit })));
  }
  return recount;
}

const listedUnit = { id: true, connectionId: true } as const;
type ListedUnit = { id: string; connectionId: string };

async function compareStock(deps: CatalogDeps, tx: Tx, units: readonly ListedUnit[]): Promise<void> {
  for (const connectionId of new Set(units.map((unit) => unit.connectionId))) {
    const listingSkuIds = units.filter((unit) => unit.connectionId === connectionId).map((unit) => unit.id);
    await deps.stock.compareSkus(tx, { connectionId, listingSkuIds });
  }
}

async function markDeleted(tx: Tx, shopId: string, shopifyId: string, deletedAt: Date): Promise<string | null> {
  const found = await tx.product.findUnique({
    where: { shopId_shopifyId: { shopId, shopifyId } },
    select: { id: true, deletedAt: true },
  });
  if (!found || found.deletedAt) return null;
  await tx.product.update({ where: { id: found.id }, data: { deletedAt } });
  return found.id;
}
