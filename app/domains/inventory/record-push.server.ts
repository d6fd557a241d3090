import type { ChannelReason } from "../../channels/port.ts";
import { closeProblem, openProblem } from "../../platform/activity.server.ts";
import type { Json, Tx } from "../../platform/db.server.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { writeLedger } from "./ledger.server.ts";
import { stockRefusedKey } from "./model.ts";
import type { StockState } from "./state.server.ts";

/** What the channel offers of one unit from now on. */
export interface Acknowledged {
  state: StockState;
  quantity: number;
  unexplained: number;
  why: "pushed" | "read back";
  /** Told to the ledger. */
  event: string;
}

/** The channel acknowledged these numbers, or shows them: they are what it offers from `at` on. A few statements, however many. */
export async function recordPushed(
  tx: Tx,
  connection: InventoryConnection,
  acknowledged: readonly Acknowledged[],
  at: Date,
): Promise<void> {
  if (acknowledged.length === 0) return;
  const { id: connectionId, shopId } = connection;
  const rows = acknowledged.map(({ state, quantity, unexplained }) => ({
    ...{ listingSkuId: state.sku.listingSkuId, pushed: quantity, unexplained },
    unexplainedSince: unexplained > 0 ? (state.known.unexplainedSince ?? at) : null,
    isSettled: state.known.uncertainUntil === null || state.known.uncertainUntil <= at,
  }));
  await lockOffers(
    tx,
    rows.map((row) => row.listingSkuId),
  );
  await tx.$executeRaw`
    update "Offer" o set pushed = s.pushed, "pushedAt" = ${at}::timestamptz, "soldSincePush" = 0, "verifyAt" = null, unexplained = s.unexplained,
      "unexplainedSince" = s."unexplainedSince", "refusedCode" = null,
      "uncertainUntil" = case when s."isSettled" then null else o."uncertainUntil" end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s("listingSkuId" text, pushed int, unexplained int,
      "unexplainedSince" timestamptz(3), "isSettled" boolean)
    where o."listingSkuId" = s."listingSkuId"`;
  const lines = acknowledged.map(({ state, quantity, unexplained, why, event }) => ({
    ...{ shopId, connectionId, listingSkuId: state.sku.listingSkuId, event },
    inventoryItemId: state.sku.inventoryItemId ?? "",
    number: "channel" as const,
    // nobody knew it before the first push
    before: state.known.pushed ?? 0,
    after: quantity,
    why: unexplained > 0 ? "units without a known order kept back" : why,
    actor: "job:stock",
  }));
  await writeLedger(tx, lines, at);
  for (const { state } of acknowledged)
    if (state.refusedCode) await closeProblem(tx, { shopId, key: stockRefusedKey(state.sku.listingSkuId), at });
}

/** Whoever changes several offers locks them in one order first: orders and acknowledgements meet at them. */
export async function lockOffers(tx: Tx, listingSkuIds: string[]): Promise<void> {
  await tx.$executeRaw`select 1 from "Offer" where "listingSkuId" = any(${listingSkuIds}) order by "listingSkuId" for update`;
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
