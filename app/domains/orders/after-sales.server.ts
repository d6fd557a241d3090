import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import { joinEndings, openTurn } from "./after-sales-turn.server.ts";
import { carryCancellations, refundCancellations } from "./cancellations/carry-cancellation.server.ts";
import { watchDeadlines } from "./deadlines.server.ts";
import { tellDecisions } from "./decisions/tell-channel.server.ts";
import type { OrdersConnection, OrdersDeps } from "./deps.ts";
import { readWant } from "./intake/read-orders.server.ts";
import { carryReturns } from "./returns/carry-return.server.ts";

/**
 * Everything after the sale of one order, whose cancellations and returns were read from the channel just before: first the channel is told
 * what was decided, then Shopify follows what the channel shows.
 */
export async function drainAfterSales(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const turn = await openTurn(deps, connection, claim, ctx);
  if (!turn) {
    // The channel named a cancellation of an order we never read: the reading asks for us again.
    await deps.engine.change(async (tx) => {
      await deps.engine.want(tx, readWant(connection.id, claim.subject));
      await ctx.end(claim, { kind: "done" }, tx);
    });
    return;
  }
  const endings = [
    ...(await tellDecisions(turn)),
    await carryCancellations(turn),
    ...(await refundCancellations(turn)),
    ...(await carryReturns(turn)),
    await watchDeadlines(turn),
  ];
  await ctx.end(claim, joinEndings(endings));
}
