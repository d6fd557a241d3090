import type { Prisma } from "@prisma/client";
import type { Db } from "../../platform/db.server.ts";
import type { OrdersDeps } from "./deps.ts";
import { factsFromJson } from "./intake/facts-json.ts";
import type { BuyerData } from "./intake/merge-buyer.ts";
import { isOlderOrder, isOwed } from "./intake/owed-units.ts";
import {
  CANCEL_TRIES,
  type CancellationCarriage,
  type HoldState,
  type ImportState,
  type OrderView,
  type ShipmentState,
} from "./model.ts";
import { openBuyer } from "./store.server.ts";

const PAGE = 50;

/** One row of the order list: both sides' state. */
export interface OrderListItem {
  id: string;
  connectionId: string;
  channelOrderId: string;
  status: string;
  kind: string;
  currency: string;
  totalMinor: bigint;
  createdAt: Date;
  shipByAt: Date | null;
  units: number;
  firstTitle: string;
  importState: ImportState;
  parkedReason: string | null;
  holdState: HoldState;
  shopifyOrderId: string | null;
  shopifyOrderName: string | null;
  /** Only shown, and somebody else brought it home. */
  linkedOrderId: string | null;
  linkedOrderName: string | null;
  /** Only shown, and units of it are kept back from sale. */
  isKeptBack: boolean;
  shipments: { state: ShipmentState; trackingNumber: string | null; reason: string | null }[];
  cancellations: { status: string; by: string; shopifyState: CancellationCarriage; answerBy: Date | null }[];
  needsMe: boolean;
}

export interface OrderListInput {
  shopId: string;
  view: OrderView;
  /** A channel order id, a Shopify order name, a title or SKU. */
  search?: string;
  /** Id given as `nextCursor` by the page before. */
  cursor?: string;
  /** For the view "since": when the merchant last looked. */
  lastLookedAt?: Date;
}

/** It must be answered, its goods decided on, or Shopify would not follow. */
const RETURN_NEEDS_ME: Prisma.OrderReturnWhereInput = {
  OR: [
    { status: { in: ["requested", "item-sent"] }, answerBy: { not: null } },
    { shopifyState: "parked" },
    { status: { in: ["approved", "completed"] }, shopifyState: "open", restockDecided: false },
  ],
};

const WHERE_NEEDS_ME: Prisma.ChannelOrderWhereInput = {
  OR: [
    { importState: "parked" },
    { shipments: { some: { state: "parked" } } },
    {
      cancellations: {
        some: {
          OR: [
            { status: "requested" },
            { shopifyState: "parked" },
            { shopifyState: "sending", acceptedTimes: { gte: CANCEL_TRIES } },
          ],
        },
      },
    },
    { returns: { some: RETURN_NEEDS_ME } },
    { refunds: { some: { state: "parked" } } },
    { decisions: { some: { state: "refused", beganIn: "shopify" } } },
  ],
};

const INCLUDE = {
  lines: { select: { title: true, status: true }, orderBy: { channelLineId: "asc" } },
  shipments: { select: { state: true, trackingNumber: true, reason: true }, orderBy: { shopifyFulfillmentId: "asc" } },
  cancellations: {
    select: { status: true, cancelledBy: true, shopifyState: true, answerBy: true, acceptedTimes: true },
  },
} satisfies Prisma.ChannelOrderInclude;

type ListRow = Prisma.ChannelOrderGetPayload<{ include: typeof INCLUDE }>;

