import { type Db, deleteInParts } from "../../../platform/db.server.ts";

/** Forgets everything this room has of a shop and its connections, a part at a time, so that whoever calls again goes on where it ended. */
export async function forgetShop(
  db: Db,
  { shopId, connectionIds }: { shopId: string; connectionIds: string[] },
): Promise<void> {
  // what belongs to an order goes with it
  for (const table of ["ChannelOrder", "OrderBackfill", "CarrierChoice", "OrderLook", "BuyerRequest"])
    await deleteInParts(db, { table, column: "shopId", values: [shopId] });
  await deleteInParts(db, { table: "OrderWatermark", column: "connectionId", values: connectionIds });
}
