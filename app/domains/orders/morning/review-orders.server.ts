import type { StaffActor } from "../../shops/model.ts";
import type { OrdersDeps } from "../deps.ts";
import { recordOrderActivity } from "../problems.server.ts";

/** So many at once: more than a page, less than a shop. */
const MOST = 500;
const NOTE_MOST = 2_000;

/**
 * Marks orders as reviewed, or takes that back. Returns the ids of those that were changed, so that undoing touches no others. Safe to
 * repeat.
 */
export async function reviewOrders(
  deps: OrdersDeps,
  input: { shopId: string; ids: string[]; isReviewed: boolean; actor: StaffActor },
): Promise<{ changed: string[] }> {
  const { shopId, isReviewed, actor } = input;
  return deps.engine.change(async (tx) => {
    const orders = await tx.channelOrder.findMany({
      where: { shopId, id: { in: input.ids.slice(0, MOST) }, reviewedAt: isReviewed ? null : { not: null } },
      select: { id: true, shopId: true, connectionId: true, channelOrderId: true },
    });
    const changed = orders.map((one) => one.id);
    await tx.channelOrder.updateMany({
      where: { shopId, id: { in: changed } },
      data: isReviewed
        ? { reviewedAt: deps.clock.now(), reviewedBy: actor.id }
        : { reviewedAt: null, reviewedBy: null },
    });
    for (const order of orders)
      await recordOrderActivity(tx, order, { event: isReviewed ? "order.reviewed" : "order.unreviewed", actor });
    return { changed };
  });
}

/** The shop's own words on an order; empty text takes them away. The words themselves go into no history. */
export async function noteOrder(
  deps: OrdersDeps,
  input: { shopId: string; id: string; text: string; actor: StaffActor },
): Promise<{ outcome: "noted" | "not-found" | "too-long" }> {
  const text = input.text.trim();
  if (text.length > NOTE_MOST) return { outcome: "too-long" };
  return deps.engine.change(async (tx) => {
    const order = await tx.channelOrder.findFirst({ where: { id: input.id, shopId: input.shopId } });
    if (!order) return { outcome: "not-found" };
    if ((order.note ?? "") === text) return { outcome: "noted" };
    await tx.channelOrder.update({
      where: { id: order.id },
      data: text
        ? { note: text, noteBy: input.actor.id, noteAt: deps.clock.now() }
        : { note: null, noteBy: null, noteAt: null },
    });
    await recordOrderActivity(tx, order, { event: text ? "order.noted" : "order.note-removed", actor: input.actor });
    return { outcome: "noted" };
  });
}
