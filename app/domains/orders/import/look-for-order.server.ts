import { after } from "../../../platform/clock.ts";
import type { CreatedOrder } from "../../../shopify/model.ts";
import { shopifyOf } from "../deps.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import type { ImportStep } from "./next-import-step.ts";
import { recordCreated } from "./record-created.server.ts";

const TAKEN_LOOK_MS = 1_000;

/** Looks whether an uncertain call made the order after all. */
export async function lookForOrder(turn: ImportTurn, step: Extract<ImportStep, { step: "look" }>): Promise<StepResult> {
  const { deps, order } = turn;
  const found = step.by === "id" ? await findById(turn) : await findBySearch(turn);
  if (found) {
    await recordCreated(turn, found, "found");
    return "again";
  }
  await deps.engine.change((tx) =>
    tx.channelOrder.updateMany({
      where: { id: order.id, shopifyOrderId: null, importAttempts: order.importAttempts },
      data: { importState: "unknown", importLooks: step.looksDone },
    }),
  );
  return "again";
}

/** Shopify says that an order with our unique id exists: it is ours, only its id is to be found. */
export async function lookForTaken(turn: ImportTurn): Promise<StepResult> {
  const { deps, ctx, order } = turn;
  const found = await findById(turn);
  if (found) {
    await recordCreated(turn, found, "found");
    return "again";
  }
  await deps.engine.change((tx) =>
    tx.channelOrder.updateMany({ where: { id: order.id, shopifyOrderId: null }, data: { importState: "unknown" } }),
  );
  return {
    kind: "later",
    at: after(ctx.now(), TAKEN_LOOK_MS),
    reason: "Shopify has the order but does not show it yet",
  };
}

async function findById({ deps, connection, order }: ImportTurn): Promise<CreatedOrder | null> {
  const shopify = shopifyOf(deps, connection);
  const found = await shopify.findOrderByCustomId(order.channelOrderId);
  return found ? shopify.orderLines(found.id) : null;
}

/** The oldest one: should there be two, the count that follows a second attempt deals with the later. */
async function findBySearch({ deps, connection, order }: ImportTurn): Promise<CreatedOrder | null> {
  const shopify = shopifyOf(deps, connection);
  const found = await shopify.findOrdersBySourceIdentifier(order.channelOrderId);
  const [first] = found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return first ? shopify.orderLines(first.id) : null;
}
