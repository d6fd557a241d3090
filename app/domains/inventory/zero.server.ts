import type { ChannelReason } from "../../channels/port.ts";
import { openProblem } from "../../platform/activity.server.ts";
import type { InventoryConnection, InventoryDeps } from "./deps.ts";
import { zeroRefusedKey } from "./model.ts";

/** Name of the meaning every channel gives to "this quantity is out of range". */
const OUT_OF_RANGE = "stockOutOfRange";

/** Whether this connection takes the quantity 0: what the channel says of itself, else what it taught us. Null: not tried yet. */
export async function takesZero(deps: InventoryDeps, connection: InventoryConnection): Promise<boolean | null> {
  const { acceptsZeroStock } = deps.channels(connection.channel);
  if (acceptsZeroStock !== "unknown") return acceptsZeroStock;
  return (await deps.db.stockMemory.findUnique({ where: { connectionId: connection.id } }))?.acceptsZero ?? null;
}

export async function rememberZero(
  deps: InventoryDeps,
  connection: InventoryConnection,
  acceptsZero: boolean,
): Promise<void> {
  const connectionId = connection.id;
  await deps.db.stockMemory.upsert({
    where: { connectionId },
    create: { connectionId, acceptsZero },
    update: { acceptsZero },
  });
}

export const isZeroRefused = (
  deps: InventoryDeps,
  connection: InventoryConnection,
  quantity: number,
  reason: ChannelReason,
): boolean => quantity === 0 && deps.channels(connection.channel).explain(reason.code).name === OUT_OF_RANGE;

/**
 * The channel will not take 0. With nothing left of any unit the listing is taken off sale, so that nobody buys what is not there; else only
 * a person can help, and is told at once. Returns whether it is off sale.
 */
export async function endAtZero(
  deps: InventoryDeps,
  connection: InventoryConnection,
  listing: { listingId: string; channelProductId: string },
): Promise<boolean> {
  const { listingId, channelProductId } = listing;
  const isSoldOut = await isAllZero(deps, listingId);
  const isOff = isSoldOut && (await takeOff(deps, connection, channelProductId));
  await deps.engine.change(async (tx) => {
    if (isOff) await deps.catalog.recordSoldOut(tx, { connectionId: connection.id, listingId });
    await openProblem(tx, {
      shopId: connection.shopId,
      key: zeroRefusedKey(listingId),
      kind: isOff ? "sold-out-stopped" : "zero-refused",
      severity: "urgent",
      connectionId: connection.id,
      subject: `listing:${listingId}`,
      at: deps.clock.now(),
    });
  });
  return isOff;
}

async function isAllZero(deps: InventoryDeps, listingId: string): Promise<boolean> {
  const rows = await deps.db.$queryRaw<
    { wanted: number }[]
  >`select o.wanted from "Offer" o join "ListingSku" s on s.id = o."listingSkuId" where s."listingId" = ${listingId}`;
  return rows.every((row) => row.wanted === 0);
}

async function takeOff(
  deps: InventoryDeps,
  connection: InventoryConnection,
  channelProductId: string,
): Promise<boolean> {
  const { failures } = await deps
    .channels(connection.channel)
    .listings.deactivate(deps.forShop(connection.id), [channelProductId]);
  return failures.length === 0;
}
