import { after } from "../../platform/clock.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { wantLooks } from "./wants.server.ts";

const PRODUCTS_EVERY_MS = 5 * 60_000;
const LISTINGS_EVERY_MS = 15 * 60_000;
/** Two clocks, and an index that lags: what may have been missed is looked at twice. */
const OVERLAP_MS = 15 * 60_000;
const WANTS_AT_ONCE = 500;
const OPEN_STATUSES = ["in-review", "live"];

/**
 * Chore `products` of a shop: wants every product changed since the last whole walk; the first walk wants all. A walk that breaks off (a
 * budget that is used up, a dying process) goes on where it was: products come in the order of their changes.
 */
export async function pollProducts(
  deps: CatalogDeps,
  shop: { id: string; domain: string },
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const key = { ownerId: shop.id, name: "products" };
  const known = await deps.db.catalogWatermark.findUnique({ where: { ownerId_name: key } });
  const mark = known?.at ?? null;
  const began = known?.begunAt ?? deps.clock.now();
  const since = known?.resumeAt ?? (mark && after(mark, -OVERLAP_MS));
  const wants = batches<{ id: string; updatedAt: Date }>(async (found) => {
    const place = { begunAt: began, resumeAt: found.at(-1)?.updatedAt ?? since };
    await deps.engine.change(async (tx) => {
      await tx.catalogWatermark.upsert({ where: { ownerId_name: key }, create: { ...key, ...place }, update: place });
      await deps.engine.want(
        tx,
        found.map(({ id, updatedAt }) => ({
          lane: "intake",
          scope: `shop:${shop.id}` as const,
          subject: id,
          seenAt: mark ? updatedAt : undefined,
        })),
      );
    });
  });
  try {
    for await (const changed of deps.shopify(shop).productsChangedSince(since)) {
      if (ctx.signal.aborted) return;
      if (mark && (await isKnownAsRead(deps, shop.id, changed))) continue;
      await wants.add(changed);
    }
  } finally {
    await wants.flush();
  }
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done", recheckAt: after(began, PRODUCTS_EVERY_MS) }, tx);
    await moveMark(tx, shop.id, "products", began, deps.clock.now());
  });
}

/** The overlap would otherwise read the same products again and again. */
async function isKnownAsRead(
  deps: CatalogDeps,
  shopId: string,
  changed: { id: string; updatedAt: Date },
): Promise<boolean> {
  const known = await deps.db.product.findUnique({
    where: { shopId_shopifyId: { shopId, shopifyId: changed.id } },
    select: { shopifyUpdatedAt: true },
  });
  return known !== null && known.shopifyUpdatedAt >= changed.updatedAt;
}

/** Chore `listings` of a connection: looks at what changed on the channel since the last whole walk, and at audits that take long. */
export async function pollListings(
  deps: CatalogDeps,
  connection: CatalogConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const began = deps.clock.now();
  const mark = await readMark(deps, connection.id, "listings");
  const wants = batches<string>(async (channelProductIds) => {
    const listings = await deps.db.listing.findMany({
      where: { connectionId: connection.id, channelProductId: { in: channelProductIds } },
      select: { id: true, connectionId: true },
    });
    await deps.engine.change((tx) => wantLooks(deps, tx, listings));
  });
  if (
    await deps.db.listing.count({ where: { connectionId: connection.id, channelProductId: { not: null } }, take: 1 })
  ) {
    for await (const { channelProductId } of deps
      .channels(connection.channel)
      .listings.changedSince(deps.forShop(connection.id), after(mark ?? began, -OVERLAP_MS)))
      await wants.add(channelProductId);
    const overdue = await deps.db.listing.findMany({
      where: {
        connectionId: connection.id,
        channelProductId: { not: null },
        status: { in: OPEN_STATUSES },
        submittedAt: { lt: after(began, -LISTINGS_EVERY_MS) },
        OR: [{ liveHash: null }, { NOT: { liveHash: { equals: deps.db.listing.fields.submittedHash } } }],
      },
      select: { channelProductId: true },
      take: WANTS_AT_ONCE,
    });
    for (const { channelProductId } of overdue) if (channelProductId) await wants.add(channelProductId);
    await wants.flush();
  }
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done", recheckAt: after(began, LISTINGS_EVERY_MS) }, tx);
    await moveMark(tx, connection.id, "listings", began, deps.clock.now());
  });
}

async function readMark(deps: CatalogDeps, ownerId: string, name: string): Promise<Date | null> {
  return (await deps.db.catalogWatermark.findUnique({ where: { ownerId_name: { ownerId, name } } }))?.at ?? null;
}

async function moveMark(
  tx: Pick<CatalogDeps["db"], "catalogWatermark">,
  ownerId: string,
  name: string,
  at: Date,
  walkedAt: Date,
): Promise<void> {
  await tx.catalogWatermark.upsert({
    where: { ownerId_name: { ownerId, name } },
    create: { ownerId, name, at, walkedAt },
    update: { at, walkedAt, begunAt: null, resumeAt: null },
  });
}

function batches<T>(send: (items: T[]) => Promise<void>): { add(item: T): Promise<void>; flush(): Promise<void> } {
  let held: T[] = [];
  const flush = async () => {
    const now = held;
    held = [];
    if (now.length > 0) await send(now);
  };
  return {
    async add(item) {
      held.push(item);
      if (held.length >= WANTS_AT_ONCE) await flush();
    },
    flush,
  };
}
