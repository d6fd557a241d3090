import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { readWant } from "../intake/read-orders.server.ts";
import { moveWatermark, walkSince } from "../intake/watermarks.server.ts";
import { storeReturn } from "./read-returns.server.ts";

const EVERY_MS = 5 * 60_000;

/** Walks returns changed since the last whole walk; then wants itself again. */
export async function pollReturns(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const since = await walkSince(deps.db, connection, "returns");
  let newest: Date | null = null;
  const port = deps.channels(connection.channel).afterSales;
  for await (const found of port.returns(deps.forShop(connection.id), { since })) {
    const { channelOrderId, updatedAt } = found;
    await deps.engine.change(async (tx) => {
      const stored = await storeReturn(deps, tx, connection, found);
      // an order never read is read first and then asked for its returns
      if (stored === "unknown-order") await deps.engine.want(tx, readWant(connection.id, channelOrderId));
      if (stored !== "older") await deps.engine.want(tx, afterSalesWant(connection.id, channelOrderId));
    });
    if (!newest || updatedAt > newest) newest = updatedAt;
  }
  const walkedAt = ctx.now();
  await deps.engine.change(async (tx) => {
    await moveWatermark(tx, connection, { name: "returns", newest, since, walkedAt });
    await ctx.end(claim, { kind: "done", recheckAt: after(walkedAt, EVERY_MS) }, tx);
  });
}
