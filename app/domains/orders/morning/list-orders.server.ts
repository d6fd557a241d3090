import { idsWithProblems, withProblems } from "../../../platform/activity.server.ts";
import { type Db, Prisma } from "../../../platform/db.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { CANCELLING, judgeFulfilment } from "../fulfilment/judge-fulfilment.ts";
import { placesInLine } from "../import/line.server.ts";
import { factsFromJson, type StoredFacts } from "../intake/facts-json.ts";
import { isLeftOut, isOwed } from "../intake/owed-units.ts";
import type { CancellationCarriage, HoldState, ImportState, OrderSort, OrderView, ShipmentState } from "../model.ts";
import { soonestDeadline } from "./deadline.ts";
import { findPlaces, type OrderedList, type Place, readPlaces } from "./find-orders.server.ts";
import { givenBack } from "./given-back.ts";
import { isInView, placeOf } from "./views.server.ts";

const PAGE = 25;

export interface OrderListInput {
  shopId: string;
  view: OrderView;
  /** The beginning of an order number or SKU, a Shopify order's name, words of a title. */
  search?: string;
  /** Bought from, and before. */
  from?: Date;
  before?: Date;
  sort?: OrderSort;
  /** As the page before gave it. One that cannot be read begins at the first page. */
  cursor?: string;
  limit?: number;
  /** For the view "since": the end of the visit before. */
  lastLookedAt?: Date;
}

export type OrderListItem = Awaited<ReturnType<typeof readItems>>[number];

type ListDeps = Pick<OrdersDeps, "db" | "clock" | "connection">;

/** One page of orders. Found by place first: a page deep in a long list costs no more than the first. */
export async function listOrders(
  deps: ListDeps,
  input: OrderListInput,
): Promise<{ orders: OrderListItem[]; nextCursor: string | null }> {
  const { limit = PAGE } = input;
  const list = listOf(input, deps.clock.now());
  const text = input.search?.trim();
  const places = text
    ? await findPlaces(deps.db, list, { shopId: input.shopId, text, limit: limit + 1 })
    : await readPlaces(deps.db, list, limit + 1);
  const page = places.slice(0, limit);
  const last = page.at(-1);
  const orders = await readItems(deps, { shopId: input.shopId, ids: page.map((one) => one.id) });
  return { orders, nextCursor: places.length > limit && last ? writeCursor(last) : null };
}

/** The list asked for, from the cursor on. */
function listOf(input: OrderListInput, now: Date): OrderedList {
  const { shopId, view, sort = "newest", from, before, lastLookedAt: since = new Date(0) } = input;
  const conditions = [
    Prisma.sql`o."shopId" = ${shopId} and ${isInView({ shopId, view, now, since })}`,
    ...(from ? [Prisma.sql`o."createdAt" >= ${from}`] : []),
    ...(before ? [Prisma.sql`o."createdAt" < ${before}`] : []),
  ];
  return {
    where: Prisma.join(conditions, " and "),
    at: placeOf(view, sort),
    ...{ sort, after: readCursor(input.cursor) },
  };
}

const INCLUDE = {
  id: true,
  connectionId: true,
  channel: true,
  channelOrderId: true,
  status: true,
  kind: true,
  kinds: true,
  importAskedAt: true,
  fulfilledBy: true,
  currency: true,
  totalMinor: true,
  buyerPaidMinor: true,
  platformPaidMinor: true,
  createdAt: true,
  paidAt: true,
  shipByAt: true,
  importState: true,
  turnAt: true,
  parkedReason: true,
  holdState: true,
  shopifyOrderId: true,
  shopifyOrderName: true,
  linkedOrderId: true,
  linkedOrderName: true,
  reviewedAt: true,
  firstSeenAt: true,
  note: true,
  lines: {
    select: {
      ...{ title: true, status: true, channelLineId: true },
      ...{ priceMinor: true, platformDiscountMinor: true, taxMinor: true },
    },
    orderBy: { channelLineId: "asc" },
  },
  shipments: { select: { state: true, trackingNumber: true, reason: true }, orderBy: { shopifyFulfillmentId: "asc" } },
  cancellations: {
    select: {
      ...{ status: true, cancelledBy: true, shopifyState: true, answerBy: true },
      ...{ refundMinor: true, channelLineIds: true },
    },
  },
  returns: {
    select: {
      ...{ status: true, answerBy: true, kind: true },
      ...{ refundMinor: true, platformMinor: true, channelLineIds: true },
    },
  },
  decisions: { where: CANCELLING, select: { id: true } },
  fulfilmentRequest: { select: { state: true, reason: true } },
} satisfies Prisma.ChannelOrderSelect;