/** One page of orders, newest first; those to ship by their deadline. */
export async function listOrders(
  db: Db,
  input: OrderListInput,
): Promise<{ orders: OrderListItem[]; nextCursor: string | null }> {
  const rows = await db.channelOrder.findMany({
    where: { AND: [{ shopId: input.shopId }, whereView(input), whereSearch(input.search)] },
    include: INCLUDE,
    orderBy:
      input.view === "to-ship"
        ? [{ shipByAt: { sort: "asc", nulls: "last" } }, { id: "asc" }]
        : [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
    ...(input.cursor ? { cursor: { id: input.cursor }, skip: 1 } : {}),
  });
  const page = rows.slice(0, PAGE);
  return { orders: page.map(toItem), nextCursor: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

function whereView({ view, lastLookedAt }: OrderListInput): Prisma.ChannelOrderWhereInput {
  switch (view) {
    case "since":
      return lastLookedAt ? { seenAt: { gt: lastLookedAt } } : {};
    case "needs-me":
      return WHERE_NEEDS_ME;
    case "parked":
      return { importState: "parked" };
    case "to-ship":
      return { status: { in: ["to-ship", "partly-shipped"] }, importState: { not: "shown" } };
    case "all":
      return {};
  }
}

function whereSearch(search: string | undefined): Prisma.ChannelOrderWhereInput {
  const text = search?.trim();
  if (!text) return {};
  const inLine = { contains: text, mode: "insensitive" } as const;
  return {
    OR: [
      { channelOrderId: { startsWith: text } },
      { shopifyOrderName: { equals: text, mode: "insensitive" } },
      { linkedOrderName: { equals: text, mode: "insensitive" } },
      { lines: { some: { OR: [{ title: inLine }, { sellerSku: { equals: text, mode: "insensitive" } }] } } },
    ],
  };
}

function toItem(row: ListRow): OrderListItem {
  const cancellations = row.cancellations.map(({ status, cancelledBy: by, answerBy, shopifyState }) => ({
    ...{ status, by, answerBy },
    shopifyState: shopifyState as CancellationCarriage,
  }));
  const shipments = row.shipments.map((one) => ({ ...one, state: one.state as ShipmentState }));
  const {
    id,
    connectionId,
    channelOrderId,
    status,
    kind,
    currency,
    totalMinor,
    createdAt,
    shipByAt,
    parkedReason,
    shopifyOrderId,
    shopifyOrderName,
    linkedOrderId,
    linkedOrderName,
  } = row;
  return {
    ...{
      id,
      connectionId,
      channelOrderId,
      status,
      kind,
      currency,
      totalMinor,
      createdAt,
      shipByAt,
      parkedReason,
      shopifyOrderId,
      shopifyOrderName,
      linkedOrderId,
      linkedOrderName,
    },
    isKeptBack: isOlderOrder(row) && row.lines.some((line) => isOwed(row, line)),
    ...{ importState: row.importState as ImportState, holdState: row.holdState as HoldState, shipments, cancellations },
    units: row.lines.length,
    firstTitle: row.lines[0]?.title ?? "",
    needsMe:
      row.importState === "parked" ||
      shipments.some((one) => one.state === "parked") ||
      row.cancellations.some(needsAnswer),
  };
}

const needsAnswer = ({ status, shopifyState, acceptedTimes }: ListRow["cancellations"][number]): boolean =>
  status === "requested" || shopifyState === "parked" || (shopifyState === "sending" && acceptedTimes >= CANCEL_TRIES);

/** One order with everything about it, its buyer opened. Null: this shop has no such order. */
export async function getOrder(deps: OrdersDeps, input: { shopId: string; id: string }) {
  const row = await deps.db.channelOrder.findFirst({
    where: { id: input.id, shopId: input.shopId },
    include: {
      lines: { orderBy: { channelLineId: "asc" } },
      shipments: { orderBy: { shopifyFulfillmentId: "asc" } },
      cancellations: { orderBy: { channelCancelId: "asc" } },
      returns: { orderBy: { channelReturnId: "desc" } },
      decisions: { orderBy: { id: "asc" } },
      refunds: true,
    },
  });
  if (!row) return null;
  const { sealedBuyer, facts, ...order } = row;
  const buyer: BuyerData | null = openBuyer(deps, row);
  const { money, shippingBy } = factsFromJson(facts);
  return {
    ...{ ...order, buyer, money, shippingBy },
    ...{ importState: row.importState as ImportState, holdState: row.holdState as HoldState },
    /** Known once, and erased since, as the law or the merchant asked. */
    isBuyerForgotten: sealedBuyer === null && order.buyerVersion > 0,
    isKeptBack: isOlderOrder(row) && row.lines.some((line) => isOwed(row, line)),
  };
}

export interface ProofLine {
  /** Orders the channel has that belong in Shopify. */
  channel: number;
  /** Those of them that are in Shopify. */
  shopify: number;
  /** Those of them that somebody must act on. */
  parked: number;
  /** The end of the last whole walk of the channel; null: none yet. */
  checkedAt: Date | null;
}

const NOT_FOR_SHOPIFY: Prisma.ChannelOrderWhereInput = { OR: [{ importState: "shown" }, { status: "unpaid" }] };

/**
 * "TikTok 23, Shopify 23, checked 07:58": of orders created since a time, all without one. Checked by the walks of the connections named,
 * else of all that ever had an order.
 */
export async function proofLine(
  db: Db,
  input: { shopId: string; since?: Date; connectionIds?: string[] },
): Promise<ProofLine> {
  const where: Prisma.ChannelOrderWhereInput = {
    shopId: input.shopId,
    NOT: NOT_FOR_SHOPIFY,
    ...(input.since ? { createdAt: { gte: input.since } } : {}),
  };
  const [channel, shopify, parked, connections] = await Promise.all([
    db.channelOrder.count({ where }),
    db.channelOrder.count({ where: { ...where, shopifyOrderId: { not: null } } }),
    db.channelOrder.count({ where: { ...where, importState: "parked" } }),
    input.connectionIds ?? connectionsWithOrders(db, input.shopId),
  ]);
  const oldest = await db.orderWatermark.aggregate({
    where: { name: "orders", connectionId: { in: connections } },
    _min: { walkedAt: true },
  });
  return { channel, shopify, parked, checkedAt: oldest._min.walkedAt };
}

async function connectionsWithOrders(db: Db, shopId: string): Promise<string[]> {
  const rows = await db.channelOrder.findMany({
    where: { shopId },
    distinct: ["connectionId"],
    select: { connectionId: true },
  });
  return rows.map((row) => row.connectionId);
}

/** The orders in numbers: how many there are, and in which state of the import. */
export async function summarizeOrders(
  db: Db,
  { shopId }: { shopId: string },
): Promise<{ total: number; byImport: Record<string, number>; parked: number }> {
  const states = await db.channelOrder.groupBy({ by: ["importState"], where: { shopId }, _count: true });
  const byImport = Object.fromEntries(states.map((one) => [one.importState, one._count]));
  return { total: states.reduce((sum, one) => sum + one._count, 0), byImport, parked: byImport.parked ?? 0 };
}
