import type { Tx } from "../../platform/db.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { listingObject } from "./model.ts";

/** Subjects of the intake lane: a plain Shopify product id within a shop; within a connection a kind and our listing id. */
export const checkSubject = (listingId: string): string => `check:${listingId}`;
const lookSubject = (listingId: string): string => `look:${listingId}`;

interface Target {
  id: string;
  connectionId: string;
}

/** Preflight and plan again: something a listing is made from has changed. */
export async function wantChecks(deps: CatalogDeps, tx: Tx, listings: readonly Target[], urgency = 0): Promise<void> {
  const wants = listings.map(({ id, connectionId }) => ({
    lane: "intake",
    scope: scopeOf(connectionId),
    subject: checkSubject(id),
    object: listingObject(id),
    urgency,
  }));
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

/** Read what became of listings on the channel. */
export async function wantLooks(deps: CatalogDeps, tx: Tx, listings: readonly Target[], seenAt?: Date): Promise<void> {
  const wants = listings.map(({ id, connectionId }) => ({
    lane: "intake",
    scope: scopeOf(connectionId),
    subject: lookSubject(id),
    object: listingObject(id),
    urgency: 1,
    seenAt,
  }));
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

/** Send what the plan of these listings says. */
export async function wantPush(
  deps: CatalogDeps,
  tx: Tx,
  lane: "listings" | "price",
  listings: readonly Target[],
): Promise<void> {
  const wants = listings.map(({ id, connectionId }) => ({
    lane,
    scope: scopeOf(connectionId),
    subject: id,
    object: listingObject(id),
  }));
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

/** Creates of one connection under way at once are few; more are never looked at for one event. */
const MOST_CREATING = 50;

/**
 * A look at the listings of these channel ids. An id nobody knows may be that of a listing whose create is just being answered (an audit can be
 * faster than our commit): those being created are looked at when they are known.
 */
export async function wantLooksOf(
  deps: CatalogDeps,
  tx: Tx,
  events: readonly { connectionId: string; channelProductId: string; seenAt?: Date | undefined }[],
): Promise<void> {
  const select = { id: true, connectionId: true, channelProductId: true } as const;
  for (const [connectionId, own] of Map.groupBy(events, (event) => event.connectionId)) {
    const ids = own.map((event) => event.channelProductId);
    const known = await tx.listing.findMany({ where: { connectionId, channelProductId: { in: ids } }, select });
    for (const { channelProductId, seenAt } of own)
      await wantLooks(
        deps,
        tx,
        known.filter((listing) => listing.channelProductId === channelProductId),
        seenAt,
      );
    if (ids.every((id) => known.some((listing) => listing.channelProductId === id))) continue;
    const creating = { connectionId, status: "creating" };
    await wantLooks(deps, tx, await tx.listing.findMany({ where: creating, select, take: MOST_CREATING }));
  }
}

/** An edit is told several times, and so is an order: its product changes with it. */
const GATHER_MS = 1_000;

/** Shopify products to read. */
export async function wantProducts(
  deps: CatalogDeps,
  tx: Tx,
  events: readonly { shopId: string; productGid: string; seenAt?: Date | null }[],
): Promise<void> {
  const wants = events.map(({ shopId, productGid, seenAt }) => ({
    lane: "intake",
    scope: `shop:${shopId}` as const,
    subject: productGid,
    urgency: 1,
    withinMs: GATHER_MS,
    ...(seenAt ? { seenAt } : {}),
  }));
  if (wants.length > 0) await deps.engine.want(tx, wants);
}

/** The products of these inventory items; items nobody knows are no business of ours. */
export async function wantProductsOfItems(
  deps: CatalogDeps,
  tx: Tx,
  events: readonly { shopId: string; inventoryItemGid: string }[],
): Promise<void> {
  for (const [shopId, own] of Map.groupBy(events, (event) => event.shopId)) {
    const variants = await tx.variant.findMany({
      where: { shopId, inventoryItemId: { in: own.map((event) => event.inventoryItemGid) } },
      select: { product: { select: { shopifyId: true } } },
    });
    await wantProducts(
      deps,
      tx,
      variants.map(({ product }) => ({ shopId, productGid: product.shopifyId })),
    );
  }
}