/** These orders as lists show them, in the order given. One that went away meanwhile is left out. */
export async function readItems(deps: ListDeps, { shopId, ids }: { shopId: string; ids: string[] }) {
  const { db } = deps;
  if (ids.length === 0) return [];
  const [rows, told, needy] = await Promise.all([
    db.channelOrder.findMany({ where: { shopId, id: { in: ids } }, select: INCLUDE }),
    readTold(db, shopId, ids),
    idsWithProblems(db, { shopId, kind: "order", among: ids }),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const inLine = rows.filter((row) => row.turnAt !== null).map((row) => row.id);
  const places =
    inLine.length > 0
      ? await placesInLine(db, { shopId, ids: inLine, now: deps.clock.now() })
      : new Map<string, never>();
  const connectionIds = [...new Set(rows.map((row) => row.connectionId))];
  const connections = new Map(
    await Promise.all(connectionIds.map(async (id) => [id, await deps.connection(id)] as const)),
  );
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { lines, shipments, cancellations, returns: _returns, decisions, ...rest } = row;
    const facts = told.get(id);
    return [
      {
        ...rest,
        importState: row.importState as ImportState,
        holdState: row.holdState as HoldState,
        units: lines.length,
        firstTitle: lines[0]?.title ?? "",
        /** Only shown, and units of it are kept back from sale. */
        isKeptBack: isLeftOut(row) && lines.some((line) => isOwed(row, line)),
        money: facts?.money ?? null,
        /** What of it went back. */
        back: givenBack({ ...row, taxMinor: facts?.money.taxMinor ?? 0n }),
        /** It waits for its turn to be made in Shopify; null: it does not. */
        line: places.get(id) ?? null,
        /** The channel cancels it by itself then, unless it is shipped. */
        cancelAutomaticallyAt: facts?.cancelAutomaticallyAt ?? null,
        shipments: shipments.map((one) => ({ ...one, state: one.state as ShipmentState })),
        cancellations: cancellations.map(({ cancelledBy: by, shopifyState, status, answerBy }) => ({
          ...{ status, answerBy, by },
          shopifyState: shopifyState as CancellationCarriage,
        })),
        deadline: soonestDeadline({ ...row, handOverAt: facts?.handOverAt ?? null }),
        needsMe: needy.includes(id),
        /** Why it cannot be fulfilled from here now; null: it can. */
        fulfilmentRefusal: judgeFulfilment(
          {
            ...{ ...row, shippingBy: facts?.shippingBy ?? "seller", request: row.fulfilmentRequest },
            isCancelling: decisions.length > 0,
          },
          connections.get(row.connectionId) ?? null,
        ),
      },
    ];
  });
}

type Told = Pick<StoredFacts, "money" | "cancelAutomaticallyAt" | "handOverAt" | "shippingBy">;

/** What lists show of what the channel told; the rest of it is many times as much. */
async function readTold(db: Db, shopId: string, ids: string[]): Promise<Map<string, Told>> {
  const rows = await db.$queryRaw<{ id: string; told: unknown }[]>`
    select id, jsonb_build_object('money', facts->'money', 'cancelAutomaticallyAt', facts->'cancelAutomaticallyAt',
      'handOverAt', facts->'handOverAt', 'shippingBy', facts->'shippingBy') as told
    from "ChannelOrder" where "shopId" = ${shopId} and id = any(${ids})`;
  return new Map(rows.map(({ id, told }) => [id, factsFromJson<Told>(told)]));
}

const writeCursor = ({ id, at }: Place): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");

function readCursor(cursor: string | undefined): Place | null {
  if (!cursor) return null;
  try {
    const [time, id]: unknown[] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (typeof time !== "string" || typeof id !== "string") return null;
    const at = new Date(time);
    return Number.isNaN(at.getTime()) ? null : { at, id };
  } catch {
    return null; // an address somebody typed
  }
}

/** How many orders are new since a time, how many of those nobody has reviewed, and whether there is any order at all. */
export async function countNew(
  db: Db,
  { shopId, since }: { shopId: string; since: Date },
): Promise<{ all: number; open: number; hasAny: boolean }> {
  const [counts] = await db.$queryRaw<{ all: number; open: number; hasAny: boolean }[]>`
    select count(*)::int as all, count(*) filter (where "reviewedAt" is null)::int as open,
      exists (select 1 from "ChannelOrder" where "shopId" = ${shopId}) as "hasAny"
    from "ChannelOrder" where "shopId" = ${shopId} and "firstSeenAt" > ${since}`;
  return counts ?? { all: 0, open: 0, hasAny: false };
}

/** How many orders the views hold that somebody has to do something in. */
export async function countViews(
  db: Db,
  { shopId }: { shopId: string },
): Promise<Record<"needs-me" | "to-ship" | "on-hold" | "parked", number>> {
  const [counts] = await db.$queryRaw<{ needsMe: number; toShip: number; onHold: number; parked: number }[]>`
      select
        (select count(distinct id)::int from (${withProblems({ shopId, kind: "order" })}) needy) as "needsMe",
        (select count(*)::int from "ChannelOrder" where "shopId" = ${shopId}
          and status in ('to-ship', 'partly-shipped') and "importState" <> 'shown') as "toShip",
        (select count(*)::int from "ChannelOrder" where "shopId" = ${shopId} and status = 'on-hold') as "onHold",
        (select count(*)::int from "ChannelOrder" where "shopId" = ${shopId} and "importState" = 'parked') as parked`;
  return {
    ...{ "needs-me": counts?.needsMe ?? 0, "to-ship": counts?.toShip ?? 0 },
    ...{ "on-hold": counts?.onHold ?? 0, parked: counts?.parked ?? 0 },
  };
}
