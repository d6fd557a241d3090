import type { ChannelReason } from "../../channels/port.ts";
import { closeProblem, openProblem } from "../../platform/activity.server.ts";
import type { Json, Tx } from "../../platform/db.server.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { writeLedger } from "./ledger.server.ts";
import { stockRefusedKey } from "./model.ts";
import type { StockState } from "./state.server.ts";

/** The channel acknowledged a number, or shows it: it is what the channel offers from `at` on. */
export async function recordPushed(
  tx: Tx,
  connection: InventoryConnection,
  state: StockState,
  sent: { quantity: number; unexplained: number; at: Date; why: "pushed" | "read back" | "first"; event: string },
): Promise<void> {
  const { listingSkuId, inventoryItemId } = state.sku;
  const { id: connectionId, shopId, settings } = connection;
  const { quantity, unexplained, at } = sent;
  const isSettled = state.known.uncertainUntil === null || state.known.uncertainUntil <= at;
  const data = {
    pushed: quantity,
    pushedAt: at,
    soldSincePush: 0,
    verifyAt: null,
    unexplained,
    unexplainedSince: unexplained > 0 ? (state.known.unexplainedSince ?? at) : null,
    refusedCode: null,
    ...(isSettled ? { uncertainUntil: null } : {}),
  };
  const warehouseId = settings.warehouseId ?? "";
  await tx.offer.upsert({
    where: { listingSkuId },
    create: { listingSkuId, shopId, connectionId, warehouseId, wanted: state.wanted, wantedAt: at, ...data },
    update: data,
  });
  const line = {
    shopId,
    connectionId,
    listingSkuId,
    inventoryItemId: inventoryItemId ?? "",
    number: "channel" as const,
    why: unexplained > 0 ? "units without a known order kept back" : sent.why,
    event: sent.event,
    actor: "job:stock",
  };
  // nobody knew it before the first push
  await writeLedger(tx, [{ ...line, before: state.known.pushed ?? 0, after: quantity }], at);
  if (state.refusedCode) await closeProblem(tx, { shopId, key: stockRefusedKey(listingSkuId), at });
}

/** The channel refused a number: what it still offers may be more than there is. */
export async function recordRefused(
  deps: InventoryDeps,
  tx: Tx,
  connection: InventoryConnection,
  state: StockState,
  quantity: number,
  reason: ChannelReason,
): Promise<void> {
  const { listingSkuId } = state.sku;
  const { sentence, nextStep } = deps.channels(connection.channel).explain(reason.code);
  await tx.offer.updateMany({ where: { listingSkuId }, data: { refusedCode: reason.code } });
  const offered = state.known.pushed;
  await openProblem(tx, {
    shopId: connection.shopId,
    key: stockRefusedKey(listingSkuId),
    kind: "stock-refused",
    severity: offered === null || quantity < offered ? "urgent" : "needs-you",
    connectionId: connection.id,
    subject: `listing:${state.sku.listingId}`,
    data: { quantity, offered, code: reason.code, sentence, nextStep, raw: reason.message } satisfies Record<
      string,
      Json | null
    > as Json,
    at: deps.clock.now(),
  });
}
