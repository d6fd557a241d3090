import type { Tx } from "../../platform/db.server.ts";
import { type CatalogDeps, scopeOf } from "./deps.ts";
import { listingObject } from "./model.ts";

/** Subjects of the intake lane: a plain Shopify product id within a shop; within a connection a kind and our listing id. */
const checkSubject = (listingId: string): string => `check:${listingId}`;
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
 * A look at the listing of that channel id. An id nobody knows may be that of a listing whose create is just being answered (an audit can be
 * faster than our commit): those being created are looked at when they are known.
 */
export async function wantLookOf(
  deps: CatalogDeps,
  tx: Tx,
  input: { connectionId: string; channelProductId: string; seenAt?: Date },
): Promise<void> {
  const { connectionId, channelProductId, seenAt } = input;
  const select = { id: true, connectionId: true } as const;
  const known = await tx.listing.findMany({ where: { connectionId, channelProductId }, select });
  const creating = { connectionId, status: "creating" };
  const listings =
    known.length > 0 ? known : await tx.listing.findMany({ where: creating, select, take: MOST_CREATING });
  await wantLooks(deps, tx, listings, known.length > 0 ? seenAt : undefined);
}
