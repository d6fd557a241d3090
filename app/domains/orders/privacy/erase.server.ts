import type { Prisma } from "@prisma/client";
import { forgetWords } from "../../../platform/activity.server.ts";
import type { Tx } from "../../../platform/db.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { sealBuyer } from "../store.server.ts";
import { openKept } from "./open-kept.server.ts";
import { ERASED, isOver } from "./what-is-kept.ts";

/** What problems and activities quote of others' words and of parcels. */
const WORDS = ["reason", "reasons", "message", "raw", "number", "channelHas", "company"];

/** Columns an order loses with its buyer. A later reading of the order does not bring them back: see `erased`. */
const WITHOUT_BUYER = {
  ...{ sealedBuyer: null, note: null, noteBy: null, noteAt: null },
};

/**
 * Erases the buyers of these orders, on request: at once, whatever the timers say. Orders, amounts and states stay. Of an order still on its
 * way the numbers of its parcels stay too: without them it cannot be shipped; the timers see to them. Returns how many orders it concerned.
 */
export async function eraseBuyers(tx: Tx, input: { shopId: string; orderIds: readonly string[] }): Promise<number> {
  const orders = await tx.channelOrder.findMany({
    where: { shopId: input.shopId, id: { in: [...input.orderIds] } },
    select: { id: true, status: true, importState: true, erased: true, buyerVersion: true },
    orderBy: { id: "asc" },
  });
  const over = orders.filter(isOver);
  await eraseAll(tx, { shopId: input.shopId, orders: over, to: ERASED.papers });
  const open = orders.filter((one) => !isOver(one));
  await eraseAll(tx, { shopId: input.shopId, orders: open, to: ERASED.buyer });
  return orders.length;
}

interface Erased {
  id: string;
  buyerVersion: number;
}

/** The last two rungs, on request or by time. */
async function eraseAll(
  tx: Tx,
  { shopId, orders, to }: { shopId: string; orders: readonly Erased[]; to: number },
): Promise<void> {
  if (orders.length === 0) return;
  const ids = orders.map(({ id }) => id);
  // what was not written to Shopify yet is not written any more, and nothing waits for an address
  await tx.$executeRaw`
    UPDATE "ChannelOrder" SET "buyerVersion" = greatest("buyerVersion", 1), "buyerWrittenVersion" = greatest("buyerVersion", 1),
      "erased" = greatest("erased", ${to})
    WHERE "shopId" = ${shopId} AND id = ANY(${ids})`;
  await tx.channelOrder.updateMany({ where: { shopId, id: { in: ids } }, data: WITHOUT_BUYER });
  await eraseWords(tx, { shopId, ids });
  if (to >= ERASED.papers) await eraseParcels(tx, { shopId, ids });
}

interface These {
  shopId: string;
  ids: string[];
}

/** What people wrote: to the channel, on the channel, and what was quoted of it. */
async function eraseWords(tx: Tx, { shopId, ids }: These): Promise<void> {
  const where = { shopId, orderId: { in: ids } };
  await tx.sellerDecision.updateMany({ where, data: { comment: null, evidence: [], refusedText: null } });
  await tx.orderCancellation.updateMany({ where, data: { reason: null } });
  await tx.orderReturn.updateMany({ where, data: { reason: null, trackingNumber: null } });
  await forgetWords(tx, { shopId, subjects: ids.map((id) => `order:${id}`), keys: WORDS });
}

/** By its number a carrier knows who got a parcel. */
async function eraseParcels(tx: Tx, { shopId, ids }: These): Promise<void> {
  const where = { shopId, orderId: { in: ids } };
  const tracking = { company: null, trackingNumber: null };
  await tx.shipment.updateMany({ where, data: { ...tracking, toldNumbers: [] } });
  await tx.fulfilmentRequest.updateMany({ where, data: tracking });
}

/** Brings one order down to a rung of the ladder, by time. */
export async function eraseDownTo(deps: OrdersDeps, tx: Tx, where: { shopId: string; id: string }, to: number) {
  await tx.$queryRaw`SELECT 1 FROM "ChannelOrder" WHERE id = ${where.id} FOR UPDATE`;
  const order = await tx.channelOrder.findFirst({ where });
  if (!order || order.erased >= to) return;
  if (to === ERASED.address) {
    const sealedBuyer = withoutAddress(deps, order);
    await tx.channelOrder.update({
      where: { id: order.id },
      data: { sealedBuyer, buyerWrittenVersion: order.buyerVersion, erased: to },
    });
    return;
  }
  if (to >= ERASED.papers) return eraseAll(tx, { shopId: where.shopId, orders: [order], to });
  await tx.channelOrder.update({
    where: { id: order.id },
    data: { sealedBuyer: null, buyerWrittenVersion: order.buyerVersion, erased: to },
  });
}

/** Name and town stay, sealed anew. */
function withoutAddress(deps: OrdersDeps, order: Prisma.ChannelOrderGetPayload<object>): string | null {
  const known = openKept(deps, order);
  if (!known) return null;
  const { name, firstName, lastName, city, province, provinceCode, countryCode } = known.buyer.address;
  const kept = { name, firstName, lastName, city, province, provinceCode, countryCode };
  const address = { ...kept, phone: "", address1: "", address2: "", postalCode: "" };
  const { isMasked } = known.buyer;
  return sealBuyer(deps, order, { buyer: { email: "", isMasked, address }, message: "" });
}
