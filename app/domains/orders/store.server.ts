import type { ChannelOrder, ChannelOrderLine, OrderCancellation, Shipment } from "@prisma/client";
import type { OrderStatus } from "../../channels/port.ts";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { OrdersConnection, OrdersDeps } from "./deps.ts";
import type { ImportFacts } from "./import/next-import-step.ts";
import type { BuyerData } from "./intake/merge-buyer.ts";
import { isLeftOut, isOwed } from "./intake/owed-units.ts";
import type { HoldState, ImportState } from "./model.ts";

export type OrderRow = ChannelOrder & { lines: ChannelOrderLine[] };
export type CancellationRow = OrderCancellation;
export type ShipmentRow = Shipment;

type OrderOwner = Pick<OrdersConnection, "shopId" | "channel" | "channelShopId">;

/** The unique key of an order row: it outlives the connection. */
const orderKey = ({ shopId, channel, channelShopId }: OrderOwner, channelOrderId: string) => ({
  shopId_channel_channelShopId_channelOrderId: { shopId, channel, channelShopId, channelOrderId },
});

/** The order with its units in a stable order. Null: never read. */
export async function findOrder(db: Db | Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  return db.channelOrder.findUnique({
    where: orderKey(owner, channelOrderId),
    include: { lines: { orderBy: { channelLineId: "asc" } } },
  });
}

/** Locks the row until the transaction ends: two readings of one order are stored one after the other. */
export async function lockOrder(tx: Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  await tx.$queryRaw`
    select 1 from "ChannelOrder"
    where "shopId" = ${owner.shopId} and "channel" = ${owner.channel}
      and "channelShopId" = ${owner.channelShopId} and "channelOrderId" = ${channelOrderId}
    for update`;
  return findOrder(tx, owner, channelOrderId);
}

/** The part of a row the import decides on. */
export function importFactsOf(order: OrderRow): ImportFacts {
  return {
    status: order.status as OrderStatus,
    fulfilledBy: order.fulfilledBy,
    kinds: order.kinds,
    shownWhy: order.importState === "shown" ? order.parkedReason : null,
    isLinked: order.linkedOrderId !== null,
    importAskedAt: order.importAskedAt,
    lookedBeforeAt: order.lookedBeforeAt,
    createdAt: order.createdAt,
    importState: order.importState as ImportState,
    importSentAt: order.importSentAt,
    importLeaseUntil: order.importLeaseUntil,
    importAttempts: order.importAttempts,
    importLooks: order.importLooks,
    shopifyOrderId: order.shopifyOrderId,
    holdState: order.holdState as HoldState,
    holdUncertainUntil: order.holdUncertainUntil,
    buyerVersion: order.buyerVersion,
    buyerWrittenVersion: order.buyerWrittenVersion,
    isPaymentOpen: order.doorPayment === "open",
    isKeptBack: isLeftOut(order) && order.lines.some((line) => isOwed(order, line)),
  };
}

const buyerContext = (order: Pick<ChannelOrder, "shopId" | "channel" | "channelOrderId">) =>
  `order-buyer:${order.shopId}:${order.channel}:${order.channelOrderId}`;

/** Opens what is kept of the buyer. Null: nothing. */
export function openBuyer(deps: OrdersDeps, order: ChannelOrder): BuyerData | null {
  return order.sealedBuyer ? (JSON.parse(deps.vault.open(order.sealedBuyer, buyerContext(order))) as BuyerData) : null;
}

export function sealBuyer(deps: OrdersDeps, order: ChannelOrder, buyer: BuyerData): string {
  return deps.vault.seal(JSON.stringify(buyer), buyerContext(order));
}
