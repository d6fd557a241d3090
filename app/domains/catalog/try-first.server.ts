import type { Actor } from "../../platform/activity.server.ts";
import type { CatalogDeps } from "./deps.ts";
import { listListings } from "./list-listings.server.ts";
import { sendListings } from "./selection.server.ts";

export interface Trial {
  wanted: number;
  sent: number;
  pending: number;
  live: number;
  sendable: number;
  queued: number;
}

/** How many products a merchant tries before everything. */
const FEW = 5;

/**
 * How far trying the first products is: `wanted` of them, `sent` so far, `pending` of those on their way, `live` at least once. `sendable`:
 * ready and not sent; `queued`: sent, and the first call not made yet.
 */
export async function readTrial(
  { db }: CatalogDeps,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<Trial> {
  const mine = { shopId, connectionId, unselectedAt: null };
  const onItsWay = ["selected", "ready", "creating", "in-review"];
  const [sent, pending, live, ready, queued] = await Promise.all([
    db.listing.count({ where: { ...mine, sendAt: { not: null }, status: { not: "refused" } } }),
    db.listing.count({ where: { ...mine, sendAt: { not: null }, status: { in: onItsWay } } }),
    db.listing.count({ where: { ...mine, liveHash: { not: null } } }),
    db.listing.count({ where: { ...mine, status: "ready", sendAt: null, planned: { has: "create" } } }),
    db.listing.count({ where: { ...mine, status: "ready", sendAt: { not: null }, planned: { has: "create" } } }),
  ]);
  return { wanted: Math.max(1, Math.min(FEW, sent + ready)), sent, pending, live, sendable: ready, queued };
}

/** Sends the first few listings that nothing holds back. Those sent before count; the second press sends none. */
export async function tryFirst(
  deps: CatalogDeps,
  input: { shopId: string; connectionId: string; actor: Actor },
): Promise<{ sent: number }> {
  const { sent } = await readTrial(deps, input);
  const { shopId, connectionId } = input;
  const { rows } = await listListings(deps, { shopId, connectionId, view: "ready" });
  const free = rows.filter((row) => !row.needsDefaults && !row.isSent && row.planned.includes("create"));
  const listingIds = free.slice(0, Math.max(0, FEW - sent)).map((row) => row.id);
  if (listingIds.length === 0) return { sent: 0 };
  return { sent: (await sendListings(deps, { ...input, listingIds })).sent };
}
