import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import { type CatalogConnection, type CatalogDeps, scopeOf } from "./deps.ts";
import { listingObject } from "./model.ts";
import { letGoIn, pickIn, takeOutIn } from "./selection.server.ts";

/** One product on one connection. */
export interface OneProduct {
  shopId: string;
  connectionId: string;
  /** Shopify's id. */
  productGid: string;
  actor: Actor;
}

export type SellOutcome =
  /** It is picked and goes out as soon as nothing is in the way. */
  | { outcome: "sent" }
  /** It is picked; nothing goes out, since listings are not turned on for this connection. */
  | { outcome: "picked" }
  /** The shop has no such product or no such connection. */
  | { outcome: "not-found" };

export type StopOutcome =
  /** It goes off sale; what must not be written yet is written once listings are turned on. */
  | { outcome: "stopping" }
  /** It was never on the channel, or is off it already. */
  | { outcome: "off" }
  | { outcome: "not-found" };

/**
 * "List on …": picks the product and, where listings are turned on, lets it go out. Where they are not, it is only picked: turning
 * them on later must not send what nobody has looked at since. Safe to repeat.
 */
export async function startSelling(deps: CatalogDeps, input: OneProduct): Promise<SellOutcome> {
  const found = await find(deps, input);
  if (!found) return { outcome: "not-found" };
  const { product, connection } = found;
  const isArmed = connection.armedFlows.includes("listings");
  await deps.engine.change(async (tx) => {
    await lockProduct(tx, product.id);
    const picked = await pickIn(deps, tx, input, [product.id]);
    const listing = await tx.listing.findUniqueOrThrow({
      where: { connectionId_productId: { connectionId: connection.id, productId: product.id } },
      select: { id: true, connectionId: true, sendAt: true },
    });
    if (picked > 0) await tell(deps, tx, input, "products.selected", listing.id, product.title);
    if (!isArmed || listing.sendAt !== null) return;
    await letGoIn(deps, tx, input.actor, [listing]);
    await tell(deps, tx, input, "listings.sent", listing.id, product.title);
  });
  return { outcome: isArmed ? "sent" : "picked" };
}

/** "Stop selling": takes the product out; what is on sale is taken off it, a pick that never went out is forgotten. Safe to repeat. */
export async function stopSelling(deps: CatalogDeps, input: OneProduct): Promise<StopOutcome> {
  const found = await find(deps, input);
  if (!found) return { outcome: "not-found" };
  const { product, connection } = found;
  return deps.engine.change(async (tx): Promise<StopOutcome> => {
    await lockProduct(tx, product.id);
    const where = { connectionId: connection.id, productId: product.id };
    const before = await tx.listing.findFirst({ where, select: { id: true } });
    const taken = await takeOutIn(deps, tx, input, [product.id]);
    if (before && taken > 0) await tell(deps, tx, input, "products.unselected", before.id, product.title);
    const isThere = await tx.listing.count({ where: { ...where, status: { in: ["creating", "in-review", "live"] } } });
    return { outcome: isThere > 0 ? "stopping" : "off" };
  });
}

async function find(
  deps: CatalogDeps,
  { shopId, connectionId, productGid }: OneProduct,
): Promise<{ product: { id: string; title: string }; connection: CatalogConnection } | null> {
  const [connection, product] = await Promise.all([
    deps.getConnection(connectionId),
    deps.db.product.findFirst({
      where: { shopId, shopifyId: productGid, deletedAt: null },
      select: { id: true, title: true },
    }),
  ]);
  if (!product || connection?.shopId !== shopId || connection.status === "disconnected") return null;
  return { product, connection };
}

/** Two presses at once come one after the other, so that each change is made and told once. */
const lockProduct = (tx: Tx, productId: string) =>
  tx.$queryRaw`select 1 from "Product" where id = ${productId} for update`;

function tell(
  deps: CatalogDeps,
  tx: Tx,
  { shopId, connectionId, actor }: OneProduct,
  event: string,
  listingId: string,
  title: string,
): Promise<void> {
  return recordActivity(tx, {
    ...{ shopId, actor, event },
    subject: scopeOf(connectionId),
    data: { count: 1, title, listing: listingObject(listingId) },
    at: deps.clock.now(),
  });
}
