import type { ChannelOrder, ChannelOrderLine, OrderCancellation, Shipment } from "@prisma/client";
import type { OrderStatus } from "../../channels/port.ts";
import { type Db, Prisma, type Tx } from "../../platform/db.server.ts";
import type { OrdersConnection, OrdersDeps } from "./deps.ts";
import type { ImportFacts } from "./import/next-import-step.ts";
import type { BuyerData } from "./intake/merge-buyer.ts";
import { isLeftOut, isOwed } from "./intake/owed-units.ts";
import type { HoldState, ImportState } from "./model.ts";

export type OrderRow = ChannelOrder & { lines: ChannelOrderLine[] };
export type CancellationRow = OrderCancellation;
export type ShipmentRow = Shipment;

type OrderOwner = Pick<OrdersConnection, "shopId" | "channel" | "channelShopId">;

/**
 * The order with its units in a stable order, by the unique key that outlives the connection. Null: never read. In plain SQL, since every
 * step of every order begins here and Prisma works a query for so wide a row out anew each time, at several times the cost of running it.
 */
export async function findOrder(db: Db | Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  return withLines(db, await db.$queryRaw<ChannelOrder[]>(orderOf(owner, channelOrderId)));
}

/** Locks the row until the transaction ends: two readings of one order are stored one after the other. */
export async function lockOrder(tx: Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  return withLines(tx, await tx.$queryRaw<ChannelOrder[]>(Prisma.sql`${orderOf(owner, channelOrderId)} for update`));
}

/** The columns the client knows: a newer version may have added some. */
const columns = (fields: object) =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => `"${field}"`)
      .join(", "),
  );
const ORDER = columns(Prisma.ChannelOrderScalarFieldEnum);
const LINE = columns(Prisma.ChannelOrderLineScalarFieldEnum);

const orderOf = ({ shopId, channel, channelShopId }: OrderOwner, channelOrderId: string) => Prisma.sql`
  select ${ORDER} from "ChannelOrder" where "shopId" = ${shopId} and "channel" = ${channel}
    and "channelShopId" = ${channelShopId} and "channelOrderId" = ${channelOrderId}`;

async function withLines(db: Db | Tx, [order]: ChannelOrder[]): Promise<OrderRow | null> {
  if (!order) return null;
  const lines = await db.$queryRaw<ChannelOrderLine[]>`
    select ${LINE} from "ChannelOrderLine" where "orderId" = ${order.id} order by "channelLineId"`;
  return { ...order, lines };
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
