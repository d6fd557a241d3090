import { after } from "../../../platform/clock.ts";
import type { Tx } from "../../../platform/db.server.ts";
import { CallError } from "../../../platform/errors.ts";
import { shopifyOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { hasTravelled } from "../intake/owed-units.ts";
import { closeOrderProblems, openOrderProblem, recordOrderActivity } from "../problems.server.ts";
import { openBuyer } from "../store.server.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import { mergeNote } from "./merge-note.ts";
import { emailOf } from "./order-draft.ts";
import { labelsOf } from "./order-labels.ts";
import { repairAddress } from "./repair-address.ts";

/** A timed-out write is repeated only when the old one can no longer land, so that an old address never follows a newer one. */
const WRITE_MAY_LAND_MS = 40_000;

/** Writes the address as last read. Before a release it always comes first. */
export async function writeBuyer(turn: ImportTurn): Promise<StepResult> {
  const { deps, connection, claim, ctx, order } = turn;
  const buyer = openBuyer(deps, order);
  const { shopifyOrderId } = order;
  if (buyer && shopifyOrderId) {
    if (!(await ctx.holds(claim))) return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
    const shippingAddress = repairAddress(buyer.buyer.address);
    const email = emailOf(buyer, connection.settings.customerPolicy);
    const noteChange = buyer.message ? await noteToChange(turn, shopifyOrderId, buyer.message) : null;
    try {
      const change = { ...(shippingAddress ? { shippingAddress } : {}), ...(email ? { email } : {}), ...noteChange };
      await shopifyOf(deps, connection).updateOrder(shopifyOrderId, change, { isPaid: noteChange !== null });
    } catch (error) {
      const isUncertain = error instanceof CallError && error.mayHaveHappened;
      // without the address nothing is released: somebody has to know
      if (error instanceof CallError && (error.family === "invalid" || error.family === "conflict"))
        await deps.engine.change((tx) =>
          openOrderProblem(tx, order, { kind: "order-address-refused", severity: "urgent" }),
        );
      if (!isUncertain) throw error;
      return { kind: "later", at: after(ctx.now(), WRITE_MAY_LAND_MS), reason: "writing the address timed out" };
    }
  }
  await deps.engine.change(async (tx) => {
    // keeps the row until the end: a reading that lets it travel closes the problem, and comes before us or after
    const { status } = await tx.channelOrder.update({
      where: { id: order.id },
      data: { buyerWrittenVersion: order.buyerVersion },
      select: { status: true },
    });
    // a label may be printed already: only a person can stop that parcel, and nobody once it has left
    const isOver = hasTravelled(status) || status === "cancelled";
    const isPacked = !isOver && order.buyerWrittenVersion > 0 && (await hasParcel(tx, order));
    if (isPacked) await openOrderProblem(tx, order, { kind: "order-address-late", severity: "urgent" });
    await closeOrderProblems(tx, order, ["order-address-refused"]);
    await recordOrderActivity(tx, order, { event: "order.address-written" });
  });
  return "again";
}

/**
 * By the merchant's template, as when the order is made, and without losing what staff wrote since. Null: nothing was read, since the
 * template shows nothing of what the buyer wrote; otherwise the update is paid for.
 */
async function noteToChange({ deps, connection, order }: ImportTurn, shopifyOrderId: string, message: string) {
  const { settings, channel } = connection;
  const names = { channel: deps.channels(channel).displayName, orderTag: settings.orderTag };
  const about = { facts: factsFromJson(order.facts), kinds: order.kinds, names };
  const noteWith = (buyerNote: string) => labelsOf(settings.importing, { ...about, buyerNote }).note;
  const ours = { note: noteWith(message), bare: noteWith("") };
  if (ours.note === ours.bare) return null;
  const note = mergeNote(await shopifyOf(deps, connection).orderNote(shopifyOrderId, { paysForUpdate: true }), ours);
  return note === null ? {} : { note };
}

/** Whether somebody has fulfilled a part of it in Shopify. */
async function hasParcel(tx: Tx, order: ImportTurn["order"]): Promise<boolean> {
  return (await tx.shipment.count({ where: { orderId: order.id, state: { not: "cancelled" } } })) > 0;
}
