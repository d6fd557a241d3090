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
 * The order with its units in a stable order, by the unique key that outlives the connection. Null: never read. One plain statement, since
 * every step of every order begins here and Prisma works a query for so wide a row out anew each time, at several times the cost of running it.
 */
export async function findOrder(db: Db | Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  return openLines(await db.$queryRaw<StoredOrder[]>(orderOf(owner, channelOrderId)));
}

/**
 * Locks the row until the transaction ends: two readings of one order are stored one after the other. What is read with the lock may be
 * as of before it was had, so the order is read once it is ours.
 */
export async function lockOrder(tx: Tx, owner: OrderOwner, channelOrderId: string): Promise<OrderRow | null> {
  const { shopId, channel, channelShopId } = owner;
  await tx.$queryRaw`
    select 1 from "ChannelOrder" where "shopId" = ${shopId} and "channel" = ${channel} and "channelShopId" = ${channelShopId}
      and "channelOrderId" = ${channelOrderId} for update`;
  return findOrder(tx, owner, channelOrderId);
}

/** The columns the client knows: a newer version may have added some. Amounts are carried as text, so that no digit is lost. */
const columns = (of: string, fields: object, amounts: ReadonlySet<string> = new Set()) =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => (amounts.has(field) ? `${of}."${field}"::text` : `${of}."${field}"`))
      .join(", "),
  );
const LINE_AMOUNTS = ["priceMinor", "sellerDiscountMinor", "platformDiscountMinor", "taxMinor"] as const;
const ORDER = columns("o", Prisma.ChannelOrderScalarFieldEnum);
const LINE = columns("u", Prisma.ChannelOrderLineScalarFieldEnum, new Set(LINE_AMOUNTS));

type StoredOrder = ChannelOrder & { lines: string };

const orderOf = ({ shopId, channel, channelShopId }: OrderOwner, channelOrderId: string) => Prisma.sql`
  select ${ORDER}, (select coalesce(json_agg(l order by l."channelLineId"), '[]')::text
    from (select ${LINE} from "ChannelOrderLine" u where u."orderId" = o.id) l) as lines
  from "ChannelOrder" o where o."shopId" = ${shopId} and o."channel" = ${channel}
    and o."channelShopId" = ${channelShopId} and o."channelOrderId" = ${channelOrderId}`;

function openLines([order]: StoredOrder[]): OrderRow | null {
  if (!order) return null;
  const lines = JSON.parse(order.lines) as (ChannelOrderLine & Record<(typeof LINE_AMOUNTS)[number], string>)[];
  return { ...order, lines: lines.map((line) => ({ ...line, ...openAmounts(line) })) };
}

const openAmounts = (line: Record<(typeof LINE_AMOUNTS)[number], string>) =>
  Object.fromEntries(LINE_AMOUNTS.map((name) => [name, BigInt(line[name])])) as Pick<
    ChannelOrderLine,
    (typeof LINE_AMOUNTS)[number]
  >;

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
