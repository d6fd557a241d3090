import type { Db } from "../../platform/db.server.ts";

/** Orders of a connection that are not finished: what a disconnection leaves to people. */
export interface OpenOrders {
  /** In Shopify and still to be shipped; their tracking numbers go to the channel only while connected. */
  toShip: number;
  /** Of those: shipped in Shopify, the number not yet on the channel. */
  untold: number;
  /** Not in Shopify yet; looked for and created only while connected. */
  notHome: number;
  /** The earliest time one of them must be shipped by. */
  shipBy: Date | null;
}

/** Counts what is open, in one connection of this shop. */
export async function countOpenOrders(
  db: Db,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<OpenOrders> {
  const open = { shopId, connectionId, status: { in: ["on-hold", "to-ship", "partly-shipped"] } };
  const [toShip, untold, notHome, next] = await Promise.all([
    db.channelOrder.count({ where: { ...open, shopifyOrderId: { not: null } } }),
    db.shipment.count({ where: { shopId, connectionId, state: { in: ["wanted", "sending"] } } }),
    db.channelOrder.count({ where: { ...open, shopifyOrderId: null, importState: { not: "shown" } } }),
    db.channelOrder.aggregate({ where: { ...open, importState: { not: "shown" } }, _min: { shipByAt: true } }),
  ]);
  return { toShip, untold, notHome, shipBy: next._min.shipByAt };
}
