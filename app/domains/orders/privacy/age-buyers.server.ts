import { after } from "../../../platform/clock.ts";
import { type Db, Prisma } from "../../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersDeps } from "../deps.ts";
import { eraseDownTo } from "./erase.server.ts";
import { AGING, type AgingOrder, ERASED, erasedBy, keptUntil } from "./what-is-kept.ts";

const DAY_MS = 24 * 3_600_000;
/** Orders a batch brings down a rung; others have their turn in between. */
const AT_ONCE = 200;
const SOON_MS = 1_000;

/**
 * Chore `buyer-data` of a shop: erases what has been kept long enough, a batch at a time, and comes back daily. What a buyer has asked to see
 * stays until the request is over.
 */
export async function ageBuyers(deps: OrdersDeps, claim: Claim, ctx: DrainContext): Promise<void> {
  const shopId = claim.scope.slice("shop:".length);
  const now = ctx.now();
  const some = await findAged(deps.db, shopId, now);
  await deps.engine.change(async (tx) => {
    for (const order of some) await eraseDownTo(deps, tx, { shopId, id: order.id }, erasedBy(order, now));
    await ctx.end(claim, { kind: "done", recheckAt: after(now, some.length < AT_ONCE ? DAY_MS : SOON_MS) }, tx);
  });
}

const RUNGS = [
  [ERASED.nothing, "address"],
  [ERASED.address, "buyer"],
  [ERASED.buyer, "papers"],
] as const;

/** Orders that stand on a rung longer than they may. Each rung walks the index `ChannelOrder_to_erase` from its oldest end. */
async function findAged(db: Db, shopId: string, now: Date): Promise<(AgingOrder & { id: string })[]> {
  const found: (AgingOrder & { id: string })[] = [];
  for (const [rung, next] of RUNGS) {
    const until = keptUntil(next, now);
    const silentUntil = after(until, -AGING.silentMs);
    const rows = await db.$queryRaw<(AgingOrder & { id: string })[]>(Prisma.sql`
      SELECT id, status, "importState", "updateTime", erased FROM "ChannelOrder" o
      WHERE "shopId" = ${shopId} AND erased = ${rung} AND erased < 3 AND "updateTime" <= ${until}
        AND ((status = ANY(${AGING.ended}) AND "importState" = ANY(${AGING.settled})) OR "updateTime" <= ${silentUntil})
        AND NOT EXISTS (
          SELECT 1 FROM "BuyerRequest" r WHERE r."shopId" = o."shopId" AND r.kind = 'export'
            AND (r.state = 'looking' OR o.id = ANY(r."orderIds") OR o."shopifyOrderId" = ANY(r."shopifyOrderIds")
              OR o."linkedOrderId" = ANY(r."shopifyOrderIds")))
      ORDER BY "updateTime" LIMIT ${AT_ONCE - found.length}`);
    found.push(...rows);
    if (found.length >= AT_ONCE) break;
  }
  return found;
}
