import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { readWant } from "../intake/read-orders.server.ts";
import { moveWatermark, walkSince } from "../intake/watermarks.server.ts";
import { orderObject, readSubject } from "../subjects.ts";
import { storeCancellation } from "./read-cancellations.server.ts";

const EVERY_MS = 5 * 60_000;

/** The due row of "look at this order's cancellations". */
export const afterSalesWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "after-sales",
  scope: scopeOf(connectionId),
  subject: readSubject(channelOrderId),
  object: orderObject(channelOrderId),
});

/** Walks cancellations changed since the last whole walk; then wants itself again. */
export async function pollCancellations(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const since = await walkSince(deps.db, connection, "cancellations");
  let newest: Date | null = null;
  const port = deps.channels(connection.channel).orders;
  for await (const cancellation of port.cancellations(deps.forShop(connection.id), { since })) {
    const { channelOrderId, updatedAt } = cancellation;
    await deps.engine.change(async (tx) => {
      const stored = await storeCancellation(deps, tx, connection, cancellation);
      if (stored === "older") return;
      // The order changed with it; an order never read is read first and then asks for its cancellations itself.
      await deps.engine.want(tx, readWant(connection.id, channelOrderId));
      if (stored === "stored") await deps.engine.want(tx, afterSalesWant(connection.id, channelOrderId));
    });
    if (!newest || updatedAt > newest) newest = updatedAt;
  }
  const walkedAt = ctx.now();
  await deps.engine.change(async (tx) => {
    await moveWatermark(tx, connection, { name: "cancellations", newest, since, walkedAt });
    await ctx.end(claim, { kind: "done", recheckAt: after(walkedAt, EVERY_MS) }, tx);
  });
}
