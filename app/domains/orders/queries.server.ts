import { type Db, Prisma } from "../../platform/db.server.ts";
import { mayBeAskedFor } from "./backfill/ask-range.server.ts";
import type { OrdersDeps } from "./deps.ts";
import { labelledPackages } from "./fulfilment/find-labels.server.ts";
import { factsFromJson } from "./intake/facts-json.ts";
import type { BuyerData } from "./intake/merge-buyer.ts";
import { isLeftOut, isOwed } from "./intake/owed-units.ts";
import { withheldOf } from "./intake/withheld.ts";
import type { HoldState, ImportState } from "./model.ts";
import { soonestDeadline } from "./morning/deadline.ts";
import { givenBack } from "./morning/given-back.ts";
import { ERASED } from "./privacy/what-is-kept.ts";
import { openBuyer } from "./store.server.ts";

/** One order with everything about it, its buyer opened. Null: this shop has no such order. */
export async function getOrder(deps: OrdersDeps, input: { shopId: string; id: string }) {
  const row = await deps.db.channelOrder.findFirst({
    where: { id: input.id, shopId: input.shopId },
    include: {
      lines: { orderBy: { channelLineId: "asc" } },
      shipments: { orderBy: { shopifyFulfillmentId: "asc" } },
      cancellations: { orderBy: { channelCancelId: "asc" } },
      fulfilmentRequest: { select: { state: true, reason: true } },
      returns: { orderBy: { channelReturnId: "desc" } },
      decisions: { orderBy: { id: "asc" } },
      refunds: true,
    },
  });
  if (!row) return null;
  const { sealedBuyer: _sealed, facts, ...order } = row;
  const buyer: BuyerData | null = openBuyer(deps, row);
  const {
    money,
    shippingBy,
    originOrderId = null,
    handOverAt = null,
    cancelAutomaticallyAt = null,
  } = factsFromJson(facts);
  return {
    ...{
      ...order,
      buyer,
      money,
      shippingBy,
      originOrderId,
      cancelAutomaticallyAt,
      labelledPackages: labelledPackages(facts),
    },
    /** What of the money went back. */
    back: givenBack({ ...row, taxMinor: money.taxMinor }),
    /** What the channel hides of the buyer, and why; null: nothing. */
    withheld: order.erased > ERASED.nothing ? null : withheldOf({ ...order, shippingBy, buyer: buyer?.buyer ?? null }),
    /** Shown only, and somebody may ask for it. */
    mayBeAskedFor: mayBeAskedFor(row),
    deadline: soonestDeadline({ ...order, handOverAt }),
    ...{ importState: row.importState as ImportState, holdState: row.holdState as HoldState },
    /** Erased, on request or because the time it is kept is over. */
    isBuyerErased: order.erased >= ERASED.buyer,
    isAddressErased: order.erased >= ERASED.address,
    isKeptBack: isLeftOut(row) && row.lines.some((line) => isOwed(row, line)),
  };
}

export interface ProofLine {
  /** Orders the channel has that belong in Shopify. */
  channel: number;
  /** Those of them that are in Shopify. */
  shopify: number;
  /** Those of them that somebody must act on. */
  parked: number;
  /** The end of the last whole walk of the channel; null: none yet. */
  checkedAt: Date | null;
}

/** "TikTok 23, Shopify 23, checked 07:58": of orders created since a time, all without one. Checked by the walks of the connections named. */
export async function proofLine(
  db: Db,
  { shopId, since = new Date(0), connectionIds }: { shopId: string; since?: Date; connectionIds: string[] },
): Promise<ProofLine> {
  // in the words of the indexes made for it (the migration morning)
  const belongs = Prisma.sql`"shopId" = ${shopId} and "createdAt" >= ${since} and "importState" <> 'shown' and "status" <> 'unpaid'`;
  const [[counts], oldest] = await Promise.all([
    db.$queryRaw<{ all: number; missing: number; notYet: number; parked: number }[]>`
      select
        (select count(*)::int from "ChannelOrder" where ${belongs}) as "all",
        (select count(*)::int from "ChannelOrder" where ${belongs} and "shopifyOrderId" is null) as missing,
        (select count(*)::int from "ChannelOrder" where ${belongs} and "shopifyOrderId" is null and "fulfilledBy" = 'platform'
          and "status" in ('on-hold', 'to-ship', 'partly-shipped', 'awaiting-collection')) as "notYet",
        (select count(*)::int from "ChannelOrder" where ${belongs} and "importState" = 'parked') as parked`,
    db.orderWatermark.aggregate({
      where: { name: "orders", connectionId: { in: connectionIds } },
      _min: { walkedAt: true },
    }),
  ]);
  // what the platform ships comes as shipped, so not before it is
  const { all, missing, notYet, parked } = counts ?? { all: 0, missing: 0, notYet: 0, parked: 0 };
  return { channel: all - notYet, shopify: all - missing, parked, checkedAt: oldest._min.walkedAt };
}

/** The orders in numbers: how many there are, and in which state of the import. */
export async function summarizeOrders(
  db: Db,
  { shopId }: { shopId: string },
): Promise<{ total: number; byImport: Record<string, number>; parked: number }> {
  const states = await db.channelOrder.groupBy({ by: ["importState"], where: { shopId }, _count: true });
  const byImport = Object.fromEntries(states.map((one) => [one.importState, one._count]));
  return { total: states.reduce((sum, one) => sum + one._count, 0), byImport, parked: byImport.parked ?? 0 };
}
